// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Is a bit set in what a call is passed for its flags?
 *
 *	unsigned int flags = FOLL_LONGTERM;
 *
 *	if (write)
 *		flags |= FOLL_WRITE;
 *	pin_user_pages_fast(addr, 1, flags, &page);
 *
 * Values have no bits in the analysis, but instructions do: an operand is looked through to
 * the constants that it is made of, also in the functions that lead to the call.
 */
#include "apply.h"

#define OPERAND_DEPTH	8

/* A value of the function of a frame, and for whose sake it is looked at. */
struct operand {
	const struct operand *whole;
	const struct frame *frame;
	ir_value value;
};

/* Round a loop nothing is added. */
static bool is_met_again(const struct operand *operand)
{
	const struct operand *o;

	for (o = operand->whole; o; o = o->whole)
		if (o->value == operand->value && o->frame == operand->frame)
			return true;
	return false;
}

static enum truth bit_of(struct operand operand, ir_integer mask, unsigned depth);

/* Of operands one of which is taken, or all of which are or-ed together, from FIRST on. */
static enum truth bit_of_any(struct operand of, const struct ir_instruction *i, unsigned first,
			     ir_integer mask, unsigned depth)
{
	enum truth all = TRUTH_NO;
	unsigned o;

	for (o = first; o < i->operand_count; o++) {
		struct operand inner = {
			.whole = &of, .frame = of.frame, .value = i->operands[o],
		};
		enum truth one = bit_of(inner, mask, depth);

		if (one == TRUTH_YES)
			return TRUTH_YES;
		if (one == TRUTH_UNKNOWN)
			all = TRUTH_UNKNOWN;
	}
	return all;
}

static enum truth bit_of_parameter(struct operand of, unsigned parameter, ir_integer mask,
				   unsigned depth)
{
	struct operand outer = { .whole = &of, .frame = of.frame->caller };
	const struct ir_instruction *call;

	if (!outer.frame)
		return TRUTH_UNKNOWN;
	call = &outer.frame->function->instructions[of.frame->call];
	if (parameter >= call->operand_count)
		return TRUTH_UNKNOWN;
	outer.value = call->operands[parameter];
	return bit_of(outer, mask, depth);
}

static enum truth bit_of(struct operand operand, ir_integer mask, unsigned depth)
{
	const struct ir_instruction *i = &operand.frame->function->instructions[operand.value];
	struct operand left = { .whole = &operand, .frame = operand.frame };

	if (!operand.value || !depth)
		return TRUTH_UNKNOWN;
	if (is_met_again(&operand))
		return TRUTH_NO;
	if (i->type.type_class == IR_TYPE_INTEGER && i->type.bits == 1)
		return mask & 1 ? TRUTH_YES : TRUTH_NO;
	switch (i->op) {
	case IR_CONSTANT:
		return i->u.constant & mask ? TRUTH_YES : TRUTH_NO;
	case IR_PARAMETER:
		return bit_of_parameter(operand, i->u.parameter, mask, depth - 1);
	case IR_SELECT:
		return bit_of_any(operand, i, 1, mask, depth - 1);
	case IR_PHI:
	case IR_OR:
	case IR_CONVERT:
		return bit_of_any(operand, i, 0, mask, depth - 1);
	case IR_AND:
		left.value = i->operands[0];
		return bit_of(left, mask, depth - 1);
	default:
		return TRUTH_UNKNOWN;
	}
}

enum truth operand_bit(const struct frame *frame, ir_value value, ir_integer mask)
{
	struct operand operand = { .frame = frame, .value = value };

	return bit_of(operand, mask, OPERAND_DEPTH);
}
