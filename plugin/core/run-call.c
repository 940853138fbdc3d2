// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Calls: by contract, into the unit, or to what nothing is known about.
 *
 *	ret = pin_user_pages_fast(...)	has a contract: it is applied
 *	ret = my_pin(obj)		is followed in the state of its caller, unless
 *					what it does cannot matter (plan.h)
 *	ret = obj->ops->pin(obj)	may do anything to what obj leads to
 */
#include <stdlib.h>
#include <string.h>

#include <libiberty/libiberty.h>

#include "cell.h"
#include "run.h"

#define FOLLOW_BLOCKS	250	/* of a function that is followed from its callers */
#define TINY_BLOCKS	3	/* of one that is followed even if it is closed */
#define LEAF_BLOCKS	8	/* of a leaf that gets pages: it is followed however deep */
#define BARE_BLOCKS	2	/* ... or gets none */
#define CONTEXTS	2000	/* they share a word with a value: see engine.h */
#define FOLLOW_LIMIT	16	/* times that one call is followed in one root */

void exit_list_add(struct exit_list *list, struct disjunct *d, const struct linear *result)
{
	if (list->count == list->room) {
		list->room = 2 * list->room + 4;
		list->items = XRESIZEVEC(struct exit_state, list->items, list->room);
	}
	list->items[list->count].disjunct = d;
	list->items[list->count++].result = result;
}

/* ---------------------------------------------------------- calls that are followed */

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
	engine->contexts[c].followed = 0;
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

/*
 * Cases that differ in what the call has nothing to do with, or a loop that makes more
 * and more of them: rather than to give up the root, the call may do anything.
 */
static bool is_followed_enough(struct engine *engine, const struct ir_function *callee,
			       uint32_t context)
{
	return callee->block_count > TINY_BLOCKS &&
	       (engine->contexts[context].followed++ >= FOLLOW_LIMIT ||
		engine_pressure(engine) > 1);
}

bool run_is_leaf(const struct ir_function *function)
{
	ir_value v;

	for (v = 1; v < function->value_count; v++) {
		const struct ir_instruction *i = &function->instructions[v];

		if (i->op == IR_CALL && i->u.callee->function && !i->u.callee->contract)
			return false;
	}
	return true;
}

/*
 * Is FUNCTION followed beyond FOLLOW_DEPTH?  A leaf that gets pages: nothing would be known
 * of them any more.  Or one that is next to nothing: then it costs less than not to know
 * what it gives back.
 */
static bool is_followed_deep(const struct ir_function *function)
{
	bool gets_pages = false;
	ir_value v;

	for (v = 1; v < function->value_count; v++)
		gets_pages |= function->instructions[v].op == IR_PARAMETER &&
			      ir_type_is_of_pages(&function->instructions[v].type);
	return function->block_count <= (gets_pages ? LEAF_BLOCKS : BARE_BLOCKS) &&
	       run_is_leaf(function);
}

const struct flow *flow_of(struct engine *engine, const struct ir_function *function)
{
	struct flow **slot = &engine->flows[function->index];

	if (!*slot)
		*slot = flow_new(engine->unit->arena, function);
	return *slot;
}

/*
 * Follow CALLEE from D (taken over) with ARGUMENTS; the disjuncts at its returns
 * are appended to OUT with the returned term in RESULT of each.  False: cannot be
 * followed (recursion, depth, size); D is then still the caller's.
 */
static bool follow_call(struct engine *engine, const struct frame *frame, ir_value call,
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
	ir_block_id entered = d->entered;

	if (!callee || !callee->block_count || callee->block_count > FOLLOW_BLOCKS ||
	    (inner.depth > FOLLOW_DEPTH && !is_followed_deep(callee)) || is_active(frame, callee))
		return false;
	if (callee->value_count > ROOT_VALUES || engine->context_count > CONTEXTS)
		return false;
	inner.context = context_of(engine, frame, call);
	if (is_followed_enough(engine, callee, inner.context))
		return false;
	inner.flow = flow_of(engine, callee);
	run.exits = &exits;
	saved_count = callee->value_count;
	saved = disjunct_swap_values(d, XCNEWVEC(const struct linear *, callee->value_count + 1),
				     &saved_count);
	inner.saved = saved;
	inner.saved_count = saved_count;
	d->entered = 0;		/* the callee has blocks of its own */
	for (i = 1; i < callee->value_count; i++) {
		const struct ir_instruction *p = &callee->instructions[i];

		if (p->op == IR_PARAMETER && p->u.parameter < argument_count)
			d->values[i] = arguments[p->u.parameter];
	}
	d->trail = engine_event(engine, frame, d->trail, EVENT_CALL,
				frame->function->instructions[call].location,
				arena_join(engine->unit->arena, "calling '", callee->name, "'"));
	run_function(&run, d);
	for (i = 0; i < exits.count; i++) {
		struct disjunct *after = exits.items[i].disjunct;
		unsigned count = saved_count;
		const struct linear **copy = XNEWVEC(const struct linear *, saved_count + 1);

		memcpy(copy, saved, saved_count * sizeof(*copy));
		free(disjunct_swap_values(after, copy, &count));
		after->entered = entered;
		run_leave_frame(engine, after, exits.items[i].result, inner.context);
		if (after->trail && after->trail->kind == EVENT_CALL &&
		    after->trail->previous == trail)
			after->trail = trail;	/* nothing happened that is worth telling */
		exit_list_add(out, after, exits.items[i].result);
	}
	free(exits.items);
	free(saved);
	return true;
}

/* ------------------------------------------------------------------ other calls */

static void do_unknown_call(struct run *run, struct disjunct *d, ir_value value,
			    const struct linear **arguments, unsigned count)
{
	unsigned i;

	engine_forget_inherited_in_call(run->engine, d, arguments, count);
	cell_note_unfollowed(run->engine, run->function->instructions[value].u.callee);
	for (i = 0; i < count; i++) {
		cell_note_passed(run->engine, d, arguments[i]);
		/* Who has a contract may take pages over, but puts no others there. */
		if (!run->function->instructions[value].u.callee->contract)
			cell_note_unknown_object(run->engine, d, arguments[i]);
		cell_note_filled(run->engine, d, arguments[i]);
		engine_escape(run->engine, run->frame, d, arguments[i],
			      value | run->frame->context << WRITER_BITS, true);
	}
	d->values[value] = engine_result(run->engine, run->frame, value, 0);
}

/* A call into the unit that its caller cannot notice by its references. */
static void do_closed_call(struct run *run, struct disjunct *d, ir_value value,
			   const struct function_effect *effect,
			   const struct linear **arguments, unsigned count)
{
	unsigned i;

	engine_forget_inherited_in_call(run->engine, d, arguments, count);
	for (i = 0; i < count; i++) {
		cell_note_unknown_object(run->engine, d, arguments[i]);
		engine_escape(run->engine, run->frame, d, arguments[i],
			      value | run->frame->context << WRITER_BITS,
			      (effect->escaping | effect->stored) >>
				      (i < 63 ? i : 63) & 1);
	}
	d->values[value] = engine_result(run->engine, run->frame, value, 0);
}

/* A call that leads to no page, in a root that only frees what others may have put some into. */
static void do_far_call(struct run *run, struct disjunct *d, ir_value value,
			const struct linear **arguments, unsigned count)
{
	unsigned i;

	engine_forget_inherited(run->engine, d, NULL);
	for (i = 0; i < count; i++)
		engine_escape(run->engine, run->frame, d, arguments[i],
			      value | run->frame->context << WRITER_BITS, true);
	d->values[value] = engine_result(run->engine, run->frame, value, 0);
}

static bool is_far_call(const struct run *run, const struct ir_callee *callee)
{
	return callee->function && !run->engine->summary &&
	       plan_is_far(run->engine->plan, run->engine->root->index) &&
	       run->engine->unit->functions[callee->function - 1] &&
	       run->engine->unit->functions[callee->function - 1]->block_count > TINY_BLOCKS;
}

static bool is_worth_following(const struct run *run, const struct ir_instruction *call)
{
	uint32_t function = call->u.callee->function - 1;
	const struct function_effect *effect = &run->engine->plan->effects[function];
	const struct ir_function *callee = run->engine->unit->functions[function];

	if (effect->is_given_up || effect->is_nearly)
		return false;
	return callee && (callee->block_count <= TINY_BLOCKS ||
			  !plan_is_closed(run->engine->plan, function) ||
			  run_gives_pages_away(run, call, effect->escaping));
}

/* Does CONTRACT only answer a question? */
static bool is_question(const struct contract *contract)
{
	unsigned i;

	for (i = 0; i < contract->effect_count; i++)
		if (contract->effects[i].verb == CONTRACT_RETURNS_TRUE)
			return true;
	return false;
}

/* What CONTRACT does with what PARAMETER points to; false: it is not for here. */
static bool use_of(const struct contract *contract, unsigned parameter, enum page_use *use)
{
	unsigned i;

	*use = PAGE_KEPT;
	for (i = 0; i < contract->effect_count; i++) {
		const struct contract_effect *e = &contract->effects[i];

		if (e->place.root != CONTRACT_PARAMETER || e->place.parameter != parameter ||
		    e->place.step_count)
			continue;
		if (e->verb == CONTRACT_USES || e->verb == CONTRACT_REQUIRES ||
		    (e->verb == CONTRACT_RELEASES && !(e->flags & CONTRACT_SKIPS_NULL) &&
		     !e->test_count))
			*use = PAGE_NEEDED;
		if (e->verb == CONTRACT_FREES)
			return false;
	}
	return !is_question(contract);
}

/* The callee at CALL, which is not followed, gets what is no page. */
static void check_pages(struct run *run, struct disjunct *d, const struct ir_instruction *call)
{
	const struct ir_callee *callee = call->u.callee;
	enum page_use use = PAGE_KEPT;
	unsigned i;

	for (i = 0; run->engine->has_missing && i < call->operand_count; i++)
		if (call->operands[i] &&
		    (!callee->contract || use_of(callee->contract, i, &use)) &&
		    engine_use_page(run->engine, run->frame, d, call->operands[i], use,
				    call->location, callee->name))
			return;
}

void run_call(struct run *run, struct disjunct *d, ir_value value, struct disjunct_list *out)
{
	const struct ir_instruction *call = &run->function->instructions[value];
	const struct ir_callee *callee = call->u.callee;
	const struct bystander *bystander;
	const struct linear **arguments = XNEWVEC(const struct linear *,
						  call->operand_count + 1);
	struct exit_list exits = { 0 };
	unsigned i;

	for (i = 0; i < call->operand_count; i++)
		arguments[i] = engine_value(run->engine, run->frame, d, call->operands[i]);
	if (!callee->function)
		check_pages(run, d, call);
	bystander = run_bystander(run, call, arguments, call->operand_count);
	if (callee->contract && !(callee->contract->flags & CONTRACT_UNKNOWN)) {
		engine_apply(run->engine, run->frame, d, value, callee->contract, arguments,
			     call->operand_count, out);
	} else if (bystander) {
		run_bystander_call(run, d, value, bystander, arguments, call->operand_count);
		disjunct_list_add(out, d);
	} else if (is_far_call(run, callee)) {
		do_far_call(run, d, value, arguments, call->operand_count);
		disjunct_list_add(out, d);
	} else if (callee->function && !is_worth_following(run, call) &&
		   plan_is_closed(run->engine->plan, callee->function - 1)) {
		do_closed_call(run, d, value,
			       &run->engine->plan->effects[callee->function - 1],
			       arguments, call->operand_count);
		disjunct_list_add(out, d);
	} else if (callee->function && is_worth_following(run, call) &&
		   follow_call(run->engine, run->frame, value,
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
