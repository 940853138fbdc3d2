// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Meeting: what has arrived at a block becomes as few disjuncts as hold different
 * things.
 *
 *	if (ret < 0)	nothing is held		both go on by themselves,
 *	if (ret == n)	pages[0 .. n) is held	a second `ret < 0' joins the first
 *
 * The head of a loop keeps what went through it.  An arrival is another round of
 * one of those, and goes on only if that one does not cover it.
 */
#include <libiberty/libiberty.h>

#include "run.h"

#define VAGUE_ROUND	50	/* forced too often to say what is held */
#define LAST_CHANGE	80

/* How many cases may there be of COUNT, the more so the nearer the limit of steps? */
static unsigned room_for(const struct run *run, unsigned count)
{
	static const unsigned share[] = { 1, 3, 8 };

	return (count + share[engine_pressure(run->engine)] - 1) / share[engine_pressure(run->engine)];
}

/* The last two of LIST that hold pages at the same places, *I before *J.  False: none do. */
static bool find_alike(const struct disjunct_list *list, unsigned *i, unsigned *j)
{
	for (*j = list->count - 1; *j > 0; --*j)
		for (*i = 0; *i < *j; ++*i)
			if (disjunct_holds_alike(list->items[*i], list->items[*j]))
				return true;
	return false;
}

/*
 * Too many cases: merge those that hold pages at the same places, and only if there are
 * none, the last ones, whatever they hold; what differs is blurred.
 */
static void crowd(struct run *run, ir_block_id at, struct disjunct_list *list)
{
	unsigned limit = room_for(run, run->engine->options->disjunct_limit), i, j;

	while (list->count > limit) {
		if (!find_alike(list, &i, &j)) {
			i = limit - 1;
			j = list->count - 1;
		}
		engine_merge(run->engine, run->frame, list->items[i], list->items[j], at, true,
			     ENGINE_FORCED_ROUND);
		disjunct_free(list->items[j]);
		for (list->count--; j < list->count; j++)
			list->items[j] = list->items[j + 1];
	}
}

/* Zero, negative (or an error pointer), positive, or one cannot tell. */
static int result_class(struct run *run, const struct disjunct *d, ir_value value)
{
	struct term_table *terms = run->engine->terms;
	const struct linear *a = d->values[value];

	if (!a)
		return 0;
	if (linear_is_constant(a))
		return a->constant == 0 ? 1 : a->constant < 0 || a->constant >> 63 ? 2 : 3;
	if (constraint_set_is_greater(run->engine->solver, &d->constraints,
				      linear_constant(terms, 0), a))
		return 2;
	return 4;
}

/*
 * Where the function returns, what it returns is part of the case: its caller tells
 * success from failure by it, and what is held goes with that.
 */
static bool returns_alike(struct run *run, ir_block_id at, const struct disjunct *a,
			  const struct disjunct *b)
{
	const struct ir_block *block = &run->function->blocks[at];
	const struct ir_instruction *last;

	last = &run->function->instructions[block->instructions[block->count - 1]];
	if (last->op != IR_RETURN || !last->operand_count)
		return true;
	return a->values[last->operands[0]] == b->values[last->operands[0]] ||
	       result_class(run, a, last->operands[0]) ==
	       result_class(run, b, last->operands[0]);
}

/* An errno, perhaps in other units, that became unsigned. */
static bool is_error_count(const struct linear *a)
{
	return a->count && a->constant >> 31 > 0;
}

static bool is_error(struct run *run, const struct disjunct *d, const struct linear *a)
{
	if (linear_is_constant(a))
		return a->constant < 0 || a->constant >> 63;
	return is_error_count(a) ||
		constraint_set_is_greater(run->engine->solver, &d->constraints,
					  linear_constant(run->engine->terms, 0), a);
}

/* Is an error kept for a number in A where in B there is none? */
static bool keeps_error(const struct disjunct *a, const struct disjunct *b)
{
	const struct memory_entry *other;
	unsigned i;

	for (i = 0; i < a->memory_count; i++) {
		if (!is_error_count(a->memory[i].value))
			continue;
		other = disjunct_memory(b, a->memory[i].region, a->memory[i].offset);
		if (!other || !is_error_count(other->value))
			return true;
	}
	return false;
}

/*
 * The result of an acquire that is looked at later on: as an error it is another case
 * than as a number of pages, or as an array of them, though nothing be held in either.
 */
static bool fails_alike(struct run *run, const struct disjunct *a, const struct disjunct *b)
{
	unsigned i;

	if (run->count_count && (keeps_error(a, b) || keeps_error(b, a)))
		return false;
	for (i = 0; i < run->count_count; i++) {
		const struct linear *x = a->values[run->counts[i]];
		const struct linear *y = b->values[run->counts[i]];

		if (x && y && is_error(run, a, x) != is_error(run, b, y))
			return false;
	}
	return true;
}

static bool misses_more(const struct disjunct *a, const struct disjunct *b)
{
	const struct region_state *other;
	unsigned i;

	for (i = 0; i < a->region_count; i++) {
		if (!a->regions[i]->failed || !a->regions[i]->asked_low)
			continue;
		other = disjunct_region(b, a->regions[i]->region);
		if (!other || !other->failed)
			return true;
	}
	return false;
}

/* Nothing is held where an acquire has failed; nor where none was tried, or all of it is gone. */
static bool misses_alike(const struct run *run, const struct disjunct *a,
			 const struct disjunct *b)
{
	return !run->engine->has_missing || (!misses_more(a, b) && !misses_more(b, a));
}

/* Does A know of pages that have been taken, and put into a record, where B does not? */
static bool keeps_array(struct run *run, const struct disjunct *a, const struct disjunct *b)
{
	const struct region_state *state;
	symbol_id id;
	unsigned i;

	for (i = 0; i < a->memory_count; i++) {
		const struct memory_entry *e = &a->memory[i];

		id = e->region->kind == REGION_FIELD ? linear_as_symbol(e->value) : 0;
		state = id ? disjunct_region(a, region_pointee(run->engine->terms, id)) : NULL;
		if (state && state->kinds && !state->is_page && state->is_blurred &&
		    !disjunct_memory(b, e->region, e->offset))
			return true;
	}
	return false;
}

/*
 * An array that a record got on one side only is not in it afterwards, though it be its
 * pages that somebody unknown has got at before on either side.
 */
static bool keeps_alike(struct run *run, const struct disjunct *a, const struct disjunct *b)
{
	return !keeps_array(run, a, b) && !keeps_array(run, b, a);
}

/* Has A asked in vain for pages of an array where B has not asked at all? */
static bool asks_more(const struct disjunct *a, const struct disjunct *b)
{
	unsigned i;

	for (i = 0; i < a->region_count; i++) {
		const struct region_state *x = a->regions[i], *y;

		if (!x->asked_low || x->kinds || x->is_blurred)
			continue;
		y = disjunct_region(b, x->region);
		if (y && !y->asked_low && !y->kinds && !y->is_blurred)
			return true;
	}
	return false;
}

/*
 * Where pages were asked for, there is at least one; where a failure before that goes to the
 * same label, or the loop that asks was skipped, there may be none.
 */
static bool asks_alike(const struct disjunct *a, const struct disjunct *b)
{
	return !asks_more(a, b) && !asks_more(b, a);
}

/* Is there less in what the rounds of a loop have filled than the last one has asked for? */
static bool falls_short(struct run *run, const struct disjunct *d,
			const struct region_state *state)
{
	return constraint_set_is_greater(run->engine->solver, &d->constraints,
					 state->asked_high, state->holdings[0].high);
}

static bool is_grown(const struct region_state *state)
{
	return state->asked_high && state->holding_count == 1 && !state->is_blurred &&
	       state->holdings[0].extent == EXTENT_GROWN;
}

/* Is the number of pages that were wanted at hand at AT? */
static bool is_wanted(struct run *run, ir_block_id at, const struct disjunct *d,
		      const struct region_state *state)
{
	const struct frame *frame;
	ir_value v = IR_NO_VALUE;
	unsigned i;

	while ((v = flow_next_live(run->frame->flow, at, v)) != IR_NO_VALUE)
		if (d->values[v] == state->asked_high)
			return true;
	for (frame = run->frame; frame; frame = frame->caller)
		for (i = 0; i < frame->saved_count; i++)
			if (frame->saved[i] == state->asked_high)
				return true;
	return false;
}

/*
 * All of them are there where such a loop ends by itself, and some are missing where it
 * ends early: another case for who gives back as many as were wanted.
 */
static bool grows_alike(struct run *run, ir_block_id at, const struct disjunct *a,
			const struct disjunct *b)
{
	const struct region_state *y;
	unsigned i;

	for (i = 0; i < a->region_count; i++) {
		if (!is_grown(a->regions[i]))
			continue;
		y = disjunct_region(b, a->regions[i]->region);
		if (y && is_grown(y) && is_wanted(run, at, a, a->regions[i]) &&
		    falls_short(run, a, a->regions[i]) != falls_short(run, b, y))
			return false;
	}
	return true;
}

/* At a place that is no loop head: one disjunct for each way of holding things. */
static void gather_plain(struct run *run, struct waiting *w, ir_block_id at,
			 struct disjunct_list *out)
{
	unsigned i, j;

	for (i = 0; i < w->count; i++) {
		struct disjunct *d = w->items[i].disjunct;

		for (j = 0; j < out->count; j++)
			if (disjunct_holds_same(out->items[j], d) &&
			    returns_alike(run, at, out->items[j], d) &&
			    misses_alike(run, out->items[j], d) &&
			    run_flags_alike(run, out->items[j], d) &&
			    fails_alike(run, out->items[j], d) &&
			    asks_alike(out->items[j], d) &&
			    grows_alike(run, at, out->items[j], d) &&
			    keeps_alike(run, out->items[j], d))
				break;
		if (j == out->count) {
			disjunct_list_add(out, d);
			continue;
		}
		engine_merge(run->engine, run->frame, out->items[j], d, at, false, 0);
		disjunct_free(d);
	}
	w->count = 0;
	crowd(run, at, out);
}

static bool has_same_extents(const struct disjunct *a, const struct disjunct *b)
{
	unsigned i, h;

	for (i = 0; i < a->region_count; i++) {
		const struct region_state *x = a->regions[i];
		const struct region_state *y = disjunct_region(b, x->region);

		for (h = 0; y && h < x->holding_count && h < y->holding_count; h++)
			if (x->holdings[h].extent != y->holdings[h].extent)
				return false;
	}
	return true;
}

/* The disjunct at a loop head that D is another round of; -1: a new one. */
static int find_head(struct run *run, const struct waiting *w, const struct disjunct *d,
		     bool is_back_edge)
{
	unsigned i;

	for (i = 0; i < w->head_count; i++)
		if (disjunct_holds_same(w->heads[i].disjunct, d) &&
		    misses_alike(run, w->heads[i].disjunct, d) &&
		    (!is_back_edge || fails_alike(run, w->heads[i].disjunct, d)))
			return (int)i;
	if (!is_back_edge)
		return -1;
	for (i = 0; i < w->head_count; i++)
		if (disjunct_holds_alike(w->heads[i].disjunct, d) &&
		    fails_alike(run, w->heads[i].disjunct, d) &&
		    has_same_extents(w->heads[i].disjunct, d))
			return (int)i;
	for (i = 0; i < w->head_count; i++)
		if (disjunct_holds_alike(w->heads[i].disjunct, d) &&
		    fails_alike(run, w->heads[i].disjunct, d))
			return (int)i;
	return -1;
}

/*
 * HEAD covers D, too, which has been in the body: what leaves the loop from now on has
 * not skipped it.  True if that matters, and was not known.
 */
static bool note_passed(struct disjunct *head, const struct disjunct *d)
{
	unsigned i;

	if (d->entered || !head->entered)
		return false;
	head->entered = 0;
	for (i = 0; i < head->region_count; i++)
		if (head->regions[i]->holding_count)
			return true;
	return false;
}

static void gather_head(struct run *run, struct waiting *w, ir_block_id at,
			struct disjunct_list *out)
{
	bool is_fresh[HEAD_LIMIT] = { false };
	unsigned i;

	for (i = 0; i < w->count; i++) {
		struct disjunct *d = w->items[i].disjunct;
		int h = find_head(run, w, d, w->items[i].is_back_edge);

		if (h < 0 && w->head_count >= room_for(run, HEAD_LIMIT)) {
			h = (int)w->head_count - 1;
			if (w->heads[h].round < ENGINE_FORCED_ROUND)
				w->heads[h].round = ENGINE_FORCED_ROUND;
		}
		if (h < 0) {
			if (w->items[i].is_back_edge)
				engine_settle(run->engine, run->frame, d, at);
			if (!w->heads)
				w->heads = XNEWVEC(struct head, HEAD_LIMIT);
			h = (int)w->head_count++;
			w->heads[h].disjunct = d;
			d->kept_since = run->engine->steps;
			w->heads[h].round = w->heads[h].changes = 0;
			is_fresh[h] = true;
			continue;
		}
		if (engine_merge(run->engine, run->frame, w->heads[h].disjunct, d, at, true,
				 w->heads[h].round++)) {
			is_fresh[h] = true;
			w->heads[h].changes++;
		}
		is_fresh[h] |= note_passed(w->heads[h].disjunct, d);
		engine_sweep(run->engine, run->frame, w->heads[h].disjunct, at);
		disjunct_free(d);
		run->engine->is_forced |= w->heads[h].round > VAGUE_ROUND;
		if (w->heads[h].changes > LAST_CHANGE)
			engine_give_up(run->engine, "a loop does not settle");
	}
	w->count = 0;
	for (i = 0; i < w->head_count; i++)
		if (is_fresh[i])
			disjunct_list_add(out, disjunct_clone(w->heads[i].disjunct));
}

void run_meet(struct run *run, struct waiting *w, ir_block_id at, struct disjunct_list *out)
{
	if (run->function->blocks[at].is_loop_head)
		gather_head(run, w, at, out);
	else
		gather_plain(run, w, at, out);
}
