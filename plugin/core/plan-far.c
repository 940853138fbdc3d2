// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Functions that no page is in reach of:
 *
 *	ioctl() -> unmap() -> do_unmap() -> remove() -> unmap_all() -> unpin_range()
 *
 * Calls are followed FOLLOW_DEPTH deep, so that from ioctl() no page is ever seen: nothing
 * that could be wrong, and nothing that rests anywhere.  What is between is looked at from
 * nearer by.  Who frees records of the unit's own is followed all the same, as pages may go
 * with them, but no call in it that would be in vain.
 */
#include <string.h>

#include "plan.h"

#define PHI_DEPTH	2

/* Does CONTRACT do something about pages, be it that it frees what has the names of some? */
static bool is_contract_about_pages(const struct contract *contract)
{
	unsigned i;

	for (i = 0; i < contract->effect_count; i++)
		switch (contract->effects[i].verb) {
		case CONTRACT_SETS:
		case CONTRACT_LIMITS:
		case CONTRACT_USES:
		case CONTRACT_ALLOCATES:
		case CONTRACT_FREES:
			break;
		default:
			if (!contract_verb_is_result(contract->effects[i].verb))
				return true;
			break;
		}
	return false;
}

/* Has FUNCTION found VALUE in memory, or in an object there? */
static bool is_found(const struct ir_function *function, ir_value value, unsigned depth)
{
	const struct ir_instruction *i = &function->instructions[value];
	unsigned o;

	switch (i->op) {
	case IR_LOAD:
		return true;
	case IR_CONVERT:
		return is_found(function, i->operands[0], depth);
	case IR_ADDRESS:
		return i->u.place->root == IR_ROOT_POINTER &&
		       is_found(function, i->u.place->pointer, depth);
	case IR_PHI:
		for (o = 0; o < i->operand_count; o++)
			if (!depth || !is_found(function, i->operands[o], depth - 1))
				return false;
		return true;
	default:
		return false;
	}
}

/* Does CALL give pages to somebody, or something that has the only names of some? */
static bool passes_pages(const struct ir_function *function, const struct ir_instruction *call,
			 bool frees_own)
{
	const struct contract *contract = call->u.callee->contract;
	bool is_free = contract_has_verb(contract, CONTRACT_FREES) && !frees_own;
	unsigned o;

	if (contract && is_contract_about_pages(contract))
		return true;
	for (o = 0; o < call->operand_count; o++)
		if ((is_free && !is_found(function, call->operands[o], PHI_DEPTH)) ||
		    (!contract && ir_type_is_of_pages(&function->instructions[call->operands[o]].type)))
			return true;
	return false;
}

/*
 * Does FUNCTION have to do with pages itself, more than to look at one that it knows by its
 * number?  FREES_OWN: what it frees is its own affair.
 */
static bool sees_pages(const struct ir_function *function, bool frees_own)
{
	ir_value v;

	for (v = 1; v < function->value_count; v++) {
		const struct ir_instruction *i = &function->instructions[v];

		switch (i->op) {
		case IR_NONE:
		case IR_CONSTANT:
		case IR_CONVERT:
			break;
		case IR_COPY_MEMORY:
			return true;
		case IR_STORE:
		case IR_RETURN:
			if (i->operand_count &&
			    ir_type_is_of_pages(&function->instructions[i->operands[0]].type))
				return true;
			break;
		case IR_CALL:
			if (ir_type_is_of_pages(&i->type) || passes_pages(function, i, frees_own))
				return true;
			break;
		default:
			if (ir_type_is_of_pages(&i->type))
				return true;
			break;
		}
	}
	return false;
}

/* Does FUNCTION call one that is not far? */
static bool calls_near(const struct ir_function *function, const bool *far)
{
	ir_value v;

	for (v = 1; v < function->value_count; v++) {
		const struct ir_instruction *i = &function->instructions[v];

		if (i->op == IR_CALL && !i->u.callee->contract && i->u.callee->function &&
		    !far[i->u.callee->function - 1])
			return true;
	}
	return false;
}

void plan_find_far(struct plan *plan, const struct ir_unit *unit)
{
	bool *next = ARENA_ARRAY(unit->arena, bool, unit->function_count + 1);
	unsigned depth, i;

	plan->is_far = ARENA_ARRAY(unit->arena, bool, unit->function_count + 1);
	for (i = 0; i < unit->function_count; i++)
		plan->is_far[i] = unit->functions[i] && !unit->functions[i]->contract &&
				  !sees_pages(unit->functions[i], plan->sees_own[i]);
	for (depth = 0; depth < FOLLOW_DEPTH; depth++) {
		memcpy(next, plan->is_far, unit->function_count * sizeof(*next));
		for (i = 0; i < unit->function_count; i++)
			if (next[i] && calls_near(unit->functions[i], plan->is_far))
				next[i] = false;
		memcpy(plan->is_far, next, unit->function_count * sizeof(*next));
	}
}
