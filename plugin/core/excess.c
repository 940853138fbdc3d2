// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Excess: what is released without being held.
 *
 *	unpin_user_pages(pages, ret)		ret an errno: a very large count
 *	unpin_user_pages(pages, ret + 1)	one more than was taken
 *	unpin_user_pages(pages, n + 1)		the same, where all n are there
 *	unpin_user_pages(pages, n)		ret < n were taken of n asked for
 *	unpin_user_pages(pages, n - ret)	those that are left instead of those taken
 *	unpin_user_pages(pages + i, n)		all that were taken, from a later one on
 *	for (i = 0; i <= ret; i++)		the last round is one too many
 *	unpin_user_pages(&page, 2)		there is one in the variable, whoever took it
 *
 * That an element is not among the holdings says little by itself: others may have
 * put a page there.  It is certain where all that the region holds is known, and where
 * the element was asked for and not given.  A NULL that is found there is no excuse
 * for a count that is more by a fixed number than that of what was taken.
 */
#include "excess.h"
#include "flow.h"
#include "interval.h"

/* No array of pages is as long; an errno that became unsigned, be it of 32 bits, is. */
#define LENGTH_LIMIT	(((ir_integer)1 << 32) - 4096)

static bool is_beyond_memory(struct engine *engine, const struct disjunct *d,
			     const struct linear *length)
{
	const struct linear *limit;

	/* What is asked for is below, and a question is not for nothing. */
	if (!length || length->constant < LENGTH_LIMIT / 2)
		return false;
	limit = linear_constant(engine->terms, LENGTH_LIMIT);
	return at_least(engine, d, length, limit) && !greater(engine, d, limit, length);
}

/* VALUE, of which nothing is left in D perhaps, computed anew in a copy of D. */
static const struct linear *recompute(struct engine *engine, const struct frame *frame,
				      struct disjunct *d, ir_value value, unsigned depth)
{
	const struct ir_instruction *i = &frame->function->instructions[value];
	const struct linear *offset, *term;
	const struct region *region;
	unsigned o;

	if (d->values[value] || i->op == IR_PHI || i->op == IR_CALL || !depth)
		return d->values[value];
	if (i->op == IR_LOAD) {
		if (i->u.place->root == IR_ROOT_POINTER &&
		    !recompute(engine, frame, d, i->u.place->pointer, depth - 1))
			return NULL;
		region = engine_place(engine, frame, d, i->u.place, &offset);
		term = region ? engine_load(engine, d, region, offset, i->type, i->text,
					    i->location) : NULL;
		return d->values[value] = term;
	}
	for (o = 0; o < i->operand_count; o++)
		if (i->operands[o] && !recompute(engine, frame, d, i->operands[o], depth - 1))
			return NULL;
	engine_evaluate(engine, frame, d, value);
	return d->values[value];
}

/* The loop goes on while the result is not negative; NULL: not told by an order. */
static const struct linear *goes_on(struct engine *engine, const struct frame *frame,
				    struct disjunct *d, const struct ir_instruction *exit,
				    ir_block_id head)
{
	const struct linear *c = recompute(engine, frame, d, exit->operands[0], 6);
	bool truth = flow_is_in_loop(frame->flow, head, exit->u.targets[0]);
	const struct symbol *s;

	if (!c || c->count != 1)
		return NULL;
	s = symbol_get(engine->terms, c->terms[0].symbol);
	if (s->kind != SYMBOL_COMPARISON || s->operation != IR_GREATER_EQUAL)
		return NULL;
	/* 1 - (left >= 0) */
	truth ^= c->terms[0].coefficient < 0;
	return truth ? s->left : linear_add_constant(engine->terms,
				linear_scale(engine->terms, s->left, -1), -1);
}

/*
 * LOW is released in each round of a loop that counts it up and ends by nothing else
 * than LOW < limit: that limit.  NULL: no such loop.
 */
static const struct linear *loop_limit(struct engine *engine, const struct frame *frame,
				       const struct disjunct *d, ir_value call,
				       const struct linear *low)
{
	const struct ir_function *f = frame->function;
	ir_block_id block = f->instructions[call].block, head;
	const struct linear *rest, *limit = NULL;
	const struct ir_instruction *exit, *test;
	struct disjunct *copy;
	unsigned o;

	if (!flow_innermost_loop(frame->flow, block, &head) ||
	    !flow_only_exit(frame->flow, head) ||
	    !flow_is_in_every_round(frame->flow, head, block))
		return NULL;
	exit = &f->instructions[flow_only_exit(frame->flow, head)];
	test = &f->instructions[exit->operands[0]];
	copy = disjunct_clone(d);
	rest = goes_on(engine, frame, copy, exit, head);
	for (o = 0; rest && !limit && o < test->operand_count; o++) {
		ir_value counter = flow_counter(frame->flow, head, test->operands[o]);

		if (!counter || copy->values[counter] != low)
			continue;
		/* limit - 1 - counter >= 0 with limit free of the counter */
		limit = linear_add(engine->terms, rest, copy->values[test->operands[o]]);
		limit = linear_add_constant(engine->terms, limit, 1);
		if (!limit || linear_coefficient(limit, low->terms[0].symbol) ||
		    engine_is_made_in_loop(engine, frame, limit, head))
			limit = NULL;
	}
	disjunct_free(copy);
	return limit;
}

static bool is_one_element(struct engine *engine, const struct linear *low,
			   const struct linear *high)
{
	const struct linear *length = linear_subtract(engine->terms, high, low);

	return length && linear_is_constant(length) && length->constant == 1;
}

bool excess_of_error(struct engine *engine, const struct frame *frame, struct disjunct *d,
		     const struct reference *reference, const struct release *how)
{
	const struct linear *length, *limit = NULL;
	const struct linear *low = reference->low, *high = reference->high;

	if (!low || !high || how->is_transfer || how->is_run)
		return false;
	length = linear_subtract(engine->terms, high, low);
	if (is_beyond_memory(engine, d, length)) {
		limit = high;
	} else if (!linear_is_constant(low) && is_one_element(engine, low, high)) {
		limit = loop_limit(engine, frame, d, how->call, low);
		if (!is_beyond_memory(engine, d, limit))
			return false;
	}
	if (!limit)
		return false;
	verdict_error_as_count(engine, frame, d, reference, how);
	blur(disjunct_change(d, engine->arena, reference->region));
	return true;
}

bool excess_of_variable(struct engine *engine, const struct frame *frame, struct disjunct *d,
			const struct reference *reference, const struct release *how)
{
	const struct region *region = reference->region;
	const struct linear *low = reference->low, *high = reference->high, *end;
	struct region_state *state;
	unsigned length;

	if (region->kind != REGION_VARIABLE || !low || !high || how->is_run ||
	    how->is_transfer)
		return false;
	length = engine->unit->variables[region->variable].pointers;
	end = linear_constant(engine->terms, length);
	if (!length || !greater(engine, d, high, end) || !greater(engine, d, high, low) ||
	    is_empty(engine, d, low, high))
		return false;
	state = disjunct_change(d, engine->arena, region);
	verdict_over_release(engine, frame, d, state,
			     at_least(engine, d, end, low) ? end : low, high, how);
	blur(state);
	return true;
}

/* Does A change in the rounds of the loop around CALL? */
static bool is_made_anew(struct engine *engine, const struct frame *frame, ir_value call,
			 const struct linear *a)
{
	ir_block_id head;

	return flow_innermost_loop(frame->flow, frame->function->instructions[call].block,
				   &head) &&
		engine_is_made_in_loop(engine, frame, a, head);
}

/* Is an element of [LOW .. HIGH) among those that were asked for last? */
static bool was_asked_for(struct engine *engine, const struct disjunct *d,
			  const struct region_state *state, const struct linear *low,
			  const struct linear *high)
{
	return state->asked_low && at_least(engine, d, low, state->asked_low) &&
		greater(engine, d, high, low) && greater(engine, d, state->asked_high, low);
}

/* Are A and B two names of one number?  That both are two, say, is another matter. */
static bool is_other_name(struct engine *engine, const struct disjunct *d,
			  const struct linear *a, const struct linear *b)
{
	const struct linear *rest = linear_subtract(engine->terms, a, b);
	const struct linear *opposite = linear_scale(engine->terms, rest, -1);
	unsigned i;

	for (i = 0; rest && i < d->constraints.count; i++)
		if (d->constraints.items[i].relation == CONSTRAINT_ZERO &&
		    (d->constraints.items[i].linear == rest ||
		     d->constraints.items[i].linear == opposite))
			return true;
	return false;
}

static bool is_fixed_number(struct engine *engine, const struct disjunct *d,
			    const struct linear *low, const struct linear *high)
{
	const struct linear *length = linear_subtract(engine->terms, high, low);

	return !linear_is_constant(low) && length &&
		(linear_is_constant(length) ||
		 is_other_name(engine, d, linear_add_constant(engine->terms, low, 1), high));
}

/* Is LOW the first element behind those that were asked for last? */
static bool is_right_behind(struct engine *engine, const struct disjunct *d,
			    const struct region_state *state, const struct linear *low)
{
	return state->asked_high && at_least(engine, d, low, state->asked_high) &&
		at_least(engine, d, state->asked_high, low);
}

/*
 * Is [LOW .. HIGH) a fixed number of elements behind a number of others that varies?
 * Where all are there that were asked for, that number has two names.
 */
static bool is_miscounted(struct engine *engine, const struct disjunct *d,
			  const struct region_state *state, const struct linear *low,
			  const struct linear *high)
{
	return is_fixed_number(engine, d, low, high) ||
		(is_right_behind(engine, d, state, low) &&
		 is_fixed_number(engine, d, state->asked_high, high));
}

static bool is_zero(const struct linear *a)
{
	return linear_is_constant(a) && !a->constant;
}

/*
 * Can no page be in STATE's element LOW, right behind those that were taken and are
 * released from START on?  In memory of this function's own nobody else puts one there.
 * Who asks for pages from the start of an array of others up to some number has it for
 * himself: nobody leaves a page of the first kind where another such number ends.
 */
static bool is_nothing_behind(struct engine *engine, const struct disjunct *d,
			      const struct region_state *state, const struct linear *start,
			      const struct linear *low, const struct release *how)
{
	if (state->is_foreign || state->is_mixed)
		return false;
	return !engine_is_outside(engine, d, state->region) ||
		(how->kind == 0 && is_right_behind(engine, d, state, low) &&
		 (is_zero(start) || is_zero(state->asked_low)));
}

/*
 * [LOW .. HIGH) is released with others from START on and is not held; all before LOW
 * is, if there is any.  Is it certain that nobody put pages there?
 */
static bool is_certain(struct engine *engine, const struct disjunct *d,
		       const struct region_state *state, const struct linear *start,
		       const struct linear *low, const struct linear *high,
		       const struct release *how)
{
	bool is_wrong_count = low != start && is_miscounted(engine, d, state, low, high);
	bool was_asked = was_asked_for(engine, d, state, low, high);

	if (how->is_transfer)
		return false;
	/* Who looks for pages in memory of others finds those that were put there before. */
	if (how->is_tested && !state->is_known)
		return false;
	if (!state->is_known && !was_asked &&
	    !(is_wrong_count && is_nothing_behind(engine, d, state, start, low, how)))
		return false;
	/* Nothing was given: what was stored there before is there, a NULL perhaps. */
	if (state->failed && state->is_filled)
		return false;
	return is_wrong_count ||
		((state->is_known || was_asked || !state->is_scattered) &&
		 !(how->skips_null && state->is_zeroed));
}

bool excess_of_loop(struct engine *engine, const struct frame *frame,
		    const struct disjunct *d, const struct region_state *state,
		    const struct linear *low, const struct linear *high,
		    const struct release *how)
{
	const struct holding *h = &state->holdings[0];
	const struct linear *limit;

	if (state->holding_count != 1 || h->low != low || linear_is_constant(low) ||
	    !is_one_element(engine, low, high))
		return false;
	limit = loop_limit(engine, frame, d, how->call, low);
	if (!limit || is_made_anew(engine, frame, how->call, h->high) ||
	    !greater(engine, d, limit, h->high) ||
	    !is_certain(engine, d, state, low, h->high, limit, how))
		return false;
	verdict_over_release(engine, frame, d, state, h->high, limit, how);
	return true;
}

/*
 * Does A fall as SYMBOL grows (DIRECTION -1), or grow with it (1), whatever else is in it?
 * The lesser of two numbers goes with either, if the other has nothing to do with SYMBOL.
 */
static bool goes_with(struct engine *engine, const struct linear *a, symbol_id symbol,
		      int direction)
{
	ir_integer coefficient = linear_coefficient(a, symbol);
	const struct symbol *s;

	if (coefficient)
		return direction < 0 ? coefficient < 0 : coefficient > 0;
	if (a->count != 1 || a->terms[0].coefficient != 1)
		return false;
	s = symbol_get(engine->terms, a->terms[0].symbol);
	return s->kind == SYMBOL_OPERATION && s->operation == IR_MINIMUM &&
		(goes_with(engine, s->left, symbol, direction) ||
		 goes_with(engine, s->right, symbol, direction)) &&
		!goes_with(engine, s->left, symbol, -direction) &&
		!goes_with(engine, s->right, symbol, -direction);
}

bool excess_of_rest(struct engine *engine, const struct frame *frame,
		    const struct disjunct *d, const struct region_state *state,
		    const struct linear *low, const struct linear *high,
		    const struct release *how)
{
	const struct holding *h = &state->holdings[0];
	unsigned i;

	if (how->is_transfer || how->is_run || state->holding_count != 1 || h->low != low ||
	    h->kind != how->kind || h->is_added || h->is_doubtful ||
	    !greater(engine, d, h->high, low))
		return false;
	for (i = 0; i < h->high->count; i++) {
		symbol_id symbol = h->high->terms[i].symbol;
		int direction = h->high->terms[i].coefficient < 0 ? 1 : -1;

		if (!linear_coefficient(low, symbol) &&
		    goes_with(engine, high, symbol, direction)) {
			verdict_rest_as_count(engine, frame, d, state, h, how);
			return true;
		}
	}
	return false;
}

/*
 * [LOW .. HIGH) starts among the pages [START .. END) and goes beyond them: by a fixed number,
 * or because as many are counted as all of these, and from a later one on.
 */
static bool goes_beyond(struct engine *engine, const struct disjunct *d,
			const struct linear *start, const struct linear *end,
			const struct linear *low, const struct linear *high)
{
	const struct linear *length = linear_subtract(engine->terms, high, low);
	const struct linear *all = linear_subtract(engine->terms, end, start);

	if (linear_is_constant(low) && !is_zero(low))
		return false;
	return at_least(engine, d, low, start) && greater(engine, d, end, low) &&
		greater(engine, d, high, end) &&
		(is_fixed_number(engine, d, end, high) ||
		 (length && all && (length == all || is_other_name(engine, d, length, all))));
}

bool excess_of_handed(struct engine *engine, const struct frame *frame,
		      const struct disjunct *d, struct region_state *state,
		      const struct linear *low, const struct linear *high,
		      const struct release *how)
{
	const struct linear *start = state->handed_low, *end = state->handed_high;
	bool is_whole = state->is_handed_whole && state->handed_asked &&
			!greater(engine, d, state->handed_asked, end);

	if (!end || !low || !high || how->is_run || how->is_transfer ||
	    how->kind != state->handed_kind || !goes_beyond(engine, d, start, end, low, high) ||
	    state->is_foreign || (state->is_filled && !state->is_zeroed) ||
	    (engine_is_outside(engine, d, state->region) &&
	     (how->kind != 0 || !is_whole || !is_zero(start))))
		return false;
	verdict_over_release(engine, frame, d, state, end, high, how);
	state->handed_high = NULL;
	return true;
}

static const struct released *released_before(struct engine *engine, const struct disjunct *d,
					      const struct region_state *state,
					      const struct linear *low,
					      const struct linear *high)
{
	unsigned i;

	/* Certainly an element of both: the first or the last of this release. */
	for (i = 0; i < state->released_count; i++) {
		const struct released *r = &state->released[i];

		if ((at_least(engine, d, low, r->low) && greater(engine, d, r->high, low)) ||
		    (at_least(engine, d, r->high, high) && greater(engine, d, high, r->low)))
			return r;
	}
	return NULL;
}

/* In this very round, if it is in a loop: other rounds have other names. */
static const struct released *released_just_before(const struct region_state *state,
						   const struct linear *low,
						   const struct linear *high,
						   const struct release *how)
{
	unsigned i;

	for (i = 0; i < state->released_count; i++)
		if (state->released[i].low == low && state->released[i].high == high &&
		    state->released[i].kind == how->kind)
			return &state->released[i];
	return NULL;
}

static bool counts_pages(const struct contract *contract)
{
	return contract && (contract_has_obligation(contract) ||
			    contract_has_verb(contract, CONTRACT_TAKES));
}

/*
 * Is LOW an index that a call has returned, or an asm, as that of a set bit is?  That the
 * path comes here depends on what was found.
 */
static bool is_searched_for(const struct engine *engine, const struct frame *frame,
			    const struct linear *low)
{
	unsigned i;

	for (i = 0; i < low->count; i++) {
		const struct symbol *s = symbol_get(engine->terms, low->terms[i].symbol);
		const struct ir_instruction *made = &frame->function->instructions[s->instruction];

		if (s->kind == SYMBOL_RESULT && s->context == frame->context &&
		    (made->op == IR_UNKNOWN || made->op == IR_UNDEFINED ||
		     (made->op == IR_CALL && !counts_pages(made->u.callee->contract))))
			return true;
	}
	return false;
}

bool excess_judge(struct engine *engine, const struct frame *frame, const struct disjunct *d,
		  struct region_state *state, const struct linear *start,
		  const struct linear *low, const struct linear *high,
		  const struct release *how)
{
	const struct released *before;

	bool is_wrong;

	if (!greater(engine, d, high, low) || is_empty(engine, d, low, high))
		return false;
	before = released_just_before(state, low, high, how);
	if (!before && is_searched_for(engine, frame, low)) {
		blur(state);
		return false;
	}
	if (!before && verdict_starts_in_a_loop(engine, low) &&
	    !(low != start && (is_miscounted(engine, d, state, low, high) ||
			       was_asked_for(engine, d, state, low, high)))) {
		/*
		 * Which round it is, is known too vaguely to say what was taken, but for what
		 * lies right behind, and what this round has asked for in vain.
		 */
		blur(state);
		return false;
	}
	if (!before)
		before = released_before(engine, d, state, low, high);
	is_wrong = before || is_certain(engine, d, state, start, low, high, how);
	if (before)
		verdict_double_release(engine, frame, d->trail, state, before, how);
	else if (is_wrong)
		verdict_over_release(engine, frame, d, state, low, high, how);
	blur(state);
	return is_wrong;
}
