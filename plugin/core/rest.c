// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Pages that come to rest in an array.
 *
 *	for (i = 0; i < n; i++) {
 *		pages[i] = alloc_page(GFP_KERNEL);
 *		if (!pages[i])
 *			goto undo;
 *	}
 *
 * In its round a page goes by its own name and is held by itself, wherever it was
 * stored.  With the round the name is gone, and what is left is the element: the
 * array holds [i .. i + 1) from then on, as if it had been taken right into it, and
 * the rounds together hold [0 .. n).
 *
 * A page rests if the loop has taken it, one element of an array has it and nothing
 * else, be it a variable, a record, or somebody who was called; and if the array holds
 * nothing but what came to it in the same way, up to this page.
 */
#include "flow.h"
#include "interval.h"
#include "rest.h"

static const struct region_state *page_of(struct engine *engine, const struct disjunct *d,
					  const struct linear *value)
{
	symbol_id id = linear_as_symbol(value);
	const struct region_state *page = id ?
		disjunct_region(d, region_pointee(engine->terms, id)) : NULL;

	return page && page->is_page && !page->is_blurred && page->holding_count == 1 ? page : NULL;
}

bool rest_is_homeless(struct engine *engine, const struct disjunct *d, const struct linear *value)
{
	const struct region_state *page = page_of(engine, d, value);

	return page && !page->holdings[0].is_scattered;
}

void rest_settle(struct engine *engine, struct disjunct *d, const struct linear *value)
{
	const struct region_state *page = page_of(engine, d, value);

	if (page)
		disjunct_change(d, engine->arena, page->region)->holdings[0].is_in_place = true;
}

/* Does a value that the next round makes use of mention SYMBOL? */
static bool is_live(const struct frame *frame, const struct disjunct *d, ir_block_id head,
		    symbol_id symbol)
{
	ir_value v = IR_NO_VALUE;
	unsigned i;

	while ((v = flow_next_live(frame->flow, head, v)) != IR_NO_VALUE)
		for (i = 0; d->values[v] && i < d->values[v]->count; i++)
			if (d->values[v]->terms[i].symbol == symbol)
				return true;
	return false;
}

/* Is ENTRY the only one of its value? */
static bool is_alone(const struct disjunct *d, const struct memory_entry *entry)
{
	unsigned i;

	for (i = 0; i < d->memory_count; i++)
		if (&d->memory[i] != entry && d->memory[i].value == entry->value)
			return false;
	return true;
}

/* The page that ENTRY has in an element, if it is held by itself and in no other place. */
static const struct region_state *resting_page(struct engine *engine, const struct frame *frame,
					       const struct disjunct *d, ir_block_id head,
					       const struct memory_entry *entry)
{
	const struct region_state *page = page_of(engine, d, entry->value);
	const struct holding *h;

	if (!page)
		return NULL;
	h = page->holdings;
	if (!h->is_in_place || h->is_added || h->is_doubtful || h->is_handed_on || h->is_filled ||
	    !linear_is_constant(h->low) || h->low->constant || !linear_is_constant(h->high) ||
	    h->high->constant != 1)
		return NULL;
	return is_alone(d, entry) && engine_is_made_in_loop(engine, frame, entry->value, head) &&
	       !is_live(frame, d, head, linear_as_symbol(entry->value)) ? page : NULL;
}

/*
 * The array of ENTRY holds [AT .. AT + 1) by HOLDING.  False: it may hold that already, or
 * its pages, or the way to it, were found by others.
 */
static bool take_rest(struct engine *engine, struct disjunct *d, const struct memory_entry *entry,
		      const struct linear *at, const struct holding *holding)
{
	const struct region_state *old = disjunct_region(d, entry->region);
	const struct linear *behind = linear_add_constant(engine->terms, at, 1);
	struct region_state *array;
	struct holding *last;

	if (!old || old->is_page || old->is_blurred || old->is_scattered || !behind ||
	    !is_apart(engine, d, old, at, behind))
		return false;
	array = disjunct_change(d, engine->arena, entry->region);
	if (!array->holding_count) {
		last = &array->holdings[array->holding_count++];
		*last = *holding;
		last->low = at;
		last->high = behind;
		last->is_scattered = last->is_in_place = false;
		last->container = NULL;
		return true;
	}
	last = &array->holdings[array->holding_count - 1];
	if (last->kind != holding->kind || last->high != at || last->is_scattered ||
	    !last->acquired || last->acquired->location != holding->acquired->location)
		return false;
	last->high = behind;
	last->extent = EXTENT_GROWN;
	return true;
}

void rest_of_round(struct engine *engine, const struct frame *frame, struct disjunct *d,
		   ir_block_id head)
{
	unsigned i = d->memory_count;

	while (i-- > 0) {
		const struct memory_entry entry = d->memory[i];
		const struct linear *at = linear_divide_exact(engine->terms, entry.offset,
							      POINTER_SIZE);
		const struct region_state *page = at ?
			resting_page(engine, frame, d, head, &d->memory[i]) : NULL;

		if (!page || !take_rest(engine, d, &entry, at, page->holdings))
			continue;
		disjunct_drop_memory(d, i);
		disjunct_change(d, engine->arena, page->region)->holding_count = 0;
	}
}
