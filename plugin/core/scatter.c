// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Scattering: pages that are held in a region are put elsewhere, too, where others may
 * find them and give them back.
 *
 *	for (i = 0; i < n; i++)
 *		record->frames[i] = page_to_pfn(pages[i]);
 *	ret = pin_user_pages_fast(start, m, 0, pages + n);
 *
 * pages[0 .. n) can be found in the record, pages[n .. n + ret) in the array alone.  So
 * this is known for each holding of a region; but if one page of a holding is somewhere
 * else, all of it is taken to be.  Where a loop walks through the array (walk.h) it is known
 * how far it has come: pages[0 .. i + 1) are elsewhere, and pages[i + 1 .. n) are not.
 */
#include "engine.h"
#include "interval.h"
#include "scatter.h"

static void scatter_holding(struct holding *h, const struct region *container)
{
	/* In two places: whoever finds it in either may give it back. */
	h->container = h->is_scattered && h->container != container ? NULL : container;
	h->is_scattered = true;
	h->is_in_place = false;
}

/* Neighbours that are elsewhere in the same way are one holding. */
static void join_scattered(struct region_state *state)
{
	unsigned i;

	for (i = state->holding_count; i-- > 1;) {
		const struct holding *h = &state->holdings[i];
		struct holding *last = &state->holdings[i - 1];

		if (!h->is_scattered || !last->is_scattered || last->high != h->low ||
		    last->container != h->container || last->kind != h->kind ||
		    last->is_added != h->is_added || last->is_taken != h->is_taken ||
		    last->is_doubtful != h->is_doubtful ||
		    last->is_handed_on != h->is_handed_on || last->is_rest || h->is_rest ||
		    last->is_left || h->is_left)
			continue;
		last->high = h->high;
		last->extent = EXTENT_GROWN;
		drop_holding(state, i);
	}
}

void scatter_region(struct engine *engine, struct disjunct *d, const struct region *region,
		    const struct region *container)
{
	const struct region_state *old = disjunct_region(d, region);
	struct region_state *state;
	unsigned i;

	if (!old)
		return;
	state = disjunct_change(d, engine->arena, region);
	state->is_scattered = true;
	for (i = 0; i < state->holding_count; i++)
		scatter_holding(&state->holdings[i], container);
}

void scatter_page(struct engine *engine, struct disjunct *d, const struct linear *page,
		  const struct region *container)
{
	struct reference reference;
	const struct linear *at, *behind;
	struct region_state *state;
	unsigned i;

	if (linear_is_constant(page) || !reference_of_page(engine, d, page, &reference) ||
	    !disjunct_region(d, reference.region))
		return;
	state = disjunct_change(d, engine->arena, reference.region);
	state->is_scattered = true;
	at = reference.element;
	behind = linear_add_constant(engine->terms, at, 1);
	for (i = 0; i < state->holding_count; i++) {
		struct holding *h = &state->holdings[i];

		if ((h->is_scattered && !h->container) ||
		    (at && behind && !state->is_page &&
		     (at_least(engine, d, h->low, behind) || at_least(engine, d, at, h->high))))
			continue;
		scatter_holding(&state->holdings[i], container);
	}
	join_scattered(state);
}

/* Are A and B certainly one number? */
static bool is_same(struct engine *engine, const struct disjunct *d, const struct linear *a,
		    const struct linear *b)
{
	return a == b || (at_least(engine, d, a, b) && at_least(engine, d, b, a));
}

/* The holding of STATE, none of which is elsewhere yet, whose first page is AT; its number. */
static int starting_at(struct engine *engine, const struct disjunct *d,
		       const struct region_state *state, const struct linear *at)
{
	unsigned i;

	for (i = 0; i < state->holding_count; i++) {
		const struct holding *h = &state->holdings[i];

		if (!h->is_scattered && !h->is_added && is_same(engine, d, h->low, at) &&
		    greater(engine, d, h->high, at))
			return (int)i;
	}
	return -1;
}

/* Is H, right before NEXT, elsewhere like NEXT's first page is to be? */
static bool continues(const struct holding *h, const struct holding *next,
		      const struct region *container)
{
	return h->is_scattered && h->container == container && h->kind == next->kind &&
		h->high == next->low && h->acquired == next->acquired;
}

bool scatter_first(struct engine *engine, struct disjunct *d, const struct linear *page,
		   const struct region *container, bool is_handed_on)
{
	struct reference reference;
	struct region_state *state;
	const struct linear *behind;
	struct holding *h;
	int i;

	if (!reference_of_page(engine, d, page, &reference) || !reference.element ||
	    reference.low != reference.element || !disjunct_region(d, reference.region))
		return false;
	behind = linear_add_constant(engine->terms, reference.element, 1);
	i = starting_at(engine, d, disjunct_region(d, reference.region), reference.element);
	if (i < 0 || !behind)
		return false;
	state = disjunct_change(d, engine->arena, reference.region);
	h = &state->holdings[i];
	if (i > 0 && continues(h - 1, h, container)) {
		h[-1].high = h->low = behind;
		h[-1].is_handed_on |= is_handed_on;
		return true;
	}
	if (state->holding_count == HOLDING_LIMIT)
		return false;
	memmove(h + 1, h, (state->holding_count - (unsigned)i) * sizeof(*h));
	state->holding_count++;
	state->is_scattered = true;
	h->high = h[1].low = behind;
	scatter_holding(h, container);
	h->is_handed_on = is_handed_on;
	h[1].is_rest = true;
	return true;
}

void scatter_drop_empty(struct engine *engine, struct disjunct *d)
{
	unsigned r, i;

	for (r = 0; r < d->region_count; r++)
		for (i = d->regions[r]->holding_count; d->regions[r]->is_scattered && i-- > 1;) {
			const struct holding *h = &d->regions[r]->holdings[i];

			if (!h->is_scattered && h[-1].is_scattered && h[-1].high == h->low &&
			    is_empty(engine, d, h->low, h->high))
				drop_holding(disjunct_change(d, engine->arena,
							     d->regions[r]->region), i);
		}
}

static const struct region *outermost(const struct engine *engine, const struct region *region)
{
	const struct region *outer;
	unsigned depth;

	for (depth = 0; region && depth < 5; depth++) {
		outer = engine_loaded_from(engine, region);
		if (!outer)
			return region;
		region = outer;
	}
	return NULL;
}

/*
 * The pages of H were put into an object of this function's own, and the array that they
 * came in is used again: the object has them, as if a call had put them there.
 */
static void leave_in_container(struct engine *engine, struct disjunct *d,
			       const struct holding *h)
{
	const struct region *owner = outermost(engine, h->container);
	const struct region_state *of = owner ? disjunct_region(d, owner) : NULL;
	struct region_state *state;

	if (!of || !of->is_allocated || of->holding_count || of->is_blurred || of->is_page ||
	    h->is_added || h->is_taken || h->is_doubtful || h->is_handed_on || h->is_rest ||
	    h->is_left || owner->kind != REGION_POINTEE)
		return;
	state = disjunct_change(d, engine->arena, owner);
	state->is_scattered = true;
	state->holding_count = 1;
	state->holdings[0] = *h;
	state->holdings[0].container = owner;
	state->holdings[0].is_filled = true;
	state->holdings[0].extent = EXTENT_FULL;
	state->holdings[0].low = linear_constant(engine->terms, 0);
	state->holdings[0].high = linear_constant(engine->terms, 1);
	engine->has_filled = true;
}

void scatter_drop_overlapped(struct engine *engine, struct disjunct *d,
			     struct region_state *state, const struct linear *low,
			     const struct linear *high)
{
	bool is_scattered = false;
	unsigned i = 0;

	while (i < state->holding_count) {
		const struct holding *h = &state->holdings[i];

		if (h->is_scattered && !at_least(engine, d, low, h->high) &&
		    !at_least(engine, d, h->low, high)) {
			if (greater(engine, d, h->high, h->low))
				leave_in_container(engine, d, h);
			drop_holding(state, i);
			state->is_known = false;
			continue;
		}
		is_scattered |= h->is_scattered;
		i++;
	}
	state->is_scattered = is_scattered;
	state->released_count = 0;
}

void engine_open_container(struct engine *engine, struct disjunct *d,
			   const struct region *container)
{
	const struct region *r;
	unsigned i, h, depth;
	bool is_filled = false;

	for (i = 0; i < d->region_count; i++) {
		for (h = 0; h < d->regions[i]->holding_count; h++) {
			r = d->regions[i]->holdings[h].container;
			for (depth = 0; r && container && r != container && depth < 5; depth++)
				r = engine_loaded_from(engine, r);
			if (!r)
				continue;
			is_filled |= d->regions[i]->holdings[h].is_filled;
			disjunct_change(d, engine->arena, d->regions[i]->region)->
				holdings[h].container = NULL;
		}
	}
	if (is_filled)
		fill_note_opened(engine, d);
}

void scatter_read(struct engine *engine, struct disjunct *d, const struct region *base)
{
	const struct region *container;
	unsigned i, h;

	for (i = 0; i < d->region_count; i++)
		for (h = 0; h < d->regions[i]->holding_count; h++) {
			container = d->regions[i]->holdings[h].container;
			if (container && (!base || container == base) &&
			    container->kind == REGION_POINTEE &&
			    !d->regions[i]->holdings[h].is_filled &&
			    !engine_loaded_from(engine, container))
				disjunct_change(d, engine->arena, d->regions[i]->region)->
					holdings[h].container = NULL;
		}
}

void engine_lose_pointer(struct engine *engine, struct disjunct *d, const struct linear *value)
{
	symbol_id id = linear_as_symbol(value);
	const struct region *base;
	unsigned i;

	if (!id || d->region_count == 0)
		return;
	base = region_base(region_pointee(engine->terms, id));
	for (i = 0; i < d->region_count; i++)
		if (d->regions[i]->holding_count && region_base(d->regions[i]->region) == base)
			scatter_region(engine, d, d->regions[i]->region, NULL);
	engine_open_container(engine, d, base);
}

void engine_keep_pointer(struct engine *engine, struct disjunct *d, const struct linear *value)
{
	struct region_set kept = { 0 };
	const struct region *base;
	unsigned i;

	engine_lose_pointer(engine, d, value);
	if (value->count != 1 || value->terms[0].coefficient != 1 || d->region_count == 0)
		return;
	engine_add_pointee(engine, &kept, value->terms[0].symbol);
	engine_reachable(engine, d, &kept);
	for (i = 0; i < d->region_count; i++) {
		base = region_base(d->regions[i]->region);
		if (d->regions[i]->holding_count && region_set_has(&kept, base))
			scatter_region(engine, d, d->regions[i]->region, NULL);
	}
}
