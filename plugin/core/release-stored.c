// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * An array is released that pages were stored in one by one.
 *
 *	pages[0] = get_dump_page(addr);
 *	pages[1] = get_dump_page(addr + PAGE_SIZE);
 *	release_pages(pages, n);
 *
 * The array holds nothing itself, its pages do.  Those at elements that are certainly
 * among the released ones are given back; those that may be are given back by somebody,
 * perhaps, and so it is not said any more that they are lost.  What the caller has given,
 * as in `page = pfn_to_page(pfn); unpin_user_pages(&page, 1)', is the caller's.
 */
#include "engine.h"
#include "interval.h"
#include "scatter.h"

/* Is the element at OFFSET among those of REFERENCE? */
static enum truth is_among(struct engine *engine, const struct disjunct *d,
			   const struct reference *reference, const struct linear *offset)
{
	const struct linear *low, *high;

	if (!reference->low || !reference->high)
		return TRUTH_UNKNOWN;
	low = linear_scale(engine->terms, reference->low, POINTER_SIZE);
	high = linear_scale(engine->terms, reference->high, POINTER_SIZE);
	if (!low || !high)
		return TRUTH_UNKNOWN;
	if (greater(engine, d, low, offset) || at_least(engine, d, offset, high))
		return TRUTH_NO;
	return at_least(engine, d, offset, low) && greater(engine, d, high, offset) ?
		TRUTH_YES : TRUTH_UNKNOWN;
}

/*
 * Is it one page that is released, found by an index that may vary?  In another round it is
 * another page, and how many rounds there are is not known so well as the index.
 */
static bool is_of_loop(const struct frame *frame, const struct reference *reference,
		       const struct release *how)
{
	const struct ir_instruction *call = &frame->function->instructions[how->call];
	const struct ir_instruction *page;

	if (!reference->page)
		return false;
	page = call->operand_count ? &frame->function->instructions[call->operands[0]] : NULL;
	return !page || page->op != IR_LOAD || ir_place_varies(frame->function, page->u.place);
}

/* Is the page VALUE held by itself, or in another array than REGION?  Sets *SINGLE. */
static bool is_held_apart(struct engine *engine, const struct disjunct *d,
			  const struct region *region, const struct linear *value,
			  struct reference *single)
{
	const struct region_state *state;

	if (linear_is_constant(value) || !reference_of_page(engine, d, value, single) ||
	    single->region == region)
		return false;
	state = disjunct_region(d, single->region);
	return state && state->holding_count;
}

/* The page VALUE is given back, perhaps: will the caller notice? */
static void note_caller(struct engine *engine, const struct disjunct *d,
			const struct linear *value)
{
	struct reference single;

	if (!linear_is_constant(value) && reference_of_page(engine, d, value, &single) &&
	    engine_is_outside(engine, d, single.region))
		engine->effect.is_open = true;
}

void engine_release_stored(struct engine *engine, const struct frame *frame, struct disjunct *d,
			   const struct reference *reference, const struct release *how)
{
	bool is_any = is_of_loop(frame, reference, how);
	struct reference single;
	unsigned i;

	for (i = 0; i < d->memory_count; i++) {
		const struct memory_entry e = d->memory[i];

		if (e.region != reference->region)
			continue;
		note_caller(engine, d, e.value);
		if (!is_held_apart(engine, d, e.region, e.value, &single))
			continue;
		switch (is_among(engine, d, reference, e.offset)) {
		case TRUTH_YES:
			engine_release_held(engine, frame, d, &single, how);
			break;
		case TRUTH_UNKNOWN:
			scatter_page(engine, d, e.value, NULL);
			break;
		default:
			if (is_any)
				scatter_page(engine, d, e.value, NULL);
			break;
		}
	}
}
