// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Contracts applied to a call.
 *
 * What the call returns is one term for all cases.  Effects that take away come
 * first, then what the call writes through its pointers is forgotten, then come
 * the effects that leave something.  A condition makes two cases of a disjunct.
 */
#include "apply.h"
#include "cell.h"
#include "summary-draft.h"
#include "use.h"

#define STORE_LIMIT	4	/* places that one contract stores something at */

/* D is taken over; the outcome is added to OUT. */
static void apply_unconditional(struct application *a, struct disjunct *d,
				const struct contract_effect *effect,
				struct disjunct_list *out)
{
	if (acquire_by_result(a, d, effect, out))
		return;
	do_effect(a, d, effect);
	disjunct_list_add(out, d);
}

/* It took no reference, but may have filled the array with pages all the same. */
static void note_filled(struct application *a, struct disjunct *d,
			const struct contract_effect *effect)
{
	const struct region_state *state;
	struct region_state *filled;
	struct reference reference;

	if (!plan_is_acquire(a->engine->plan, effect) || !(effect->flags & CONTRACT_HAS_RANGE) ||
	    !effect_reference(a, d, effect, &reference))
		return;
	state = disjunct_region(d, reference.region);
	if (!state || !state->is_zeroed || state->holding_count)
		return;
	filled = disjunct_change(d, a->engine->arena, reference.region);
	filled->version = apply_writer(a);
	filled->is_zeroed = false;
}

/*
 * Whether an iterator is over user memory is often known to the caller alone.  A unit
 * that gives back such pages reckons with them.
 */
static bool has_untested_predicate(const struct application *a,
				   const struct contract_effect *effect)
{
	unsigned i;

	if (effect->kind < CONTRACT_KIND_LIMIT &&
	    a->engine->plan->returned_kinds >> effect->kind & 1)
		return false;
	for (i = 0; i < effect->test_count; i++)
		if (effect->tests[i].kind == CONTRACT_PREDICATE)
			return true;
	return false;
}

/*
 * Does EFFECT, which takes pages into an array, ask for nothing but that there is one?  Who
 * passes an array has one, unless the path knows better: that there may be none is no case,
 * in which nothing would be held however often a loop goes round.  A summary has to tell it.
 */
static bool asks_for_array(const struct application *a, const struct contract_effect *effect)
{
	const struct contract_test *test = effect->tests;

	return effect->verb == CONTRACT_ACQUIRES && effect->flags & CONTRACT_HAS_RANGE &&
		!a->engine->summary && effect->test_count == 1 &&
		test->kind == CONTRACT_IS_NULL && test->negated &&
		test->left->op == CONTRACT_PLACE &&
		contract_place_equal(&test->left->place, &effect->place);
}

static bool has_failed(struct application *a, const struct disjunct *d)
{
	const struct contract_effect *range = returned_range(a->contract);

	return a->result && range && range->low->op == CONTRACT_ERRNO &&
	       constraint_set_is_greater(a->engine->solver, &d->constraints,
					 apply_constant(a, 0), a->result);
}

static void apply_effect(struct application *a, struct disjunct *d,
			 const struct contract_effect *effect, struct disjunct_list *out)
{
	struct disjunct_list yes = { 0 }, no = { 0 };
	unsigned i;

	if (!effect->test_count) {
		apply_unconditional(a, d, effect, out);
		return;
	}
	if (!split_on_tests(a, d, effect->test_count, effect->tests, &yes, &no)) {
		/* Perhaps it happens, perhaps not: then somebody else may have it. */
		struct reference reference;

		if (effect_reference(a, d, effect, &reference) &&
		    disjunct_region(d, reference.region)) {
			struct region_state *state = disjunct_change(d, a->engine->arena,
								     reference.region);
			state->holding_count = 0;
			state->is_blurred = true;
		}
		disjunct_list_add(out, d);
		return;
	}
	if (yes.count && asks_for_array(a, effect)) {
		while (no.count)
			disjunct_free(no.items[--no.count]);
	}
	a->is_doubtful = has_untested_predicate(a, effect) && no.count;
	for (i = 0; i < yes.count; i++)
		apply_unconditional(a, yes.items[i], effect, out);
	a->is_doubtful = false;
	for (i = 0; i < no.count; i++) {
		note_filled(a, no.items[i], effect);
		if (has_failed(a, no.items[i]))
			acquire_failed(a, no.items[i], effect);
		disjunct_list_add(out, no.items[i]);
	}
	disjunct_list_release(&yes);
	disjunct_list_release(&no);
}

/* -------------------------------------------------------------------- result */

/*
 * VALUE, found at PLACE, in the type that the call returns: an error number is a large
 * address as a pointer.
 */
static const struct linear *same_in_type(struct application *a, struct disjunct *d,
					 const struct contract_place *place,
					 const struct linear *value)
{
	const struct ir_instruction *operand;
	const struct linear *half = apply_constant(a, (ir_integer)1 << 63);

	if (place->root != CONTRACT_PARAMETER || place->step_count ||
	    place->parameter >= a->call->operand_count)
		return value;
	operand = &a->frame->function->instructions[a->call->operands[place->parameter]];
	if (operand->type.type_class == a->call->type.type_class ||
	    (constraint_set_is_at_least(a->engine->solver, &d->constraints, value,
					apply_constant(a, 0)) &&
	     constraint_set_is_greater(a->engine->solver, &d->constraints, half, value)))
		return value;
	if (constraint_set_is_greater(a->engine->solver, &d->constraints, apply_constant(a, 0),
				      value) ||
	    constraint_set_is_at_least(a->engine->solver, &d->constraints, value, half))
		return engine_convert(a->engine, d, value, operand->type, a->call->type);
	return value;
}

/* What the call returns, before any effect: one term for all disjuncts. */
static void set_result(struct application *a, struct disjunct *d)
{
	const struct linear *offset, *value;
	const struct region *region;
	unsigned i;

	a->result = engine_result(a->engine, a->frame, a->value, 0);
	for (i = 0; i < a->contract->effect_count; i++) {
		const struct contract_effect *effect = &a->contract->effects[i];

		if (effect->verb == CONTRACT_RETURNS_SAME) {
			value = place_value(a, d, &effect->value, true);
			if (value)
				a->result = same_in_type(a, d, &effect->value, value);
		} else if (effect->verb == CONTRACT_RETURNS_ANOTHER) {
			value = place_value(a, d, &effect->value, true);
			if (value)
				a->result = engine_element(a->engine, a->frame, a->value, value);
		} else if (effect->verb == CONTRACT_RETURNS_INSIDE) {
			value = place_value(a, d, &effect->value, true);
			if (value)
				a->result = engine_address_inside(a->engine, value, a->call->type);
		} else if (effect->verb == CONTRACT_RETURNS_PLACE) {
			region = place_region(a, d, &effect->place, &offset);
			value = region ? engine_load(a->engine, d, region, offset, a->call->type,
						     a->call->text, a->call->location) : NULL;
			if (value)
				a->result = value;
		} else if (effect->verb == CONTRACT_RETURNS_TRUE) {
			value = conjunction_term(a, d, effect);
			if (value)
				a->result = value;
		}
	}
}

static bool contract_acquires(const struct application *a)
{
	unsigned i;

	for (i = 0; i < a->contract->effect_count; i++)
		if (plan_is_acquire(a->engine->plan, &a->contract->effects[i]))
			return true;
	return false;
}

/* What the return value can be, where no acquire has made cases of it. */
static void bound_result(struct application *a, struct disjunct *d)
{
	const struct contract_effect *range = returned_range(a->contract);
	const struct linear *high;

	if (a->result && linear_as_symbol(a->result) && contract_fails_by_null(a->contract))
		symbol_note_object(a->engine->terms, linear_as_symbol(a->result));
	if (!range || !a->result)
		return;
	if (range->low->op == CONTRACT_ERRNO) {
		assume_order(a, d, apply_constant(a, -ERRNO_LIMIT), a->result);
		/* Nothing was got, and nothing was wrong: only if nothing was asked for. */
		if (contract_acquires(a))
			assume_relation(a, d, a->result, CONSTRAINT_NOT_ZERO);
	} else if (expression(a, d, range->low))
		assume_order(a, d, expression(a, d, range->low), a->result);
	high = expression(a, d, range->high);
	if (high)
		assume_order(a, d, a->result, high);
}

/* ------------------------------------------------------------------- effects */

/* Does it take what is there, rather than leave something? */
static bool takes_away(const struct contract_effect *effect)
{
	switch (effect->verb) {
	case CONTRACT_RELEASES:
	case CONTRACT_TRANSFERS:
	case CONTRACT_USES:
	case CONTRACT_FREES:
	case CONTRACT_STORES:
		return true;
	default:
		return false;
	}
}

/* About what becomes of the pages' contents, and when: no business of the references'. */
static bool is_mark(const struct contract_effect *effect)
{
	return effect->verb == CONTRACT_DIRTIES || effect->verb == CONTRACT_WRITES ||
	       effect->verb == CONTRACT_BRIEF || effect->verb == CONTRACT_UNWRITABLE;
}

/* Those effects that take (or do not), in order; NOW is replaced by what comes of it. */
static void apply_effects(struct application *a, struct disjunct_list *now, bool taking)
{
	struct disjunct_list next;
	unsigned i, j;

	for (i = 0; i < a->contract->effect_count; i++) {
		const struct contract_effect *effect = &a->contract->effects[i];

		if (takes_away(effect) != taking || is_mark(effect))
			continue;
		next = (struct disjunct_list){ 0 };
		for (j = 0; j < now->count; j++)
			apply_effect(a, now->items[j], effect, &next);
		disjunct_list_release(now);
		*now = next;
	}
}

/* Does the contract say what happens to the memory of PARAMETER? */
static bool is_described(const struct application *a, unsigned parameter)
{
	unsigned i;

	for (i = 0; i < a->contract->effect_count; i++) {
		const struct contract_effect *effect = &a->contract->effects[i];
		const struct contract_place *place = &effect->place;

		if ((plan_is_acquire(a->engine->plan, effect) ||
		     (effect->verb == CONTRACT_RELEASES && !place->step_count)) &&
		    place->root == CONTRACT_PARAMETER && place->parameter == parameter)
			return true;
	}
	return false;
}

/* &variable: the only reason to pass it is that it will be written. */
static bool is_local_address(const struct application *a, const struct linear *pointer)
{
	symbol_id id = linear_as_symbol(pointer);
	const struct symbol *s = id ? symbol_get(a->engine->terms, id) : NULL;

	return s && s->kind == SYMBOL_ADDRESS && s->region->kind == REGION_VARIABLE;
}

/* The pointers and pages that the contract has stored at known places in D; how many. */
static unsigned stored_entries(struct application *a, struct disjunct *d,
			       struct memory_entry stored[STORE_LIMIT])
{
	const struct memory_entry *entry;
	const struct linear *offset;
	const struct region *region;
	unsigned count = 0, i;

	for (i = 0; i < a->contract->effect_count && count < STORE_LIMIT; i++) {
		const struct contract_effect *effect = &a->contract->effects[i];

		if (effect->verb != CONTRACT_STORES || effect->flags & CONTRACT_HAS_RANGE)
			continue;
		region = place_region(a, d, &effect->place, &offset);
		entry = region ? disjunct_memory(d, region, offset) : NULL;
		if (entry)
			stored[count++] = *entry;
	}
	return count;
}

static bool has_field(const struct contract_place *place)
{
	unsigned i;

	for (i = 0; i < place->step_count; i++)
		if (place->steps[i].kind == CONTRACT_FIELD)
			return true;
	return false;
}

/* Does the contract put something into the object that PARAMETER points to? */
static bool puts_into(const struct application *a, unsigned parameter)
{
	unsigned i;

	for (i = 0; i < a->contract->effect_count; i++) {
		const struct contract_effect *effect = &a->contract->effects[i];

		switch (effect->verb) {
		case CONTRACT_ACQUIRES:
		case CONTRACT_TAKES:
		case CONTRACT_GIVES:
		case CONTRACT_FILLS:
		case CONTRACT_STORES:
		case CONTRACT_ALLOCATES:
			if (effect->place.root == CONTRACT_PARAMETER &&
			    effect->place.parameter == parameter && has_field(&effect->place))
				return true;
			break;
		default:
			break;
		}
	}
	return false;
}

/*
 * Something was put into the object that POINTER points to: how much is in it now, numbers
 * that it had before do not tell any more.
 */
static void forget_numbers(struct application *a, struct disjunct *d, const struct linear *pointer)
{
	const struct linear *offset;
	const struct region *region = region_of_pointer(a->engine->terms, pointer, &offset);
	const struct region_state *old;
	struct region_state *state;
	unsigned i;

	if (!region || !linear_is_constant(offset) || offset->constant)
		return;
	for (i = d->memory_count; i-- > 0;)
		if (region_is_inside(d->memory[i].region, region) &&
		    linear_is_constant(d->memory[i].value))
			disjunct_drop_memory(d, i);
	old = disjunct_region(d, region);
	if (engine_is_outside(a->engine, d, region) || (old && (old->kinds || old->holding_count)))
		return;
	state = disjunct_change(d, a->engine->arena, region);
	state->version = apply_writer(a);
	state->is_zeroed = false;
}

/* What it writes through its pointers is not known, but where it says what it stores there. */
static void forget_written(struct application *a, struct disjunct *d)
{
	struct memory_entry stored[STORE_LIMIT];
	unsigned count = stored_entries(a, d, stored), i;

	for (i = 0; i < a->argument_count; i++)
		if (a->contract->flags & CONTRACT_NEUTRAL ||
		    (is_local_address(a, a->arguments[i]) && !is_described(a, i)))
			engine_escape(a->engine, a->frame, d, a->arguments[i], apply_writer(a),
				      false);
		else if (puts_into(a, i))
			forget_numbers(a, d, a->arguments[i]);
	for (i = 0; i < count; i++)
		if (!disjunct_memory(d, stored[i].region, stored[i].offset))
			disjunct_set_memory(d, stored[i].region, stored[i].offset,
					    stored[i].value);
}

void engine_apply(struct engine *engine, const struct frame *frame, struct disjunct *d,
		  ir_value value, const struct contract *contract,
		  const struct linear **arguments, unsigned argument_count,
		  struct disjunct_list *out)
{
	struct application a = {
		.engine = engine, .frame = frame, .contract = contract, .value = value,
		.call = &frame->function->instructions[value],
		.arguments = arguments, .argument_count = argument_count,
	};
	struct disjunct_list now = { 0 };
	unsigned j;

	if (a.call->type.type_class != IR_TYPE_VOID)
		set_result(&a, d);
	d->values[value] = a.result;
	bound_result(&a, d);
	if (cell_follows_writes(engine))
		apply_marks(&a, d);
	fill_note_call(&a, d);
	disjunct_list_add(&now, d);
	apply_effects(&a, &now, true);
	for (j = 0; j < now.count; j++)
		forget_written(&a, now.items[j]);
	apply_effects(&a, &now, false);
	for (j = 0; j < now.count; j++)
		disjunct_list_add(out, now.items[j]);
	disjunct_list_release(&now);
}
