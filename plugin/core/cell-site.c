// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Is a release come to whenever its function runs, or does a test decide?
 *
 *	for (i = 0; i < n; i++) {
 *		if (dirty)
 *			set_page_dirty_lock(pages[i]);
 *		unpin_user_page(pages[i]);		no test decides
 *	}
 *
 * Only the shape of the functions is looked at: of that with the release, and of those
 * that call it on the way from the root.  What the test is about is not asked.
 */
#include <stdlib.h>

#include <libiberty/libiberty.h>

#include "cell-table.h"

/* Is there a way from FROM to TO (0: to a return) that does not come to a block in AVOIDED? */
static bool leads_to(const struct ir_function *f, ir_block_id from, ir_block_id to,
		     bool to_return, const bool *avoided)
{
	bool *seen = XCNEWVEC(bool, f->block_count + 1), found = false;
	ir_block_id *queue = XNEWVEC(ir_block_id, f->block_count + 1);
	unsigned count = 0, at, s;

	if (!avoided[from]) {
		queue[count++] = from;
		seen[from] = true;
	}
	for (at = 0; at < count && !found; at++) {
		const struct ir_block *block = &f->blocks[queue[at]];
		ir_value last = block->count ? block->instructions[block->count - 1] : 0;

		found = to_return ? last && f->instructions[last].op == IR_RETURN : block->id == to;
		for (s = 0; s < block->successor_count; s++) {
			ir_block_id next = block->successors[s];

			if (seen[next] || avoided[next])
				continue;
			seen[next] = true;
			queue[count++] = next;
		}
	}
	free(seen);
	free(queue);
	return found;
}

bool cell_site_leads_to(const struct ir_function *f, ir_block_id from, ir_block_id to,
			const bool *avoided)
{
	return leads_to(f, from, to, false, avoided);
}

static bool reaches(const struct ir_function *f, ir_block_id from, ir_block_id to)
{
	bool *avoided = XCNEWVEC(bool, f->block_count + 1);
	bool found = leads_to(f, from, to, false, avoided);

	free(avoided);
	return found;
}

/* Does the branch that ends BLOCK lead out of all loops around AT? */
static bool leaves_loop(const struct ir_function *f, const struct ir_block *block, ir_block_id at)
{
	unsigned s;

	for (s = 0; s < block->successor_count; s++)
		if (!reaches(f, block->successors[s], at))
			return true;
	return false;
}

/*
 * Does the branch that ends BLOCK decide whether there is a round without the block in
 * AT (IS_IN_LOOP), or a way to a return that does not come to a block in AVOIDED?
 */
static bool decides(const struct ir_function *f, const struct ir_block *block, bool is_in_loop,
		    const bool *at, const bool *avoided)
{
	unsigned s;

	for (s = 0; s < block->successor_count; s++) {
		ir_block_id next = block->successors[s];

		if (is_in_loop ? leads_to(f, next, block->id, false, at) :
				 leads_to(f, next, 0, true, avoided))
			return true;
	}
	return false;
}

/* Where the pages of both kinds were taken, if that was in the function at hand. */
struct acquires {
	const struct event *events[2];
};

/* The block of F with the call that EVENT is; false: it is not in F. */
static bool find_block(const struct ir_function *f, const struct event *event, ir_block_id *block)
{
	ir_value v;

	while (event && event->kind != EVENT_ACQUIRE)
		event = event->previous;
	if (!event || event->function != f->index)
		return false;
	for (v = 1; v < f->value_count; v++) {
		if (f->instructions[v].op != IR_CALL ||
		    f->instructions[v].location != event->location)
			continue;
		*block = f->instructions[v].block;
		return true;
	}
	return false;
}

/* Is the test at the end of BLOCK over, or that of whether pages were got at all? */
static bool comes_before(const struct ir_function *f, ir_block_id block,
			 const struct acquires *after)
{
	ir_block_id acquire;
	unsigned i;

	for (i = 0; i < 2; i++)
		if (find_block(f, after->events[i], &acquire) &&
		    (block == acquire || !reaches(f, acquire, block)))
			return true;
	return false;
}

/*
 * Is AT come to only if some test has the right result?  The one test that ends a
 * loop around it does not count.
 */
static bool is_tested_before(const struct ir_function *f, ir_block_id at,
			     const struct acquires *after)
{
	bool *avoided = XCNEWVEC(bool, f->block_count + 1);
	bool *only_at = XCNEWVEC(bool, f->block_count + 1);
	bool in_loop = false, found;
	unsigned b, s, exits = 0;

	for (s = 0; s < f->blocks[at].successor_count; s++)
		in_loop |= reaches(f, f->blocks[at].successors[s], at);
	avoided[at] = only_at[at] = true;
	for (b = 0; in_loop && b < f->block_count; b++) {
		const struct ir_block *block = &f->blocks[b];

		if (block->successor_count < 2 || !reaches(f, block->id, at) ||
		    !reaches(f, at, block->id) || !leaves_loop(f, block, at))
			continue;
		avoided[b] = true;
		exits++;
	}
	found = exits > 1;
	for (b = 0; b < f->block_count && !found; b++) {
		const struct ir_block *block = &f->blocks[b];
		bool is_in_loop = in_loop && reaches(f, at, block->id);

		if (block->successor_count < 2 || avoided[b] ||
		    !reaches(f, block->id, at) || comes_before(f, block->id, after))
			continue;
		found = decides(f, block, is_in_loop, only_at, avoided);
	}
	free(avoided);
	free(only_at);
	return found;
}

void cell_note_site(struct cell_table *table, struct cell_release *release,
		    const struct frame *frame, ir_value call)
{
	struct cell_site *site;

	for (; frame; call = frame->call, frame = frame->caller) {
		ir_block_id block = frame->function->instructions[call].block;

		for (site = release->sites; site; site = site->next)
			if (site->function == frame->function && site->block == block)
				break;
		if (site)
			continue;
		site = ARENA_NEW(table->unit->arena, struct cell_site);
		site->function = frame->function;
		site->block = block;
		site->call = call;
		site->next = release->sites;
		release->sites = site;
	}
}

/* Is AT over when pages of one of the kinds are not there yet? */
static bool is_too_early(const struct ir_function *f, ir_block_id at,
			 const struct acquires *acquires)
{
	ir_block_id acquire;
	unsigned i;

	for (i = 0; i < 2; i++)
		if (find_block(f, acquires->events[i], &acquire) && acquire != at &&
		    !reaches(f, acquire, at))
			return true;
	return false;
}

bool cell_is_guarded(const struct cell_release *release, const struct event *const events[2])
{
	const struct acquires acquires = { { events[0], events[1] } };
	const struct cell_site *site;

	for (site = release->sites; site; site = site->next)
		if (is_too_early(site->function, site->block, &acquires) ||
		    is_tested_before(site->function, site->block, &acquires))
			return true;
	return false;
}
