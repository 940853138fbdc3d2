// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A call that was followed is over: its variables are gone, but what it has taken into one
 * of them goes on with the page.
 *
 *	static struct page *get_one(unsigned long pos)
 *	{
 *		struct page *page;
 *		...
 *		return get_user_pages_fast(pos, 1, 0, &page) == 1 ? page : NULL;
 *	}
 */
#include <string.h>

#include "run.h"

static bool is_of_frame(const struct engine *engine, const struct region *region,
			uint32_t context)
{
	const struct region *base = region_base(region);

	return base->kind == REGION_VARIABLE && base->context == context &&
	       !engine->unit->variables[base->variable].is_global;
}

/* What was taken into the variable that PAGE was read from goes on with the page. */
static void keep_holding(struct engine *engine, const struct disjunct *d,
			 const struct symbol *page, struct region_state *state)
{
	const struct region_state *old = disjunct_region(d, page->region);
	const struct holding *h = old ? &old->holdings[0] : NULL;

	if (page->region->kind != REGION_VARIABLE || !linear_is_constant(page->offset) ||
	    engine->unit->variables[page->region->variable].pointers != 1 ||
	    !old || old->is_blurred || old->holding_count != 1 || page->extra != old->version ||
	    disjunct_memory(d, page->region, page->offset) ||
	    h->low != linear_constant(engine->terms, 0) ||
	    h->high != linear_constant(engine->terms, 1) || state->holding_count)
		return;
	state->is_known = true;
	state->is_scattered = old->is_scattered;
	state->is_shared |= old->is_shared;
	state->holding_count = 1;
	state->holdings[0] = *h;
}

/*
 * VALUE, which outlives the finished call CONTEXT, may be a page that was read from a
 * variable of it: what is known of its kind stays with the page.
 */
static void keep_page(struct engine *engine, struct disjunct *d, const struct linear *value,
		      uint32_t context)
{
	symbol_id id = value ? linear_as_symbol(value) : 0;
	const struct symbol *s = id ? symbol_get(engine->terms, id) : NULL;
	struct kind_knowledge knowledge;
	struct region_state *state;

	if (!s || s->kind != SYMBOL_LOADED || !is_of_frame(engine, s->region, context))
		return;
	page_kinds(engine, d, value, &knowledge);
	if (!knowledge.kinds)
		return;
	state = disjunct_change(d, engine->arena, region_pointee(engine->terms, id));
	state->is_page = true;
	state->kinds |= knowledge.kinds;
	state->is_foreign |= knowledge.is_foreign;
	memcpy(state->provenance, knowledge.provenance, sizeof(state->provenance));
	keep_holding(engine, d, s, state);
}

void run_leave_frame(struct engine *engine, struct disjunct *d, const struct linear *result,
		     uint32_t context)
{
	unsigned i;

	keep_page(engine, d, result, context);
	for (i = d->memory_count; i-- > 0;)
		if (is_of_frame(engine, d->memory[i].region, context))
			disjunct_drop_memory(d, i);
		else if (linear_is_constant(d->memory[i].offset))
			keep_page(engine, d, d->memory[i].value, context);
	for (i = d->region_count; i-- > 0;)
		if (is_of_frame(engine, d->regions[i]->region, context))
			disjunct_drop_region(d, i);
}
