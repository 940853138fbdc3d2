// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Releasing what others have taken: pages that this function found in memory, or got
 * from its caller.
 *
 *	unpin_user_pages(umem->pages, umem->npages);
 *	unpin_user_pages(umem->pages, umem->npages);
 *
 * How many references there are on such a page is not known, so nothing is counted.
 * But an element of an array, and a field, names one reference: what is given back
 * twice through it, with nothing in between that could have put another page there, is
 * one release too many.  Of a single page this is certain if nothing adds references
 * of its kind, and otherwise if the cells say that each page was taken just before it
 * was put where it was found; see cell.h.
 *
 * The same is asked of pages of which it was known what of them is held, and is not any more.
 *
 * A call that nothing is known about may put other pages there, but not into an array that
 * was freed after the first release: it would have to put another array into the record
 * that leads to this one, for which it has to get at the record.
 *
 * May miss: a second release after a call that nothing is known about otherwise, in another
 * round of a loop, or where a path without the first has joined.
 */
#include "cell.h"
#include "declared.h"
#include "engine.h"
#include "interval.h"

static bool is_inherited(const struct region_state *state)
{
	return state->is_blurred || (!state->kinds && !state->is_known);
}

void engine_forget_inherited(struct engine *engine, struct disjunct *d,
			     const struct region *region)
{
	unsigned i;

	for (i = 0; i < d->region_count; i++) {
		const struct region_state *state = d->regions[i];

		if (!state->released_count || !is_inherited(state))
			continue;
		if (!region || region_is_inside(state->region, region) ||
		    region_is_inside(region, state->region) ||
		    (region->kind == REGION_FIELD && state->region->field == region->field &&
		     region_base(region) == region_base(state->region)))
			disjunct_change(d, engine->arena, state->region)->released_count = 0;
	}
}

/* Does another value lie now where the pointer to BASE was found? */
static bool is_replaced(const struct engine *engine, const struct disjunct *d,
			const struct region *base)
{
	const struct region *from = engine_loaded_from(engine, base);
	unsigned i;

	for (i = 0; from && i < d->memory_count; i++)
		if (region_base(d->memory[i].region) == from)
			return true;
	return false;
}

void engine_note_array_gone(struct engine *engine, struct disjunct *d,
			    const struct region *region)
{
	unsigned i, r;

	for (i = 0; i < d->region_count; i++) {
		struct region_state *state;

		if (!d->regions[i]->released_count ||
		    !region_is_inside(d->regions[i]->region, region) ||
		    is_replaced(engine, d, region_base(region)))
			continue;
		state = disjunct_change(d, engine->arena, d->regions[i]->region);
		for (r = 0; r < state->released_count; r++)
			state->released[r].is_gone = true;
	}
}

/* May who gets at SET have changed what leads to REGION? */
static bool is_led_to(const struct engine *engine, const struct disjunct *d,
		      const struct region_set *set, const struct region *region)
{
	const struct region *base = region_base(region), *from;

	for (; base; base = from) {
		from = engine_loaded_from(engine, base);
		if (region_set_has(set, base) || is_replaced(engine, d, base) ||
		    (base->kind == REGION_VARIABLE && engine_is_global_root(engine, d, base)))
			return true;
	}
	return false;
}

static bool is_any_gone(const struct disjunct *d)
{
	unsigned i, r;

	for (i = 0; i < d->region_count; i++)
		for (r = 0; r < d->regions[i]->released_count; r++)
			if (d->regions[i]->released[r].is_gone)
				return true;
	return false;
}

void engine_forget_inherited_in_call(struct engine *engine, struct disjunct *d,
				     const struct linear **arguments, unsigned count)
{
	struct region_set set = { 0 };
	unsigned i, k, r, kept;

	if (!count || !is_any_gone(d)) {
		engine_forget_inherited(engine, d, NULL);
		return;
	}
	for (i = 0; i < count; i++)
		for (k = 0; arguments[i] && k < arguments[i]->count; k++)
			engine_add_pointee(engine, &set, arguments[i]->terms[k].symbol);
	engine_reachable(engine, d, &set);
	for (i = 0; i < d->region_count; i++) {
		struct region_state *state;

		if (!d->regions[i]->released_count || !is_inherited(d->regions[i]))
			continue;
		state = disjunct_change(d, engine->arena, d->regions[i]->region);
		kept = 0;
		for (r = 0; r < state->released_count; r++)
			if (state->released[r].is_gone &&
			    !is_led_to(engine, d, &set, state->region))
				state->released[kept++] = state->released[r];
		state->released_count = kept;
	}
}

/*
 * What to tell two releases by: elements, if the page was found at one that is known;
 * otherwise the page itself, and how many of it.
 */
static bool identify(struct engine *engine, const struct reference *reference,
		     const struct release *how, struct reference *key)
{
	*key = *reference;
	if (!how->is_run && key->low && key->high)
		return true;
	if (!key->page || (how->is_run && !how->times))
		return false;
	key->low = key->page;
	key->high = how->is_run ? linear_add(engine->terms, key->page, how->times) :
				  linear_add_constant(engine->terms, key->page, 1);
	return key->high != NULL;
}

/* The very same, or elements that are certainly among them. */
static const struct released *before(struct engine *engine, const struct disjunct *d,
				     const struct region_state *state,
				     const struct reference *key, const struct release *how)
{
	unsigned i;

	for (i = 0; state && i < state->released_count; i++) {
		const struct released *r = &state->released[i];

		if (r->kind != how->kind || r->is_transfer)
			continue;
		if (r->low == key->low && r->high == key->high)
			return r;
		if (key->low != key->page && at_least(engine, d, key->low, r->low) &&
		    greater(engine, d, r->high, key->low) &&
		    greater(engine, d, key->high, key->low))
			return r;
	}
	return NULL;
}

/*
 * May a page that is found in one place stand for several references of KIND?  Of the
 * first kind there are none but those that contracts tell of; of others every page has
 * some, for page tables, the page cache, and whoever else uses it.
 */
static bool may_be_several(const struct engine *engine, contract_kind kind)
{
	return kind != 0 || engine->plan->added_kinds & 1;
}

void engine_release_inherited(struct engine *engine, const struct frame *frame,
			      struct disjunct *d, const struct reference *reference,
			      const struct release *how)
{
	const struct region_state *state = disjunct_region(d, reference->region);
	bool is_blurred = state && state->is_blurred;
	const struct released *r;
	struct reference key;

	if (how->is_transfer || how->kind == CONTRACT_KIND_NONE ||
	    !identify(engine, reference, how, &key) ||
	    (state && state->is_shared) ||
	    is_empty(engine, d, key.low, key.high))
		return;
	if (!is_blurred)
		cell_note_count(engine, frame, d, reference, how);
	r = before(engine, d, state, &key, how);
	if (r && (!key.page || !may_be_several(engine, how->kind) ||
		  declared_ones(engine, reference->region) >> how->kind & 1 ||
		  promised_one(engine, reference->region, how->kind)))
		verdict_double_release(engine, frame, d->trail, state, r, how);
	else if (r)
		cell_note_double_release(engine, frame, d, state, r, how);
	else if (!r)
		engine_note_released(engine, frame, d, &key, how);
}
