// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Acquiring and releasing.
 *
 * A region's holdings are disjoint intervals.  To release [a .. b) is to cut it
 * out of them, which needs the order of the ends; where the path does not settle
 * it, the region is blurred, and nothing is said about its holdings any more.
 * What sticks out of the holdings of a region all of whose contents are known, is
 * one release too many.
 */
#include <string.h>

#include "cell.h"
#include "engine.h"
#include "summary.h"

#define POINTER_SIZE	8

bool reference_of_array(struct engine *engine, struct disjunct *d,
			const struct linear *pointer, const struct linear *low,
			const struct linear *high, struct reference *reference)
{
	const struct linear *offset, *first;

	(void)d;
	memset(reference, 0, sizeof(*reference));
	reference->region = region_of_pointer(engine->terms, pointer, &offset);
	if (!reference->region)
		return false;
	first = linear_divide_exact(engine->terms, offset, POINTER_SIZE);
	reference->low = linear_add(engine->terms, first, low);
	reference->high = linear_add(engine->terms, first, high);
	return true;
}

static bool is_known_page(struct engine *engine, const struct disjunct *d,
			  const struct symbol *s)
{
	const struct region_state *state;

	state = disjunct_region(d, region_pointee(engine->terms, s->id));
	if (state && state->is_page && state->kinds)
		return true;
	if (s->kind != SYMBOL_LOADED)
		return false;
	state = disjunct_region(d, s->region);
	return state && state->kinds && !state->is_page;
}

/*
 * The symbol of PAGE whose page is known, through tags, shifts and frame numbers.
 * A difference of two pages, or a sum, is no page.
 */
static symbol_id page_symbol(struct engine *engine, const struct disjunct *d,
			     const struct linear *page, unsigned depth)
{
	symbol_id found = 0, inner;
	unsigned i;

	for (i = 0; page && i < page->count; i++) {
		const struct symbol *s = symbol_get(engine->terms, page->terms[i].symbol);

		inner = 0;
		if (is_known_page(engine, d, s)) {
			inner = s->id;
		} else if (s->kind == SYMBOL_OPERATION && depth) {
			inner = page_symbol(engine, d, s->left, depth - 1);
			if (!inner && s->right)
				inner = page_symbol(engine, d, s->right, depth - 1);
		}
		if (inner && (found || page->terms[i].coefficient < 0))
			return 0;
		if (inner)
			found = inner;
	}
	return found;
}

/* The one symbol that PAGE can be about when no kind is known. */
static symbol_id plain_symbol(struct engine *engine, const struct linear *page, unsigned depth)
{
	const struct symbol *s;
	unsigned i;

	for (i = 0; page && i < page->count; i++) {
		s = symbol_get(engine->terms, page->terms[i].symbol);
		if (s->kind == SYMBOL_LOADED || s->kind == SYMBOL_PARAMETER)
			return s->id;
		if (s->kind == SYMBOL_OPERATION && depth) {
			symbol_id found = plain_symbol(engine, s->left, depth - 1);

			if (found)
				return found;
		}
	}
	return page && page->count == 1 ? page->terms[0].symbol : 0;
}

bool reference_of_page(struct engine *engine, struct disjunct *d,
		       const struct linear *page, struct reference *reference)
{
	symbol_id id = page_symbol(engine, d, page, 3);
	const struct region_state *state;
	const struct symbol *s;

	memset(reference, 0, sizeof(*reference));
	if (!id)
		id = plain_symbol(engine, page, 3);
	if (!id)
		return false;
	reference->page = page;
	s = symbol_get(engine->terms, id);
	state = disjunct_region(d, region_pointee(engine->terms, id));
	if (s->kind == SYMBOL_LOADED && !(state && state->is_page && state->holding_count)) {
		reference->region = s->region;
		if (linear_as_symbol(page) == id)
			reference->low = linear_divide_exact(engine->terms, s->offset,
							     POINTER_SIZE);
		reference->high = linear_add_constant(engine->terms, reference->low, 1);
		return true;
	}
	reference->region = region_pointee(engine->terms, id);
	if (linear_as_symbol(page) == id) {
		reference->low = linear_constant(engine->terms, 0);
		reference->high = linear_constant(engine->terms, 1);
	}
	return true;
}

static void add_knowledge(struct kind_knowledge *knowledge, const struct region_state *state)
{
	unsigned k;

	knowledge->kinds |= state->kinds;
	knowledge->is_foreign |= state->is_foreign;
	for (k = 0; k < CONTRACT_KIND_LIMIT; k++)
		if (!knowledge->provenance[k])
			knowledge->provenance[k] = state->provenance[k];
}

void page_kinds(struct engine *engine, const struct disjunct *d, const struct linear *page,
		struct kind_knowledge *knowledge)
{
	symbol_id id = page_symbol(engine, d, page, 3);
	const struct region_state *state;
	const struct symbol *s;

	memset(knowledge, 0, sizeof(*knowledge));
	if (!id)
		return;
	s = symbol_get(engine->terms, id);
	state = disjunct_region(d, region_pointee(engine->terms, id));
	if (state && state->is_page)
		add_knowledge(knowledge, state);
	if (s->kind == SYMBOL_LOADED) {
		state = disjunct_region(d, s->region);
		if (state && !state->is_page && state->kinds)
			add_knowledge(knowledge, state);
	}
}

void reference_kinds(struct engine *engine, const struct disjunct *d,
		     const struct reference *reference, struct kind_knowledge *knowledge)
{
	const struct region_state *state;

	if (reference->page) {
		page_kinds(engine, d, reference->page, knowledge);
		return;
	}
	memset(knowledge, 0, sizeof(*knowledge));
	state = disjunct_region(d, reference->region);
	if (state && !state->is_page)
		add_knowledge(knowledge, state);
}

/* ---------------------------------------------------------------- intervals */

static bool is_empty(struct engine *engine, const struct disjunct *d,
		     const struct linear *low, const struct linear *high)
{
	return constraint_set_is_at_least(engine->solver, &d->constraints, low, high);
}

static bool at_least(struct engine *engine, const struct disjunct *d,
		     const struct linear *a, const struct linear *b)
{
	return constraint_set_is_at_least(engine->solver, &d->constraints, a, b);
}

static bool greater(struct engine *engine, const struct disjunct *d,
		    const struct linear *a, const struct linear *b)
{
	return constraint_set_is_greater(engine->solver, &d->constraints, a, b);
}

static void blur(struct region_state *state)
{
	state->is_blurred = true;
	state->holding_count = 0;
	state->released_count = 0;
}

static void add_holding(struct region_state *state, const struct holding *holding)
{
	struct holding *last = state->holding_count ?
		&state->holdings[state->holding_count - 1] : NULL;

	if (last && last->kind == holding->kind && last->high == holding->low &&
	    last->is_added == holding->is_added) {
		last->high = holding->high;
		last->extent = EXTENT_GROWN;
	} else if (state->holding_count == HOLDING_LIMIT) {
		blur(state);
	} else {
		state->holdings[state->holding_count++] = *holding;
	}
}

static void add_released(struct region_state *state, const struct linear *low,
			 const struct linear *high, const struct release *how,
			 const struct event *event)
{
	struct released *r;

	if (state->released_count == RELEASED_LIMIT) {
		memmove(state->released, state->released + 1,
			(RELEASED_LIMIT - 1) * sizeof(state->released[0]));
		state->released_count--;
	}
	r = &state->released[state->released_count++];
	r->kind = how->kind;
	r->is_transfer = how->is_transfer;
	r->low = low;
	r->high = high;
	r->event = event;
}

/* Elements that are taken anew were not given back in this life of theirs. */
static void forget_released(struct engine *engine, const struct disjunct *d,
			    struct region_state *state, const struct linear *low,
			    const struct linear *high)
{
	unsigned i, kept = 0;

	for (i = 0; i < state->released_count; i++) {
		const struct released *r = &state->released[i];

		if (at_least(engine, d, r->low, high) || at_least(engine, d, low, r->high))
			state->released[kept++] = *r;
	}
	state->released_count = kept;
}

/* Is [LOW .. HIGH) apart from every holding of STATE? */
static bool is_apart(struct engine *engine, const struct disjunct *d,
		     const struct region_state *state, const struct linear *low,
		     const struct linear *high)
{
	unsigned i;

	for (i = 0; i < state->holding_count; i++)
		if (!at_least(engine, d, low, state->holdings[i].high) &&
		    !at_least(engine, d, state->holdings[i].low, high))
			return false;
	return true;
}

static const struct holding *overwritten(struct engine *engine, const struct disjunct *d,
					 const struct region_state *state,
					 const struct linear *low, const struct linear *high)
{
	unsigned i;

	for (i = 0; i < state->holding_count; i++) {
		const struct holding *h = &state->holdings[i];

		if (h->low == low && greater(engine, d, h->high, h->low) &&
		    greater(engine, d, high, low) && !h->is_added)
			return h;
	}
	return NULL;
}

static void drop_contents(struct disjunct *d, const struct region *region)
{
	unsigned i;

	for (i = d->memory_count; i-- > 0;)
		if (d->memory[i].region == region)
			disjunct_drop_memory(d, i);
}

static bool is_local_variable(const struct engine *engine, const struct region *region)
{
	return region->kind == REGION_VARIABLE &&
	       !engine->unit->variables[region->variable].is_global;
}

/* The region may be a field: other functions will find the pages there. */
static void note_in_cell(struct engine *engine, const struct disjunct *d,
			 const struct reference *reference, const struct acquisition *how)
{
	struct kind_knowledge knowledge = { .kinds = (uint8_t)(1u << how->kind) };

	if (how->is_added || reference->page)
		return;
	knowledge.provenance[how->kind] = how->event;
	cell_note_kinds(engine, d, reference->region, &knowledge);
}

static bool was_known(struct engine *engine, const struct disjunct *d,
		      const struct reference *reference)
{
	struct kind_knowledge knowledge;

	reference_kinds(engine, d, reference, &knowledge);
	return knowledge.kinds != 0;
}

void engine_acquire(struct engine *engine, const struct frame *frame, struct disjunct *d,
		    const struct reference *reference, const struct acquisition *how)
{
	struct region_state *state = disjunct_change(d, engine->arena, reference->region);
	struct holding holding = {
		.kind = how->kind, .extent = how->extent, .is_added = how->is_added,
		.is_doubtful = how->is_doubtful,
		.low = reference->low, .high = reference->high, .acquired = how->event,
	};
	const struct holding *lost;

	if (engine_is_outside(engine, d, reference->region))
		engine->effect.is_open = true;
	if (how->text)
		state->text = how->text;
	if (!how->has_obligation)
		state->is_known = false;
	else if (!state->kinds && !state->version && !reference->page &&
		 is_local_variable(engine, reference->region))
		state->is_known = true;
	/* One reference more on a page of which the kind is not known. */
	if (how->is_added && !state->kinds && !was_known(engine, d, reference))
		state->is_foreign = true;
	state->kinds |= (uint8_t)(1u << how->kind);
	state->provenance[how->kind] = how->event;
	note_in_cell(engine, d, reference, how);
	if (reference->page) {
		state->is_page = true;
		state->is_known = how->has_obligation && !how->is_added;
	} else {
		state->version = how->writer;
		drop_contents(d, reference->region);
	}
	if (!how->has_obligation)
		return;
	if (!holding.low || !holding.high) {
		blur(state);
		return;
	}
	if (state->is_blurred) {
		state->is_blurred = false;
		state->is_known = false;
	}
	if (state->is_scattered && !reference->page) {
		/* The pages before are elsewhere by now; these are new. */
		state->is_scattered = false;
		state->is_known = false;
		state->holding_count = state->released_count = 0;
	}
	forget_released(engine, d, state, holding.low, holding.high);
	if (!how->is_added && !is_apart(engine, d, state, holding.low, holding.high)) {
		lost = overwritten(engine, d, state, holding.low, holding.high);
		if (lost && !state->is_scattered)
			verdict_leak(engine, frame, d, state, lost, LEAK_OVERWRITTEN,
				     how->location);
		blur(state);
		return;
	}
	add_holding(state, &holding);
}

/* The holdings of a region while a release is cut out of them. */
struct cutting {
	struct engine *engine;
	const struct disjunct *d;
	const struct linear *low, *high;	/* of the request: what is still to be found */
	unsigned count;
	struct holding kept[HOLDING_LIMIT + 1];
};

/* Keep [LOW .. HIGH) of H unless it is empty.  False: no room. */
static bool keep_part(struct cutting *c, const struct holding *h,
		      const struct linear *low, const struct linear *high)
{
	if (at_least(c->engine, c->d, low, high))
		return true;
	if (c->count == HOLDING_LIMIT)
		return false;
	c->kept[c->count] = *h;
	c->kept[c->count].low = low;
	c->kept[c->count++].high = high;
	return true;
}

/* Cut the request out of H, which it overlaps.  False: the order is not known. */
static bool cut_holding(struct cutting *c, const struct holding *h)
{
	bool starts_inside = at_least(c->engine, c->d, c->low, h->low);
	bool ends_inside = at_least(c->engine, c->d, h->high, c->high);
	const struct linear *low = c->low, *high = c->high;

	if (!starts_inside && !at_least(c->engine, c->d, h->low, c->low))
		return false;
	if (!ends_inside && !at_least(c->engine, c->d, c->high, h->high))
		return false;
	if (starts_inside && ends_inside) {
		c->low = c->high;
		return keep_part(c, h, h->low, low) && keep_part(c, h, high, h->high);
	}
	if (starts_inside) {
		c->low = h->high;
		return keep_part(c, h, h->low, low);
	}
	if (ends_inside) {
		c->high = h->low;
		return keep_part(c, h, high, h->high);
	}
	return false;	/* something may stick out at both ends */
}

/*
 * Cut [low .. high) out of STATE's holdings.  What of it was not held is left in
 * *LOW, *HIGH.  False: the order of the ends is not known.
 */
static bool cut(struct engine *engine, const struct disjunct *d,
		struct region_state *state, const struct linear **low,
		const struct linear **high, contract_kind kind)
{
	struct cutting c = { .engine = engine, .d = d, .low = *low, .high = *high };
	unsigned i;

	for (i = 0; i < state->holding_count; i++) {
		const struct holding *h = &state->holdings[i];

		if ((kind != CONTRACT_KIND_NONE && h->kind != kind) ||
		    is_empty(engine, d, c.low, c.high) ||
		    at_least(engine, d, c.low, h->high) || at_least(engine, d, h->low, c.high)) {
			if (c.count == HOLDING_LIMIT)
				return false;
			c.kept[c.count++] = *h;
		} else if (!cut_holding(&c, h)) {
			return false;
		}
	}
	state->holding_count = c.count;
	memcpy(state->holdings, c.kept, c.count * sizeof(c.kept[0]));
	*low = c.low;
	*high = c.high;
	return true;
}

static const struct released *released_before(struct engine *engine, const struct disjunct *d,
					      const struct region_state *state,
					      const struct linear *low,
					      const struct linear *high)
{
	unsigned i;

	/* Certainly an element of both: the first or the last of this release. */
	for (i = 0; i < state->released_count; i++) {
		const struct released *r = &state->released[i];

		if ((at_least(engine, d, low, r->low) && greater(engine, d, r->high, low)) ||
		    (at_least(engine, d, r->high, high) && greater(engine, d, high, r->low)))
			return r;
	}
	return NULL;
}

/*
 * A loop releases element by element, [x .. x+1) off [x .. high), and nothing but
 * x < bound stops it.  If the bound is beyond high for certain, the loop gives back
 * what was never taken.
 */
static const struct linear *overrun(struct engine *engine, const struct disjunct *d,
				    const struct region_state *state,
				    const struct linear *low, const struct linear *high)
{
	struct term_table *terms = engine->terms;
	const struct linear *length = linear_subtract(terms, high, low);
	const struct linear *bound = NULL;
	unsigned i;

	if (!length || !linear_is_constant(length) || length->constant != 1 ||
	    state->holding_count != 1 || state->holdings[0].low != low ||
	    state->holdings[0].extent != EXTENT_PARTIAL ||
	    linear_is_constant(low))
		return NULL;
	for (i = 0; i < d->constraints.count; i++) {
		const struct constraint *c = &d->constraints.items[i];
		const struct linear *limit = linear_add(terms, c->linear, low);

		/* limit - 1 - x >= 0 with limit free of x */
		if (c->relation != CONSTRAINT_AT_LEAST_ZERO || !limit ||
		    linear_coefficient(limit, low->terms[0].symbol))
			continue;
		limit = linear_add_constant(terms, limit, 1);
		if (!greater(engine, d, limit, state->holdings[0].high))
			return NULL;
		bound = limit;
	}
	return bound;
}

/* [LOW .. HIGH) was released without being held. */
static void judge_excess(struct engine *engine, const struct frame *frame,
			 const struct disjunct *d, struct region_state *state,
			 const struct linear *low, const struct linear *high,
			 const struct release *how)
{
	const struct released *before;

	if (!greater(engine, d, high, low) || is_empty(engine, d, low, high))
		return;
	if (verdict_starts_in_a_loop(engine, low)) {
		/* Which round it is, is known too vaguely to say what was taken. */
		blur(state);
		return;
	}
	before = released_before(engine, d, state, low, high);
	if (before)
		verdict_double_release(engine, frame, d, state, before, how);
	else if (state->is_known && !state->is_scattered && !how->is_transfer &&
		 !(how->skips_null && state->is_zeroed))
		verdict_over_release(engine, frame, d, state, low, high, how);
	blur(state);
}

static void release_known(struct engine *engine, const struct frame *frame,
			  struct disjunct *d, const struct reference *reference,
			  const struct release *how)
{
	struct region_state *state = disjunct_change(d, engine->arena, reference->region);
	const struct linear *low = reference->low, *high = reference->high, *limit;
	const struct event *event;

	if (state->is_blurred)
		return;
	if (!low || !high || how->is_run) {
		blur(state);
		return;
	}
	if (is_empty(engine, d, low, high))
		return;
	if (!cut(engine, d, state, &low, &high, how->kind)) {
		limit = overrun(engine, d, state, low, high);
		if (limit && state->is_known && !state->is_scattered && !how->skips_null)
			verdict_over_release(engine, frame, d, state,
					     state->holdings[0].high, limit, how);
		blur(state);
		return;
	}
	/* How many references there are on a page of others is not known. */
	if (!state->kinds && !state->is_known)
		return;
	judge_excess(engine, frame, d, state, low, high, how);
	if (state->is_blurred)
		return;
	event = engine_event(engine, frame, d->trail, EVENT_RELEASE, how->location,
			     how->is_transfer ? "handed on here" : "released here");
	add_released(state, reference->low, reference->high, how, event);
}

/* An extra reference that was taken on the very page goes first. */
static bool release_added(struct engine *engine, struct disjunct *d,
			  const struct reference *reference, const struct release *how)
{
	symbol_id id = reference->page ? linear_as_symbol(reference->page) : 0;
	const struct region_state *old;
	struct region_state *state;
	unsigned i;

	old = id ? disjunct_region(d, region_pointee(engine->terms, id)) : NULL;
	for (i = 0; old && i < old->holding_count; i++) {
		if (!old->holdings[i].is_added || old->holdings[i].kind != how->kind)
			continue;
		state = disjunct_change(d, engine->arena, old->region);
		state->holding_count--;
		memmove(state->holdings + i, state->holdings + i + 1,
			(state->holding_count - i) * sizeof(state->holdings[0]));
		if (!state->holding_count)
			state->kinds &= (uint8_t)~(1u << how->kind);
		return true;
	}
	return false;
}

/* Nothing is released, or other elements than those of which the kind is known. */
static bool is_beside_the_point(struct engine *engine, const struct disjunct *d,
				const struct reference *reference)
{
	const struct region_state *state = disjunct_region(d, reference->region);

	if (!reference->low || !reference->high)
		return false;
	if (is_empty(engine, d, reference->low, reference->high))
		return true;
	return state && !state->is_page && !state->is_blurred && state->holding_count &&
		is_apart(engine, d, state, reference->low, reference->high);
}

void engine_release(struct engine *engine, const struct frame *frame, struct disjunct *d,
		    const struct reference *reference, const struct release *how)
{
	struct kind_knowledge knowledge;
	struct release adjusted = *how;

	if (release_added(engine, d, reference, how))
		return;
	if (engine_is_outside(engine, d, reference->region))
		engine->effect.is_open = true;
	summary_note_release(engine, d, reference, how);
	reference_kinds(engine, d, reference, &knowledge);
	if (how->kind != CONTRACT_KIND_NONE) {
		uint8_t bit = (uint8_t)(1u << how->kind);

		if (knowledge.kinds && !knowledge.is_foreign && !(knowledge.kinds & bit) &&
		    !is_beside_the_point(engine, d, reference)) {
			verdict_mismatch(engine, frame, d, reference, &knowledge, how);
			/* Take it as given back; one fault, one finding. */
			adjusted.kind = CONTRACT_KIND_NONE;
		}
	}
	if (!knowledge.kinds)
		cell_note_release(engine, frame, d, reference, how);
	if (disjunct_region(d, reference->region))
		release_known(engine, frame, d, reference, &adjusted);
}
