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

#include "apply.h"
#include "declared.h"
#include "story.h"

static bool is_at(const struct engine *engine, const struct symbol *s,
		  const struct contract_place *place, unsigned count);

/* Is REGION the memory that the first COUNT steps of PLACE lead to? */
static bool is_place(const struct engine *engine, const struct region *region,
		     const struct contract_place *place, unsigned count)
{
	const struct contract_step *last = count ? &place->steps[count - 1] : NULL;

	if (!last)
		return false;
	if (last->kind == CONTRACT_FIELD)
		return region->kind == REGION_FIELD && !strcmp(region->field, last->field) &&
		       is_place(engine, region->parent, place, count - 1);
	if (last->kind == CONTRACT_ELEMENTS)
		while (region->kind == REGION_PIECE)
			region = region->parent;
	return region->kind == REGION_POINTEE &&
	       is_at(engine, symbol_get(engine->terms, region->symbol), place, count - 1);
}

/* Is S the value at the first COUNT steps of PLACE, as the function was called? */
static bool is_at(const struct engine *engine, const struct symbol *s,
		  const struct contract_place *place, unsigned count)
{
	while (s->base)
		s = symbol_get(engine->terms, s->base);
	if (!count)
		return place->root == CONTRACT_PARAMETER && s->kind == SYMBOL_PARAMETER &&
		       s->instruction == place->parameter;
	return s->kind == SYMBOL_LOADED && is_place(engine, s->region, place, count);
}

/* Are the pages that EFFECT is about in REGION?  RESULT: what is returned, or NULL. */
bool promise_is_about(const struct engine *engine, const struct contract_effect *effect,
		      const struct region *region, const struct linear *result)
{
	/* A page by itself is found where the place is. */
	if (!(effect->flags & CONTRACT_HAS_RANGE) &&
	    is_place(engine, region, &effect->place, effect->place.step_count))
		return true;
	if (region->kind != REGION_POINTEE)
		return false;
	if (effect->place.root == CONTRACT_RETURN)
		return result && !effect->place.step_count &&
		       linear_as_symbol(result) == region->symbol;
	return is_at(engine, symbol_get(engine->terms, region->symbol), &effect->place,
		     effect->place.step_count);
}

static void free_all(struct disjunct_list *list)
{
	unsigned i;

	for (i = 0; i < list->count; i++)
		disjunct_free(list->items[i]);
	disjunct_list_release(list);
}

/* Do the tests of EFFECT, a clause of the root's contract, hold on the path D? */
static enum truth is_for_path(struct engine *engine, const struct frame *frame,
			      const struct disjunct *d, const struct contract_effect *effect)
{
	unsigned count = engine->root->parameter_count, i;
	struct application a = {
		.engine = engine, .frame = frame, .contract = engine->root->contract,
		.arguments = ARENA_ARRAY(engine->arena, const struct linear *, count + 1),
		.argument_count = count,
	};
	struct disjunct_list yes = { 0 }, no = { 0 };
	struct disjunct *copy = disjunct_clone(d);
	enum truth truth = TRUTH_UNKNOWN;

	for (i = 0; i < count; i++)
		a.arguments[i] = engine_parameter(engine, i);
	if (!split_on_tests(&a, copy, effect->test_count, effect->tests, &yes, &no))
		disjunct_free(copy);
	else if (!no.count)
		truth = TRUTH_YES;
	else if (!yes.count)
		truth = TRUTH_NO;
	free_all(&yes);
	free_all(&no);
	return truth;
}

uint8_t promised_release(struct engine *engine, const struct frame *frame,
			 const struct disjunct *d, const struct region *region)
{
	const struct contract *contract = engine->root->contract;
	uint8_t kinds = 0;
	enum truth truth;
	unsigned i;

	for (i = 0; contract && i < contract->effect_count; i++) {
		const struct contract_effect *effect = &contract->effects[i];

		if ((effect->verb != CONTRACT_RELEASES && effect->verb != CONTRACT_REQUIRES) ||
		    !promise_is_about(engine, effect, region, NULL))
			continue;
		truth = effect->test_count ? is_for_path(engine, frame, d, effect) : TRUTH_YES;
		if (truth == TRUTH_NO)
			continue;
		/* Under another condition it may be another kind. */
		if (truth == TRUTH_UNKNOWN || effect->kind == CONTRACT_KIND_NONE)
			return 0;
		kinds |= (uint8_t)(1u << effect->kind);
	}
	/* Who makes them takes them apart, too. */
	return kinds & engine->plan->made_kinds ? 0 : kinds;
}

bool promised_one(const struct engine *engine, const struct region *region, contract_kind kind)
{
	const struct contract *contract = engine->root->contract;
	bool is_one = false;
	unsigned i;

	for (i = 0; contract && i < contract->effect_count; i++) {
		const struct contract_effect *effect = &contract->effects[i];

		if ((effect->verb != CONTRACT_RELEASES && effect->verb != CONTRACT_TRANSFERS) ||
		    !promise_is_about(engine, effect, region, NULL))
			continue;
		if (effect->kind != kind || is_one ||
		    effect->flags & (CONTRACT_RUN | CONTRACT_TIMES))
			return false;
		is_one = true;
	}
	return is_one && !(engine->plan->made_kinds >> kind & 1);
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
