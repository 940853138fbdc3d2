// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What is held on either side, in one.
 *
 * A bound that differs follows a pair, if one moved with it:
 *
 *	pinned: 0 and ret, so X;	held: pages[0 .. 0) and pages[0 .. ret)
 *	the bound moved as X did:	held: pages[0 .. X)
 *
 * Holdings that no pair explains blur the region.
 */
#include <string.h>

#include "cell.h"
#include "merge.h"
#include "scatter.h"

/* x and y with g[X := a] = a, g[X := b] = b for some pair; NULL if none fits. */
static const struct linear *generalize(struct merging *m, const struct linear *a,
				       const struct linear *b)
{
	struct term_table *terms = m->engine->terms;
	const struct linear *moved;
	unsigned i;

	if (a == b)
		return a;
	moved = linear_subtract(terms, b, a);
	if (!moved)
		return NULL;
	for (i = 0; i < m->pair_count; i++) {
		const struct pair *p = &m->pairs[i];
		const struct linear *step = linear_subtract(terms, p->b, p->a);

		if (!step)
			continue;
		if (step == moved)
			return linear_add(terms, linear_subtract(terms, a, p->a), p->x);
		if (linear_scale(terms, step, -1) == moved)
			return linear_subtract(terms, linear_add(terms, a, p->a), p->x);
		/* in other units: bytes and pages */
		if (step->count && moved->count) {
			ir_integer s = step->terms[0].coefficient;
			ir_integer t = moved->terms[0].coefficient;
			const struct linear *x;

			if (t % s == 0 && linear_scale(terms, step, t / s) == moved) {
				x = linear_subtract(terms, p->x, p->a);
				return linear_add(terms, a, linear_scale(terms, x, t / s));
			}
		}
	}
	return NULL;
}

/* STATE's holdings are on one side only, or differ, or are elsewhere on one side only. */
static void note_lost(struct merging *m, const struct region_state *state)
{
	unsigned h;

	for (h = 0; h < state->holding_count && m->lost_count < LOST_LIMIT; h++)
		if (state->holdings[h].acquired)
			m->lost[m->lost_count++] = state->holdings[h].acquired->location;
}

static void blur(struct merging *m, struct region_state *state)
{
	if (!state->is_blurred)
		m->changed = true;
	note_lost(m, state);
	state->is_blurred = true;
	state->holding_count = state->released_count = 0;
}

/* On one side: others may have it. */
static void merge_scattered(struct merging *m, struct holding *h, const struct holding *b)
{
	const struct region *container = h->container == b->container ? b->container : NULL;

	m->changed |= h->container != container || (b->is_scattered && !h->is_scattered);
	h->is_scattered |= b->is_scattered;
	h->is_handed_on |= b->is_handed_on;
	m->changed |= h->is_in_place && !b->is_in_place;
	h->is_in_place &= b->is_in_place;
	m->changed |= h->is_left && !b->is_left;
	h->is_rest &= b->is_rest;
	h->is_left &= b->is_left;
	h->container = container;
}

static void merge_holdings(struct merging *m, struct region_state *state,
			   const struct region_state *b)
{
	unsigned i;

	for (i = 0; i < state->holding_count; i++) {
		struct holding *h = &state->holdings[i];
		const struct linear *low = generalize(m, h->low, b->holdings[i].low);
		const struct linear *high = generalize(m, h->high, b->holdings[i].high);

		if (!low || !high || (m->round > WIDENING_ROUND + 3 &&
				      (low != h->low || high != h->high))) {
			blur(m, state);
			return;
		}
		m->changed |= low != h->low || high != h->high;
		h->low = low;
		h->high = high;
		if (h->extent != b->holdings[i].extent)
			h->extent = EXTENT_GROWN;
		if (h->kind != b->holdings[i].kind || h->is_added != b->holdings[i].is_added) {
			blur(m, state);
			return;
		}
		if (state->is_page && h->is_scattered != b->holdings[i].is_scattered)
			note_lost(m, b);
		h->is_taken |= b->holdings[i].is_taken;
		/* A loss is told by the way on which it is one. */
		if (h->is_doubtful && !b->holdings[i].is_doubtful)
			m->a->trail = m->b->trail;
		h->is_doubtful &= b->holdings[i].is_doubtful;
		merge_scattered(m, h, &b->holdings[i]);
	}
}

/*
 * Where what was released on either side ends, from LOW on: the nearer end, if one is known to
 * be, or else behind the first page.
 */
static const struct linear *released_high(struct merging *m, const struct linear *low,
					  const struct linear *a, const struct linear *b)
{
	const struct linear *high = generalize(m, a, b);
	struct solver *solver = m->engine->solver;

	if (high || m->is_loop || !linear_is_constant(low))
		return high;
	if (constraint_set_is_at_least(solver, &m->b->constraints, b, a))
		return a;
	if (constraint_set_is_at_least(solver, &m->a->constraints, a, b))
		return b;
	return constraint_set_is_greater(solver, &m->a->constraints, a, low) &&
	       constraint_set_is_greater(solver, &m->b->constraints, b, low) ?
		linear_add_constant(m->engine->terms, low, 1) : NULL;
}

static void merge_released(struct merging *m, struct region_state *state,
			   const struct region_state *b)
{
	unsigned i, kept = 0;

	if (state->released_count != b->released_count) {
		m->changed |= state->released_count != 0;
		state->released_count = 0;
		return;
	}
	for (i = 0; i < state->released_count; i++) {
		struct released r = state->released[i];
		const struct linear *low = generalize(m, r.low, b->released[i].low);
		const struct linear *high = low ?
			released_high(m, low, r.high, b->released[i].high) : NULL;

		if (!high || r.kind != b->released[i].kind)
			continue;
		m->changed |= low != r.low || high != r.high ||
			      (r.is_gone && !b->released[i].is_gone);
		r.is_gone &= b->released[i].is_gone;
		r.low = low;
		r.high = high;
		state->released[kept++] = r;
	}
	m->changed |= kept != state->released_count;
	state->released_count = kept;
}

/* What was asked for: on one side alone, it says nothing of the other. */
static void merge_asked(struct merging *m, struct region_state *state,
			const struct region_state *b)
{
	const struct linear *low = NULL, *high = NULL;

	if (state->asked_low && b && b->asked_low) {
		low = generalize(m, state->asked_low, b->asked_low);
		high = generalize(m, state->asked_high, b->asked_high);
	}
	if (!low || !high)
		low = high = NULL;
	m->changed |= low != state->asked_low || high != state->asked_high ||
		      (state->failed && !(b && b->failed));
	state->asked_low = low;
	state->asked_high = high;
	if (!low || !b->failed)
		state->failed = NULL;
}

/* A page is none only if it is none on both sides. */
static void merge_missing(struct merging *m, struct region_state *state,
			  const struct region_state *b)
{
	if (!state->missing || (b && b->missing))
		return;
	m->changed = true;
	state->missing = NULL;
}

/* The version of REGION says that the sides differ, not that somebody has filled it. */
static bool is_fresh(const struct merging *m, const struct region *region)
{
	unsigned i;

	for (i = 0; i < m->fresh_count; i++)
		if (m->fresh[i] == region)
			return true;
	return false;
}

static void merge_handed(struct merging *m, struct region_state *state,
			 const struct region_state *b)
{
	if (!state->handed_high)
		return;
	if (state->handed_low != b->handed_low || state->handed_high != b->handed_high ||
	    state->handed_kind != b->handed_kind || state->handed_asked != b->handed_asked) {
		state->handed_high = NULL;
		m->changed = true;
	} else if (b->is_handed_whole && !state->is_handed_whole) {
		state->is_handed_whole = true;
		m->changed = true;
	}
}

/* STATE, of A, is to cover OLD, as it was, and B. */
static void cover(struct merging *m, struct region_state *state, const struct region_state *old,
		  const struct region_state *b)
{
	unsigned k;

	if (old->version != b->version && !(old->kinds || b->kinds))
		state->version = merged_version(m);
	state->is_known &= b->is_known;
	merge_asked(m, state, b);
	merge_handed(m, state, b);
	merge_missing(m, state, b);
	state->is_allocated |= b->is_allocated;
	state->is_zeroed &= b->is_zeroed;
	state->is_filled |= b->is_filled;
	state->is_mixed |= b->is_mixed;
	state->is_scattered |= b->is_scattered;
	state->is_shared |= b->is_shared;
	state->is_page |= b->is_page;
	/* Filled by somebody unknown on one side: other kinds may be there. */
	state->is_foreign |= b->is_foreign ||
		(b->kinds && !old->kinds && old->version && !old->is_known &&
		 !is_fresh(m, old->region)) ||
		(old->kinds && !b->kinds && b->version && !b->is_known);
	/* It depends on the path which call took them, and what is known of that is lost here. */
	if (plan_takes_several_kinds(m->engine->plan) && !region_states_share_origin(old, b))
		state->is_foreign = true;
	state->extra = (old->extra | b->extra) & (uint8_t)~((old->kinds & ~old->extra) |
							    (b->kinds & ~b->extra));
	state->kinds |= b->kinds;
	if (!state->given_back)
		state->given_back = b->given_back;
	for (k = 0; k < CONTRACT_KIND_LIMIT; k++) {
		if (state->provenance[k] == b->provenance[k])
			continue;
		cell_note_confused(m->engine, state->provenance[k], b->provenance[k]);
		if (!state->provenance[k])
			state->provenance[k] = b->provenance[k];
	}
	m->changed |= state->kinds != old->kinds || state->extra != old->extra ||
		      state->is_known != old->is_known ||
		      state->is_foreign != old->is_foreign ||
		      state->is_zeroed != old->is_zeroed ||
		      (state->kinds && state->is_mixed != old->is_mixed) ||
		      state->is_scattered != old->is_scattered ||
		      state->is_shared != old->is_shared ||
		      !state->given_back != !old->given_back ||
		      state->version != old->version;
	if (b->is_blurred && !state->is_blurred)
		blur(m, state);
	else if (!state->is_blurred && state->holding_count == b->holding_count)
		merge_holdings(m, state, b);
	else if (!state->is_blurred)
		blur(m, state);
	if (state->is_blurred)
		note_lost(m, b);
	merge_released(m, state, b);
}

/* States that say the same are one: the next merge sees that at once. */
static void merge_state(struct merging *m, const struct region_state **a,
			const struct region_state *b)
{
	struct region_state state;

	if (*a == b || !memcmp(*a, b, sizeof(state)))
		return;
	memcpy(&state, *a, sizeof(state));	/* what lies between the members, too */
	cover(m, &state, *a, b);
	if (!memcmp(&state, b, sizeof(state)))
		*a = b;
	else if (memcmp(&state, *a, sizeof(state)))
		*disjunct_change(m->a, m->engine->arena, state.region) = state;
}

/* The region of STATE, of B, was that of a page of B's round, and has no name any more. */
static bool is_past(struct merging *m, const struct region_state *state)
{
	const struct region *base = region_base(state->region);

	if (!m->is_loop || !state->is_page || base->kind != REGION_POINTEE || state->holding_count)
		return false;
	merge_mark(m);
	return !engine_can_be_named(m->engine, state);
}

/* B is a state of a region that A has none of. */
static void merge_only_b(struct merging *m, const struct region_state *b)
{
	struct region_state *state;

	/* Each round names pages of its own: they would never come to an end. */
	if (m->round > ENGINE_FORCED_ROUND && region_base(b->region)->kind == REGION_POINTEE)
		return;
	if (is_past(m, b))
		return;
	/* It holds nothing; its kinds are as good as any. */
	m->changed |= b->kinds || b->version || b->is_allocated || b->is_shared;
	if (!b->missing && !b->released_count && !b->is_zeroed && !b->holding_count && !b->asked_low &&
	    (b->kinds || !b->version || b->is_allocated)) {
		disjunct_put(m->a, b);
		return;
	}
	state = disjunct_change(m->a, m->engine->arena, b->region);
	*state = *b;
	state->asked_low = state->asked_high = state->handed_high = NULL;
	state->failed = state->missing = NULL;
	state->released_count = 0;
	state->is_zeroed = false;
	if (state->holding_count)
		blur(m, state);
	if (b->version && !b->kinds && !b->is_allocated)
		state->version = merged_version(m);
}

/* A is a state of a region that B has none of. */
static void merge_only_a(struct merging *m, const struct region_state *a)
{
	struct region_state *state;

	if (!a->released_count && !a->is_zeroed && !a->holding_count && !a->asked_low &&
	    !a->missing)
		return;
	state = disjunct_change(m->a, m->engine->arena, a->region);
	merge_asked(m, state, NULL);
	merge_missing(m, state, NULL);
	m->changed |= state->released_count || state->is_zeroed;
	state->released_count = 0;
	state->is_zeroed = false;
	if (state->holding_count)
		blur(m, state);
}

/* The state of REGION in D, which comes at number *K or later; *K is set to there. */
static const struct region_state *find_from(const struct disjunct *d, unsigned *k,
					    const struct region *region)
{
	while (*k < d->region_count && d->regions[*k]->region->id < region->id)
		(*k)++;
	return *k < d->region_count && d->regions[*k]->region == region ? d->regions[*k] : NULL;
}

/*
 * Cases that were merged for want of room may have been told apart by what is to become
 * of a page: no leak is made out of that for those that nobody looks at the unit for.
 */
static void doubt_taken(struct merging *m)
{
	unsigned i, h;

	for (i = 0; i < m->a->region_count; i++)
		for (h = 0; h < m->a->regions[i]->holding_count; h++)
			if (m->a->regions[i]->holdings[h].is_taken &&
			    !m->a->regions[i]->holdings[h].is_doubtful)
				disjunct_change(m->a, m->engine->arena, m->a->regions[i]->region)->
					holdings[h].is_doubtful = true;
}

static bool is_lost(const struct merging *m, const struct holding *h)
{
	unsigned i;

	for (i = 0; i < m->lost_count; i++)
		if (h->acquired && h->acquired->location == m->lost[i])
			return true;
	return false;
}

/*
 * A loop has taken several times what another one gives back, or puts elsewhere, one after
 * the other.  How far that is, is lost with one of them; the others come by its later rounds.
 * Of those in a container of this function's own it does not matter how many they are.
 */
static void doubt_siblings(struct merging *m)
{
	unsigned i, h;

	for (i = 0; m->lost_count && i < m->a->region_count; i++)
		for (h = 0; h < m->a->regions[i]->holding_count; h++)
			if (!m->a->regions[i]->holdings[h].is_filled &&
			    is_lost(m, &m->a->regions[i]->holdings[h])) {
				m->changed |= !m->a->regions[i]->is_scattered;
				scatter_region(m->engine, m->a, m->a->regions[i]->region, NULL);
			}
}

void merge_regions(struct merging *m)
{
	unsigned i, k = 0;

	/* Both are in the order of the regions. */
	for (i = 0; i < m->b->region_count; i++) {
		const struct region_state *b = m->b->regions[i];
		const struct region_state *a = find_from(m->a, &k, b->region);

		if (a)
			merge_state(m, &m->a->regions[k], b);
		else
			merge_only_b(m, b);
	}
	for (k = i = 0; i < m->a->region_count; i++)
		if (!find_from(m->b, &k, m->a->regions[i]->region))
			merge_only_a(m, m->a->regions[i]);
	doubt_siblings(m);
	if (m->round >= ENGINE_FORCED_ROUND)
		doubt_taken(m);
}
