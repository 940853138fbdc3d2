// SPDX-License-Identifier: GPL-2.0-or-later
/* Disjuncts as containers; what happens to them is in the engine's files. */
#include <stdlib.h>
#include <string.h>

#include <libiberty/libiberty.h>

#include "disjunct.h"

struct disjunct *disjunct_new(unsigned value_count)
{
	struct disjunct *d = XCNEW(struct disjunct);

	d->value_count = value_count;
	d->values = XCNEWVEC(const struct linear *, value_count ? value_count : 1);
	return d;
}

struct disjunct *disjunct_clone(const struct disjunct *old)
{
	struct disjunct *d = XNEW(struct disjunct);

	d->constraints.count = old->constraints.count;
	memcpy(d->constraints.items, old->constraints.items,
	       old->constraints.count * sizeof(old->constraints.items[0]));
	d->region_count = old->region_count;
	d->region_room = old->region_count + 4;
	d->regions = XNEWVEC(const struct region_state *, d->region_room);
	if (old->region_count)
		memcpy(d->regions, old->regions, old->region_count * sizeof(*d->regions));
	d->memory_count = old->memory_count;
	d->memory_room = old->memory_count + 4;
	d->memory = XNEWVEC(struct memory_entry, d->memory_room);
	if (old->memory_count)
		memcpy(d->memory, old->memory, old->memory_count * sizeof(*d->memory));
	d->value_count = old->value_count;
	d->values = XNEWVEC(const struct linear *, d->value_count ? d->value_count : 1);
	memcpy(d->values, old->values, d->value_count * sizeof(*d->values));
	d->trail = old->trail;
	d->entered = old->entered;
	d->swept_constraints = old->swept_constraints;
	d->swept_regions = old->swept_regions;
	return d;
}

void disjunct_free(struct disjunct *d)
{
	if (!d)
		return;
	free(d->regions);
	free(d->memory);
	free(d->values);
	free(d);
}

const struct linear **disjunct_swap_values(struct disjunct *d,
					   const struct linear **values,
					   unsigned *count)
{
	const struct linear **old = d->values;
	unsigned old_count = d->value_count;

	d->values = values;
	d->value_count = *count;
	*count = old_count;
	return old;
}

/* Where REGION is, or belongs. */
static unsigned region_position(const struct disjunct *d, const struct region *region)
{
	unsigned low = 0, high = d->region_count;

	while (low < high) {
		unsigned middle = (low + high) / 2;

		if (d->regions[middle]->region->id < region->id)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct region_state *disjunct_region(const struct disjunct *d,
					   const struct region *region)
{
	unsigned at = region_position(d, region);

	return at < d->region_count && d->regions[at]->region == region ?
		d->regions[at] : NULL;
}

static void insert_state(struct disjunct *d, unsigned at, const struct region_state *state)
{
	if (d->region_count == d->region_room) {
		d->region_room = 2 * d->region_room + 4;
		d->regions = XRESIZEVEC(const struct region_state *, d->regions,
					d->region_room);
	}
	memmove(d->regions + at + 1, d->regions + at,
		(d->region_count - at) * sizeof(*d->regions));
	d->regions[at] = state;
	d->region_count++;
}

struct region_state *disjunct_change(struct disjunct *d, struct arena *arena,
				     const struct region *region)
{
	struct region_state *state = ARENA_NEW(arena, struct region_state);
	unsigned at = region_position(d, region);

	if (at < d->region_count && d->regions[at]->region == region) {
		*state = *d->regions[at];
		d->regions[at] = state;
	} else {
		state->region = region;
		insert_state(d, at, state);
	}
	return state;
}

void disjunct_put(struct disjunct *d, const struct region_state *state)
{
	insert_state(d, region_position(d, state->region), state);
}

void disjunct_drop_region(struct disjunct *d, unsigned index)
{
	d->region_count--;
	memmove(d->regions + index, d->regions + index + 1,
		(d->region_count - index) * sizeof(*d->regions));
}

bool region_state_holds_page(const struct region_state *state)
{
	unsigned i;

	for (i = 0; state->is_page && i < state->holding_count; i++)
		if (!state->holdings[i].is_added)
			return true;
	return false;
}

bool region_state_is_inherited(const struct region_state *state)
{
	return !state->version && !state->kinds && !state->is_known && !state->is_allocated &&
	       !state->is_zeroed && !state->holding_count && !state->is_blurred && !state->asked_low;
}

const struct memory_entry *disjunct_memory(const struct disjunct *d,
					   const struct region *region,
					   const struct linear *offset)
{
	unsigned i;

	for (i = 0; i < d->memory_count; i++)
		if (d->memory[i].region == region && d->memory[i].offset == offset)
			return &d->memory[i];
	return NULL;
}

void disjunct_set_memory(struct disjunct *d, const struct region *region,
			 const struct linear *offset, const struct linear *value)
{
	unsigned i;

	for (i = 0; i < d->memory_count; i++) {
		if (d->memory[i].region == region && d->memory[i].offset == offset) {
			d->memory[i].value = value;
			return;
		}
	}
	if (d->memory_count == d->memory_room) {
		d->memory_room = 2 * d->memory_room + 4;
		d->memory = XRESIZEVEC(struct memory_entry, d->memory, d->memory_room);
	}
	d->memory[d->memory_count].region = region;
	d->memory[d->memory_count].offset = offset;
	d->memory[d->memory_count++].value = value;
}

void disjunct_drop_memory(struct disjunct *d, unsigned index)
{
	d->memory_count--;
	memmove(d->memory + index, d->memory + index + 1,
		(d->memory_count - index) * sizeof(*d->memory));
}

/*
 * Where it was taken is part of what is held: the cases of a switch that takes
 * pages in several ways are told apart again where it gives them back.
 */
static ir_location acquired_at(const struct holding *holding)
{
	return holding->acquired ? holding->acquired->location : 0;
}

/* The call that took the pages of EVENT, wherever they were stored since. */
static ir_location taken_at(const struct event *event)
{
	while (event->kind != EVENT_ACQUIRE && event->previous)
		event = event->previous;
	return event->location;
}

bool events_share_origin(const struct event *a, const struct event *b)
{
	return !a || !b || a == b || taken_at(a) == taken_at(b);
}

bool region_states_share_origin(const struct region_state *a, const struct region_state *b)
{
	unsigned k;

	for (k = 0; k < CONTRACT_KIND_LIMIT; k++)
		if (!events_share_origin(a->provenance[k], b->provenance[k]))
			return false;
	return true;
}

static bool is_same_holding(const struct holding *a, const struct holding *b)
{
	return a->kind == b->kind && a->extent == b->extent && a->low == b->low &&
	       a->high == b->high && a->is_added == b->is_added &&
	       a->is_scattered == b->is_scattered && acquired_at(a) == acquired_at(b);
}

static bool is_alike_holding(const struct holding *a, const struct holding *b)
{
	/* Held in a place that others know, or by this path alone? */
	return a->kind == b->kind && a->is_added == b->is_added &&
	       a->is_scattered == b->is_scattered && acquired_at(a) == acquired_at(b);
}

typedef bool (*holding_comparison)(const struct holding *a, const struct holding *b);

static bool states_agree(const struct region_state *a, const struct region_state *b,
			 holding_comparison agree)
{
	unsigned i;

	if (a->holding_count != b->holding_count || a->is_blurred != b->is_blurred)
		return false;
	/* What is to be done with them goes by what was taken, even if nobody knows how many. */
	if (a->is_blurred && (a->kinds != b->kinds || !region_states_share_origin(a, b)))
		return false;
	for (i = 0; i < a->holding_count; i++)
		if (!agree(&a->holdings[i], &b->holdings[i]))
			return false;
	return true;
}

/* One reference more on a page that is held anyway is no case of its own. */
static bool is_worth_a_case(const struct region_state *state)
{
	unsigned h;

	for (h = 0; h < state->holding_count; h++)
		if (!state->holdings[h].is_added)
			return true;
	return state->is_blurred && !state->is_page;
}

static const struct region_state *next_holding(const struct disjunct *d, unsigned *i)
{
	while (*i < d->region_count) {
		const struct region_state *state = d->regions[(*i)++];

		if (is_worth_a_case(state))
			return state;
	}
	return NULL;
}

static bool disjuncts_agree(const struct disjunct *a, const struct disjunct *b,
			    holding_comparison agree)
{
	unsigned i = 0, j = 0;

	for (;;) {
		const struct region_state *x = next_holding(a, &i);
		const struct region_state *y = next_holding(b, &j);

		if (!x && !y)
			return true;
		if (!x || !y || x->region != y->region || !states_agree(x, y, agree))
			return false;
	}
}

bool disjunct_holds_same(const struct disjunct *a, const struct disjunct *b)
{
	return disjuncts_agree(a, b, is_same_holding);
}

bool disjunct_holds_alike(const struct disjunct *a, const struct disjunct *b)
{
	return disjuncts_agree(a, b, is_alike_holding);
}
