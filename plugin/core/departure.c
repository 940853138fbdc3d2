// SPDX-License-Identifier: GPL-2.0-or-later
/* Where a path leaves the one that gives back; see departure.h. */
#include <stdlib.h>

#include <libiberty/libiberty.h>

#include "departure.h"

static bool is_in_progress(const struct frame *frame, const struct ir_function *function)
{
	while (frame && frame->function != function)
		frame = frame->caller;
	return frame != NULL;
}

/* Were the pages there before any call that is over now was made? */
static bool was_taken_before(const struct frame *frame, const struct holding *holding)
{
	return is_in_progress(frame, holding->acquired->inside);
}

/* Which blocks of F are reached from FROM, it among them; to be freed. */
static bool *reached_from(const struct ir_function *f, ir_block_id from)
{
	ir_block_id *todo = XNEWVEC(ir_block_id, f->block_count + 1);
	bool *reached = XCNEWVEC(bool, f->block_count);
	unsigned count = 0, s;

	reached[from] = true;
	todo[count++] = from;
	while (count) {
		const struct ir_block *block = &f->blocks[todo[--count]];

		for (s = 0; s < block->successor_count; s++) {
			if (reached[block->successors[s]])
				continue;
			reached[block->successors[s]] = true;
			todo[count++] = block->successors[s];
		}
	}
	free(todo);
	return reached;
}

/* May a call of CALLEE give pages back? */
static bool may_release(const struct ir_callee *callee)
{
	return !callee->contract || contract_has_obligation(callee->contract);
}

/* Is there, in the blocks that are in A and not in B, a call that may give pages back? */
static bool gives_back_there(const struct ir_function *f, const bool *a, const bool *b)
{
	unsigned i, n;

	for (i = 0; i < f->block_count; i++) {
		const struct ir_block *block = &f->blocks[i];

		for (n = 0; a[i] && !b[i] && n < block->count; n++) {
			const struct ir_instruction *at = &f->instructions[block->instructions[n]];

			if (at->op == IR_CALL && may_release(at->u.callee))
				return true;
		}
	}
	return false;
}

/* Does BLOCK do anything but to end the function? */
static bool does_something(const struct ir_function *f, const struct ir_block *block)
{
	unsigned n;

	for (n = 0; n < block->count; n++)
		if (f->instructions[block->instructions[n]].op != IR_PHI &&
		    f->instructions[block->instructions[n]].op != IR_RETURN)
			return true;
	return false;
}

/* Do the two sides, from where A and B are reached, come together again and then go on? */
static bool is_passed_over(const struct ir_function *f, ir_block_id at, const bool *a,
			   const bool *b)
{
	unsigned i;

	if (a[at] || b[at])
		return false;
	for (i = 0; i < f->block_count; i++)
		if (a[i] && b[i] && does_something(f, &f->blocks[i]))
			return true;
	return false;
}

/*
 * Does it matter which side of E was taken?  Pages could have been given back on the other
 * one, or the paths do not meet again before they end.
 */
static bool is_decisive(const struct event *e)
{
	const struct ir_function *f = e->inside;
	bool *taken, *other, result = true;
	ir_value v;

	for (v = 1; v < f->value_count; v++) {
		const struct ir_instruction *i = &f->instructions[v];

		if (i->op != IR_BRANCH || i->operands[0] != e->condition ||
		    i->location != e->location)
			continue;
		taken = reached_from(f, i->u.targets[!e->truth]);
		other = reached_from(f, i->u.targets[e->truth]);
		result = gives_back_there(f, other, taken) ||
			 !is_passed_over(f, i->block, taken, other);
		free(taken);
		free(other);
		if (result)
			break;
	}
	return result;
}

/*
 * Pages of a partial acquire go astray at the first test that the count decides; others at
 * the last decision that matters to who would give them back, or, if none does, at the last.
 * A call that is over had decided how it ends, and its caller what that means: where
 * such a call was made after the acquire, its failure is what the path goes by.
 */
const struct event *departure_of(const struct frame *frame, const struct disjunct *d,
				 const struct holding *holding)
{
	const struct event *e, *first_decided = NULL, *last = NULL, *last_choice = NULL;
	const struct event *after = NULL, *decisive = NULL;

	for (e = d->trail; e && holding->acquired && e->serial > holding->acquired->serial;
	     e = e->previous) {
		if (e->kind != EVENT_BRANCH || !e->location)
			continue;
		if (!is_in_progress(frame, e->inside)) {
			if (e->is_choice && !last_choice && was_taken_before(frame, holding))
				last_choice = after;
			continue;
		}
		after = e;
		if (e->is_by_call)
			continue;
		if (!last)
			last = e;
		if (!last_choice && e->is_choice)
			last_choice = e;
		if (!decisive && e->is_choice && is_decisive(e))
			decisive = e;
		if (!e->is_choice)
			first_decided = e;
	}
	if (holding->extent == EXTENT_PARTIAL && first_decided && !holding->is_rest &&
	    !(last_choice && last_choice->is_by_call))
		return first_decided;
	if (last_choice && !last_choice->is_by_call && decisive)
		return decisive;
	return last_choice ? last_choice : last;
}
