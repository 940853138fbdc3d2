// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The worklist: disjuncts wait at the blocks they have reached, and the first
 * waiting block in reverse postorder goes next, so that paths meet before they
 * go on.  At the head of a loop the disjuncts that went through are kept, and an
 * arrival that they cover already goes no further.
 */
#include <stdlib.h>
#include <string.h>

#include <libiberty/libiberty.h>

#include "engine.h"
#include "flow.h"

#define DEPTH_LIMIT	3
#define HEAD_LIMIT	10
#define FOLLOW_BLOCKS	250
#define CONTEXTS	2000	/* they share a word with a value: see engine.h */
#define ROOT_BLOCKS	4000
#define ROOT_VALUES	(1u << 16)
#define TINY_BLOCKS	3
#define FORCED_ROUND	40
#define CROWDED		16	/* regions */

struct head {
	struct disjunct *disjunct;
	unsigned round;
};

struct arrival {
	struct disjunct *disjunct;
	bool is_back_edge;
};

struct waiting {
	unsigned count, room;
	struct arrival *items;
	unsigned head_count;
	struct head heads[HEAD_LIMIT];
};

/* One function being followed. */
struct run {
	struct engine *engine;
	const struct frame *frame;
	const struct ir_function *function;
	struct waiting *blocks;
	struct exit_list *exits;	/* NULL: the root function */
};

void disjunct_list_add(struct disjunct_list *list, struct disjunct *d)
{
	if (list->count == list->room) {
		list->room = 2 * list->room + 4;
		list->items = XRESIZEVEC(struct disjunct *, list->items, list->room);
	}
	list->items[list->count++] = d;
}

void disjunct_list_release(struct disjunct_list *list)
{
	free(list->items);
	memset(list, 0, sizeof(*list));
}

void engine_give_up(struct engine *engine, const char *why)
{
	if (!engine->given_up)
		engine->given_up = why;
}

static void exit_list_add(struct exit_list *list, struct disjunct *d,
			  const struct linear *result)
{
	if (list->count == list->room) {
		list->room = 2 * list->room + 4;
		list->items = XRESIZEVEC(struct exit_state, list->items, list->room);
	}
	list->items[list->count].disjunct = d;
	list->items[list->count++].result = result;
}

/* ----------------------------------------------------------------- arrivals */

static void waiting_add(struct waiting *w, struct disjunct *d, bool is_back_edge)
{
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

static void drop_dead_values(struct run *run, struct disjunct *d, ir_block_id block)
{
	unsigned v;

	for (v = 1; v < d->value_count; v++)
		if (d->values[v] && !flow_is_live(run->frame->flow, block, v))
			d->values[v] = NULL;
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

			region_set_add(set, engine->arena,
				       region_base(region_pointee(engine->terms, s->id)));
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

/* D goes along FROM -> TO; taken over. */
static void pass_edge(struct run *run, struct disjunct *d, ir_block_id from, ir_block_id to)
{
	bool is_back_edge = flow_is_back_edge(run->frame->flow, from, to);

	pass_phis(run, d, from, to);
	drop_dead_values(run, d, to);
	if (is_back_edge)
		engine_age(run->engine, run->frame, d, to);
	else
		note_skipped_loop(run, d, from, to);
	if (run->function->blocks[to].is_loop_head)
		d->entered = is_back_edge ? 0 : to + 1;
	waiting_add(&run->blocks[to], d, is_back_edge);
}

/* ------------------------------------------------------------------ merging */

/* Too many cases: merge the last ones, whatever they hold; what differs is blurred. */
static void crowd(struct run *run, ir_block_id at, struct disjunct_list *list)
{
	unsigned limit = run->engine->options->disjunct_limit;

	while (list->count > limit) {
		struct disjunct *last = list->items[--list->count];

		engine_merge(run->engine, run->frame, list->items[limit - 1], last, at, true,
			     FORCED_ROUND);
		disjunct_free(last);
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

/* At a place that is no loop head: one disjunct for each way of holding things. */
static void gather_plain(struct run *run, struct waiting *w, ir_block_id at,
			 struct disjunct_list *out)
{
	unsigned i, j;

	for (i = 0; i < w->count; i++) {
		struct disjunct *d = w->items[i].disjunct;

		for (j = 0; j < out->count; j++)
			if (disjunct_holds_same(out->items[j], d) &&
			    returns_alike(run, at, out->items[j], d))
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
static int find_head(const struct waiting *w, const struct disjunct *d, bool is_back_edge)
{
	unsigned i;

	for (i = 0; i < w->head_count; i++)
		if (disjunct_holds_same(w->heads[i].disjunct, d))
			return (int)i;
	if (!is_back_edge)
		return -1;
	for (i = 0; i < w->head_count; i++)
		if (disjunct_holds_alike(w->heads[i].disjunct, d) &&
		    has_same_extents(w->heads[i].disjunct, d))
			return (int)i;
	for (i = 0; i < w->head_count; i++)
		if (disjunct_holds_alike(w->heads[i].disjunct, d))
			return (int)i;
	return -1;
}

static void gather_head(struct run *run, struct waiting *w, ir_block_id at,
			struct disjunct_list *out)
{
	bool is_fresh[HEAD_LIMIT] = { false };
	unsigned i;

	for (i = 0; i < w->count; i++) {
		struct disjunct *d = w->items[i].disjunct;
		int h = find_head(w, d, w->items[i].is_back_edge);

		if (h < 0 && w->head_count == HEAD_LIMIT) {
			h = HEAD_LIMIT - 1;
			if (w->heads[h].round < FORCED_ROUND)
				w->heads[h].round = FORCED_ROUND;
		}
		if (h < 0) {
			if (w->items[i].is_back_edge)
				engine_settle(run->engine, run->frame, d, at);
			h = (int)w->head_count++;
			w->heads[h].disjunct = d;
			w->heads[h].round = 0;
			is_fresh[h] = true;
			continue;
		}
		if (engine_merge(run->engine, run->frame, w->heads[h].disjunct, d, at, true,
				 w->heads[h].round++))
			is_fresh[h] = true;
		if (w->heads[h].disjunct->region_count > CROWDED)
			engine_sweep(run->engine, w->heads[h].disjunct);
		disjunct_free(d);
		if (w->heads[h].round > FORCED_ROUND + 10)
			engine_give_up(run->engine, "a loop does not settle");
	}
	w->count = 0;
	for (i = 0; i < w->head_count; i++)
		if (is_fresh[i])
			disjunct_list_add(out, disjunct_clone(w->heads[i].disjunct));
}

/* ------------------------------------------------------------- instructions */

static void do_unknown_call(struct run *run, struct disjunct *d, ir_value value,
			    const struct linear **arguments, unsigned count)
{
	unsigned i;

	for (i = 0; i < count; i++)
		engine_escape(run->engine, run->frame, d, arguments[i],
			      value | run->frame->context << 20, true);
	d->values[value] = engine_result(run->engine, run->frame, value, 0);
}

/* A call into the unit that its caller cannot notice by its references. */
static void do_closed_call(struct run *run, struct disjunct *d, ir_value value,
			   const struct function_effect *effect,
			   const struct linear **arguments, unsigned count)
{
	unsigned i;

	for (i = 0; i < count; i++)
		engine_escape(run->engine, run->frame, d, arguments[i],
			      value | run->frame->context << 20,
			      (effect->escaping | effect->stored) >>
				      (i < 63 ? i : 63) & 1);
	d->values[value] = engine_result(run->engine, run->frame, value, 0);
}

static bool is_worth_following(const struct run *run, uint32_t function)
{
	const struct ir_function *callee = run->engine->unit->functions[function];

	if (run->engine->plan->effects[function].is_given_up)
		return false;
	return callee && (callee->block_count <= TINY_BLOCKS ||
			  !plan_is_closed(run->engine->plan, function));
}

static void do_call(struct run *run, struct disjunct *d, ir_value value,
		    struct disjunct_list *out)
{
	const struct ir_instruction *call = &run->function->instructions[value];
	const struct ir_callee *callee = call->u.callee;
	const struct linear **arguments = XNEWVEC(const struct linear *,
						  call->operand_count + 1);
	struct exit_list exits = { 0 };
	unsigned i;

	for (i = 0; i < call->operand_count; i++)
		arguments[i] = engine_value(run->engine, run->frame, d, call->operands[i]);
	if (callee->contract && !(callee->contract->flags & CONTRACT_UNKNOWN)) {
		engine_apply(run->engine, run->frame, d, value, callee->contract, arguments,
			     call->operand_count, out);
	} else if (callee->function && !is_worth_following(run, callee->function - 1) &&
		   plan_is_closed(run->engine->plan, callee->function - 1)) {
		do_closed_call(run, d, value,
			       &run->engine->plan->effects[callee->function - 1],
			       arguments, call->operand_count);
		disjunct_list_add(out, d);
	} else if (callee->function && is_worth_following(run, callee->function - 1) &&
		   engine_follow_call(run->engine, run->frame, value,
				      run->engine->unit->functions[callee->function - 1],
				      d, arguments, call->operand_count, &exits)) {
		for (i = 0; i < exits.count; i++) {
			exits.items[i].disjunct->values[value] = exits.items[i].result;
			disjunct_list_add(out, exits.items[i].disjunct);
		}
		free(exits.items);
	} else {
		do_unknown_call(run, d, value, arguments, call->operand_count);
		disjunct_list_add(out, d);
	}
	free(arguments);
}

/* A record is copied: what it held may be found in the copy, which is not followed. */
static void copy_away(struct run *run, struct disjunct *d, const struct ir_place *source)
{
	struct engine *engine = run->engine;
	const struct linear *offset;
	const struct region *region = source ?
		engine_place(engine, run->frame, d, source, &offset) : NULL;
	unsigned i;

	if (!region)
		return;
	for (i = 0; i < d->region_count; i++)
		if (d->regions[i]->holding_count && !d->regions[i]->is_scattered &&
		    region_is_inside(d->regions[i]->region, region))
			disjunct_change(d, engine->arena,
					d->regions[i]->region)->is_scattered = true;
	for (i = 0; i < d->memory_count; i++) {
		struct reference reference;

		if (!region_is_inside(d->memory[i].region, region))
			continue;
		engine_lose_pointer(engine, d, d->memory[i].value);
		if (!linear_is_constant(d->memory[i].value) &&
		    reference_of_page(engine, d, d->memory[i].value, &reference) &&
		    disjunct_region(d, reference.region))
			disjunct_change(d, engine->arena,
					reference.region)->is_scattered = true;
	}
}

static void do_memory(struct run *run, struct disjunct *d, ir_value value)
{
	struct engine *engine = run->engine;
	const struct ir_instruction *i = &run->function->instructions[value];
	uint32_t writer = value | run->frame->context << 20;
	const struct linear *offset, *term = NULL;
	const struct region *region = engine_place(engine, run->frame, d, i->u.place, &offset);

	switch (i->op) {
	case IR_LOAD:
		if (region)
			term = engine_load(engine, d, region, offset, i->type, i->text,
					   i->location);
		d->values[value] = term ? term : engine_result(engine, run->frame, value, 0);
		break;
	case IR_STORE:
		if (region)
			engine_store(engine, run->frame, d, region, offset,
				     engine_value(engine, run->frame, d, i->operands[0]),
				     writer, i->location, i->text);
		break;
	case IR_ZERO:
		if (region)
			engine_zero(engine, d, region, offset, writer);
		break;
	case IR_UNINITIALIZED:
		if (region) {
			engine_forget(engine, d, region);
			disjunct_change(d, engine->arena, region)->version = writer;
			disjunct_change(d, engine->arena, region)->is_known = true;
		}
		break;
	case IR_COPY_MEMORY:
		copy_away(run, d, i->source);
		if (region)
			engine_havoc(engine, d, region, writer);
		break;
	case IR_HAVOC:
		if (region)
			engine_havoc(engine, d, region, writer);
		break;
	case IR_CLOBBER:
		break;
	default:
		break;
	}
}

static void do_return(struct run *run, struct disjunct *d, const struct ir_instruction *i)
{
	const struct linear *result = i->operand_count ?
		engine_value(run->engine, run->frame, d, i->operands[0]) : NULL;

	if (run->exits) {
		exit_list_add(run->exits, d, result);
		return;
	}
	engine_check_return(run->engine, run->frame, d, result, i->location);
	disjunct_free(d);
}

static void note_branch(struct run *run, struct disjunct *d, ir_value condition,
			ir_location location, bool truth, bool is_choice)
{
	struct event *event = (struct event *)engine_event(run->engine, run->frame, d->trail,
							   EVENT_BRANCH, location, NULL);

	event->condition = condition;
	event->truth = truth;
	event->is_choice = is_choice;
	d->trail = event;
}

static void do_branch(struct run *run, struct disjunct *d, const struct ir_instruction *i)
{
	const struct linear *condition = engine_value(run->engine, run->frame, d, i->operands[0]);
	struct disjunct_list sides[2] = { { 0 }, { 0 } };
	struct disjunct *other = disjunct_clone(d);
	unsigned side, k;

	engine_assume_cases(run->engine, d, condition, true, &sides[0]);
	engine_assume_cases(run->engine, other, condition, false, &sides[1]);
	for (side = 0; side < 2; side++) {
		for (k = 0; k < sides[side].count; k++) {
			if (i->u.targets[0] != i->u.targets[1] && !linear_is_constant(condition))
				note_branch(run, sides[side].items[k], i->operands[0],
					    i->location, side == 0,
					    sides[!side].count != 0);
			pass_edge(run, sides[side].items[k], i->block, i->u.targets[side]);
		}
	}
	disjunct_list_release(&sides[0]);
	disjunct_list_release(&sides[1]);
}

/* ON is not in ITEM.  False: it cannot but be.  A range is excluded on one side only. */
static bool leave_case(struct engine *engine, struct disjunct *d, const struct linear *on,
		       const struct ir_case *item)
{
	const struct linear *above = linear_add_constant(engine->terms, on, -item->high - 1);
	const struct linear *below = linear_add_constant(engine->terms,
		linear_scale(engine->terms, on, -1), item->low - 1);
	bool can_be_above, can_be_below;

	if (item->low == item->high)
		return constraint_set_add(engine->solver, &d->constraints,
					  linear_add_constant(engine->terms, on, -item->low),
					  CONSTRAINT_NOT_ZERO);
	can_be_above = constraint_set_test(engine->solver, &d->constraints, above,
					   CONSTRAINT_AT_LEAST_ZERO) != TRUTH_NO;
	can_be_below = constraint_set_test(engine->solver, &d->constraints, below,
					   CONSTRAINT_AT_LEAST_ZERO) != TRUTH_NO;
	if (can_be_above && can_be_below)
		return true;
	return constraint_set_add(engine->solver, &d->constraints,
				  can_be_above ? above : below, CONSTRAINT_AT_LEAST_ZERO);
}

static void do_switch(struct run *run, struct disjunct *d, const struct ir_instruction *i)
{
	struct engine *engine = run->engine;
	const struct linear *on = engine_value(engine, run->frame, d, i->operands[0]);
	unsigned c;

	for (c = 0; c < i->u.select.count; c++) {
		const struct ir_case *item = &i->u.select.cases[c];
		const struct linear *above = linear_add_constant(engine->terms, on, -item->low);
		struct disjunct *there = disjunct_clone(d);
		bool possible;

		if (item->low == item->high) {
			possible = constraint_set_add(engine->solver, &there->constraints,
						      above, CONSTRAINT_ZERO);
		} else {
			const struct linear *below = linear_add_constant(engine->terms,
				linear_scale(engine->terms, on, -1), item->high);

			possible = constraint_set_add(engine->solver, &there->constraints,
						      above, CONSTRAINT_AT_LEAST_ZERO) &&
				constraint_set_add(engine->solver, &there->constraints,
						   below, CONSTRAINT_AT_LEAST_ZERO);
		}
		if (possible)
			pass_edge(run, there, i->block, item->target);
		else
			disjunct_free(there);
		if (!leave_case(engine, d, on, item)) {
			disjunct_free(d);
			return;
		}
	}
	pass_edge(run, d, i->block, i->u.select.otherwise);
}

static void do_any(struct run *run, struct disjunct *d, const struct ir_block *block)
{
	unsigned s;

	for (s = 0; s < block->successor_count; s++)
		pass_edge(run, disjunct_clone(d), block->id, block->successors[s]);
	disjunct_free(d);
}

/* D at instruction FROM of BLOCK; taken over.  Calls may make several of it. */
static void do_block(struct run *run, struct disjunct *d, const struct ir_block *block,
		     unsigned from)
{
	const struct ir_function *f = run->function;
	struct disjunct_list after = { 0 };
	unsigned n, k;

	for (n = from; n < block->count && !run->engine->given_up; n++) {
		ir_value value = block->instructions[n];
		const struct ir_instruction *i = &f->instructions[value];

		switch (i->op) {
		case IR_PHI:
			break;
		case IR_LOAD:
		case IR_STORE:
		case IR_ZERO:
		case IR_CLOBBER:
		case IR_UNINITIALIZED:
		case IR_HAVOC:
		case IR_COPY_MEMORY:
			do_memory(run, d, value);
			break;
		case IR_CALL:
			do_call(run, d, value, &after);
			/* The cases of a call go on by themselves: each is a step. */
			run->engine->steps += after.count - (after.count > 0);
			if (run->engine->steps > run->engine->step_limit)
				engine_give_up(run->engine, "too many steps");
			for (k = 0; k < after.count; k++)
				do_block(run, after.items[k], block, n + 1);
			disjunct_list_release(&after);
			return;
		case IR_JUMP:
			pass_edge(run, d, block->id, i->u.targets[0]);
			return;
		case IR_BRANCH:
			do_branch(run, d, i);
			return;
		case IR_SWITCH:
			do_switch(run, d, i);
			return;
		case IR_GOTO_ANY:
			do_any(run, d, block);
			return;
		case IR_RETURN:
			do_return(run, d, i);
			return;
		case IR_UNREACHABLE:
			disjunct_free(d);
			return;
		case IR_NONE:
			break;
		case IR_PARAMETER:
			if (!d->values[value])
				engine_evaluate(run->engine, run->frame, d, value);
			break;
		default:
			engine_evaluate(run->engine, run->frame, d, value);
			break;
		}
	}
	disjunct_free(d);
}

static bool run_one_block(struct run *run)
{
	const struct ir_function *f = run->function;
	struct disjunct_list now = { 0 };
	unsigned o, i;

	for (o = 0; o < f->block_count; o++) {
		const struct ir_block *block = &f->blocks[f->reverse_postorder[o]];
		struct waiting *w = &run->blocks[block->id];

		if (!w->count)
			continue;
		if (block->is_loop_head)
			gather_head(run, w, block->id, &now);
		else
			gather_plain(run, w, block->id, &now);
		for (i = 0; i < now.count; i++) {
			if (++run->engine->steps > run->engine->step_limit)
				engine_give_up(run->engine, "too many steps");
			if (arena_used(run->engine->arena) > run->engine->options->memory_limit)
				engine_give_up(run->engine, "too much memory");
			run->engine->disjuncts++;
			if (run->engine->given_up) {
				disjunct_free(now.items[i]);
				continue;
			}
			if (now.items[i]->constraints.count > CONSTRAINT_LIMIT / 2 ||
			    now.items[i]->region_count > CROWDED)
				engine_sweep(run->engine, now.items[i]);
			if (run->engine->options->trace)
				disjunct_print(run->engine->options->trace, run->engine,
					       run->frame, block->id, now.items[i]);
			do_block(run, now.items[i], block, 0);
		}
		disjunct_list_release(&now);
		return true;
	}
	return false;
}

static void run_function(struct run *run, struct disjunct *d)
{
	unsigned b, i;

	run->blocks = XCNEWVEC(struct waiting, run->function->block_count);
	waiting_add(&run->blocks[0], d, false);
	while (!run->engine->given_up && run_one_block(run))
		;
	for (b = 0; b < run->function->block_count; b++) {
		struct waiting *w = &run->blocks[b];

		for (i = 0; i < w->count; i++)
			disjunct_free(w->items[i].disjunct);
		for (i = 0; i < w->head_count; i++)
			disjunct_free(w->heads[i].disjunct);
		free(w->items);
	}
	free(run->blocks);
}

/* --------------------------------------------------------------------- calls */

static uint32_t context_of(struct engine *engine, const struct frame *frame, ir_value call)
{
	uint32_t c;

	for (c = 1; c < engine->context_count; c++)
		if (engine->contexts[c].parent == frame->context &&
		    engine->contexts[c].function == frame->function->index &&
		    engine->contexts[c].call == call)
			return c;
	if (engine->context_count >= engine->context_room) {
		engine->context_room = 2 * engine->context_room + 16;
		engine->contexts = XRESIZEVEC(struct context, engine->contexts,
					      engine->context_room);
	}
	engine->contexts[c].parent = frame->context;
	engine->contexts[c].function = frame->function->index;
	engine->contexts[c].call = call;
	engine->context_count++;
	return c;
}

static bool is_active(const struct frame *frame, const struct ir_function *function)
{
	for (; frame; frame = frame->caller)
		if (frame->function == function)
			return true;
	return false;
}

static const struct flow *flow_of(struct engine *engine, const struct ir_function *function)
{
	struct flow **slot = &engine->flows[function->index];

	if (!*slot)
		*slot = flow_new(engine->unit->arena, function);
	return *slot;
}

/* The variables of the finished call are gone. */
static void forget_frame(struct engine *engine, struct disjunct *d, uint32_t context)
{
	unsigned i;

	for (i = d->memory_count; i-- > 0;) {
		const struct region *base = region_base(d->memory[i].region);

		if (base->kind == REGION_VARIABLE && base->context == context &&
		    !engine->unit->variables[base->variable].is_global)
			disjunct_drop_memory(d, i);
	}
	for (i = d->region_count; i-- > 0;) {
		const struct region *base = region_base(d->regions[i]->region);

		if (base->kind == REGION_VARIABLE && base->context == context &&
		    !engine->unit->variables[base->variable].is_global)
			disjunct_drop_region(d, i);
	}
}

bool engine_follow_call(struct engine *engine, const struct frame *frame, ir_value call,
			const struct ir_function *callee, struct disjunct *d,
			const struct linear **arguments, unsigned argument_count,
			struct exit_list *out)
{
	struct frame inner = {
		.caller = frame, .function = callee, .depth = frame->depth + 1, .call = call,
	};
	struct run run = { .engine = engine, .frame = &inner, .function = callee };
	struct exit_list exits = { 0 };
	const struct linear **saved;
	unsigned saved_count, i;
	const struct event *trail = d->trail;

	if (!callee || !callee->block_count || inner.depth > DEPTH_LIMIT ||
	    callee->block_count > FOLLOW_BLOCKS || is_active(frame, callee))
		return false;
	if (callee->value_count > ROOT_VALUES || engine->context_count > CONTEXTS)
		return false;
	inner.context = context_of(engine, frame, call);
	inner.flow = flow_of(engine, callee);
	run.exits = &exits;
	saved_count = callee->value_count;
	saved = disjunct_swap_values(d, XCNEWVEC(const struct linear *, callee->value_count + 1),
				     &saved_count);
	for (i = 1; i < callee->value_count; i++) {
		const struct ir_instruction *p = &callee->instructions[i];

		if (p->op == IR_PARAMETER && p->u.parameter < argument_count)
			d->values[i] = arguments[p->u.parameter];
	}
	d->trail = engine_event(engine, frame, d->trail, EVENT_CALL,
				frame->function->instructions[call].location,
				arena_printf(engine->unit->arena, "calling '%s'", callee->name));
	run_function(&run, d);
	for (i = 0; i < exits.count; i++) {
		struct disjunct *after = exits.items[i].disjunct;
		unsigned count = saved_count;
		const struct linear **copy = XNEWVEC(const struct linear *, saved_count + 1);

		memcpy(copy, saved, saved_count * sizeof(*copy));
		free(disjunct_swap_values(after, copy, &count));
		forget_frame(engine, after, inner.context);
		if (after->trail && after->trail->kind == EVENT_CALL &&
		    after->trail->previous == trail)
			after->trail = trail;	/* nothing happened that is worth telling */
		exit_list_add(out, after, exits.items[i].result);
	}
	free(exits.items);
	free(saved);
	return true;
}

void engine_run_root(struct engine *engine, const struct ir_function *function)
{
	struct frame frame = { .function = function };
	struct run run = { .engine = engine, .frame = &frame, .function = function };
	struct disjunct *d = disjunct_new(function->value_count);
	unsigned v;

	if (!function->block_count || function->block_count > ROOT_BLOCKS ||
	    function->value_count > ROOT_VALUES) {
		if (function->block_count)
			engine_give_up(engine, "too large");
		disjunct_free(d);
		return;
	}
	frame.flow = flow_of(engine, function);
	engine->root = function;
	engine->context_count = 1;
	for (v = 1; v < function->value_count; v++) {
		const struct ir_instruction *p = &function->instructions[v];
		struct symbol key = {
			.kind = SYMBOL_PARAMETER, .instruction = p->u.parameter,
			.type = p->type, .text = p->text,
		};

		if (p->op != IR_PARAMETER)
			continue;
		if (!key.text && p->u.parameter < function->parameter_count)
			key.text = function->parameters[p->u.parameter];
		d->values[v] = linear_symbol(engine->terms,
					     symbol_intern(engine->terms, &key));
	}
	run_function(&run, d);
}
