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
#include "scatter.h"

#define FOLLOW_BLOCKS	250	/* of a function that is followed from its callers */
#define TINY_BLOCKS	3	/* of one that is followed even if it is closed */
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

	if (!callee || !callee->block_count || inner.depth > FOLLOW_DEPTH ||
	    callee->block_count > FOLLOW_BLOCKS || is_active(frame, callee))
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
				arena_printf(engine->unit->arena, "calling '%s'", callee->name));
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

/* The region that the steps of PLACE, fields all, lead to from what POINTER points to. */
static const struct region *field_of(struct engine *engine, const struct linear *pointer,
				     const struct ir_place *place, const struct linear **offset)
{
	const struct region *region = region_of_pointer(engine->terms, pointer, offset);
	unsigned i;

	for (i = 0; region && i < place->step_count; i++) {
		region = region_member(engine->terms, region, *offset, &place->steps[i]);
		*offset = linear_constant(engine->terms, 0);
	}
	return region;
}

/* VALUE is a page that is held, or a number that was made of its address. */
static bool is_held_page(struct engine *engine, const struct disjunct *d,
			 const struct linear *value)
{
	const struct region_state *state;
	struct reference reference;

	if (linear_is_constant(value) || !reference_of_page(engine, d, value, &reference))
		return false;
	state = disjunct_region(d, reference.region);
	return state && state->holding_count;
}

/* What PATH, of a call with ARGUMENTS, leads to; NULL: it is not known. */
static const struct linear *load_path(struct engine *engine, struct disjunct *d,
				      const struct bystander_path *path,
				      const struct linear **arguments)
{
	struct ir_type type = { IR_TYPE_POINTER, 64, false, IR_POINTEE_OTHER };
	const struct linear *pointer = arguments[path->parameter], *offset;
	const struct region *region;

	if (!path->place)
		return pointer;
	region = field_of(engine, pointer, path->place, &offset);
	return region ? engine_load(engine, d, region, offset, type, NULL, 0) : NULL;
}

/* The object that EFFECT's call stores into, if this function has made it; or NULL. */
static const struct region *stored_into(struct engine *engine, struct disjunct *d,
					const struct bystander *effect,
					const struct linear **arguments, unsigned count)
{
	const struct bystander_path *path = &effect->paths[effect->stored_by];
	const struct linear *pointer, *offset;
	const struct region_state *state;
	const struct region *region;

	if (effect->stored_by >= effect->path_count || path->parameter >= count)
		return NULL;
	pointer = load_path(engine, d, path, arguments);
	region = pointer ? region_of_pointer(engine->terms, pointer, &offset) : NULL;
	state = region ? disjunct_region(d, region_base(region)) : NULL;
	return state && state->is_allocated ? state->region : NULL;
}

/* PAGE, or its number, is put into CONTAINER, or where it is not known. */
static void do_bystander_store(struct engine *engine, struct disjunct *d,
			       const struct linear *page, const struct region *container)
{
	engine->effect.stored |= engine_parameters_of(engine, page);
	cell_note_lost(engine, d, page);
	scatter_page(engine, d, page, container);
}

/* A call of a function that takes, gives back and hands on no pages. */
static void do_bystander_call(struct run *run, struct disjunct *d, ir_value value,
			      const struct bystander *effect,
			      const struct linear **arguments, unsigned count)
{
	struct engine *engine = run->engine;
	uint32_t writer = value | run->frame->context << WRITER_BITS;
	const struct region *container = stored_into(engine, d, effect, arguments, count);
	const struct linear *pointer, *offset;
	const struct region *region;
	unsigned i;

	for (i = 0; i < effect->path_count; i++) {
		const struct bystander_path *path = &effect->paths[i];

		if (path->parameter >= count || (!path->escapes && !path->written))
			continue;
		pointer = load_path(engine, d, path, arguments);
		if (pointer)
			engine_escape(engine, run->frame, d, pointer, writer, path->escapes);
	}
	for (i = 0; i < effect->field_count; i++) {
		if (effect->fields[i].parameter >= count)
			continue;
		region = field_of(engine, arguments[effect->fields[i].parameter],
				  effect->fields[i].place, &offset);
		if (region)
			engine_havoc(engine, d, region, writer);
	}
	for (i = 0; i < count; i++)
		if (effect->stored & bystander_bit(i) && is_held_page(engine, d, arguments[i]))
			do_bystander_store(engine, d, arguments[i], container);
		else if ((effect->escaping | effect->written) & bystander_bit(i))
			engine_escape(engine, run->frame, d, arguments[i], writer,
				      (effect->escaping & bystander_bit(i)) != 0);
	if (run->function->instructions[value].type.bits == 8 * POINTER_SIZE)
		scatter_read(engine, d, NULL);
	d->values[value] = engine_result(engine, run->frame, value, 0);
}

/* The address of a number: what is written there is another result, often a size. */
static bool is_address_of_number(const struct engine *engine, const struct linear *pointer)
{
	symbol_id id = linear_as_symbol(pointer);
	const struct symbol *s = id ? symbol_get(engine->terms, id) : NULL;

	return s && s->kind == SYMBOL_ADDRESS && s->region->kind == REGION_VARIABLE &&
		!engine->unit->variables[s->region->variable].record;
}

/* How it may be called without being followed; NULL: it has to be followed. */
static const struct bystander *bystander_of(const struct run *run,
					    const struct ir_callee *callee,
					    const struct linear **arguments, unsigned count)
{
	const struct bystander *b = callee->function ?
		run->engine->plan->bystanders[callee->function - 1] : NULL;
	unsigned i;

	if (!b || b->is_small)
		return NULL;
	for (i = 0; i < count; i++)
		if (b->written & bystander_bit(i) &&
		    is_address_of_number(run->engine, arguments[i]))
			return NULL;
	return b;
}

static bool is_worth_following(const struct run *run, uint32_t function)
{
	const struct ir_function *callee = run->engine->unit->functions[function];

	if (run->engine->plan->effects[function].is_given_up ||
	    run->engine->plan->effects[function].is_nearly)
		return false;
	return callee && (callee->block_count <= TINY_BLOCKS ||
			  !plan_is_closed(run->engine->plan, function));
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
	bystander = bystander_of(run, callee, arguments, call->operand_count);
	if (callee->contract && !(callee->contract->flags & CONTRACT_UNKNOWN)) {
		engine_apply(run->engine, run->frame, d, value, callee->contract, arguments,
			     call->operand_count, out);
	} else if (bystander) {
		do_bystander_call(run, d, value, bystander, arguments, call->operand_count);
		disjunct_list_add(out, d);
	} else if (is_far_call(run, callee)) {
		do_far_call(run, d, value, arguments, call->operand_count);
		disjunct_list_add(out, d);
	} else if (callee->function && !is_worth_following(run, callee->function - 1) &&
		   plan_is_closed(run->engine->plan, callee->function - 1)) {
		do_closed_call(run, d, value,
			       &run->engine->plan->effects[callee->function - 1],
			       arguments, call->operand_count);
		disjunct_list_add(out, d);
	} else if (callee->function && is_worth_following(run, callee->function - 1) &&
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
