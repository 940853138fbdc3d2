// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The contract of the function that is followed, against its body.
 *
 *	function io_pages_free(pages, npages)
 *		releases pinned *pages[0 .. npages)
 *
 * Callers go by the contract, be it written here or in the source.  So the pages that the
 * body finds at that place are of that kind, and those that it takes for its callers are
 * to be of the kind that it is said to take.
 *
 * Kinds are compared here, and only for places that lead through pointers and fields; numbers
 * are in promise-kept.c.
 */
#include <string.h>

#include "engine.h"
#include "story.h"

/* Is S the value at the first COUNT steps of PLACE, as the function was called? */
static bool is_at(const struct engine *engine, const struct symbol *s,
		  const struct contract_place *place, unsigned count)
{
	const struct contract_step *last = count ? &place->steps[count - 1] : NULL;
	const struct region *region = s->region;

	if (!last)
		return place->root == CONTRACT_PARAMETER && s->kind == SYMBOL_PARAMETER &&
		       s->instruction == place->parameter;
	if (s->kind != SYMBOL_LOADED)
		return false;
	while (last->kind == CONTRACT_FIELD) {
		if (region->kind != REGION_FIELD || strcmp(region->field, last->field) != 0 || !--count)
			return false;
		region = region->parent;
		last = &place->steps[count - 1];
	}
	return last->kind == CONTRACT_DEREFERENCE && region->kind == REGION_POINTEE &&
	       is_at(engine, symbol_get(engine->terms, region->symbol), place, count - 1);
}

/* Are the pages that EFFECT is about in REGION?  RESULT: what is returned, or NULL. */
bool promise_is_about(const struct engine *engine, const struct contract_effect *effect,
		      const struct region *region, const struct linear *result)
{
	if (region->kind != REGION_POINTEE)
		return false;
	if (effect->place.root == CONTRACT_RETURN)
		return result && !effect->place.step_count &&
		       linear_as_symbol(result) == region->symbol;
	return is_at(engine, symbol_get(engine->terms, region->symbol), &effect->place,
		     effect->place.step_count);
}

uint8_t promised_release(const struct engine *engine, const struct region *region)
{
	const struct contract *contract = engine->root->contract;
	uint8_t kinds = 0;
	unsigned i;

	for (i = 0; contract && i < contract->effect_count; i++) {
		const struct contract_effect *effect = &contract->effects[i];

		if (effect->verb != CONTRACT_RELEASES || !promise_is_about(engine, effect, region, NULL))
			continue;
		/* Under another condition it may be another kind. */
		if (effect->test_count || effect->kind == CONTRACT_KIND_NONE)
			return 0;
		kinds |= (uint8_t)(1u << effect->kind);
	}
	/* Who makes them takes them apart, too. */
	return kinds & engine->plan->made_kinds ? 0 : kinds;
}

static uint8_t promised_acquire(const struct engine *engine, const struct region *region,
				const struct linear *result)
{
	const struct contract *contract = engine->root->contract;
	uint8_t kinds = 0;
	unsigned i;

	for (i = 0; i < contract->effect_count; i++) {
		const struct contract_effect *effect = &contract->effects[i];

		if ((effect->verb == CONTRACT_ACQUIRES || effect->verb == CONTRACT_TAKES ||
		     effect->verb == CONTRACT_GIVES) &&
		    promise_is_about(engine, effect, region, result))
			kinds |= effect->kind == CONTRACT_KIND_NONE ?
				0xff : (uint8_t)(1u << effect->kind);
	}
	return kinds;
}

static void report(struct engine *engine, const struct frame *frame,
		   const struct region_state *state, unsigned promised)
{
	struct arena *arena = engine->unit->arena;
	const struct contract_kind_info *is, *wanted;
	const struct holding *held = &state->holdings[0];
	struct story story;

	is = contract_set_kind(engine->contracts, held->kind);
	wanted = contract_set_kind(engine->contracts, (contract_kind)promised);
	story_begin(&story, engine);
	story_add_chain(&story, held->acquired);
	story_end(&story, frame, frame->function->end_location,
		  arena_printf(arena, "left for the caller here, who goes by the contract and "
			       "will use '%s'", wanted->release));
	/* The first kind declared is the one that the id is named after. */
	story_report(&story, held->kind == 0 ? FINDING_PUT_PINNED : FINDING_UNPIN_ORDINARY,
		     frame, held->acquired->location, 0,
		     arena_printf(arena, "'%s' is to take %s for its caller, but takes %s",
				  frame->function->name, with_article(engine, wanted->description),
				  with_article(engine, is->description)),
		     NULL, NULL);
}

void promise_check_acquired(struct engine *engine, const struct frame *frame,
			    const struct disjunct *d, const struct linear *result)
{
	unsigned i, h, kind;

	for (i = 0; engine->root->contract && i < d->region_count; i++) {
		const struct region_state *state = d->regions[i];
		uint8_t kinds;

		if (!state->holding_count || state->is_foreign || state->is_page)
			continue;
		kinds = promised_acquire(engine, state->region, result);
		for (h = 0; h < state->holding_count; h++)
			if (kinds >> state->holdings[h].kind & 1 || state->holdings[h].is_added ||
			    !state->holdings[h].acquired)
				break;
		if (!kinds || kinds & state->kinds || h < state->holding_count ||
		    (kinds & engine->plan->made_kinds))
			continue;
		for (kind = 0; !(kinds >> kind & 1); kind++)
			;
		report(engine, frame, state, kind);
	}
}
