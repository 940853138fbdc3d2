// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A failure by which the number of the pages is lost.
 *
 *	ret = pin_user_pages_fast(addr, rec->nr, 0, rec->pages);
 *	if (ret != rec->nr)
 *		return ret < 0 ? ret : -EINVAL;		rec->pages[0 .. ret) is held
 *
 * The caller has the array still, but who gives back rec->pages[0 .. rec->nr) gives back
 * others as well, and how many there are is known to nobody.  That is certain where
 * nothing is left behind that was computed from the number, and it was not given away, where
 * the unit gives back what the field names, and where no function of the unit that does so,
 * or tells a number, looks whether an element of an array, or a page that it gets, is NULL: so
 * those that are there can be told from the others.
 *
 * May miss: numbers that are computed, or of a loop; arrays that are passed.
 */
#include "cell.h"
#include "failure.h"

#define USE_DEPTH	4	/* conversions, and the like, between a result and its use */

/* The field that names the array REGION; NULL: none does. */
static const struct region *field_of(const struct engine *engine, const struct disjunct *d,
				     const struct region *region)
{
	const struct region *found = NULL;
	const struct symbol *s;
	unsigned i;

	if (region->kind != REGION_POINTEE)
		return NULL;
	s = symbol_get(engine->terms, region->symbol);
	if (s->kind == SYMBOL_LOADED)
		return s->region->kind == REGION_FIELD ? s->region : NULL;
	for (i = 0; i < d->memory_count; i++)
		if (linear_as_symbol(d->memory[i].value) == region->symbol &&
		    d->memory[i].region->kind == REGION_FIELD)
			found = d->memory[i].region;
	return found;
}

/* The array, and how its pages are given back. */
struct array {
	const struct region *field;
	contract_kind kind;
	bool is_zeroed;		/* or may be: there is a NULL behind the last page */
};

/* Does I give back pages of ARRAY's kind, and does not pass over what is NULL there? */
static bool gives_back(const struct ir_instruction *i, const struct array *array)
{
	const struct contract *contract = i->op == IR_CALL ? i->u.callee->contract : NULL;
	unsigned e;

	for (e = 0; contract && e < contract->effect_count; e++)
		if (contract->effects[e].verb == CONTRACT_RELEASES &&
		    contract->effects[e].kind == array->kind)
			return !array->is_zeroed ||
				!(contract->effects[e].flags &
				  (CONTRACT_SKIPS_NULL | CONTRACT_IGNORES_NULL));
	return false;
}

/* Is a page that is no result of a call, but one of many perhaps, compared with something? */
static bool compares_page(const struct ir_function *f, const struct ir_instruction *i)
{
	const struct ir_instruction *page;
	unsigned o;

	if (i->op != IR_EQUAL && i->op != IR_NOT_EQUAL)
		return false;
	for (o = 0; o < i->operand_count; o++) {
		page = &f->instructions[i->operands[o]];
		if (page->type.pointee == IR_POINTEE_PAGE && page->op != IR_CALL &&
		    page->op != IR_CONSTANT)
			return true;
	}
	return false;
}

/* What a function of the unit does, in whatever order. */
struct deeds {
	bool names_field, gives_back, compares_pages, tells_number;
};

static void look_at(struct deeds *deeds, const struct ir_function *f,
		    const struct ir_instruction *i, const struct array *array)
{
	deeds->names_field |= i->op == IR_LOAD &&
			      ir_place_ends_in(i->u.place, array->field->record,
					       array->field->field);
	deeds->gives_back |= gives_back(i, array);
	deeds->compares_pages |= compares_page(f, i);
	if (i->op == IR_STORE && i->operands[0])
		deeds->tells_number |=
			f->instructions[i->operands[0]].type.type_class == IR_TYPE_INTEGER;
}

/* Does the unit give back by number, and no other way, pages of ARRAY? */
static bool gives_back_by_number(const struct ir_unit *unit, const struct array *array)
{
	bool is_given_back = false;
	unsigned n;
	ir_value v;

	for (n = 0; n < unit->function_count; n++) {
		const struct ir_function *f = unit->functions[n];
		struct deeds deeds = { false, false, false, false };

		for (v = 1; f && v < f->value_count; v++)
			look_at(&deeds, f, &f->instructions[v], array);
		/* It may count those that are there, or give back no others. */
		if (deeds.compares_pages &&
		    (deeds.gives_back || deeds.tells_number ||
		     f->return_type.type_class == IR_TYPE_INTEGER))
			return false;
		is_given_back |= deeds.names_field && deeds.gives_back;
	}
	return is_given_back;
}

static bool is_computed(const struct engine *engine, const struct linear *value, symbol_id id,
			unsigned depth)
{
	unsigned i;

	for (i = 0; value && i < value->count; i++) {
		const struct symbol *s = symbol_get(engine->terms, value->terms[i].symbol);

		if (s->id == id || (depth && (is_computed(engine, s->left, id, depth - 1) ||
					      is_computed(engine, s->right, id, depth - 1))))
			return true;
	}
	return false;
}

/* Is VALUE of F made of the result FROM? */
static bool is_made_of(const struct ir_function *f, ir_value value, ir_value from, unsigned depth)
{
	const struct ir_instruction *i = &f->instructions[value];
	unsigned o;

	if (value == from)
		return true;
	if (!value || !depth || i->op == IR_CALL || i->op == IR_LOAD)
		return false;
	for (o = 0; o < i->operand_count; o++)
		if (is_made_of(f, i->operands[o], from, depth - 1))
			return true;
	return false;
}

/* May I keep what it gets, so that it is found by other ways than the memory that is followed? */
static bool keeps_operands(const struct ir_function *f, const struct ir_instruction *i)
{
	if (i->op == IR_CALL)
		return !i->u.callee->contract;
	return i->op == IR_STORE &&
	       (i->u.place->root == IR_ROOT_VARIABLE || ir_place_varies(f, i->u.place));
}

static bool is_given_away(const struct ir_function *f, ir_value count)
{
	unsigned o;
	ir_value v;

	for (v = 1; v < f->value_count; v++) {
		const struct ir_instruction *i = &f->instructions[v];

		for (o = 0; keeps_operands(f, i) && o < i->operand_count; o++)
			if (is_made_of(f, i->operands[o], count, USE_DEPTH))
				return true;
	}
	return false;
}

/* Is COUNT, a symbol, left where somebody may find it after D? */
static bool is_left(const struct engine *engine, const struct disjunct *d,
		    const struct linear *result, const struct symbol *count)
{
	unsigned i;

	if (is_computed(engine, result, count->id, USE_DEPTH))
		return true;
	for (i = 0; i < d->memory_count; i++)
		if (engine_is_outside(engine, d, d->memory[i].region) &&
		    is_computed(engine, d->memory[i].value, count->id, USE_DEPTH))
			return true;
	return false;
}

/*
 * As many as a caller asks for, who is followed and knows more: one, perhaps, of which there is
 * no part.
 */
static bool is_left_to_caller(const struct engine *engine, const struct region_state *state)
{
	const struct linear *length = state->asked_high;
	unsigned i;

	for (i = 0; length && i < length->count; i++)
		if (symbol_get(engine->terms, length->terms[i].symbol)->kind != SYMBOL_OPERATION)
			return cell_is_seen_from_callers(engine);
	return false;
}

bool failure_loses_count(const struct engine *engine, const struct disjunct *d,
			 const struct linear *result, const struct region_state *state,
			 const struct holding *holding)
{
	const struct array array = {
		.field = field_of(engine, d, state->region), .kind = holding->kind,
		.is_zeroed = state->is_zeroed || !state->is_allocated,
	};
	symbol_id id = linear_as_symbol(holding->high);
	const struct symbol *count = id ? symbol_get(engine->terms, id) : NULL;
	const struct event *acquire = holding->acquired;
	unsigned i;

	while (acquire && acquire->kind != EVENT_ACQUIRE)
		acquire = acquire->previous;
	if (!array.field || !acquire || !count || count->kind != SYMBOL_RESULT ||
	    is_left_to_caller(engine, state) ||
	    holding->extent != EXTENT_PARTIAL || holding->is_taken || holding->is_scattered ||
	    holding->is_handed_on || state->holding_count != 1 || state->is_mixed ||
	    !state->asked_low || !linear_is_constant(holding->low) || holding->low->constant)
		return false;
	/* A NULL behind the last one, perhaps. */
	for (i = 0; i < d->memory_count; i++)
		if (region_is_inside(d->memory[i].region, state->region))
			return false;
	return !is_left(engine, d, result, count) &&
	       !is_given_away(engine->unit->functions[acquire->function], count->instruction) &&
	       gives_back_by_number(engine->unit, &array);
}
