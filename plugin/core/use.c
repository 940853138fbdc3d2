// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Using a page after it was given back.
 *
 *	put_page(page);
 *	set_page_dirty(page);			by a function whose contract `uses' it
 *
 *	addr = kmap_local_page(page);
 *	unpin_user_page(page);
 *	val = addr[reg];			or through the address of its contents
 *
 * Certain for what was taken by the function, and given back on this path.  The page's own
 * fields are not looked at: who has them locked, or read from the page cache, may read on.
 */
#include "engine.h"
#include "interval.h"
#include "use.h"

/* The release that has given REFERENCE back; NULL: none, or nobody knows. */
static const struct released *find_release(struct engine *engine, const struct disjunct *d,
					   const struct reference *reference)
{
	const struct region_state *state = disjunct_region(d, reference->region);
	unsigned i;

	if (!reference->low || !reference->page || !state || state->is_blurred ||
	    !state->is_known)
		return NULL;
	for (i = 0; i < state->released_count; i++) {
		const struct released *r = &state->released[i];

		if (!r->is_transfer && at_least(engine, d, reference->low, r->low) &&
		    at_least(engine, d, r->high, reference->high))
			return r;
	}
	return NULL;
}

void engine_use_reference(struct engine *engine, const struct frame *frame,
			  const struct disjunct *d, const struct reference *reference,
			  ir_location location, const char *user, const char *text)
{
	const struct released *r = find_release(engine, d, reference);

	if (r)
		verdict_use_after_release(engine, frame, disjunct_region(d, reference->region), r,
					  location, user, text);
}

const struct linear *engine_address_inside(struct engine *engine, const struct linear *page,
					   struct ir_type type)
{
	return engine_operation(engine, OPERATION_INSIDE, 0, page, NULL, type);
}

const struct linear *engine_page_of_contents(const struct engine *engine,
					      const struct linear *address)
{
	const struct linear *page = NULL, *other;
	const struct symbol *s;
	unsigned i;

	for (i = 0; address && i < address->count; i++) {
		s = symbol_get(engine->terms, address->terms[i].symbol);
		other = symbol_is_inside(s) ? s->left :
			s->type.pointee == IR_POINTEE_PAGE ?
			linear_symbol(engine->terms, s->id) : NULL;
		if (!other)
			continue;
		if (page || address->terms[i].coefficient != 1)
			return NULL;
		page = other;
	}
	return page;
}

void engine_use_contents(struct engine *engine, const struct frame *frame, struct disjunct *d,
			 const struct ir_instruction *access)
{
	ir_value pointer = access->u.place->pointer;
	const struct linear *page;
	struct reference reference;

	if (frame->function->instructions[pointer].type.pointee != IR_POINTEE_OTHER)
		return;
	page = engine_page_of_contents(engine, d->values[pointer]);
	if (page && reference_of_page(engine, d, page, &reference))
		engine_use_reference(engine, frame, d, &reference, access->location, NULL,
				     access->text);
}
