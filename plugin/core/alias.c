// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Two names of one place: an element by number, and by an index that is not known.
 *
 *	q[0].pages = pages;
 *	while (--i >= 0)
 *		unpin_user_pages(q[i].pages, q[i].nr);
 *
 * What was stored under the one name is not found under the other, but others may find it:
 * whoever loads from, or releases out of, a place that may be one of those may go by what is
 * there, and give back what is held in the object, or keep it.  Nor is a zeroed array zero
 * where something may be.
 *
 * Places are told apart by their indices, as far as the path knows those, within one object:
 * two pointers are two objects.
 */
#include <string.h>

#include "alias.h"
#include "scatter.h"

/* Offsets A and B, by element, of one region. */
static bool may_be_equal(struct engine *engine, const struct disjunct *d,
			 const struct linear *a, const struct linear *b)
{
	const struct linear *difference;

	if (a == b)
		return true;
	if (!a || !b)
		return true;
	difference = linear_subtract(engine->terms, a, b);
	if (difference && linear_is_constant(difference))
		return false;
	return !difference || constraint_set_test(engine->solver, &d->constraints, difference,
						  CONSTRAINT_ZERO) != TRUTH_NO;
}

/* Can offset A of X be offset B of Y?  Both are inside one object. */
static bool may_be_one(struct engine *engine, const struct disjunct *d,
		       const struct region *x, const struct linear *a,
		       const struct region *y, const struct linear *b)
{
	struct term_table *terms = engine->terms;

	if (x == y)
		return may_be_equal(engine, d, a, b);
	if (x->kind == REGION_PIECE || y->kind == REGION_PIECE) {
		if (x->kind == REGION_PIECE) {
			a = a ? linear_add(terms, a, x->offset) : NULL;
			x = x->parent;
		}
		if (y->kind == REGION_PIECE) {
			b = b ? linear_add(terms, b, y->offset) : NULL;
			y = y->parent;
		}
		return may_be_one(engine, d, x, a, y, b);
	}
	if (x->kind != REGION_FIELD || y->kind != REGION_FIELD || strcmp(x->field, y->field))
		return false;
	return may_be_equal(engine, d, a, b) &&
	       may_be_one(engine, d, x->parent, linear_constant(terms, 0),
			  y->parent, linear_constant(terms, 0));
}

/* Is REGION, or a place in it, certainly the only name of what is there? */
static bool is_by_number(const struct region *region, const struct linear *offset)
{
	for (; linear_is_constant(offset) && region->parent; region = region->parent)
		if (region->kind == REGION_PIECE)
			offset = region->offset;
	return linear_is_constant(offset);
}

/* May offset A of X and offset B of Y be one place by two names? */
static bool is_other_name(struct engine *engine, const struct disjunct *d,
			  const struct region *x, const struct linear *a,
			  const struct region *y, const struct linear *b)
{
	return region_base(x) == region_base(y) && !(x == y && a == b) &&
	       !(is_by_number(x, a) && is_by_number(y, b)) && may_be_one(engine, d, x, a, y, b);
}

bool alias_is_stored(struct engine *engine, const struct disjunct *d,
		     const struct region *region, const struct linear *offset)
{
	unsigned i;

	for (i = 0; i < d->memory_count; i++)
		if (is_other_name(engine, d, d->memory[i].region, d->memory[i].offset, region,
				  offset))
			return true;
	return false;
}

/* Regions other than REGION, where pages are held, may be it. */
static void lose_regions(struct engine *engine, struct disjunct *d, const struct region *region)
{
	const struct linear *zero = linear_constant(engine->terms, 0);
	unsigned i;

	for (i = 0; i < d->region_count; i++) {
		const struct region *other = d->regions[i]->region;

		if (d->regions[i]->holding_count &&
		    is_other_name(engine, d, other, zero, region, zero))
			scatter_region(engine, d, other, NULL);
	}
}

/* What a pointer leads to that was loaded from another place, which may be OFFSET of REGION. */
static void lose_found(struct engine *engine, struct disjunct *d, const struct region *region,
		       const struct linear *offset)
{
	unsigned i;

	for (i = 0; i < d->region_count; i++) {
		const struct region *base = region_base(d->regions[i]->region);
		const struct symbol *s;

		if (!d->regions[i]->holding_count || base->kind != REGION_POINTEE)
			continue;
		s = symbol_get(engine->terms, base->symbol);
		while (s->kind == SYMBOL_PREVIOUS)
			s = symbol_get(engine->terms, s->base);
		if (s->kind == SYMBOL_LOADED &&
		    is_other_name(engine, d, s->region, s->offset, region, offset))
			scatter_region(engine, d, d->regions[i]->region, NULL);
	}
}

/* All that is held in, or by a pointer in, the object around REGION may be found by others. */
static void lose_object(struct engine *engine, struct disjunct *d, const struct region *region)
{
	const struct region *base = region_base(region);
	unsigned i;

	for (i = 0; i < d->memory_count; i++)
		if (region_base(d->memory[i].region) == base &&
		    !linear_is_constant(d->memory[i].value))
			engine_lose_pointer(engine, d, d->memory[i].value);
	for (i = 0; i < d->region_count; i++)
		if (d->regions[i]->holding_count && region_base(d->regions[i]->region) == base)
			scatter_region(engine, d, d->regions[i]->region, NULL);
}

void alias_note_load(struct engine *engine, struct disjunct *d, const struct region *region,
		     const struct linear *offset)
{
	if (disjunct_memory(d, region, offset))
		return;
	lose_found(engine, d, region, offset);
	if (alias_is_stored(engine, d, region, offset))
		lose_object(engine, d, region);
	else
		lose_regions(engine, d, region);
}

void alias_note_release(struct engine *engine, struct disjunct *d, const struct region *region)
{
	lose_regions(engine, d, region);
}
