// SPDX-License-Identifier: GPL-2.0-or-later
/* A phi that chooses between one value and itself is replaced by that value. */
#include <stdlib.h>

#include <libiberty/libiberty.h>

#include "lower.h"

static ir_value find(const ir_value *replaced, ir_value value)
{
	while (replaced[value])
		value = replaced[value];
	return value;
}

/* The only value that PHI can have, or 0. */
static ir_value only_operand(const struct ir_instruction *phi, ir_value self,
			     const ir_value *replaced)
{
	ir_value only = IR_NO_VALUE;
	unsigned i;

	for (i = 0; i < phi->operand_count; i++) {
		ir_value operand = find(replaced, phi->operands[i]);

		if (operand == self || operand == only)
			continue;
		if (only)
			return IR_NO_VALUE;
		only = operand;
	}
	return only;
}

static void replace_in_place(struct ir_place *place, const ir_value *replaced)
{
	unsigned i;

	if (place->root == IR_ROOT_POINTER)
		place->pointer = find(replaced, place->pointer);
	for (i = 0; i < place->step_count; i++)
		place->steps[i].index = find(replaced, place->steps[i].index);
}

void function_replace_phis(struct ir_function *function)
{
	ir_value *replaced = XCNEWVEC(ir_value, function->value_count);
	bool changed = true;
	ir_value v;
	unsigned i;

	while (changed) {
		changed = false;
		for (v = 1; v < function->value_count; v++) {
			if (function->instructions[v].op != IR_PHI || replaced[v])
				continue;
			replaced[v] = only_operand(&function->instructions[v], v, replaced);
			changed |= replaced[v] != IR_NO_VALUE;
		}
	}
	for (v = 1; v < function->value_count; v++) {
		struct ir_instruction *instruction = &function->instructions[v];

		for (i = 0; i < instruction->operand_count; i++)
			instruction->operands[i] = find(replaced, instruction->operands[i]);
		switch (instruction->op) {
		case IR_ADDRESS:
		case IR_LOAD:
		case IR_STORE:
		case IR_CLOBBER:
			replace_in_place(instruction->u.place, replaced);
			break;
		default:
			break;
		}
	}
	free(replaced);
}
