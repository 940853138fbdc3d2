// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * `stores' of contracts: what is found somewhere else from now on.
 *
 *	sg_set_page(sg, page, ...)		stores page in sg->page_link
 *	sg_alloc_table_from_pages(sgt, pages, n, ...)
 *						stores pages[0 .. n) in sgt->sgl[*].page_link
 */
#include "apply.h"
#include "cell.h"
#include "scatter.h"

static bool is_known_page(struct application *a, struct disjunct *d,
			  const struct linear *value)
{
	struct kind_knowledge knowledge;

	page_kinds(a->engine, d, value, &knowledge);
	return knowledge.kinds != 0;
}

/* Pages of the array at POINTER are in REGION from now on. */
static void note_array(struct application *a, struct disjunct *d, const struct region *region,
		       const struct linear *pointer)
{
	struct kind_knowledge knowledge;
	struct reference from;

	if (!reference_of_array(a->engine, d, pointer, apply_constant(a, 0),
				apply_constant(a, 0), &from))
		return;
	reference_kinds(a->engine, d, &from, &knowledge);
	knowledge.is_told = true;
	if (knowledge.kinds)
		cell_note_kinds(a->engine, d, region, &knowledge);
	else
		cell_note_array(a->engine, d, region, pointer);
}

/* What of it only cells follow: many pages, or pages in REGION, NULL, in every element. */
static void note_stored(struct application *a, struct disjunct *d,
			const struct contract_effect *effect, const struct region *region,
			const struct linear *value)
{
	bool has_range = effect->flags & CONTRACT_HAS_RANGE;
	struct kind_knowledge knowledge;

	if (!region)
		region = place_elements(a, d, &effect->place);
	else if (!has_range)
		return;		/* an ordinary store */
	if (!region)
		return;
	if (has_range) {
		note_array(a, d, region, value);
		return;
	}
	page_kinds(a->engine, d, value, &knowledge);
	knowledge.is_told = true;
	if (knowledge.kinds)
		cell_note_kinds(a->engine, d, region, &knowledge);
	else
		cell_note_store(a->engine, d, region, value, false);
}

/* VALUE goes to REGION (NULL: into elements), which cells tell of or do not. */
static void lose_stored(struct application *a, struct disjunct *d,
			const struct contract_effect *effect, const struct region *region,
			const struct linear *value)
{
	if (!region)
		region = place_elements(a, d, &effect->place);
	if (region && cell_is_named(a->engine, d, region))
		cell_note_lent(a->engine, d, region, value);
	else
		cell_note_kept(a->engine, d, value);
	cell_note_unknown_object(a->engine, d, value);
}

/* All pages of ARRAY are in REGION, or, NULL, in elements that EFFECT tells of. */
static void put_into(struct application *a, struct disjunct *d,
		     const struct contract_effect *effect, const struct region *array,
		     const struct region *region)
{
	if (!region)
		region = place_elements(a, d, &effect->place);
	scatter_region(a->engine, d, array, region ? region_base(region) : NULL);
}

void do_store(struct application *a, struct disjunct *d,
	      const struct contract_effect *effect)
{
	const struct linear *value = place_value(a, d, &effect->value, true);
	const struct linear *offset;
	const struct region *region = place_region(a, d, &effect->place, &offset);
	struct reference from;

	if (!value)
		return;
	lose_stored(a, d, effect, region, value);
	/* Somewhere, where it may be found again. */
	if (!region && !(effect->flags & CONTRACT_HAS_RANGE))
		engine_lose_pointer(a->engine, d, value);
	if (effect->flags & CONTRACT_HAS_RANGE &&
	    reference_of_array(a->engine, d, value, apply_constant(a, 0), apply_constant(a, 0),
			       &from) &&
	    disjunct_region(d, from.region))
		put_into(a, d, effect, from.region, region);
	note_stored(a, d, effect, region, value);
	if (region && !(effect->flags & CONTRACT_HAS_RANGE))
		engine_store(a->engine, a->frame, d, region, offset, value,
			     apply_writer(a), a->call->location, NULL);
	else if (is_known_page(a, d, value) && !(effect->flags & CONTRACT_HAS_RANGE))
		scatter_page(a->engine, d, value, NULL);
	if (!region || effect->flags & CONTRACT_HAS_RANGE)
		a->engine->effect.stored |= engine_parameters_of(a->engine, value);
}
