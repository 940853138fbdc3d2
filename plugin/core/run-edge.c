// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Edges: what happens to a disjunct on its way from a block to the next.
 *
 *	for (i = 0; i < n; i++)		on the back edge, i is i + 1 (phis),
 *		put_page(pages[i]);	and what the round made is of the last one
 *
 * Values that are dead in the block ahead are dropped, so that they keep no two
 * disjuncts apart.
 */
#include <libiberty/libiberty.h>

#include "rest.h"
#include "run.h"
#include "scatter.h"

void run_arrive(struct run *run, struct disjunct *d, ir_block_id at, bool is_back_edge)
{
	struct waiting *w = &run->blocks[at];

	if (run->function->blocks[at].order < run->first)
		run->first = run->function->blocks[at].order;
	if (w->count == w->room) {
		w->room = 2 * w->room + 4;
		w->items = XRESIZEVEC(struct arrival, w->items, w->room);
	}
	w->items[w->count].disjunct = d;
	w->items[w->count++].is_back_edge = is_back_edge;
}

/* The phis of TO take what comes from FROM, all at once. */
static void pass_phis(struct run *run, struct disjunct *d, ir_block_id from, ir_block_id to)
{
	const struct ir_function *f = run->function;
	const struct ir_block *block = &f->blocks[to];
	const struct linear *terms[64];
	unsigned p, i, count = 0;

	for (p = 0; p < block->predecessor_count && block->predecessors[p] != from; p++)
		;
	for (i = 0; i < block->count && count < 64; i++) {
		const struct ir_instruction *phi = &f->instructions[block->instructions[i]];

		if (phi->op != IR_PHI)
			break;
		terms[count++] = phi->operands[p] ?
			engine_value(run->engine, run->frame, d, phi->operands[p]) : NULL;
	}
	for (i = 0; i < count; i++)
		d->values[block->instructions[i]] = terms[i];
	/* The rest is not followed; a result of its own is as good. */
	for (; i < block->count && f->instructions[block->instructions[i]].op == IR_PHI; i++)
		d->values[block->instructions[i]] = NULL;
}

/* What can the loop of HEAD get at?  False: it does nothing anyway. */
static bool loop_reaches(struct run *run, const struct disjunct *d, ir_block_id head,
			 struct region_set *set)
{
	struct engine *engine = run->engine;
	uint64_t *used = ARENA_ARRAY(engine->arena, uint64_t, d->value_count / 64 + 1);
	unsigned v, i;

	if (!flow_loop_uses(run->frame->flow, head, used))
		return false;
	for (v = 1; v < d->value_count; v++) {
		if (!(used[v / 64] >> (v % 64) & 1) || !d->values[v])
			continue;
		for (i = 0; i < d->values[v]->count; i++) {
			const struct symbol *s = symbol_get(engine->terms,
							    d->values[v]->terms[i].symbol);

			engine_add_pointee(engine, set, s->id);
			if (s->kind == SYMBOL_LOADED)
				region_set_add(set, engine->arena, region_base(s->region));
		}
	}
	for (v = 0; v < d->region_count; v++)
		if (region_base(d->regions[v]->region)->kind == REGION_VARIABLE)
			region_set_add(set, engine->arena, region_base(d->regions[v]->region));
	engine_reachable(engine, d, set);
	return true;
}

/*
 * D leaves the loop of FROM without having been in its body.  That there are pages
 * and a loop over them does nothing is possible by what is known here, but is
 * mostly ruled out by what is not; so their loss on this path is not reported.
 */
static void note_skipped_loop(struct run *run, struct disjunct *d, ir_block_id from,
			      ir_block_id to)
{
	struct region_set touched = { 0 };
	unsigned i, h;

	if (d->entered != from + 1)
		return;
	if (flow_is_in_loop(run->frame->flow, from, to)) {
		d->entered = 0;
		return;
	}
	d->entered = 0;
	if (!loop_reaches(run, d, from, &touched))
		return;
	for (i = 0; i < d->region_count; i++) {
		if (!d->regions[i]->holding_count ||
		    !region_set_has(&touched, region_base(d->regions[i]->region)))
			continue;
		struct region_state *state = disjunct_change(d, run->engine->arena,
							     d->regions[i]->region);

		for (h = 0; h < state->holding_count; h++)
			state->holdings[h].is_doubtful = true;
	}
}

/* Is there a counter at HEAD of which D knows no number? */
static bool has_vague_counter(const struct run *run, const struct disjunct *d, ir_block_id head)
{
	const struct ir_function *f = run->function;
	const struct ir_block *block = &f->blocks[head];
	unsigned i;

	for (i = 0; i < block->count; i++) {
		ir_value v = block->instructions[i];

		if (f->instructions[v].op != IR_PHI)
			break;
		if (f->instructions[v].type.type_class == IR_TYPE_INTEGER && d->values[v] &&
		    !linear_is_constant(d->values[v]))
			return true;
	}
	return false;
}

/* Does I give back, keep or pass on what it is given? */
static bool disposes(const struct ir_instruction *i)
{
	return i->op == IR_STORE ||
	       (i->op == IR_CALL && (!i->u.callee->contract ||
				     contract_has_obligation(i->u.callee->contract)));
}

/* Is V an element of an array, by an index that the loop of HEAD varies? */
static bool is_element(const struct run *run, ir_block_id head, ir_value v)
{
	const struct ir_function *f = run->function;

	while (f->instructions[v].op == IR_CONVERT)
		v = f->instructions[v].operands[0];
	return f->instructions[v].op == IR_LOAD &&
	       f->instructions[v].type.pointee == IR_POINTEE_PAGE &&
	       flow_is_in_loop(run->frame->flow, head, f->instructions[v].block) &&
	       ir_place_varies(f, f->instructions[v].u.place);
}

static bool disposes_of_elements(const struct run *run, ir_block_id head)
{
	const struct ir_function *f = run->function;
	ir_value v;
	unsigned o;

	for (v = 1; v < f->value_count; v++) {
		const struct ir_instruction *i = &f->instructions[v];

		if (!disposes(i) || !flow_is_in_loop(run->frame->flow, head, i->block))
			continue;
		for (o = 0; o < i->operand_count; o++)
			if (is_element(run, head, i->operands[o]))
				return true;
	}
	return false;
}

/*
 * D leaves the loop of FROM, which gets rid of the pages of an array, where those
 * that D holds are kept by number.  To which of them its counter has led, several rounds in
 * one case do not tell.
 */
static void note_unseen_elements(struct run *run, struct disjunct *d, ir_block_id from,
				 ir_block_id to)
{
	struct engine *engine = run->engine;
	struct region_set touched = { 0 };
	unsigned i, h;

	if (!run->function->blocks[from].is_loop_head || !d->memory_count ||
	    flow_is_in_loop(run->frame->flow, from, to) || !has_vague_counter(run, d, from) ||
	    !disposes_of_elements(run, from) || !loop_reaches(run, d, from, &touched))
		return;
	for (i = 0; i < d->memory_count; i++) {
		symbol_id id = linear_as_symbol(d->memory[i].value);
		const struct region *page = id ? region_pointee(engine->terms, id) : NULL;
		const struct region_state *old = page ? disjunct_region(d, page) : NULL;
		struct region_state *state;

		if (!old || !old->is_page || !old->holding_count ||
		    !region_set_has(&touched, region_base(d->memory[i].region)))
			continue;
		state = disjunct_change(d, engine->arena, page);
		for (h = 0; h < state->holding_count; h++)
			state->holdings[h].is_doubtful = true;
	}
}

/* What D holds by itself behind pages that a loop has dealt with: is it left by an error? */
static void set_left(struct run *run, struct disjunct *d, const struct region_set *touched,
		     bool is_left)
{
	struct region_state *state;
	unsigned i, h;

	for (i = 0; i < d->region_count; i++)
		for (h = 0; h < d->regions[i]->holding_count; h++) {
			if (!d->regions[i]->holdings[h].is_rest ||
			    d->regions[i]->holdings[h].is_left == is_left ||
			    (touched && !region_set_has(touched,
							region_base(d->regions[i]->region))))
				continue;
			state = disjunct_change(d, run->engine->arena, d->regions[i]->region);
			state->holdings[h].is_left = is_left;
		}
}

static bool has_rest(const struct disjunct *d)
{
	unsigned i, h;

	for (i = 0; i < d->region_count; i++)
		for (h = 0; h < d->regions[i]->holding_count; h++)
			if (d->regions[i]->holdings[h].is_rest)
				return true;
	return false;
}

/* Is the branch at the end of FROM about the result of a call of this round, an error in D? */
static bool is_failed_call(struct run *run, const struct disjunct *d, ir_block_id from,
			   ir_block_id head)
{
	const struct ir_function *f = run->function;
	const struct ir_block *block = &f->blocks[from];
	const struct ir_instruction *i = &f->instructions[block->instructions[block->count - 1]];
	const struct linear *result;
	ir_value operand;

	if (i->op != IR_BRANCH)
		return false;
	/* `unlikely(ret < 0)' compares twice. */
	do {
		operand = i->operands[0];
		i = &f->instructions[operand];
	} while (i->op == IR_CONVERT || (i->op >= IR_EQUAL && i->op <= IR_GREATER_EQUAL));
	result = i->op == IR_CALL ? d->values[operand] : NULL;
	return result && flow_is_in_loop(run->frame->flow, head, i->block) &&
		constraint_set_is_greater(run->engine->solver, &d->constraints,
					  linear_constant(run->engine->terms, 0), result);
}

/*
 * FROM -> TO leaves a loop that was dealing with pages one by one, because of an error; or
 * enters one that may go on with them.
 */
static void note_left(struct run *run, struct disjunct *d, ir_block_id from, ir_block_id to)
{
	struct region_set touched = { 0 };
	ir_block_id head;

	if (!has_rest(d))
		return;
	if (run->function->blocks[from].is_loop_head &&
	    flow_is_in_loop(run->frame->flow, from, to) && loop_reaches(run, d, from, &touched))
		set_left(run, d, &touched, false);
	if (flow_innermost_loop(run->frame->flow, from, &head) &&
	    !flow_is_in_loop(run->frame->flow, head, to) && is_failed_call(run, d, from, head))
		set_left(run, d, NULL, true);
}

void run_pass_edge(struct run *run, struct disjunct *d, ir_block_id from, ir_block_id to)
{
	bool is_back_edge = flow_is_back_edge(run->frame->flow, from, to);

	/* Asks what the loop uses, some of which may be dead behind it. */
	if (!is_back_edge) {
		note_skipped_loop(run, d, from, to);
		note_unseen_elements(run, d, from, to);
		scatter_drop_empty(run->engine, d);
		note_left(run, d, from, to);
	}
	pass_phis(run, d, from, to);
	flow_drop_dead(run->frame->flow, from, to, d->values);
	if (is_back_edge)
		run_end_round(run, d, from, to);
	if (is_back_edge) {
		rest_of_round(run->engine, run->frame, d, to);
		engine_age(run->engine, run->frame, d, to);
	}
	if (run->function->blocks[to].is_loop_head)
		d->entered = is_back_edge ? 0 : to + 1;
	run_arrive(run, d, to, is_back_edge);
}
