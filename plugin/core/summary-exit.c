// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the caller can see of one exit.
 *
 * Looked at are the holdings of every region, the shadows with what was given
 * back, and the stores to memory that the caller can reach.  Of a region that it
 * cannot reach only pages that were stored or returned one by one matter:
 *
 *	struct page *page;
 *	... pin_user_pages_fast(addr, 1, 0, &page) ...
 *	*out = page;				acquires pinned *out
 */
#include <string.h>

#include "summary-draft.h"

#define POINTER_SIZE	8

struct viewing {
	struct engine *engine;
	const struct disjunct *d;
	struct summary_draft *draft;
	struct summary_exit *exit;
	struct naming naming;
};

/* One effect more at the exit, to be filled in; never NULL. */
static struct summary_effect *add_effect(struct viewing *v, enum contract_verb verb,
					 contract_kind kind, const struct contract_place *place)
{
	struct summary_effect *e;

	if (v->exit->effect_count == SUMMARY_EFFECT_LIMIT) {
		v->draft->is_incomplete = true;
		e = ARENA_NEW(v->engine->arena, struct summary_effect);
	} else {
		e = &v->exit->effects[v->exit->effect_count++];
	}
	e->effect.verb = (uint8_t)verb;
	e->effect.kind = kind;
	e->effect.place = *place;
	return e;
}

static void set_range(struct viewing *v, struct summary_effect *e, const struct linear *low,
		      const struct linear *high, bool is_entry)
{
	e->low = low;
	e->high = high;
	e->effect.flags |= CONTRACT_HAS_RANGE;
	e->effect.low = naming_term(&v->naming, low, is_entry);
	e->effect.high = naming_term(&v->naming, high, is_entry);
}

/* Is [LOW .. HIGH) one element on this path? */
static bool is_single(struct viewing *v, const struct linear *low, const struct linear *high)
{
	return constraint_set_is_equal(v->engine->solver, &v->d->constraints, high,
				       linear_add_constant(v->engine->terms, low, 1));
}

static bool is_first(struct viewing *v, const struct linear *low, const struct linear *high)
{
	return linear_is_constant(low) && !low->constant && is_single(v, low, high);
}

/* Where the elements of REGION are for the caller; IS_ONE: a field with one page. */
static bool name_elements(struct viewing *v, const struct region *region, bool is_one,
			  struct contract_place *place)
{
	const struct linear *start = linear_constant(v->engine->terms, 0);

	if (region->kind == REGION_POINTEE)
		return naming_symbol(&v->naming, region->symbol, place);
	if (!naming_memory(&v->naming, region, start, place))
		return false;
	/* An array in a record: the language has no name for its address. */
	if (!is_one)
		v->naming.is_inexact = true;
	return true;
}

/* ------------------------------------------------------------------ holdings */

/* Is VALUE the page that element INDEX of REGION holds? */
static bool is_element(struct viewing *v, const struct linear *value,
		       const struct region *region, const struct linear *index)
{
	symbol_id id = value ? linear_as_symbol(value) : 0;
	const struct symbol *s = id ? symbol_get(v->engine->terms, id) : NULL;

	return s && s->kind == SYMBOL_LOADED && s->region == region &&
		s->offset == linear_scale(v->engine->terms, index, POINTER_SIZE);
}

/* A page of a region that only this function knows, but that others got. */
static bool name_loose_page(struct viewing *v, const struct region *region,
			    const struct linear *index, struct contract_place *place)
{
	unsigned i;

	if (is_element(v, v->exit->result, region, index)) {
		v->exit->is_fresh = true;
		memset(place, 0, sizeof(*place));
		place->root = CONTRACT_RETURN;
		return true;
	}
	for (i = 0; i < v->d->memory_count; i++) {
		const struct memory_entry *e = &v->d->memory[i];

		if (is_element(v, e->value, region, index) &&
		    naming_memory(&v->naming, e->region, e->offset, place))
			return true;
	}
	return false;
}

static void view_holding(struct viewing *v, const struct region_state *state,
			 const struct holding *h)
{
	enum contract_verb verb = h->is_added ? CONTRACT_ADDS : CONTRACT_ACQUIRES;
	bool is_one = is_first(v, h->low, h->high);
	struct contract_place place;
	struct summary_effect *e;

	if (constraint_set_is_at_least(v->engine->solver, &v->d->constraints, h->low, h->high))
		return;
	if (!state->is_page && is_single(v, h->low, h->high) &&
	    name_loose_page(v, state->region, h->low, &place)) {
		add_effect(v, verb, h->kind, &place);
	} else if (name_elements(v, state->region, is_one, &place)) {
		e = add_effect(v, verb, h->kind, &place);
		if (!state->is_page && !(is_one && state->region->kind != REGION_POINTEE))
			set_range(v, e, h->low, h->high, false);
	} else if (h->is_scattered || engine_is_outside(v->engine, v->d, state->region)) {
		v->draft->is_incomplete = true;
	}
}

static void view_gift(struct viewing *v, const struct region_state *state)
{
	struct contract_place place;
	contract_kind kind = 0;

	/* One kind for certain, and none of it owed. */
	if (!state->is_page || !state->kinds || state->kinds & (state->kinds - 1) ||
	    state->is_foreign || state->released_count || state->holding_count)
		return;
	while (!(state->kinds >> kind & 1))
		kind++;
	if (state->region->kind == REGION_POINTEE &&
	    naming_symbol(&v->naming, state->region->symbol, &place) &&
	    (place.root != CONTRACT_PARAMETER || place.step_count))
		add_effect(v, CONTRACT_GIVES, kind, &place);
}

static void view_memory(struct viewing *v, const struct region_state *state)
{
	struct contract_place place;

	if (state->is_allocated && state->region->kind == REGION_POINTEE &&
	    naming_symbol(&v->naming, state->region->symbol, &place)) {
		v->exit->is_fresh |= place.root == CONTRACT_RETURN && !place.step_count;
		add_effect(v, CONTRACT_ALLOCATES, CONTRACT_KIND_NONE, &place)->effect.flags |=
			state->is_zeroed ? CONTRACT_ZEROED : 0;
	}
}

/* ------------------------------------------------------------------- shadows */

static void view_shadow(struct viewing *v, const struct region_state *state,
			const struct summary_shadow *shadow)
{
	const struct linear *start = linear_constant(v->engine->terms, 0);
	struct contract_place place;
	struct summary_effect *e;
	enum contract_verb verb = CONTRACT_RELEASES;
	unsigned h;

	if (state->is_blurred)
		v->draft->is_incomplete = true;
	if (shadow->note == NOTE_FREED)
		verb = CONTRACT_FREES;
	else if (shadow->is_transfer)
		verb = CONTRACT_TRANSFERS;
	for (h = 0; h < state->holding_count; h++) {
		const struct holding *part = &state->holdings[h];
		bool is_one = is_first(v, part->low, part->high);

		if (constraint_set_is_at_least(v->engine->solver, &v->d->constraints,
					       part->low, part->high))
			continue;
		if (shadow->note == NOTE_ELEMENTS ?
		    !name_elements(v, shadow->region, is_one, &place) :
		    (shadow->region->kind != REGION_POINTEE ||
		     !naming_symbol(&v->naming, shadow->region->symbol, &place))) {
			v->draft->is_incomplete = true;
			continue;
		}
		e = add_effect(v, verb, part->kind, &place);
		if (shadow->skips_null)
			e->effect.flags |= CONTRACT_SKIPS_NULL;
		e->low = start;
		e->high = linear_constant(v->engine->terms, 1);
		if (shadow->note == NOTE_ELEMENTS &&
		    !(is_one && shadow->region->kind != REGION_POINTEE))
			set_range(v, e, part->low, part->high, true);
	}
}

/* Pages were put there one by one, and not at a place that has a name. */
static bool is_filled(struct viewing *v, const struct region_state *state)
{
	struct contract_place place;
	unsigned i, k;

	if (state->is_page || state->holding_count || state->is_blurred ||
	    !engine_is_outside(v->engine, v->d, state->region))
		return false;
	for (k = 0; k < CONTRACT_KIND_LIMIT; k++)
		if (state->provenance[k] && state->provenance[k]->kind == EVENT_STORE)
			break;
	for (i = 0; k < CONTRACT_KIND_LIMIT && i < v->d->memory_count; i++)
		if (v->d->memory[i].region == state->region &&
		    naming_memory(&v->naming, state->region, v->d->memory[i].offset, &place))
			return false;
	return k < CONTRACT_KIND_LIMIT;
}

static void view_region(struct viewing *v, const struct region_state *state)
{
	struct summary_shadow shadow;
	struct contract_place place;
	unsigned h;

	if (summary_shadow_of(v->engine->terms, state->region, &shadow)) {
		view_shadow(v, state, &shadow);
		return;
	}
	view_memory(v, state);
	view_gift(v, state);
	for (h = 0; h < state->holding_count; h++)
		view_holding(v, state, &state->holdings[h]);
	if (is_filled(v, state))
		v->draft->is_incomplete = true;
	if (state->is_blurred && state->kinds &&
	    (engine_is_outside(v->engine, v->d, state->region) || state->is_scattered ||
	     name_elements(v, state->region, true, &place)))
		v->draft->is_incomplete = true;
}

/* -------------------------------------------------------------------- stores */

static bool is_page_pointer(const struct symbol *s)
{
	return s->type.type_class == IR_TYPE_POINTER &&
		ir_type_is_of_pages(&s->type);
}

/* A page, or array of pages, of the caller's is now at E as well. */
static void view_stored_page(struct viewing *v, const struct memory_entry *e,
			     const struct contract_place *at)
{
	symbol_id id = linear_as_symbol(e->value);
	const struct symbol *s = id ? symbol_get(v->engine->terms, id) : NULL;
	struct contract_place from;

	if (!s || !is_page_pointer(s) ||
	    (s->kind != SYMBOL_PARAMETER && (s->kind != SYMBOL_LOADED || s->extra)))
		return;
	if (naming_symbol(&v->naming, id, &from) && from.root != CONTRACT_RETURN &&
	    !contract_place_equal(&from, at))
		add_effect(v, CONTRACT_STORES, CONTRACT_KIND_NONE, at)->effect.value = from;
}

static bool is_bound(const struct viewing *v, const struct linear *value)
{
	unsigned i;

	for (i = 0; i < v->exit->effect_count; i++) {
		const struct summary_effect *e = &v->exit->effects[i];

		if (e->effect.flags & CONTRACT_HAS_RANGE && e->high == value &&
		    e->effect.verb == CONTRACT_ACQUIRES)
			return true;
	}
	return false;
}

/* A count that was left somewhere: the caller will take it for the bound. */
static void view_stored_number(struct viewing *v, const struct memory_entry *e,
			       const struct contract_place *at)
{
	const struct contract_expression *value;
	bool was_inexact = v->naming.is_inexact;

	if (linear_is_constant(e->value) || !is_bound(v, e->value))
		return;
	value = naming_term(&v->naming, e->value, false);
	v->naming.is_inexact = was_inexact;
	if (value->op != CONTRACT_SOME &&
	    !(value->op == CONTRACT_PLACE && contract_place_equal(&value->place, at)))
		add_effect(v, CONTRACT_SETS, CONTRACT_KIND_NONE, at)->effect.low = value;
}

static void view_stores(struct viewing *v)
{
	bool was_inexact = v->naming.is_inexact;
	struct contract_place at;
	unsigned i;

	for (i = 0; i < v->d->memory_count; i++) {
		const struct memory_entry *e = &v->d->memory[i];

		v->naming.is_inexact = false;
		if (!naming_memory(&v->naming, e->region, e->offset, &at))
			continue;
		view_stored_page(v, e, &at);
		if (!v->naming.is_inexact)
			view_stored_number(v, e, &at);
	}
	v->naming.is_inexact = was_inexact;
}

/* -------------------------------------------------------------------- result */

static void view_result(struct viewing *v)
{
	const struct linear *result = v->exit->result;
	symbol_id id = result ? linear_as_symbol(result) : 0;
	const struct symbol *s = id ? symbol_get(v->engine->terms, id) : NULL;
	bool was_inexact = v->naming.is_inexact;

	if (!s || s->type.type_class != IR_TYPE_POINTER ||
	    (s->kind != SYMBOL_PARAMETER && (s->kind != SYMBOL_LOADED || s->extra)))
		return;
	/* Not as `return' itself. */
	v->naming.result = NULL;
	v->naming.is_inexact = false;
	v->exit->has_source = naming_symbol(&v->naming, id, &v->exit->source) &&
		!v->naming.is_inexact;
	v->naming.result = result;
	v->naming.is_inexact = was_inexact;
}

/* A truth value that the path has settled is a number. */
static const struct linear *settle(struct engine *engine, const struct disjunct *d,
				   const struct linear *result)
{
	const struct symbol *s;
	enum truth truth;

	if (!result || result->count != 1)
		return result;
	s = symbol_get(engine->terms, result->terms[0].symbol);
	if (s->kind != SYMBOL_COMPARISON)
		return result;
	truth = constraint_set_test(engine->solver, &d->constraints, s->left,
				    s->operation == IR_EQUAL ? CONSTRAINT_ZERO :
							       CONSTRAINT_AT_LEAST_ZERO);
	return truth == TRUTH_UNKNOWN ? result :
		linear_constant(engine->terms, result->constant +
				(truth == TRUTH_YES ? result->terms[0].coefficient : 0));
}

void summary_add_exit(struct engine *engine, struct disjunct *d, const struct linear *result)
{
	struct viewing v = {
		.engine = engine, .d = d, .draft = engine->summary,
		.naming = { .engine = engine, .d = d },
	};
	unsigned i;

	if (!engine->summary || engine->given_up || engine->is_forced)
		return;
	result = settle(engine, d, result);
	v.naming.result = result;
	v.exit = ARENA_NEW(engine->arena, struct summary_exit);
	v.exit->constraints = d->constraints;
	v.exit->result = result;
	*engine->summary->end = v.exit;
	engine->summary->end = &v.exit->next;
	for (i = 0; i < d->region_count; i++)
		view_region(&v, d->regions[i]);
	view_stores(&v);
	view_result(&v);
	if (v.naming.is_inexact)
		engine->summary->is_inexact = true;
}
