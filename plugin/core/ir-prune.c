// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Pruning: what nothing depends on is taken out.
 *
 * The roots are the instructions that do something: calls, writes to memory and
 * the terminators.  What they do not use, directly or through others, is only
 * there because the host lowers statement by statement.
 */
#include <stdlib.h>

#include <libiberty/libiberty.h>

#include "ir.h"

struct pruner {
	struct ir_function *function;
	bool *is_needed;
	unsigned count;
	ir_value *queue;
};

static bool is_root(const struct ir_instruction *instruction)
{
	switch (instruction->op) {
	case IR_PARAMETER:
	case IR_STORE:
	case IR_ZERO:
	case IR_CLOBBER:
	case IR_UNINITIALIZED:
	case IR_HAVOC:
	case IR_COPY_MEMORY:
	case IR_CALL:
	case IR_JUMP:
	case IR_BRANCH:
	case IR_SWITCH:
	case IR_GOTO_ANY:
	case IR_RETURN:
	case IR_UNREACHABLE:
		return true;
	default:
		return false;
	}
}

static void need(struct pruner *pruner, ir_value value)
{
	if (value == IR_NO_VALUE || pruner->is_needed[value])
		return;
	pruner->is_needed[value] = true;
	pruner->queue[pruner->count++] = value;
}

static void need_place(struct pruner *pruner, const struct ir_place *place)
{
	if (!place)
		return;
	if (place->root == IR_ROOT_POINTER)
		need(pruner, place->pointer);
	for (unsigned i = 0; i < place->step_count; i++)
		if (place->steps[i].kind == IR_STEP_INDEX)
			need(pruner, place->steps[i].index);
}

static void need_operands(struct pruner *pruner, const struct ir_instruction *instruction)
{
	for (unsigned i = 0; i < instruction->operand_count; i++)
		need(pruner, instruction->operands[i]);
	switch (instruction->op) {
	case IR_ADDRESS:
	case IR_LOAD:
	case IR_STORE:
	case IR_ZERO:
	case IR_CLOBBER:
	case IR_UNINITIALIZED:
	case IR_HAVOC:
	case IR_COPY_MEMORY:
		need_place(pruner, instruction->u.place);
		need_place(pruner, instruction->source);
		break;
	case IR_CALL:
		need(pruner, instruction->u.callee->pointer);
		break;
	default:
		break;
	}
}

static void drop_rest(struct pruner *pruner, struct ir_block *block)
{
	unsigned kept = 0;

	for (unsigned i = 0; i < block->count; i++) {
		ir_value value = block->instructions[i];

		if (pruner->is_needed[value])
			block->instructions[kept++] = value;
		else
			pruner->function->instructions[value].op = IR_NONE;
	}
	block->count = kept;
}

void ir_function_prune(struct ir_function *function)
{
	struct pruner pruner = {
		.function = function,
		.is_needed = XCNEWVEC(bool, function->value_count),
		.queue = XNEWVEC(ir_value, function->value_count),
	};

	for (ir_value value = 1; value < function->value_count; value++)
		if (is_root(&function->instructions[value]))
			need(&pruner, value);
	for (unsigned i = 0; i < pruner.count; i++)
		need_operands(&pruner, &function->instructions[pruner.queue[i]]);
	for (unsigned i = 0; i < function->block_count; i++)
		drop_rest(&pruner, &function->blocks[i]);
	free(pruner.is_needed);
	free(pruner.queue);
}
