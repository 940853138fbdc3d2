// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Containers that a call fills with pages, nobody knows how many and of which kind:
 *
 *	bio = bio_alloc(bdev, n, opf, GFP_KERNEL);
 *	ret = bio_iov_iter_get_pages(bio, iter);	fills bio->bi_io_vec[*].bv_page
 *	...
 *	bio_put(bio);					lost, if nobody looked into the bio
 *
 * The pages are one holding in the container's elements, as if they had been taken
 * elsewhere and put there (scatter.h), and the container is the function's own.  So are those
 * that earlier rounds of a loop have put there, and that are nowhere else since the array
 * that they came in is used again (leave_in_container(), scatter.c).  It ends
 * where anybody looks at the container who may give the pages back, or may find out that
 * there is nothing to give back: whoever is passed it, but for calls that do neither, and
 * whoever loads a page, or something that the container leads to.  Where an array has brought
 * them it is not known so well in which field they are: there whoever loads anything from it.
 */
#include "apply.h"
#include "interval.h"
#include "scatter.h"

#define CALLERS		4	/* in one another, that are asked what they pass */

/* The object that EFFECT's container is, if it is this function's own. */
static const struct region *own_object(struct application *a, struct disjunct *d,
				       const struct contract_effect *effect)
{
	const struct contract_place *place = &effect->place;
	const struct region *region;
	const struct linear *offset;

	if (place->root != CONTRACT_PARAMETER || place->parameter >= a->argument_count)
		return NULL;
	region = region_of_pointer(a->engine->terms, a->arguments[place->parameter], &offset);
	return region && !engine_is_outside(a->engine, d, region) ? region_base(region) : NULL;
}

static bool passes_own(const struct ir_unit *unit, const struct ir_function *caller,
		       ir_value value, unsigned depth);

/* Is FUNCTION, static, called with something of a caller's own as its PARAMETER? */
static bool is_passed_own(const struct ir_unit *unit, const struct ir_function *function,
			  unsigned parameter, unsigned depth)
{
	unsigned f;
	ir_value v;

	if (!function->is_static || function->is_address_taken)
		return false;
	for (f = 0; f < unit->function_count; f++) {
		const struct ir_function *caller = unit->functions[f];

		for (v = 1; caller && v < caller->value_count; v++) {
			const struct ir_instruction *i = &caller->instructions[v];

			if (i->op == IR_CALL && i->u.callee->function == function->index + 1 &&
			    parameter < i->operand_count &&
			    passes_own(unit, caller, i->operands[parameter], depth))
				return true;
		}
	}
	return false;
}

/* May VALUE, of CALLER, point to something that it, or who calls it, has made itself? */
static bool passes_own(const struct ir_unit *unit, const struct ir_function *caller,
		       ir_value value, unsigned depth)
{
	const struct ir_instruction *i = &caller->instructions[value];

	switch (i->op) {
	case IR_PARAMETER:
		return !depth || is_passed_own(unit, caller, i->u.parameter, depth - 1);
	case IR_ADDRESS:
		return i->u.place->root != IR_ROOT_POINTER;
	case IR_LOAD:
		return false;
	default:
		return true;
	}
}

/*
 * EFFECT asks a predicate of an object, as only the pages of an iterator over user memory
 * have to be given back.  Has this function, or one that calls it, made that itself?  There
 * it is known what it is over, and no test of it is needed.
 */
static bool is_over_own_memory(struct application *a, struct disjunct *d,
			       const struct contract_effect *effect)
{
	const struct linear *value, *offset;
	const struct region *region;
	const struct symbol *s;
	unsigned i;

	for (i = 0; i < effect->test_count; i++) {
		if (effect->tests[i].kind != CONTRACT_PREDICATE)
			continue;
		value = expression(a, d, effect->tests[i].left);
		region = value ? region_of_pointer(a->engine->terms, value, &offset) : NULL;
		if (!region || !engine_is_outside(a->engine, d, region))
			return true;
		s = linear_as_symbol(value) ?
			symbol_get(a->engine->terms, linear_as_symbol(value)) : NULL;
		if (s && s->kind == SYMBOL_PARAMETER &&
		    is_passed_own(a->engine->unit, a->engine->root, s->instruction, CALLERS))
			return true;
	}
	return false;
}

void fill_container(struct application *a, struct disjunct *d,
		    const struct contract_effect *effect)
{
	const struct region *object = own_object(a, d, effect);
	const struct region *elements = object ? place_elements(a, d, &effect->place) : NULL;
	const struct region_state *old = elements ? disjunct_region(d, elements) : NULL;
	struct region_state *state;
	ir_value argument;

	if (!elements || (old && (old->holding_count || old->is_blurred)) ||
	    is_over_own_memory(a, d, effect))
		return;
	argument = a->call->operands[effect->place.parameter];
	state = disjunct_change(d, a->engine->arena, elements);
	state->text = argument ? a->frame->function->instructions[argument].text : NULL;
	if (state->text && *state->text == '&')
		state->text++;
	if (!state->text)
		state->text = region_text(a->engine->terms, object);
	a->engine->has_filled = true;
	engine_note_there(a->engine, d, object);
	state->is_scattered = true;
	state->holdings[state->holding_count++] = (struct holding){
		.extent = EXTENT_FULL, .is_scattered = true, .is_filled = true,
		.container = object,
		.low = apply_constant(a, 0), .high = apply_constant(a, 1),
		.acquired = engine_event(a->engine, a->frame, d->trail, EVENT_ACQUIRE,
					 a->call->location,
					 arena_printf(a->engine->unit->arena,
						      "pages put into it here by '%s'",
						      a->contract->function)),
	};
}

/* Does EFFECT leave the pages of a container where they are, and not tell of them? */
static bool is_quiet(const struct contract_effect *effect)
{
	switch (effect->verb) {
	case CONTRACT_FILLS:
	case CONTRACT_GIVES:
	case CONTRACT_DIRTIES:
	case CONTRACT_WRITES:
	case CONTRACT_BRIEF:
	case CONTRACT_UNWRITABLE:
	case CONTRACT_USES:
	case CONTRACT_RETURNS_RANGE:
	case CONTRACT_SETS:
	case CONTRACT_LIMITS:
	case CONTRACT_FREES:
		return true;
	case CONTRACT_STORES:
		/* More pages, not the container itself. */
		return (effect->flags & CONTRACT_HAS_RANGE) != 0;
	default:
		return false;
	}
}

static bool contract_is_quiet(const struct contract *contract)
{
	unsigned i;

	for (i = 0; i < contract->effect_count; i++)
		if (!is_quiet(&contract->effects[i]))
			return false;
	return true;
}

static bool leads_from(struct engine *engine, const struct region *region,
		       const struct region *object)
{
	unsigned depth;

	for (depth = 0; region && depth < 5; depth++) {
		if (region == object)
			return true;
		region = engine_loaded_from(engine, region);
	}
	return false;
}

/* The holding H of STATE may have been given back: nothing is known of it any more. */
static void forget_filled(struct engine *engine, struct disjunct *d,
			  const struct region_state *state, unsigned h)
{
	drop_holding(disjunct_change(d, engine->arena, state->region), h);
}

/* The next holding of D, after region I and holding H of it, that a call put where it is. */
static const struct holding *next_filled(const struct disjunct *d, unsigned *i, unsigned *h)
{
	for (; *i < d->region_count; (*i)++, *h = 0)
		for (; d->regions[*i]->is_scattered && *h < d->regions[*i]->holding_count; (*h)++)
			if (d->regions[*i]->holdings[*h].is_filled)
				return &d->regions[*i]->holdings[*h];
	return NULL;
}

void fill_note_load(struct engine *engine, struct disjunct *d, const struct region *region,
		    const struct ir_type *type)
{
	const struct region *base = region_base(region);
	const struct holding *holding;
	unsigned i = 0, h = 0;

	while (engine->has_filled && (holding = next_filled(d, &i, &h)))
		if (type->pointee == IR_POINTEE_PAGE ||
		    ((base != holding->container ||
		      d->regions[i]->region == holding->container) &&
		     (base == region_base(d->regions[i]->region) ||
		      leads_from(engine, base, holding->container))))
			forget_filled(engine, d, d->regions[i], h);
		else
			h++;
}

void fill_note_opened(struct engine *engine, struct disjunct *d)
{
	const struct holding *holding;
	unsigned i = 0, h = 0;

	while ((holding = next_filled(d, &i, &h)))
		if (!holding->container)
			forget_filled(engine, d, d->regions[i], h);
		else
			h++;
}

/* Does one of the arguments lead into OBJECT? */
static bool is_passed(struct application *a, const struct region *object)
{
	const struct region *region;
	unsigned i, t;

	for (i = 0; i < a->argument_count; i++)
		for (t = 0; t < a->arguments[i]->count; t++) {
			const struct symbol *s = symbol_get(a->engine->terms,
							    a->arguments[i]->terms[t].symbol);

			region = s->kind == SYMBOL_ADDRESS ?
				s->region : region_pointee(a->engine->terms, s->id);
			if (leads_from(a->engine, region_base(region), object))
				return true;
		}
	return false;
}

void fill_note_call(struct application *a, struct disjunct *d)
{
	const struct holding *holding;
	unsigned i = 0, h = 0;

	if (!a->engine->has_filled || contract_is_quiet(a->contract))
		return;
	while ((holding = next_filled(d, &i, &h)))
		if (is_passed(a, holding->container) ||
		    is_passed(a, region_base(d->regions[i]->region)))
			forget_filled(a->engine, d, d->regions[i], h);
		else
			h++;
}
