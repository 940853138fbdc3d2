// SPDX-License-Identifier: GPL-2.0-or-later
/* Where a path leaves the one that gives back; see departure.h. */
#include <stdlib.h>

#include <libiberty/libiberty.h>

#include "departure.h"

#define RELEASE_DEPTH	2	/* calls to what gives back */

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

/* Is there a call in F, outside of the blocks in EXCEPT (NULL: none), that is to give pages back? */
static bool is_releasing(const struct ir_unit *unit, const struct ir_function *f,
			 const bool *except, unsigned depth)
{
	const struct ir_callee *callee;
	ir_value v;

	for (v = 1; f && v < f->value_count; v++) {
		if (f->instructions[v].op != IR_CALL ||
		    (except && except[f->instructions[v].block]))
			continue;
		callee = f->instructions[v].u.callee;
		if (callee->contract ? contract_has_verb(callee->contract, CONTRACT_RELEASES) :
		    callee->function && depth &&
		    is_releasing(unit, unit->functions[callee->function - 1], NULL, depth - 1))
			return true;
	}
	return false;
}

/* Does BLOCK do anything but to end the function and the lives of its variables, or EXCEPT? */
static bool does_something(const struct ir_function *f, const struct ir_block *block,
			   enum ir_op except)
{
	unsigned n;

	for (n = 0; n < block->count; n++) {
		enum ir_op op = f->instructions[block->instructions[n]].op;

		if (op != IR_PHI && op != IR_CLOBBER && op != IR_RETURN && op != except)
			return true;
	}
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
		if (a[i] && b[i] && does_something(f, &f->blocks[i], IR_NONE))
			return true;
	return false;
}

/* The next instruction of F from V on that makes the decision E; 0: there is none. */
static ir_value next_branch(const struct ir_function *f, ir_value v, const struct event *e)
{
	for (; v < f->value_count; v++) {
		const struct ir_instruction *i = &f->instructions[v];

		if (i->op == IR_BRANCH && i->operands[0] == e->condition &&
		    i->location == e->location)
			return v;
	}
	return 0;
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

	for (v = next_branch(f, 1, e); v; v = next_branch(f, v + 1, e)) {
		const struct ir_instruction *i = &f->instructions[v];

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

ir_block_id departure_leads_to(const struct event *e)
{
	ir_value v = next_branch(e->inside, 1, e);

	return v ? e->inside->instructions[v].u.targets[!e->truth] : 0;
}

/*
 * Do the ways from the blocks A and B of F share more than the return, or does one come to
 * where the other begins?
 */
static bool do_meet(const struct ir_function *f, ir_block_id a, ir_block_id b)
{
	bool *from_a = reached_from(f, a), *from_b = reached_from(f, b);
	bool result = from_a[b] || from_b[a];
	unsigned i;

	for (i = 0; i < f->block_count; i++)
		result |= from_a[i] && from_b[i] && does_something(f, &f->blocks[i], IR_JUMP);
	free(from_a);
	free(from_b);
	return result;
}

/* Did the path that has come to E leave where SAID is, too? */
static bool is_behind(const struct event *e, const struct finding *said)
{
	while (e && !(e->kind == EVENT_BRANCH && e->location == said->location &&
		      departure_leads_to(e) == said->leads_to))
		e = e->previous;
	return e != NULL;
}

bool departure_is_another(const struct ir_unit *unit, const struct event *e,
			  const struct finding *said)
{
	const struct ir_function *f = unit->functions[said->function];
	ir_block_id leads_to = departure_leads_to(e);
	bool *taken, result;

	if (!leads_to || !said->leads_to || is_behind(e, said) ||
	    (e->inside == f && do_meet(f, leads_to, said->leads_to)))
		return false;
	taken = reached_from(e->inside, leads_to);
	result = is_releasing(unit, e->inside, taken, RELEASE_DEPTH);
	free(taken);
	return result;
}

/* Does E ask only whether there is any, as `ret < 0' does? */
static bool is_about_failure(const struct event *e)
{
	const struct ir_instruction *code = e->inside->instructions;
	const struct ir_instruction *i = &code[e->condition];

	return i->op >= IR_EQUAL && i->op <= IR_GREATER_EQUAL &&
	       code[i->operands[1]].op == IR_CONSTANT && code[i->operands[1]].u.constant <= 0;
}

/*
 * Pages of a partial acquire go astray at the first test that the count decides, of those
 * that are not about failure if there are such; others at the last decision that matters to
 * who would give them back, or, if none does, at the last.  A call that is over had decided
 * how it ends, and its caller what that means: where such a call was made after the acquire,
 * its failure is what the path goes by.  So is the failure of a later acquire, at the first
 * test behind it.
 */
const struct event *departure_of(const struct frame *frame, const struct disjunct *d,
				 const struct holding *holding)
{
	const struct event *e, *first_decided = NULL, *last = NULL, *last_choice = NULL;
	const struct event *after = NULL, *decisive = NULL, *first_short = NULL;

	for (e = d->trail; e && holding->acquired && e->serial > holding->acquired->serial;
	     e = e->previous) {
		if (e->kind == EVENT_FAILURE && after && !decisive) {
			decisive = after;
			last_choice = last_choice ? last_choice : after;
		}
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
		if (!e->is_choice && !is_about_failure(e))
			first_short = e;
	}
	if (holding->extent == EXTENT_PARTIAL && first_decided && !holding->is_rest &&
	    !(last_choice && last_choice->is_by_call))
		return first_short ? first_short : first_decided;
	if (last_choice && !last_choice->is_by_call && decisive)
		return decisive;
	return last_choice ? last_choice : last;
}
