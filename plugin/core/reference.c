// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * References: where a page or an array of pages is kept, and of what kind it is
 * known to be.
 *
 * A page that was read from memory is an element of the region that it was read
 * from.  Any other page is a region of its own, with one element.
 */
#include <string.h>

#include "declared.h"
#include "engine.h"
#include "use.h"

bool is_image_page(const struct engine *engine, const struct linear *page)
{
	symbol_id id = page ? linear_as_symbol(page) : 0;
	const struct symbol *s = id ? symbol_get(engine->terms, id) : NULL;
	const struct region *base = s && s->kind == SYMBOL_ADDRESS ? region_base(s->region) : NULL;

	return base && base->kind == REGION_VARIABLE &&
	       engine->unit->variables[base->variable].is_global;
}

bool is_no_page(const struct engine *engine, const struct disjunct *d, const struct linear *value)
{
	symbol_id id = linear_as_symbol(value);
	const struct linear *error;
	unsigned i;

	if (!id || symbol_get(engine->terms, id)->type.type_class != IR_TYPE_POINTER)
		return false;
	error = linear_add_constant(engine->terms, value, -error_floor());
	for (i = 0; i < d->constraints.count; i++) {
		const struct constraint *c = &d->constraints.items[i];

		if ((c->relation == CONSTRAINT_ZERO && c->linear == value) ||
		    (c->relation == CONSTRAINT_AT_LEAST_ZERO && c->linear == error))
			return true;
	}
	return false;
}

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
		} else if (s->kind == SYMBOL_OPERATION && depth && !symbol_is_inside(s)) {
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

/* The address of the array of all pages, in `vmemmap + pfn'. */
static bool is_page_table(const struct engine *engine, const struct symbol *s)
{
	return s->kind == SYMBOL_LOADED && s->region->kind == REGION_VARIABLE &&
	       engine->unit->variables[s->region->variable].is_global;
}

/* The one symbol that PAGE can be about when no kind is known. */
static symbol_id plain_symbol(struct engine *engine, const struct linear *page, unsigned depth)
{
	const struct symbol *s;
	unsigned i;

	for (i = 0; page && i < page->count; i++) {
		s = symbol_get(engine->terms, page->terms[i].symbol);
		if (page->count > 1 && is_page_table(engine, s))
			continue;
		if (s->kind == SYMBOL_LOADED || s->kind == SYMBOL_PARAMETER)
			return s->id;
		if (s->kind == SYMBOL_OPERATION && depth && !symbol_is_inside(s)) {
			symbol_id found = plain_symbol(engine, s->left, depth - 1);

			if (found)
				return found;
		}
	}
	return page && page->count == 1 ? page->terms[0].symbol : 0;
}

bool reference_of_page(struct engine *engine, const struct disjunct *d,
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
	if (s->kind == SYMBOL_LOADED &&
	    !(state && (region_state_holds_page(state) || (state->is_page && state->is_known)))) {
		reference->region = s->region;
		reference->element = linear_divide_exact(engine->terms, s->offset, POINTER_SIZE);
		if (linear_as_symbol(page) == id)
			reference->low = reference->element;
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
	knowledge->is_shared |= state->is_shared;
	knowledge->is_held |= state->holding_count != 0;
	for (k = 0; k < CONTRACT_KIND_LIMIT; k++)
		if (!knowledge->provenance[k])
			knowledge->provenance[k] = state->provenance[k];
}

static void add_declared_of(struct engine *engine, const struct region *region,
			    struct kind_knowledge *knowledge)
{
	knowledge->kinds = declared_kinds(engine, region);
	knowledge->is_declared = knowledge->kinds != 0;
	knowledge->is_shared = (knowledge->kinds & (uint8_t)~declared_ones(engine, region)) != 0;
}

/* PAGE, of which nothing else is known, was found where a contract tells of its kind. */
static void add_declared(struct engine *engine, const struct linear *page,
			 struct kind_knowledge *knowledge)
{
	symbol_id id = plain_symbol(engine, page, 3);
	const struct symbol *s = id ? symbol_get(engine->terms, id) : NULL;

	while (s && s->kind == SYMBOL_PREVIOUS)
		s = symbol_get(engine->terms, s->base);
	if (s && s->kind == SYMBOL_LOADED)
		add_declared_of(engine, s->region, knowledge);
}

void page_kinds(struct engine *engine, const struct disjunct *d, const struct linear *page,
		struct kind_knowledge *knowledge)
{
	symbol_id id = page_symbol(engine, d, page, 3);
	const struct region_state *state;
	const struct symbol *s;

	memset(knowledge, 0, sizeof(*knowledge));
	if (!id) {
		add_declared(engine, page, knowledge);
		return;
	}
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

bool engine_may_be_page(struct engine *engine, const struct disjunct *d,
			const struct linear *value)
{
	struct kind_knowledge knowledge;
	unsigned i;

	page_kinds(engine, d, value, &knowledge);
	for (i = 0; !knowledge.kinds && i < value->count; i++) {
		const struct symbol *s = symbol_get(engine->terms, value->terms[i].symbol);

		while (s->kind == SYMBOL_PREVIOUS)
			s = symbol_get(engine->terms, s->base);
		if (s->kind != SYMBOL_RESULT || s->type.type_class != IR_TYPE_INTEGER)
			return true;
	}
	return knowledge.kinds || (!value->count && value->constant);
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
	if (!knowledge->kinds && !knowledge->is_foreign)
		add_declared_of(engine, reference->region, knowledge);
}
