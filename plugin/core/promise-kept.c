// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A function that its contract says gives pages back: does it, and no more of them?
 *
 *	function io_pages_free(pages, npages)
 *		releases pinned *pages[0 .. npages)
 *
 * A body that gives back npages + 1 counts wrong, whoever calls it.  A body that cannot
 * give back anything, neither itself nor through what it calls, keeps for good what all
 * callers take for given back.  Only for pages of the first kind, which are given back by
 * no other means than functions that contracts tell of; and an empty body is that of a
 * kernel without what it is for.
 */
#include "declared.h"
#include "engine.h"
#include "story.h"

#define DEPTH	6

/* The parameter that says how many pages EFFECT gives back, from the start on; -1: none. */
static int count_parameter(const struct contract_effect *effect)
{
	const struct contract_expression *low = effect->low, *high = effect->high;

	if (!(effect->flags & CONTRACT_HAS_RANGE) || !low || !high ||
	    low->op != CONTRACT_NUMBER || low->number || high->op != CONTRACT_PLACE ||
	    high->place.root != CONTRACT_PARAMETER || high->place.step_count)
		return -1;
	return (int)high->place.parameter;
}

static bool is_unconditional_release(const struct plan *plan,
				     const struct contract_effect *effect)
{
	return effect->verb == CONTRACT_RELEASES && !effect->test_count && effect->kind == 0 &&
	       !(plan->made_kinds & 1);
}

bool promise_exceeded(struct engine *engine, const struct frame *frame,
		      const struct disjunct *d, const struct region *region,
		      const struct linear *high, const struct release *how)
{
	const struct contract *contract = engine->root->contract;
	struct arena *arena = engine->unit->arena;
	const struct symbol *s;
	struct story story;
	unsigned i;

	if (!contract || how->kind != 0 || !high || high->count != 1 ||
	    high->terms[0].coefficient != 1 || high->constant <= 0)
		return false;
	s = symbol_get(engine->terms, high->terms[0].symbol);
	for (i = 0; i < contract->effect_count; i++) {
		const struct contract_effect *effect = &contract->effects[i];

		if (s->kind == SYMBOL_PARAMETER && is_unconditional_release(engine->plan, effect) &&
		    count_parameter(effect) == (int)s->instruction &&
		    promise_is_about(engine, effect, region, NULL))
			break;
	}
	if (i == contract->effect_count)
		return false;
	story_begin(&story, engine);
	story_add_branches(&story, d->trail);
	story_end(&story, frame, how->location, "the contract says how many there are");
	story_report(&story, FINDING_OVER_RELEASE, frame, how->location, 0,
		     arena_printf(arena, "'%s' gives back more than is held: '%s' is to give back"
				  " '%s' of them", how->function, engine->root->name,
				  engine->root->parameters[s->instruction]),
		     NULL, NULL);
	return true;
}

/* ------------------------------------------------------------------ none at all */

static bool is_pointer(const struct ir_function *f, ir_value value)
{
	const struct ir_type *type = &f->instructions[value].type;

	return type->type_class == IR_TYPE_POINTER ||
		(type->type_class == IR_TYPE_INTEGER && type->bits == 64);
}

static bool may_release(const struct contract *contract)
{
	unsigned i;

	if (contract->flags & CONTRACT_UNKNOWN)
		return true;
	for (i = 0; i < contract->effect_count; i++)
		switch (contract->effects[i].verb) {
		case CONTRACT_RELEASES:
		case CONTRACT_TRANSFERS:
		case CONTRACT_STORES:
		case CONTRACT_KEEPS:
			return true;
		default:
			break;
		}
	return false;
}

static bool cannot_release(const struct ir_unit *unit, const struct ir_function *f,
			   unsigned depth);

static bool call_cannot_release(const struct ir_unit *unit, const struct ir_function *f,
				const struct ir_instruction *call, unsigned depth)
{
	const struct ir_callee *callee = call->u.callee;
	unsigned o;

	if (callee->contract)
		return !may_release(callee->contract);
	if (callee->function && depth)
		return cannot_release(unit, unit->functions[callee->function - 1], depth - 1);
	for (o = 0; o < call->operand_count; o++)
		if (is_pointer(f, call->operands[o]))
			return false;
	return true;
}

/* Can F give back no page, nor put one where somebody else does? */
static bool cannot_release(const struct ir_unit *unit, const struct ir_function *f,
			   unsigned depth)
{
	ir_value v;

	if (!f || !f->block_count)
		return false;
	for (v = 1; v < f->value_count; v++) {
		const struct ir_instruction *i = &f->instructions[v];

		if (i->op == IR_COPY_MEMORY || (i->op == IR_CALL &&
						!call_cannot_release(unit, f, i, depth)))
			return false;
		if (i->op == IR_STORE && is_pointer(f, i->operands[0]) &&
		    f->instructions[i->operands[0]].op != IR_CONSTANT)
			return false;
	}
	return true;
}

static bool does_something(const struct ir_function *f)
{
	ir_value v;

	for (v = 1; v < f->value_count; v++)
		if (f->instructions[v].op == IR_CALL || f->instructions[v].op == IR_STORE)
			return true;
	return false;
}

/* What F calls with an array of pages, and follows: it was to give them back; NULL: nothing. */
static const struct ir_function *handed_to(const struct ir_unit *unit, const struct ir_function *f)
{
	ir_value v;
	unsigned o;

	for (v = 1; v < f->value_count; v++) {
		const struct ir_instruction *call = &f->instructions[v];

		if (call->op != IR_CALL || call->u.callee->contract || !call->u.callee->function)
			continue;
		for (o = 0; o < call->operand_count; o++)
			if (f->instructions[call->operands[o]].type.pointee == IR_POINTEE_PAGES)
				return unit->functions[call->u.callee->function - 1];
	}
	return NULL;
}

/* What F calls that gets the pages, and keeps them. */
static void add_inner(struct story *story, struct ir_unit *unit, const struct ir_function *f)
{
	const struct ir_function *inner = handed_to(unit, f);
	struct event *event;

	if (!inner)
		return;
	event = ARENA_NEW(unit->arena, struct event);
	event->kind = EVENT_CALL;
	event->location = inner->end_location;
	event->function = inner->index;
	event->text = arena_printf(unit->arena, "'%s' gets them, and gives back none", inner->name);
	story->events[story->count++] = event;
}

static void report_none(struct ir_unit *unit, const struct contract_set *contracts,
			const struct analysis_options *options, const struct ir_function *f,
			struct finding_list *findings)
{
	struct engine engine = { .unit = unit, .options = options, .findings = findings,
				 .contracts = contracts };
	const struct contract_kind_info *info = contract_set_kind(contracts, 0);
	struct frame frame = { .function = f };
	struct story story;

	story_begin(&story, &engine);
	add_inner(&story, unit, f);
	story_end(&story, &frame, f->end_location,
		  "the caller takes them for given back from here on");
	story_report(&story, FINDING_LEAK, &frame, f->end_location, 0,
		     arena_printf(unit->arena, "'%s' is to give back %s, but gives back none;"
				  " '%s' is missing", f->name, with_article(&engine, info->description),
				  info->release),
		     NULL, NULL);
}

void promise_check_kept(struct ir_unit *unit, const struct plan *plan,
			const struct contract_set *contracts,
			const struct analysis_options *options, struct finding_list *findings)
{
	unsigned i, e;

	for (i = 0; i < unit->function_count; i++) {
		const struct ir_function *f = unit->functions[i];
		const struct contract *contract = f ? f->contract : NULL;

		if (!contract || f->is_inline_in_header || !does_something(f))
			continue;
		for (e = 0; e < contract->effect_count; e++)
			if (is_unconditional_release(plan, &contract->effects[e]))
				break;
		if (e < contract->effect_count && cannot_release(unit, f, DEPTH))
			report_none(unit, contracts, options, f, findings);
	}
}
