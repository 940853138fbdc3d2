// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Pages that are left in a record, and nothing that tells how many.
 *
 *	obj->pages = kmalloc_array(obj->nr, sizeof(struct page *), GFP_KERNEL);
 *	ret = pin_user_pages_fast(addr, obj->nr, 0, obj->pages);
 *	if (ret != obj->nr)
 *		return -EFAULT;		who gives back obj->nr pages gives back too many
 *
 * Behind the pages is what was in the memory before, so that nobody can find out.  Who gets
 * the number, or anything that is computed from it, may know; whom it is only printed for,
 * does not.
 *
 * May miss: arrays of the caller's, which may be filled with NULL; a number that is stored, or
 * passed on, on another path.
 */
#include <stdlib.h>

#include <libiberty/libiberty.h>

#include "failure.h"
#include "uncounted.h"

static bool mentions(struct engine *engine, const struct linear *a, symbol_id symbol)
{
	unsigned i;

	for (i = 0; a && i < a->count; i++) {
		const struct symbol *s = symbol_get(engine->terms, a->terms[i].symbol);

		if (s->id == symbol || s->kind == SYMBOL_MERGED ||
		    mentions(engine, s->left, symbol) || mentions(engine, s->right, symbol))
			return true;
	}
	return false;
}

static bool uses_place(const struct ir_place *place, const bool *derived)
{
	unsigned i;

	if (place->root == IR_ROOT_POINTER && derived[place->pointer])
		return true;
	for (i = 0; i < place->step_count; i++)
		if (place->steps[i].kind == IR_STEP_INDEX && place->steps[i].index &&
		    derived[place->steps[i].index])
			return true;
	return false;
}

static bool uses(const struct ir_instruction *i, const bool *derived)
{
	unsigned o;

	for (o = 0; o < i->operand_count; o++)
		if (i->operands[o] && derived[i->operands[o]])
			return true;
	return false;
}

static void derive(const struct ir_function *f, ir_value from, bool *derived)
{
	bool changed = true;
	ir_value v;

	derived[from] = true;
	while (changed) {
		changed = false;
		for (v = 1; v < f->value_count; v++) {
			const struct ir_instruction *i = &f->instructions[v];

			if (derived[v] || i->op == IR_CALL || i->op == IR_LOAD || !uses(i, derived))
				continue;
			derived[v] = changed = true;
		}
	}
}

/* Does F store the value NUMBER, pass it on, or write what one cannot tell? */
static bool is_passed_on(const struct ir_function *f, ir_value number)
{
	bool *derived = XCNEWVEC(bool, f->value_count), is_told = false;
	ir_value v;

	derive(f, number, derived);
	for (v = 1; v < f->value_count && !is_told; v++) {
		const struct ir_instruction *i = &f->instructions[v];
		const struct contract *contract = i->op == IR_CALL ? i->u.callee->contract : NULL;

		if (i->op == IR_CALL)
			is_told = uses(i, derived) &&
				  !(contract && contract->flags & CONTRACT_NEUTRAL);
		else if (i->op == IR_STORE)
			is_told = uses(i, derived) || uses_place(i->u.place, derived);
		else if (i->op == IR_HAVOC)
			is_told = i->u.place->root == IR_ROOT_POINTER;
	}
	free(derived);
	return is_told;
}

bool uncounted_is_left(struct engine *engine, const struct linear *result,
		       const struct region_state *state, const struct holding *holding)
{
	symbol_id id = linear_as_symbol(holding->high);
	const struct symbol *s = id ? symbol_get(engine->terms, id) : NULL;
	const struct linear *length;

	if (!s || s->kind != SYMBOL_RESULT || s->context || s->extra ||
	    holding->extent != EXTENT_PARTIAL || holding->is_scattered || holding->is_handed_on ||
	    state->holding_count != 1 || !state->is_allocated || state->is_zeroed ||
	    state->is_filled || state->is_page || !state->asked_low)
		return false;
	length = linear_subtract(engine->terms, state->asked_high, state->asked_low);
	return length && !linear_is_constant(length) && linear_is_constant(holding->low) &&
		!holding->low->constant && !failure_is_left_to_caller(engine, state) &&
		!mentions(engine, result, id) && !is_passed_on(engine->root, s->instruction);
}
