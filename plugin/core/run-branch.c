// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Branching: a condition restricts the disjunct on either side of it, and the
 * decision becomes part of its trail.
 *
 *	if (ret < n)	one goes on with n - 1 - ret >= 0, one with ret - n >= 0
 *
 * A side that contradicts what is known is not taken.
 */
#include "alternative.h"
#include "run.h"

#define PHI_DEPTH	3
#define CASES_A_STEP	8	/* of a switch: each asks the solver a little */

static bool acquires(const struct ir_callee *callee)
{
	return callee->contract && contract_has_obligation(callee->contract);
}

/* May V be what a call has returned that takes pages, or gives them back, or (not IS_TOLD) none? */
static bool may_be_result(const struct ir_function *function, ir_value v, bool is_told,
			  unsigned depth)
{
	const struct ir_instruction *i = &function->instructions[v];
	unsigned o;

	if (i->op == IR_CALL)
		return acquires(i->u.callee) == is_told;
	if (i->op == IR_CONVERT)
		return may_be_result(function, i->operands[0], is_told, depth);
	for (o = 0; i->op == IR_PHI && depth && o < i->operand_count; o++)
		if (may_be_result(function, i->operands[o], is_told, depth - 1))
			return true;
	return false;
}

/* Is S, the value of PHI here, what a call has returned that does nothing to pages? */
static bool is_result_of_other(const struct run *run, const struct symbol *s, ir_value phi)
{
	const struct ir_instruction *i = &run->function->instructions[s->instruction];

	if (s->context != run->frame->context)
		return false;
	if (s->kind == SYMBOL_MERGED)
		return s->instruction == phi && !s->operation;
	return s->kind == SYMBOL_RESULT && i->op == IR_CALL && !acquires(i->u.callee);
}

/*
 * CONDITION, which holds in D, says that a variable is positive that several calls set:
 *
 *	ret = pin_user_pages_fast(addr, 1, 0, &page);
 *	if (ret != 1)
 *		ret = resolve(addr);
 *	if (ret == 1)
 *
 * It asks for what the acquire has returned.  That resolve() may return the same, which
 * nothing is known about, is no path to go by.
 */
static bool is_borrowed(struct run *run, struct disjunct *d, ir_value condition)
{
	const struct ir_instruction *code = run->function->instructions;
	const struct linear *value;
	const struct symbol *s;
	symbol_id id;

	while (code[condition].op == IR_EQUAL || code[condition].op == IR_NOT_EQUAL ||
	       code[condition].op == IR_LESS || code[condition].op == IR_LESS_EQUAL ||
	       code[condition].op == IR_GREATER || code[condition].op == IR_GREATER_EQUAL ||
	       code[condition].op == IR_COMPLEMENT || code[condition].op == IR_CONVERT)
		condition = code[condition].operands[0];
	if (code[condition].op != IR_PHI ||
	    !may_be_result(run->function, condition, true, PHI_DEPTH) ||
	    !may_be_result(run->function, condition, false, PHI_DEPTH))
		return false;
	value = engine_value(run->engine, run->frame, d, condition);
	id = linear_as_symbol(value);
	s = id ? symbol_get(run->engine->terms, id) : NULL;
	return s && is_result_of_other(run, s, condition) &&
	       constraint_set_is_at_least(run->engine->solver, &d->constraints, value,
					  linear_constant(run->engine->terms, 1));
}

/* I's condition was found to be TRUTH. */
static struct event *note_branch(struct run *run, struct disjunct *d,
				 const struct ir_instruction *i, bool truth)
{
	struct event *event = (struct event *)engine_event(run->engine, run->frame, d->trail,
							   EVENT_BRANCH, i->location, NULL);

	event->condition = i->operands[0];
	event->truth = truth;
	event->is_borrowed = is_borrowed(run, d, i->operands[0]);
	d->trail = event;
	return event;
}

/* Is the branch on CONDITION the first behind a call, and decided by how that has ended? */
static bool is_decided_by_call(const struct run *run, const struct disjunct *d,
			       const struct linear *condition)
{
	const struct event *last = d->trail;

	return linear_is_constant(condition) && last &&
	       (last->kind == EVENT_BRANCH || last->kind == EVENT_FAILURE) &&
	       last->depth > run->frame->depth;
}

/* The program says that this cannot be: what D loses from here on is nobody's fault. */
static void doubt_all(struct run *run, struct disjunct *d)
{
	unsigned i, h;

	for (i = 0; i < d->region_count; i++) {
		struct region_state *state;

		if (!d->regions[i]->holding_count)
			continue;
		state = disjunct_change(d, run->engine->arena, d->regions[i]->region);
		for (h = 0; h < state->holding_count; h++)
			state->holdings[h].is_doubtful = true;
	}
}

void run_branch(struct run *run, struct disjunct *d, const struct ir_instruction *i)
{
	const struct linear *condition = engine_value(run->engine, run->frame, d, i->operands[0]);
	struct disjunct_list sides[2] = { { 0 }, { 0 } };
	struct disjunct *other = disjunct_clone(d), *there;
	struct event *event;
	bool is_by_call = is_decided_by_call(run, d, condition);
	bool is_told = i->u.targets[0] != i->u.targets[1] &&
		       (is_by_call || !linear_is_constant(condition));
	unsigned side, k;

	engine_assume_cases(run->engine, d, condition, true, &sides[0]);
	engine_assume_cases(run->engine, other, condition, false, &sides[1]);
	for (side = 0; side < 2; side++) {
		for (k = 0; k < sides[side].count; k++) {
			there = sides[side].items[k];
			if (is_told) {
				event = note_branch(run, there, i, side == 0);
				event->is_choice = sides[!side].count != 0;
				event->is_by_call = is_by_call;
			}
			engine_look_at(run->engine, there, condition);
			/* Numbers that are known keep it out of the loop, not an assumption. */
			if (linear_is_constant(condition) && !is_by_call && there->entered == i->block + 1)
				there->entered = 0;
			if (i->warned == side + 1)
				doubt_all(run, there);
			run_pass_edge(run, there, i->block, i->u.targets[side]);
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

/* ON is in ITEM.  False: it cannot be. */
static bool enter_case(struct engine *engine, struct disjunct *d, const struct linear *on,
		       const struct ir_case *item)
{
	const struct linear *above = linear_add_constant(engine->terms, on, -item->low);
	const struct linear *below;

	if (item->low == item->high)
		return constraint_set_add(engine->solver, &d->constraints, above,
					  CONSTRAINT_ZERO);
	below = linear_add_constant(engine->terms, linear_scale(engine->terms, on, -1),
				    item->high);
	return constraint_set_add(engine->solver, &d->constraints, above,
				  CONSTRAINT_AT_LEAST_ZERO) &&
	       constraint_set_add(engine->solver, &d->constraints, below,
				  CONSTRAINT_AT_LEAST_ZERO);
}

void run_switch(struct run *run, struct disjunct *d, const struct ir_instruction *i)
{
	struct engine *engine = run->engine;
	const struct linear *on = engine_value(engine, run->frame, d, i->operands[0]);
	unsigned c, known = d->constraints.count;

	engine_note_asked(engine, on);
	for (c = 0; c < i->u.select.count; c++) {
		const struct ir_case *item = &i->u.select.cases[c];
		struct disjunct *there = disjunct_clone(d);

		engine->steps += c % CASES_A_STEP == CASES_A_STEP - 1;
		if (enter_case(engine, there, on, item) && alternatives_follow(engine, there, known))
			run_pass_edge(run, there, i->block, item->target);
		else
			disjunct_free(there);
		if (!leave_case(engine, d, on, item)) {
			disjunct_free(d);
			return;
		}
	}
	if (alternatives_follow(engine, d, known))
		run_pass_edge(run, d, i->block, i->u.select.otherwise);
	else
		disjunct_free(d);
}

void run_goto_any(struct run *run, struct disjunct *d, const struct ir_block *block)
{
	unsigned s;

	for (s = 0; s < block->successor_count; s++)
		run_pass_edge(run, disjunct_clone(d), block->id, block->successors[s]);
	disjunct_free(d);
}
