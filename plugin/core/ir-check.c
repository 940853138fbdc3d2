// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The invariants of ir.h, checked.  What cannot be reached from the entry has
 * to be well formed too, but dominance says nothing there.
 */
#include <inttypes.h>
#include <stdlib.h>

#include <libiberty/libiberty.h>

#include "ir.h"

struct checker {
	const struct ir_unit *unit;
	const struct ir_function *function;
	struct arena *arena;
	unsigned *position;	/* of an instruction in its block, from 1; 0: in none */
	ir_block_id *dominator;	/* immediate; block_count: not reached */
	unsigned *order;	/* of a block in reverse postorder */
};

static const char *fault(const struct checker *checker, ir_value value, const char *what)
{
	return arena_printf(checker->arena, "%s: %%%" PRIu32 " (%s): %s",
			    checker->function->name, value,
			    ir_op_text(checker->function->instructions[value].op), what);
}

static const char *block_fault(const struct checker *checker, ir_block_id block,
			       const char *what)
{
	return arena_printf(checker->arena, "%s: block %" PRIu32 ": %s",
			    checker->function->name, block, what);
}

static bool is_terminator(enum ir_op op)
{
	switch (op) {
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

static bool is_among(const ir_block_id *blocks, unsigned count, ir_block_id block)
{
	for (unsigned i = 0; i < count; i++)
		if (blocks[i] == block)
			return true;
	return false;
}

/* Does the terminator of BLOCK name TARGET? */
static bool is_target(const struct ir_function *function, const struct ir_block *block,
		      ir_block_id target)
{
	const struct ir_instruction *last =
		&function->instructions[block->instructions[block->count - 1]];

	switch (last->op) {
	case IR_JUMP:
		return target == last->u.targets[0];
	case IR_BRANCH:
		return target == last->u.targets[0] || target == last->u.targets[1];
	case IR_SWITCH:
		for (unsigned i = 0; i < last->u.select.count; i++)
			if (last->u.select.cases[i].target == target)
				return true;
		return last->u.select.otherwise == target;
	case IR_GOTO_ANY:
		return true;
	default:
		return false;
	}
}

static const char *check_targets(const struct checker *checker, const struct ir_block *block)
{
	const struct ir_function *function = checker->function;
	const struct ir_instruction *last =
		&function->instructions[block->instructions[block->count - 1]];
	const ir_block_id *successors = block->successors;
	unsigned count = block->successor_count;
	bool complete = true;

	for (unsigned i = 0; i < count; i++)
		if (!is_target(function, block, successors[i]))
			return block_fault(checker, block->id,
					   "a successor that the terminator does not name");
	switch (last->op) {
	case IR_BRANCH:
		complete = is_among(successors, count, last->u.targets[1]);
		/* fallthrough */
	case IR_JUMP:
		complete = complete && is_among(successors, count, last->u.targets[0]);
		break;
	case IR_SWITCH:
		for (unsigned i = 0; i < last->u.select.count; i++)
			if (!is_among(successors, count, last->u.select.cases[i].target))
				complete = false;
		complete = complete && is_among(successors, count, last->u.select.otherwise);
		break;
	default:
		break;
	}
	return complete ? NULL : block_fault(checker, block->id,
					     "the terminator names a block that is no successor");
}

static const char *check_edges(const struct checker *checker, const struct ir_block *block)
{
	const struct ir_function *function = checker->function;

	for (unsigned i = 0; i < block->successor_count; i++) {
		ir_block_id to = block->successors[i];

		if (to >= function->block_count ||
		    !is_among(function->blocks[to].predecessors,
			      function->blocks[to].predecessor_count, block->id))
			return block_fault(checker, block->id, "an edge of one end");
		if (is_among(block->successors + i + 1, block->successor_count - i - 1, to))
			return block_fault(checker, block->id, "two edges to one block");
	}
	for (unsigned i = 0; i < block->predecessor_count; i++) {
		ir_block_id from = block->predecessors[i];

		if (from >= function->block_count ||
		    !is_among(function->blocks[from].successors,
			      function->blocks[from].successor_count, block->id))
			return block_fault(checker, block->id, "an edge of one end");
	}
	return NULL;
}

/* Every instruction in one block, once; phis first; one terminator, last. */
static const char *check_shape(struct checker *checker, const struct ir_block *block)
{
	const struct ir_function *function = checker->function;
	bool after_phis = false;

	if (!block->count)
		return block_fault(checker, block->id, "empty");
	for (unsigned i = 0; i < block->count; i++) {
		ir_value value = block->instructions[i];
		const struct ir_instruction *instruction;

		if (value == IR_NO_VALUE || value >= function->value_count)
			return block_fault(checker, block->id, "an instruction out of range");
		instruction = &function->instructions[value];
		if (checker->position[value])
			return fault(checker, value, "stands twice");
		checker->position[value] = i + 1;
		if (instruction->block != block->id)
			return fault(checker, value, "stands in another block than it says");
		if (is_terminator(instruction->op) != (i + 1 == block->count))
			return fault(checker, value, "is or is not the terminator");
		if (instruction->op == IR_PARAMETER && block->id)
			return fault(checker, value, "a parameter outside of block 0");
		if (instruction->op != IR_PHI)
			after_phis = true;
		else if (after_phis)
			return fault(checker, value, "a phi after other instructions");
		else if (instruction->operand_count != block->predecessor_count)
			return fault(checker, value, "not one operand for each predecessor");
	}
	return NULL;
}

static ir_block_id common_dominator(const struct checker *checker, ir_block_id a,
				    ir_block_id b)
{
	while (a != b) {
		while (checker->order[a] > checker->order[b])
			a = checker->dominator[a];
		while (checker->order[b] > checker->order[a])
			b = checker->dominator[b];
	}
	return a;
}

/* Cooper, Harvey, Kennedy: A Simple, Fast Dominance Algorithm. */
static void find_dominators(struct checker *checker, const ir_block_id *reverse_postorder)
{
	const struct ir_function *function = checker->function;
	unsigned none = function->block_count;
	bool changed = true;

	for (unsigned i = 0; i < function->block_count; i++) {
		checker->dominator[i] = none;
		checker->order[reverse_postorder[i]] = i;
	}
	checker->dominator[0] = 0;
	while (changed) {
		changed = false;
		for (unsigned i = 1; i < function->block_count; i++) {
			const struct ir_block *block = &function->blocks[reverse_postorder[i]];
			ir_block_id found = none;

			for (unsigned k = 0; k < block->predecessor_count; k++) {
				ir_block_id from = block->predecessors[k];

				if (checker->dominator[from] == none)
					continue;
				found = found == none ? from
						      : common_dominator(checker, found, from);
			}
			if (checker->dominator[block->id] != found) {
				checker->dominator[block->id] = found;
				changed = true;
			}
		}
	}
}

static bool dominates(const struct checker *checker, ir_block_id above, ir_block_id below)
{
	while (checker->order[below] > checker->order[above])
		below = checker->dominator[below];
	return below == above;
}

/* Is VALUE there before instruction number LIMIT (from 1) of BLOCK? */
static const char *check_use(const struct checker *checker, ir_value user, ir_value value,
			     ir_block_id block, unsigned limit)
{
	const struct ir_function *function = checker->function;
	ir_block_id from;

	if (value >= function->value_count || !checker->position[value])
		return fault(checker, user, "an operand that is nowhere defined");
	if (function->instructions[value].type.type_class == IR_TYPE_VOID)
		return fault(checker, user, "an operand without a value");
	from = function->instructions[value].block;
	if (checker->dominator[block] == function->block_count)
		return NULL;
	if (from == block ? checker->position[value] >= limit
			  : checker->dominator[from] == function->block_count ||
			    !dominates(checker, from, block))
		return fault(checker, user, "an operand whose definition does not dominate it");
	return NULL;
}

static const char *check_place(const struct checker *checker, ir_value user,
			       const struct ir_place *place)
{
	ir_block_id block = checker->function->instructions[user].block;
	const char *message = NULL;

	if (!place)
		return fault(checker, user, "no place");
	if (place->root == IR_ROOT_VARIABLE) {
		if (place->variable >= checker->unit->variable_count)
			return fault(checker, user, "no such variable");
	} else {
		message = check_use(checker, user, place->pointer, block,
				    checker->position[user]);
	}
	for (unsigned i = 0; i < place->step_count && !message; i++) {
		const struct ir_step *step = &place->steps[i];

		if (step->kind == IR_STEP_FIELD && (!step->record || !step->field))
			message = fault(checker, user, "a field without a name");
		if (step->kind == IR_STEP_INDEX && step->index)
			message = check_use(checker, user, step->index, block,
					    checker->position[user]);
	}
	return message;
}

static const char *check_operands(const struct checker *checker, ir_value value)
{
	const struct ir_function *function = checker->function;
	const struct ir_instruction *instruction = &function->instructions[value];
	const struct ir_block *block = &function->blocks[instruction->block];
	const char *message = NULL;

	for (unsigned i = 0; i < instruction->operand_count && !message; i++) {
		bool is_phi = instruction->op == IR_PHI;

		message = check_use(checker, value, instruction->operands[i],
				    is_phi ? block->predecessors[i] : block->id,
				    is_phi ? UINT32_MAX : checker->position[value]);
	}
	return message;
}

static const char *check_instruction(const struct checker *checker, ir_value value)
{
	const struct ir_instruction *instruction = &checker->function->instructions[value];
	const char *message = check_operands(checker, value);

	if (message)
		return message;
	switch (instruction->op) {
	case IR_ADDRESS:
	case IR_LOAD:
	case IR_STORE:
	case IR_ZERO:
	case IR_CLOBBER:
	case IR_UNINITIALIZED:
	case IR_HAVOC:
		return check_place(checker, value, instruction->u.place);
	case IR_COPY_MEMORY:
		message = check_place(checker, value, instruction->u.place);
		return message ? message : check_place(checker, value, instruction->source);
	case IR_FUNCTION:
		if (instruction->u.function > checker->unit->function_count)
			return fault(checker, value, "no such function");
		return NULL;
	case IR_CALL:
		if (!instruction->u.callee)
			return fault(checker, value, "no callee");
		if (instruction->u.callee->function > checker->unit->function_count)
			return fault(checker, value, "no such function");
		if (!instruction->u.callee->name)
			return check_use(checker, value, instruction->u.callee->pointer,
					 instruction->block, checker->position[value]);
		return NULL;
	case IR_PARAMETER:
		if (instruction->u.parameter >= checker->function->parameter_count)
			return fault(checker, value, "no such parameter");
		return NULL;
	default:
		return NULL;
	}
}

static const char *check_function(struct checker *checker)
{
	const struct ir_function *function = checker->function;
	const char *message = NULL;

	if (!function->block_count)
		return arena_printf(checker->arena, "%s: no blocks", function->name);
	if (function->blocks[0].predecessor_count)
		return block_fault(checker, 0, "the entry has a predecessor");
	for (unsigned i = 0; i < function->block_count && !message; i++)
		message = check_shape(checker, &function->blocks[i]);
	for (unsigned i = 0; i < function->block_count && !message; i++) {
		message = check_edges(checker, &function->blocks[i]);
		if (!message)
			message = check_targets(checker, &function->blocks[i]);
	}
	if (message)
		return message;
	if (!function->reverse_postorder)
		return arena_printf(checker->arena, "%s: not ordered", function->name);
	find_dominators(checker, function->reverse_postorder);
	for (ir_value value = 1; value < function->value_count && !message; value++)
		if (checker->position[value])
			message = check_instruction(checker, value);
	return message;
}

const char *ir_check(const struct ir_unit *unit, const struct ir_function *function,
		     struct arena *arena)
{
	struct checker checker = {
		.unit = unit,
		.function = function,
		.arena = arena,
		.position = XCNEWVEC(unsigned, function->value_count),
		.dominator = XNEWVEC(ir_block_id, function->block_count),
		.order = XNEWVEC(unsigned, function->block_count),
	};
	const char *message = check_function(&checker);

	free(checker.position);
	free(checker.dominator);
	free(checker.order);
	return message;
}
