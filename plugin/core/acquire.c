// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Acquiring: a region gets one more interval of pages that have to be given back.
 *
 *	pages[0 .. ret)	and then	pages[ret .. n)	are	pages[0 .. n)
 *
 * A new interval that may overlap what is held blurs the region; what it certainly
 * overwrites is lost.
 */
#include "cell.h"
#include "engine.h"
#include "interval.h"
#include "scatter.h"

/* Are A and B single pages, as far as is known, that two calls have taken? */
static bool are_by_themselves(const struct holding *a, const struct holding *b)
{
	return linear_is_constant(a->high) && linear_is_constant(b->high) && a->acquired &&
	       b->acquired && a->acquired->location != b->acquired->location;
}

static void add_holding(struct region_state *state, const struct holding *holding)
{
	struct holding *last = state->holding_count ?
		&state->holdings[state->holding_count - 1] : NULL;

	if (last && last->kind == holding->kind && last->high == holding->low &&
	    last->is_added == holding->is_added && !last->is_scattered &&
	    !are_by_themselves(last, holding)) {
		last->high = holding->high;
		last->extent = EXTENT_GROWN;
	} else if (state->holding_count == HOLDING_LIMIT) {
		blur(state);
	} else {
		state->holdings[state->holding_count++] = *holding;
	}
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

/* Is what is stored at OFFSET certainly before or behind REFERENCE? */
static bool is_beside(struct engine *engine, const struct disjunct *d,
		      const struct linear *offset, const struct reference *reference)
{
	const struct linear *at = linear_divide_exact(engine->terms, offset, POINTER_SIZE);

	return at && linear_is_constant(at) && reference->low && reference->high &&
	       (greater(engine, d, reference->low, at) || at_least(engine, d, at, reference->high));
}

static void drop_contents(struct engine *engine, struct disjunct *d,
			  const struct reference *reference)
{
	unsigned i;

	for (i = d->memory_count; i-- > 0;)
		if (d->memory[i].region == reference->region &&
		    !is_beside(engine, d, d->memory[i].offset, reference))
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
	struct kind_knowledge knowledge = {
		.kinds = (uint8_t)(1u << how->kind), .is_held = how->has_obligation,
	};

	if (how->is_added || reference->page)
		return;
	knowledge.provenance[how->kind] = how->event;
	cell_note_kinds(engine, d, reference->region, &knowledge);
	cell_note_placed(engine, NULL, d, reference->region, 0);
}

/*
 * One reference more on the page that STATE is about, perhaps: what is known of its kind by
 * where it was found stays with it, and if nothing is, the extra reference tells of no other.
 */
static void note_extra(struct engine *engine, const struct disjunct *d, struct region_state *state,
		       const struct reference *reference, contract_kind kind)
{
	struct kind_knowledge knowledge;
	unsigned k;

	if (!state->kinds) {
		reference_kinds(engine, d, reference, &knowledge);
		state->kinds = knowledge.kinds;
		state->is_foreign |= knowledge.is_foreign || !knowledge.kinds;
		for (k = 0; k < CONTRACT_KIND_LIMIT; k++)
			state->provenance[k] = knowledge.provenance[k];
	}
	if (!(state->kinds >> kind & 1))
		state->extra |= (uint8_t)(1u << kind);
}

/* What is known of the pages in STATE once these are taken, whatever is held. */
static void note_pages(struct engine *engine, struct disjunct *d, struct region_state *state,
		       const struct reference *reference, const struct acquisition *how)
{
	if (how->text)
		state->text = how->text;
	state->failed = NULL;
	if (state->is_blurred)
		state->released_count = 0;
	state->is_shared |= how->is_added;
	if (!how->has_obligation)
		state->is_known = false;
	else if (!state->kinds && !state->version && !reference->page &&
		 is_local_variable(engine, reference->region))
		state->is_known = true;
	if (how->is_added)
		note_extra(engine, d, state, reference, how->kind);
	else
		state->extra &= (uint8_t)~(1u << how->kind);
	state->kinds |= (uint8_t)(1u << how->kind);
	if (!how->is_added || !state->provenance[how->kind])
		state->provenance[how->kind] = how->event;
	note_in_cell(engine, d, reference, how);
	if (reference->page) {
		state->is_page = true;
		state->is_known = how->has_obligation && !how->is_added;
	} else {
		state->version = how->writer;
		drop_contents(engine, d, reference);
	}
}

/* STATE holds HOLDING, too: what of REFERENCE has to be given back. */
static void take_holding(struct engine *engine, const struct frame *frame, struct disjunct *d,
			 struct region_state *state, const struct reference *reference,
			 const struct holding *holding, const struct acquisition *how)
{
	const struct holding *lost;

	state->handed_high = NULL;
	if (!holding->low || !holding->high) {
		blur(state);
		return;
	}
	if (state->is_blurred) {
		state->is_blurred = false;
		state->is_known = false;
	}
	if (state->is_scattered && !reference->page)
		scatter_drop_overlapped(engine, d, state, holding->low, holding->high);
	forget_released(engine, d, state, holding->low, holding->high);
	if (!holding->is_added && !is_apart(engine, d, state, holding->low, holding->high)) {
		lost = overwritten(engine, d, state, holding->low, holding->high);
		if (lost && !lost->is_scattered && !how->is_taken)
			verdict_leak(engine, frame, d, state, lost, LEAK_OVERWRITTEN,
				     how->location, NULL);
		blur(state);
		return;
	}
	add_holding(state, holding);
}

void engine_note_there(struct engine *engine, struct disjunct *d, const struct region *region)
{
	const struct region *base = region_base(region);
	const struct linear *pointer, *last;

	if (base->kind != REGION_POINTEE)
		return;
	pointer = linear_symbol(engine->terms, base->symbol);
	last = linear_constant(engine->terms, ((ir_integer)1 << 64) - 4096);
	constraint_set_add(engine->solver, &d->constraints, pointer, CONSTRAINT_NOT_ZERO);
	constraint_set_add(engine->solver, &d->constraints,
			   linear_subtract(engine->terms, last, pointer), CONSTRAINT_AT_LEAST_ZERO);
}

void engine_acquire(struct engine *engine, const struct frame *frame, struct disjunct *d,
		    const struct reference *reference, const struct acquisition *how)
{
	const struct region_state *before = disjunct_region(d, reference->region);
	struct region_state *state = disjunct_change(d, engine->arena, reference->region);
	struct holding holding = {
		.kind = how->kind, .extent = how->extent, .is_added = how->is_added,
		.is_taken = how->is_taken, .is_doubtful = how->is_doubtful,
		.low = reference->low, .high = reference->high, .acquired = how->event,
	};

	if (engine_is_outside(engine, d, reference->region))
		engine->effect.is_open = true;
	cell_note_acquire(engine, before, how->event, how->kind);
	note_pages(engine, d, state, reference, how);
	if (!how->has_obligation)
		return;
	engine_note_there(engine, d, reference->region);
	take_holding(engine, frame, d, state, reference, &holding, how);
}
