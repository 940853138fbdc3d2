// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Memory that names pages is freed: what was held there alone is lost.
 *
 *	page = pages[0];
 *	kfree(pages);
 *	unpin_user_page(page);		known by another name: not lost
 *
 * A name is what the program may still use: a value of this function or of one that has
 * called it, or what is in memory that stays.  It may be a number that was computed from
 * the page.  The page is held on, at its element of what is no more, until it is given back.
 */
#include "freed.h"
#include "interval.h"

/* What of a region's pages is known by other names. */
struct names {
	struct engine *engine;
	const struct disjunct *d;
	const struct region *region;
	const struct linear *element;	/* of the first one that was found */
	bool is_several;		/* ... and others, or it cannot be told which */
};

static void add_name(struct names *names, const struct symbol *s)
{
	struct reference reference;

	if (!reference_of_page(names->engine, names->d,
			       linear_symbol(names->engine->terms, s->id), &reference) ||
	    reference.region != names->region)
		return;
	names->is_several |= !reference.element ||
			     (names->element && names->element != reference.element);
	names->element = reference.element;
}

static void look_for_names(struct names *names, const struct linear *value, unsigned depth)
{
	unsigned i;

	for (i = 0; value && depth && i < value->count; i++) {
		const struct symbol *s = symbol_get(names->engine->terms, value->terms[i].symbol);

		if (s->type.bits != POINTER_BITS)
			continue;
		if (s->kind == SYMBOL_LOADED && s->region == names->region)
			add_name(names, s);
		look_for_names(names, s->left, depth - 1);
		look_for_names(names, s->right, depth - 1);
	}
}

static void find_names(struct names *names, const struct frame *frame)
{
	const struct disjunct *d = names->d;
	unsigned i;

	for (i = 1; i < d->value_count; i++)
		look_for_names(names, d->values[i], NUMBER_DEPTH);
	for (; frame; frame = frame->caller)
		for (i = 0; i < frame->saved_count; i++)
			look_for_names(names, frame->saved[i], NUMBER_DEPTH);
	for (i = 0; i < d->memory_count; i++)
		if (region_base(d->memory[i].region) != region_base(names->region))
			look_for_names(names, d->memory[i].value, NUMBER_DEPTH);
}

/* What of HOLDING has no name is lost; false: all of it. */
static bool lose_unnamed(const struct names *names, const struct frame *frame,
			 const struct region_state *state, struct holding *holding,
			 ir_location location)
{
	struct engine *engine = names->engine;
	const struct disjunct *d = names->d;
	const struct linear *element = names->element, *behind;
	struct holding rest = *holding;

	if (names->is_several) {
		holding->is_scattered = true;
		holding->is_in_place = false;
		holding->container = NULL;
		return true;
	}
	behind = element ? linear_add_constant(engine->terms, element, 1) : NULL;
	if (!behind || at_least(engine, d, element, holding->high) ||
	    at_least(engine, d, holding->low, behind)) {
		verdict_leak(engine, frame, d, state, holding, LEAK_FREED, location, NULL);
		return false;
	}
	if (holding->low == element) {
		rest.low = behind;
		verdict_leak(engine, frame, d, state, &rest, LEAK_FREED, location, NULL);
	}
	if (greater(engine, d, holding->high, behind)) {
		holding->is_scattered |= holding->low != element;
		holding->high = holding->low == element ? behind : holding->high;
	}
	return true;
}

void freed_lose_held(struct engine *engine, const struct frame *frame, struct disjunct *d,
		     const struct region *region, ir_location location)
{
	struct region_state *state = disjunct_change(d, engine->arena, region);
	struct names names = { .engine = engine, .d = d, .region = region };
	unsigned h, kept = 0;

	find_names(&names, frame);
	for (h = 0; h < state->holding_count; h++)
		if ((state->holdings[h].is_scattered && !state->holdings[h].is_filled) ||
		    lose_unnamed(&names, frame, state, &state->holdings[h], location))
			state->holdings[kept++] = state->holdings[h];
	state->is_blurred |= kept < state->holding_count && !kept;
	state->holding_count = kept;
}
