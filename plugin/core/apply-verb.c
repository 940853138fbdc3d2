// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What an effect does to a disjunct, by its verb.
 *
 *	releases, transfers	holdings go
 *	acquires, adds, gives	holdings come, or kinds are known
 *	stores, keeps		pages may be found elsewhere
 *	allocates, frees, sets	memory
 *	uses			is a fault after a release
 *	requires		is a fault with a page of another kind
 */
#include <string.h>

#include "apply.h"
#include "cell.h"
#include "freed.h"
#include "scatter.h"
#include "summary.h"
#include "use.h"

bool effect_reference(struct application *a, struct disjunct *d,
		      const struct contract_effect *effect, struct reference *reference)
{
	const struct linear *value = place_value(a, d, &effect->place, true);
	const struct linear *low, *high;

	memset(reference, 0, sizeof(*reference));
	if (!value)
		return false;
	if (!(effect->flags & CONTRACT_HAS_RANGE))
		return reference_of_page(a->engine, d, value, reference);
	low = expression(a, d, effect->low);
	high = expression(a, d, effect->high);
	return reference_of_array(a->engine, d, value, low, high, reference);
}

static const char *argument_text(const struct application *a,
				 const struct contract_place *place)
{
	ir_value operand;

	if (place->root != CONTRACT_PARAMETER || place->parameter >= a->call->operand_count)
		return NULL;
	operand = a->call->operands[place->parameter];
	return operand ? a->frame->function->instructions[operand].text : NULL;
}

/* One reference more on REFERENCE: wherever it is kept it may stand for several. */
static void note_sharing(struct application *a, struct disjunct *d,
			 const struct reference *reference,
			 const struct kind_knowledge *knowledge)
{
	const struct region_state *state = disjunct_region(d, reference->region);
	unsigned i;

	if (!state || !state->is_shared)
		disjunct_change(d, a->engine->arena, reference->region)->is_shared = true;
	for (i = 0; reference->page && i < d->memory_count; i++)
		if (d->memory[i].value == reference->page)
			cell_note_kinds(a->engine, d, d->memory[i].region, knowledge);
}

static const struct event *acquire_event(const struct application *a, const struct disjunct *d,
					 contract_kind kind)
{
	const char *what = contract_set_kind(a->engine->contracts, kind)->description;

	return engine_event(a->engine, a->frame, d->trail, EVENT_ACQUIRE, a->call->location,
			    arena_printf(a->engine->unit->arena, "%s taken here by '%s'", what,
					 a->contract->function));
}

/* Pages of a kind are in every element of an array now. */
static void note_given(struct application *a, struct disjunct *d,
		       const struct contract_effect *effect)
{
	const struct region *region = place_elements(a, d, &effect->place);
	struct kind_knowledge knowledge = { .kinds = (uint8_t)(1u << effect->kind) };

	if (!region || (effect->verb != CONTRACT_GIVES && effect->verb != CONTRACT_TAKES))
		return;
	knowledge.provenance[effect->kind] = acquire_event(a, d, effect->kind);
	cell_note_kinds(a->engine, d, region, &knowledge);
}

/* REFERENCE hangs on the page PAGE itself, wherever that is kept. */
static void name_by_page(struct application *a, struct reference *reference, symbol_id page)
{
	reference->region = region_pointee(a->engine->terms, page);
	reference->low = apply_constant(a, 0);
	reference->high = apply_constant(a, 1);
}

void do_acquire(struct application *a, struct disjunct *d,
		const struct contract_effect *effect, enum holding_extent extent)
{
	struct acquisition how = {
		.kind = effect->kind, .extent = extent,
		.has_obligation = effect->verb == CONTRACT_ADDS ||
				  plan_is_acquire(a->engine->plan, effect),
		.is_added = effect->verb == CONTRACT_ADDS,
		.is_taken = effect->verb == CONTRACT_TAKES,
		.is_doubtful = a->is_doubtful,
		.writer = apply_writer(a),
		.location = a->call->location,
	};
	struct kind_knowledge knowledge = { 0 };
	struct reference reference;

	if (!effect_reference(a, d, effect, &reference)) {
		note_given(a, d, effect);
		return;
	}
	if (!reference.page && reference.low && linear_is_constant(reference.low))
		how.text = argument_text(a, &effect->place);
	if (how.text && *how.text == '&')
		how.text++;
	if (how.text && strpbrk(how.text, " +["))
		how.text = NULL;
	if (how.is_added && is_image_page(a->engine, reference.page)) {
		/* There are no others that it could be mistaken for. */
		how.is_added = false;
		how.has_obligation = false;
		reference.region = region_pointee(a->engine->terms,
						  linear_as_symbol(reference.page));
	} else if (how.is_added) {
		/* The reference hangs on the page itself, wherever it is kept. */
		symbol_id id = reference.page ? linear_as_symbol(reference.page) : 0;

		/* ... which may be a field: then pages of this kind are in it, too. */
		knowledge.kinds = (uint8_t)(1u << effect->kind);
		knowledge.is_shared = true;
		cell_note_kinds(a->engine, d, reference.region, &knowledge);
		note_sharing(a, d, &reference, &knowledge);
		if (!id || effect->flags & CONTRACT_TIMES)
			return;
		name_by_page(a, &reference, id);
	} else if (!how.has_obligation && reference.page && linear_as_symbol(reference.page)) {
		/* What is found there later, after other stores, may be another page. */
		name_by_page(a, &reference, linear_as_symbol(reference.page));
	}
	how.event = acquire_event(a, d, effect->kind);
	engine_acquire(a->engine, a->frame, d, &reference, &how);
}

static void do_release(struct application *a, struct disjunct *d,
		       const struct contract_effect *effect)
{
	struct release how = {
		.kind = effect->kind, .location = a->call->location,
		.function = a->contract->function,
		.text = argument_text(a, &effect->place),
		.is_transfer = effect->verb == CONTRACT_TRANSFERS,
		.skips_null = (effect->flags & CONTRACT_SKIPS_NULL) != 0,
		.is_run = (effect->flags & (CONTRACT_RUN | CONTRACT_TIMES)) != 0,
		.call = a->value,
	};
	struct reference reference;
	const struct linear *times;

	if (how.is_transfer)
		how.kind = CONTRACT_KIND_NONE;
	if (how.is_run) {
		times = how.times = expression(a, d, effect->high);
		if (times && linear_is_constant(times) && times->constant == 1)
			how.is_run = false;
	}
	if (effect_reference(a, d, effect, &reference)) {
		engine_release(a->engine, a->frame, d, &reference, &how);
		return;
	}
	engine_open_container(a->engine, d, NULL);
	memset(&reference, 0, sizeof(reference));
	reference.region = place_elements(a, d, &effect->place);
	/* A flag that is tested inside may say that there is nothing to give back. */
	if (reference.region && effect->test_count)
		cell_note_moved(a->engine, d, reference.region);
	else if (reference.region)
		cell_note_release(a->engine, a->frame, d, &reference, &how);
}

static void do_allocate(struct application *a, struct disjunct *d,
			const struct contract_effect *effect)
{
	const struct linear *memory = a->result, *offset;
	const struct region_state *old;
	const struct region *region;
	struct region_state *state;

	if (effect->place.root != CONTRACT_RETURN || effect->place.step_count) {
		region = place_region(a, d, &effect->place, &offset);
		if (!region)
			return;
		memory = engine_result(a->engine, a->frame, a->value, 1);
		disjunct_set_memory(d, region, offset, memory);
	}
	if (!memory || !linear_as_symbol(memory))
		return;
	region = region_pointee(a->engine->terms, linear_as_symbol(memory));
	old = disjunct_region(d, region);
	if (old && old->version == apply_writer(a)) {
		/* the same call, said again: `allocates return zeroed when ...' */
		disjunct_change(d, a->engine->arena, region)->is_zeroed |=
			(effect->flags & CONTRACT_ZEROED) != 0;
		return;
	}
	engine_forget(a->engine, d, region);
	state = disjunct_change(d, a->engine->arena, region);
	state->version = apply_writer(a);
	state->is_allocated = true;
	state->is_known = true;
	state->is_zeroed = (effect->flags & CONTRACT_ZEROED) != 0;
	if (effect->flags & CONTRACT_OR_NULL && !(effect->flags & CONTRACT_OR_ERROR))
		symbol_note_object(a->engine->terms, linear_as_symbol(memory));
}

static bool is_page_pointer(const struct engine *engine, const struct linear *value)
{
	symbol_id id = linear_as_symbol(value);

	return id && symbol_get(engine->terms, id)->type.pointee == IR_POINTEE_PAGE;
}

/* The memory of a page goes with the page, and who frees it gives the page back. */
static void forget_page(struct application *a, struct disjunct *d, const struct region *region)
{
	const struct region_state *state = disjunct_region(d, region);
	struct region_state *freed;

	if (!state || !state->is_page)
		return;
	freed = disjunct_change(d, a->engine->arena, region);
	freed->holding_count = 0;
	freed->is_blurred = true;
}

/* Memory at VALUE is gone; what it alone held is lost. */
static void do_free(struct application *a, struct disjunct *d,
		    const struct contract_effect *effect)
{
	const struct linear *value = place_value(a, d, &effect->place, true), *offset;
	const struct region *region;
	unsigned i;

	if (!value || linear_is_constant(value))
		return;
	region = region_of_pointer(a->engine->terms, value, &offset);
	if (!region || region->parent)
		return;
	if (engine_is_outside(a->engine, d, region))
		a->engine->effect.is_open = true;
	if (is_page_pointer(a->engine, value))
		cell_note_lost(a->engine, d, value);
	else
		cell_note_free(a->engine, a->frame, d, region, a->call->location);
	summary_note_free(a->engine, d, region);
	forget_page(a, d, region);
	engine_note_array_gone(a->engine, d, region);
	for (i = 0; i < d->region_count; i++)
		if (!d->regions[i]->is_page && d->regions[i]->holding_count &&
		    region_is_inside(d->regions[i]->region, region))
			freed_lose_held(a->engine, a->frame, d, d->regions[i]->region,
					a->call->location);
}

static void do_use(struct application *a, struct disjunct *d,
		   const struct contract_effect *effect)
{
	struct reference reference;

	if (effect_reference(a, d, effect, &reference))
		engine_use_reference(a->engine, a->frame, d, &reference, a->call->location,
				     a->contract->function, argument_text(a, &effect->place));
}

/* What is passed has to be of the kind, as far as it is known and of one kind only. */
static void do_require(struct application *a, struct disjunct *d,
		       const struct contract_effect *effect)
{
	struct kind_knowledge knowledge;
	struct reference reference;

	if (effect->kind >= CONTRACT_KIND_LIMIT || !effect_reference(a, d, effect, &reference))
		return;
	reference_kinds(a->engine, d, &reference, &knowledge);
	if (knowledge.kinds && !knowledge.is_foreign && !(knowledge.kinds >> effect->kind & 1))
		verdict_bad_use(a->engine, a->frame, &reference, &knowledge, effect->kind,
				a->call->location, a->contract->function,
				argument_text(a, &effect->place));
}

/* `sets PLACE to some': whatever it is, it is a number of things that are there. */
static void do_set(struct application *a, struct disjunct *d,
		   const struct contract_effect *effect)
{
	const struct linear *offset, *value = expression(a, d, effect->low);
	const struct region *region = place_region(a, d, &effect->place, &offset);

	if (!region)
		return;
	if (value) {
		disjunct_set_memory(d, region, offset, value);
		return;
	}
	engine_havoc(a->engine, d, region, apply_writer(a));
	if (effect->low->op == CONTRACT_SOME)
		assume_order(a, d, apply_constant(a, 1), place_value(a, d, &effect->place, false));
}

static void do_limit(struct application *a, struct disjunct *d,
		     const struct contract_effect *effect)
{
	const struct linear *value = expression(a, d, effect->high);
	const struct linear *limit = expression(a, d, effect->low);

	if (value && limit)
		assume_order(a, d, value, limit);
}

void do_effect(struct application *a, struct disjunct *d,
	       const struct contract_effect *effect)
{
	const struct linear *value;

	switch (effect->verb) {
	case CONTRACT_ACQUIRES:
	case CONTRACT_TAKES:
	case CONTRACT_ADDS:
	case CONTRACT_GIVES:
		do_acquire(a, d, effect, EXTENT_FULL);
		break;
	case CONTRACT_FILLS:
		fill_container(a, d, effect);
		break;
	case CONTRACT_RELEASES:
	case CONTRACT_TRANSFERS:
		do_release(a, d, effect);
		break;
	case CONTRACT_STORES:
		do_store(a, d, effect);
		break;
	case CONTRACT_KEEPS:
		value = place_value(a, d, &effect->place, true);
		if (value) {
			cell_note_kept(a->engine, d, value);
			cell_note_unknown_object(a->engine, d, value);
			engine_keep_pointer(a->engine, d, value);
		}
		break;
	case CONTRACT_ALLOCATES:
		do_allocate(a, d, effect);
		break;
	case CONTRACT_FREES:
		do_free(a, d, effect);
		break;
	case CONTRACT_USES:
		do_use(a, d, effect);
		break;
	case CONTRACT_REQUIRES:
		do_require(a, d, effect);
		break;
	case CONTRACT_LIMITS:
		do_limit(a, d, effect);
		break;
	case CONTRACT_SETS:
		do_set(a, d, effect);
		break;
	default:
		break;
	}
}
