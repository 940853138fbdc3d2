// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What can be got at from somewhere, and what becomes of it when somebody does.
 *
 *	obj->pages = pages;
 *	queue_work(obj);		may give back what is in the pages' array
 *
 * From a region one gets at what its memory points to, and at what was found by loading a
 * pointer from it.
 */
#include "cell.h"
#include "engine.h"
#include "scatter.h"
#include "walk.h"

bool region_set_has(const struct region_set *set, const struct region *region)
{
	unsigned i;

	for (i = 0; i < set->count; i++)
		if (set->items[i] == region)
			return true;
	return false;
}

void region_set_add(struct region_set *set, struct arena *arena, const struct region *region)
{
	if (region_set_has(set, region))
		return;
	if (set->count == set->room) {
		const struct region **wider;
		unsigned i;

		set->room = 2 * set->room + 8;
		wider = ARENA_ARRAY(arena, const struct region *, set->room);
		for (i = 0; i < set->count; i++)
			wider[i] = set->items[i];
		set->items = wider;
	}
	set->items[set->count++] = region;
}

void engine_add_pointee(struct engine *engine, struct region_set *set, symbol_id pointer)
{
	region_set_add(set, engine->arena, region_base(region_pointee(engine->terms, pointer)));
}

/* BASE was found by loading a pointer from a member of SET.  Returns true if it is new. */
static bool add_found(struct engine *engine, struct region_set *set, const struct region *base)
{
	const struct region *from = engine_loaded_from(engine, base);

	if (!from || region_set_has(set, base) || !region_set_has(set, from))
		return false;
	region_set_add(set, engine->arena, base);
	return true;
}

static bool add_pointees(struct engine *engine, struct region_set *set,
			 const struct linear *value)
{
	unsigned before = set->count, i;

	/* Any symbol of it may be the pointer: tagged, packed, added up. */
	for (i = 0; i < value->count; i++)
		engine_add_pointee(engine, set, value->terms[i].symbol);
	return set->count != before;
}

void engine_reachable(struct engine *engine, const struct disjunct *d, struct region_set *set)
{
	bool more = true;
	unsigned i;

	while (more) {
		more = false;
		for (i = 0; i < d->memory_count; i++)
			more |= add_found(engine, set, region_base(d->memory[i].region));
		for (i = 0; i < d->memory_count; i++)
			if (region_set_has(set, region_base(d->memory[i].region)))
				more |= add_pointees(engine, set, d->memory[i].value);
		for (i = 0; i < d->region_count; i++)
			more |= add_found(engine, set, region_base(d->regions[i]->region));
	}
}

bool engine_is_global_root(const struct engine *engine, const struct disjunct *d,
			   const struct region *base)
{
	const struct region_state *state = disjunct_region(d, base);

	if (base->kind == REGION_VARIABLE)
		return engine->unit->variables[base->variable].is_global;
	return !(state && (state->is_allocated || state->is_page));
}

bool engine_is_outside(const struct engine *engine, const struct disjunct *d,
		       const struct region *region)
{
	return engine_is_global_root(engine, d, region_base(region));
}

/* How many pages there were of which nobody knows what becomes. */
static void note_handed(struct engine *engine, const struct disjunct *d,
			struct region_state *state)
{
	const struct holding *h = state->holdings;

	if (!state->holding_count)
		return;
	state->handed_high = NULL;
	if (state->holding_count > 1 || state->is_page || h->is_added)
		return;
	state->handed_low = h->low;
	state->handed_high = h->high;
	state->handed_kind = h->kind;
	state->handed_asked = state->asked_high;
	state->is_handed_whole = state->asked_high &&
		constraint_set_is_at_least(engine->solver, &d->constraints, h->high,
					   state->asked_high);
}

/* Whoever got at REGION may give back what it holds. */
static void hand_over(struct engine *engine, struct disjunct *d, const struct region *region)
{
	struct region_state *state = disjunct_change(d, engine->arena, region);

	note_handed(engine, d, state);
	state->is_blurred |= state->holding_count != 0;
	state->holding_count = 0;
	state->released_count = 0;
	state->failed = NULL;
	/* It may have been filled, and may have been remembered. */
	state->is_known = false;
	state->asked_low = state->asked_high = NULL;
	state->is_allocated = false;
}

/* Is POINTER, or part of it, a number that was read out of REGION? */
static bool is_number_from(struct engine *engine, const struct linear *pointer,
			   const struct region *region)
{
	unsigned i;

	for (i = 0; i < pointer->count; i++) {
		const struct symbol *s = symbol_get(engine->terms, pointer->terms[i].symbol);

		if (s->kind == SYMBOL_LOADED && s->region == region)
			return s->type.type_class == IR_TYPE_INTEGER;
	}
	return false;
}

/* A variable with nothing in it that could be given back: its value leads nowhere near it. */
static bool is_plain_variable(const struct engine *engine, const struct disjunct *d,
			      const struct region *region)
{
	const struct region_state *state = disjunct_region(d, region);

	return region->kind == REGION_VARIABLE &&
	       !engine->unit->variables[region->variable].is_global &&
	       !(state && (state->holding_count || state->kinds || state->is_blurred));
}

/*
 * A call that nothing is known about got PAGE, an element of an array.  Of a page and no
 * more it is told, if others of the array come by the same call one after the other.  False:
 * it may get at all of them.
 */
static bool hand_over_alone(struct engine *engine, const struct frame *frame,
			    struct disjunct *d, const struct reference *reference,
			    uint32_t writer)
{
	struct region_state *state;

	if (!walk_is_one_by_one(engine, frame, d, reference->page, writer) ||
	    !scatter_first(engine, d, reference->page, NULL, true))
		return false;
	state = disjunct_change(d, engine->arena, reference->region);
	state->released_count = 0;
	state->failed = NULL;
	state->is_known = false;
	state->asked_low = state->asked_high = NULL;
	return true;
}

/* The page that POINTER is the address of a field of, `&page->lru'; otherwise POINTER. */
static const struct linear *page_around(struct engine *engine, const struct linear *pointer)
{
	symbol_id id = linear_as_symbol(pointer);
	const struct symbol *s = id ? symbol_get(engine->terms, id) : NULL;
	const struct region *base = s && s->kind == SYMBOL_ADDRESS ? region_base(s->region) : NULL;

	if (!base || base->kind != REGION_POINTEE ||
	    symbol_get(engine->terms, base->symbol)->type.pointee != IR_POINTEE_PAGE)
		return pointer;
	return linear_symbol(engine->terms, base->symbol);
}

void engine_escape(struct engine *engine, const struct frame *frame, struct disjunct *d,
		   const struct linear *pointer, uint32_t writer, bool may_release)
{
	struct region_set set = { 0 };
	const struct region *region;
	struct reference reference;
	const struct linear *offset;
	unsigned i;

	if (linear_is_constant(pointer))
		return;
	if (!may_release) {
		/* Nothing beyond what it points to, and no members around that. */
		region = region_of_pointer(engine->terms, pointer, &offset);
		if (region && linear_is_constant(offset) && !offset->constant)
			engine_havoc(engine, d, region, writer);
		return;
	}
	engine->effect.escaping |= engine_parameters_of(engine, pointer);
	cell_note_lost(engine, d, pointer);
	add_pointees(engine, &set, pointer);
	engine_reachable(engine, d, &set);
	pointer = page_around(engine, pointer);
	if (reference_of_page(engine, d, pointer, &reference) &&
	    !is_number_from(engine, pointer, reference.region) &&
	    !is_plain_variable(engine, d, reference.region) &&
	    !hand_over_alone(engine, frame, d, &reference, writer))
		region_set_add(&set, engine->arena, region_base(reference.region));
	for (i = 0; i < d->region_count; i++)
		if (region_set_has(&set, region_base(d->regions[i]->region)))
			cell_note_handed(engine, d, d->regions[i]);
	for (i = 0; i < d->region_count; i++)
		if (region_set_has(&set, region_base(d->regions[i]->region)))
			hand_over(engine, d, d->regions[i]->region);
	for (i = 0; i < set.count; i++) {
		engine_open_container(engine, d, set.items[i]);
		engine_havoc(engine, d, set.items[i], writer);
	}
}
