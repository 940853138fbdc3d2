// SPDX-License-Identifier: GPL-2.0-or-later
#include "contract.h"
#include "head.h"

/* A merge of merges is nothing that anybody compares. */
#define NAME_DEPTH 6

static bool returns_same(const struct contract *contract)
{
	unsigned i;

	for (i = 0; contract && i < contract->effect_count; i++)
		if (contract->effects[i].verb == CONTRACT_RETURNS_SAME)
			return true;
	return false;
}

static bool comes_from_call(const struct ir_function *function, ir_value value, unsigned depth)
{
	const struct ir_instruction *i = &function->instructions[value];
	unsigned o;

	if (value == IR_NO_VALUE || depth > NAME_DEPTH)
		return false;
	if (i->op == IR_CALL)
		return returns_same(i->u.callee->contract);
	if (i->op != IR_CONVERT && i->op != IR_PHI)
		return false;
	for (o = 0; o < i->operand_count; o++)
		if (comes_from_call(function, i->operands[o], depth + 1))
			return true;
	return false;
}

bool is_other_name(const struct ir_function *function, ir_value value)
{
	return comes_from_call(function, value, 0);
}
