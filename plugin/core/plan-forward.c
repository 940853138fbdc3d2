// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Functions that only hand on what they got:
 *
 *	static int register_any(struct ctx *ctx, unsigned int type, struct update *up)
 *	{
 *		switch (type) {
 *		case FILES:
 *			return register_files(ctx, up);
 *		case BUFFERS:
 *			return register_buffers(ctx, up);
 *		}
 *		return -EINVAL;
 *	}
 *
 * register_buffers() was followed, for any `ctx' and `up'.  To follow it once more from
 * here says nothing new: there is one such call on a path, nothing of this function's own
 * is passed, no number that its caller may not have passed as well, and nothing stored,
 * which might be how many pages there are.  Who calls
 * register_any() follows it.  Where there are two kinds, what it tests may be what tells
 * them apart, which is to be seen.
 */
#include <stdlib.h>
#include <string.h>

#include <libiberty/libiberty.h>

#include "plan.h"

/* Does it do no more than to look? */
static bool is_harmless(const struct contract *contract)
{
	unsigned i;

	for (i = 0; i < contract->effect_count; i++)
		switch (contract->effects[i].verb) {
		case CONTRACT_RETURNS_RANGE:
		case CONTRACT_RETURNS_TRUE:
		case CONTRACT_USES:
			break;
		default:
			return false;
		}
	return true;
}

/* Does VALUE of FUNCTION come from elsewhere, as far as its text tells? */
static bool is_handed_on(const struct ir_function *function, ir_value value)
{
	const struct ir_instruction *i = &function->instructions[value];

	switch (i->op) {
	case IR_PARAMETER:
	case IR_LOAD:
	case IR_CALL:
	case IR_UNKNOWN:
	case IR_UNDEFINED:
		return true;
	case IR_CONVERT:
		return is_handed_on(function, i->operands[0]);
	case IR_ADDRESS:
		return i->u.place->root != IR_ROOT_VARIABLE;
	default:
		return false;
	}
}

/* Is CALL one that its function is about?  *OTHER: it is not known what the call does. */
static bool is_of_interest(const struct plan *plan, const struct ir_instruction *call,
			   bool *is_other)
{
	const struct ir_callee *callee = call->u.callee;

	if (callee->contract) {
		*is_other |= !is_harmless(callee->contract);
		return false;
	}
	if (!callee->function || !plan->matters[callee->function - 1])
		return false;
	*is_other |= !plan->effects[callee->function - 1].is_known;
	return !plan_is_closed(plan, callee->function - 1);
}

/* The blocks of the calls that FUNCTION is about, in MARKS; 0: it is more than a forwarder. */
static unsigned mark_calls(const struct plan *plan, const struct ir_function *function,
			   bool *marks)
{
	unsigned count = 0, o;
	bool is_other = false;
	ir_value v;

	for (v = 1; v < function->value_count; v++) {
		const struct ir_instruction *i = &function->instructions[v];

		if (ir_type_is_of_pages(&i->type) || i->op == IR_STORE)
			return 0;
		if (i->op != IR_CALL || !is_of_interest(plan, i, &is_other)) {
			if (is_other)
				return 0;
			continue;
		}
		for (o = 0; o < i->operand_count; o++)
			if (!is_handed_on(function, i->operands[o]))
				return 0;
		if (marks[i->block])
			return 0;
		marks[i->block] = true;
		count++;
	}
	return count;
}

/* Does a way from FROM, without it, lead to one of MARKS? */
static bool leads_to(const struct ir_function *function, ir_block_id from, const bool *marks,
		     bool *seen)
{
	const struct ir_block *block = &function->blocks[from];
	unsigned s;

	for (s = 0; s < block->successor_count; s++) {
		ir_block_id to = block->successors[s];

		if (seen[to])
			continue;
		seen[to] = true;
		if (marks[to] || leads_to(function, to, marks, seen))
			return true;
	}
	return false;
}

bool plan_is_forwarder(const struct plan *plan, const struct ir_function *function)
{
	bool *marks, *seen, is_forwarder;
	ir_block_id b;

	if (function->contract || plan->has_two_kinds)
		return false;
	marks = XCNEWVEC(bool, function->block_count);
	seen = XNEWVEC(bool, function->block_count);
	is_forwarder = mark_calls(plan, function, marks) != 0;
	for (b = 0; is_forwarder && b < function->block_count; b++) {
		memset(seen, 0, function->block_count * sizeof(*seen));
		if (marks[b] && leads_to(function, b, marks, seen))
			is_forwarder = false;
	}
	free(marks);
	free(seen);
	return is_forwarder;
}
