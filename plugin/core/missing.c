// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Missing pages: what an acquire was asked for where it has failed.
 *
 *	ret = pin_user_pages_fast(addr, 1, 0, &page);
 *	kaddr = kmap_local_page(page);		nobody has looked at ret
 *
 * On the path on which it fails, an element that was asked for names no page: it is
 * what was there before, and where nothing was stored before that is no value at all.
 * To look at it is not wrong, as long as it is only compared; to follow the pointer,
 * pass it on or keep it is.  A NULL that was there before is a value, and may be kept
 * and passed on; to release or use it as a page is as wrong.
 *
 * Once the program has looked at the error, it is taken to know what it does.
 *
 * May miss: elements that were stored to by index before; pages of a partial acquire.
 */
#include "engine.h"
#include "interval.h"

/* Is element OFFSET of STATE's region certainly one that was asked for, in vain? */
static bool is_missing(struct engine *engine, const struct disjunct *d,
		       const struct region_state *state, const struct linear *offset)
{
	const struct linear *at, *next;

	if (!state || !state->failed || !state->asked_low || state->is_blurred)
		return false;
	at = linear_divide_exact(engine->terms, offset, POINTER_SIZE);
	next = linear_add_constant(engine->terms, at, 1);
	return at && next && at_least(engine, d, at, state->asked_low) &&
	       greater(engine, d, state->asked_high, at) && is_apart(engine, d, state, at, next);
}

void engine_note_missing(struct engine *engine, const struct frame *frame, struct disjunct *d,
			 const struct region *region, ir_location location,
			 const char *function)
{
	const struct region_state *old = disjunct_region(d, region);

	if (!old || !old->asked_low)
		return;
	disjunct_change(d, engine->arena, region)->failed =
		engine_event(engine, frame, d->trail, EVENT_ACQUIRE, location,
			     arena_printf(engine->unit->arena, "'%s' fails on this path", function));
	engine->has_missing = true;
}

void engine_load_missing(struct engine *engine, struct disjunct *d, const struct region *region,
			 const struct linear *offset, const struct linear *value)
{
	const struct region_state *state = disjunct_region(d, region);
	symbol_id id = linear_as_symbol(value);
	const struct symbol *s = id ? symbol_get(engine->terms, id) : NULL;
	struct region_state *page;

	if (!s || s->kind != SYMBOL_LOADED || s->type.pointee != IR_POINTEE_PAGE ||
	    s->region != region || !state || state->is_zeroed || state->is_filled ||
	    !is_missing(engine, d, state, offset))
		return;
	page = disjunct_change(d, engine->arena, region_pointee(engine->terms, id));
	page->missing = state->failed;
	page->text = s->text;
}

/* The state of the page that PAGE is, or is computed from, if it is missing. */
static const struct region_state *missing_page(struct engine *engine, const struct disjunct *d,
					       const struct linear *page, unsigned depth)
{
	const struct region_state *state;
	unsigned i;

	for (i = 0; page && i < page->count; i++) {
		const struct symbol *s = symbol_get(engine->terms, page->terms[i].symbol);

		state = disjunct_region(d, region_pointee(engine->terms, s->id));
		if (state && state->missing)
			return state;
		if (s->kind != SYMBOL_OPERATION || !depth)
			continue;
		state = missing_page(engine, d, s->left, depth - 1);
		if (!state && s->right)
			state = missing_page(engine, d, s->right, depth - 1);
		if (state)
			return state;
	}
	return NULL;
}

/* OPERAND is NULL in D: was it found where a page is missing? */
static const struct region_state *null_in(struct engine *engine, const struct frame *frame,
					  struct disjunct *d, ir_value operand)
{
	const struct ir_instruction *load = &frame->function->instructions[operand];
	const struct region_state *state;
	const struct linear *offset;
	const struct region *region;

	if (load->op != IR_LOAD || load->type.pointee != IR_POINTEE_PAGE)
		return NULL;
	region = engine_place(engine, frame, d, load->u.place, &offset);
	state = region ? disjunct_region(d, region) : NULL;
	return is_missing(engine, d, state, offset) ? state : NULL;
}

static bool has_failed(const struct disjunct *d)
{
	unsigned i;

	for (i = 0; i < d->region_count; i++)
		if (d->regions[i]->failed || d->regions[i]->missing)
			return true;
	return false;
}

/* Is there a number in A that is an error on this path? */
static bool has_error(struct engine *engine, const struct disjunct *d, const struct linear *a)
{
	const struct linear *zero = linear_constant(engine->terms, 0);
	unsigned i;

	for (i = 0; i < a->count; i++)
		if (greater(engine, d, zero, linear_symbol(engine->terms, a->terms[i].symbol)))
			return true;
	return false;
}

void engine_look_at(struct engine *engine, struct disjunct *d, const struct linear *condition)
{
	const struct symbol *s;
	struct region_state *state;
	unsigned i;

	if (!engine->has_missing || condition->count != 1 || !has_failed(d))
		return;
	s = symbol_get(engine->terms, condition->terms[0].symbol);
	/* That it is zero, or not, does not tell an error from a number. */
	if (s->kind != SYMBOL_COMPARISON ||
	    (s->operation == IR_EQUAL && linear_as_symbol(s->left)) ||
	    !has_error(engine, d, s->left))
		return;
	for (i = 0; i < d->region_count; i++) {
		if (!d->regions[i]->failed && !d->regions[i]->missing)
			continue;
		state = disjunct_change(d, engine->arena, d->regions[i]->region);
		state->failed = state->missing = NULL;
	}
}

bool engine_use_page(struct engine *engine, const struct frame *frame, struct disjunct *d,
		     ir_value operand, enum page_use use, ir_location location,
		     const char *function)
{
	const struct linear *value = engine->has_missing ? d->values[operand] : NULL;
	const char *text = frame->function->instructions[operand].text;
	const struct region_state *state;
	struct region_state *told;
	const struct event *failed;
	unsigned i;

	if (!value)
		return false;
	if (linear_is_constant(value))
		state = use == PAGE_NEEDED && !value->constant ?
			null_in(engine, frame, d, operand) : NULL;
	else
		state = missing_page(engine, d, value, 3);
	if (!state)
		return false;
	verdict_missing(engine, frame, d, state, location, function, text);
	/* One fault, one finding. */
	failed = state->missing ? state->missing : state->failed;
	for (i = 0; i < d->region_count; i++) {
		if (d->regions[i]->failed != failed && d->regions[i]->missing != failed)
			continue;
		told = disjunct_change(d, engine->arena, d->regions[i]->region);
		told->failed = told->missing = NULL;
		told->asked_low = told->asked_high = NULL;
		told->is_known = false;
	}
	return true;
}
