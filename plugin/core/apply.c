// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Contracts applied to a call.
 *
 * The cases of a contract become disjuncts here: an acquire that may fail gives
 * one in which it failed and nothing is held, one in which it took fewer pages
 * than requested, and one in which it took all.
 */
#include <string.h>

#include "cell.h"
#include "engine.h"
#include "summary.h"

#define ERRNO_LIMIT	4095
#define COUNT_LIMIT	((ir_integer)1 << 48)

/* One call under one contract. */
struct application {
	struct engine *engine;
	const struct frame *frame;
	const struct contract *contract;
	const struct ir_instruction *call;
	ir_value value;
	const struct linear **arguments;
	unsigned argument_count;
	const struct linear *result;	/* NULL: void */
	bool is_doubtful;		/* the effect at hand is under an untested predicate */
};

static const struct ir_type page_pointer = { IR_TYPE_POINTER, 64, false, IR_POINTEE_PAGE };
static const struct ir_type number = { IR_TYPE_INTEGER, 64, true, IR_POINTEE_OTHER };

static ir_integer error_floor(void)
{
	return ((ir_integer)1 << 64) - ERRNO_LIMIT;
}

static const struct linear *constant(struct application *a, ir_integer value)
{
	return linear_constant(a->engine->terms, value);
}

/* -------------------------------------------------------------------- places */

static const struct linear *place_root(struct application *a,
				       const struct contract_place *place)
{
	if (place->root == CONTRACT_RETURN)
		return a->result;
	if (place->root == CONTRACT_PARAMETER && place->parameter < a->argument_count)
		return a->arguments[place->parameter];
	return NULL;
}

static struct ir_type loaded_type(const struct application *a, bool is_last, bool is_pointer)
{
	struct ir_type type = is_last && !is_pointer ? number : page_pointer;

	(void)a;
	type.is_signed = false;		/* counts and offsets */
	if (!is_last)
		type.pointee = IR_POINTEE_OTHER;
	return type;
}

/*
 * The memory that PLACE is in: steps walked up to the last dereference.  A field
 * after a dereference is a member of what the pointer points to.
 */
static const struct region *place_region(struct application *a, struct disjunct *d,
					 const struct contract_place *place,
					 const struct linear **offset)
{
	struct term_table *terms = a->engine->terms;
	const struct linear *value = place_root(a, place);
	const struct region *region = NULL;
	unsigned i;

	for (i = 0; i < place->step_count; i++) {
		const struct contract_step *step = &place->steps[i];

		if (step->kind == CONTRACT_DEREFERENCE) {
			if (region)
				value = engine_load(a->engine, d, region, *offset,
						    loaded_type(a, false, true), NULL, 0);
			region = value ? region_of_pointer(terms, value, offset) : NULL;
		} else if (step->kind == CONTRACT_FIELD && region) {
			struct ir_step field = {
				.kind = IR_STEP_FIELD,
				.record = intern(a->engine->unit->strings, ""),
				.field = intern(a->engine->unit->strings, step->field),
			};

			region = region_piece(terms, region, *offset);
			region = region ? region_field(terms, region, &field) : NULL;
			*offset = linear_constant(terms, 0);
		} else {
			return NULL;
		}
		if (!region)
			return NULL;
	}
	return region;
}

/* The value at PLACE; NULL if it cannot be told. */
static const struct linear *place_value(struct application *a, struct disjunct *d,
					const struct contract_place *place, bool is_pointer)
{
	const struct linear *offset;
	const struct region *region;

	if (!place->step_count)
		return place_root(a, place);
	region = place_region(a, d, place, &offset);
	if (!region)
		return NULL;
	return engine_load(a->engine, d, region, offset, loaded_type(a, true, is_pointer),
			   NULL, 0);
}

/* --------------------------------------------------------------- expressions */

static const struct linear *expression(struct application *a, struct disjunct *d,
				       const struct contract_expression *e)
{
	struct term_table *terms = a->engine->terms;
	ir_integer page_size = a->engine->unit->page_size;
	const struct linear *left, *right;
	int64_t value;

	if (!e)
		return NULL;
	switch (e->op) {
	case CONTRACT_NUMBER:
		return constant(a, e->number);
	case CONTRACT_NAME:
		if (a->engine->host &&
		    a->engine->host->constant(a->engine->host->host, e->name, &value))
			return constant(a, value);
		return NULL;
	case CONTRACT_PLACE:
		return place_value(a, d, &e->place, false);
	case CONTRACT_PAGE_SIZE:
		return constant(a, page_size);
	case CONTRACT_PAGES:
		left = expression(a, d, e->left);
		return left ? engine_floor_divide(a->engine,
				linear_add_constant(terms, left, page_size - 1),
				page_size, number) : NULL;
	case CONTRACT_ADD:
	case CONTRACT_SUBTRACT:
	case CONTRACT_MULTIPLY:
	case CONTRACT_SHIFT_LEFT:
		break;
	default:
		return NULL;
	}
	left = expression(a, d, e->left);
	right = expression(a, d, e->right);
	if (!left || !right)
		return NULL;
	if (e->op == CONTRACT_ADD)
		return linear_add(terms, left, right);
	if (e->op == CONTRACT_SUBTRACT)
		return linear_subtract(terms, left, right);
	if (!linear_is_constant(right))
		return NULL;
	if (e->op == CONTRACT_MULTIPLY)
		return linear_scale(terms, left, right->constant);
	return right->constant >= 0 && right->constant < 40 ?
		linear_scale(terms, left, (ir_integer)1 << right->constant) : NULL;
}

/* ---------------------------------------------------------------- conditions */

static const struct linear *comparison_term(struct application *a, struct disjunct *d,
					    const struct contract_test *test)
{
	struct term_table *terms = a->engine->terms;
	const struct linear *left = expression(a, d, test->left);
	const struct linear *right = expression(a, d, test->right);
	const struct linear *difference = linear_subtract(terms, left, right);
	const struct linear *zero = constant(a, 0);

	if (!difference)
		return NULL;
	switch (test->relation) {
	case CONTRACT_EQUAL:
		return engine_comparison(a->engine, IR_EQUAL, difference);
	case CONTRACT_NOT_EQUAL:
		return linear_subtract(terms, constant(a, 1),
				       engine_comparison(a->engine, IR_EQUAL, difference));
	case CONTRACT_LESS:
		difference = linear_add_constant(terms,
			linear_subtract(terms, zero, difference), -1);
		break;
	case CONTRACT_LESS_EQUAL:
		difference = linear_subtract(terms, zero, difference);
		break;
	case CONTRACT_GREATER:
		difference = linear_add_constant(terms, difference, -1);
		break;
	default:
		break;
	}
	return difference ? engine_comparison(a->engine, IR_GREATER_EQUAL, difference) : NULL;
}

/* Bit test as the lowering of `(word >> bit) & 1' and `word & mask' would give it. */
static const struct linear *bits_term(struct application *a, struct disjunct *d,
				      const struct contract_test *test)
{
	const struct linear *word = expression(a, d, test->left);
	const struct linear *bits = expression(a, d, test->right);
	const struct linear *masked;
	ir_integer mask;

	if (!word || !bits || !linear_is_constant(bits))
		return NULL;
	if (linear_is_constant(word)) {
		mask = test->kind == CONTRACT_FLAG ? (ir_integer)1 << bits->constant :
						     bits->constant;
		return constant(a, (word->constant & mask) != 0);
	}
	mask = test->kind == CONTRACT_FLAG ? (ir_integer)1 << bits->constant : bits->constant;
	masked = engine_operation(a->engine, IR_AND, 64u + 64u, word, constant(a, mask), number);
	return linear_subtract(a->engine->terms, constant(a, 1),
			       engine_comparison(a->engine, IR_EQUAL, masked));
}

/* 1 where TEST holds, 0 where not; NULL: cannot be told. */
static const struct linear *test_term(struct application *a, struct disjunct *d,
				      const struct contract_test *test)
{
	struct term_table *terms = a->engine->terms;
	const struct linear *left, *term = NULL;
	struct symbol key = {
		.kind = SYMBOL_OPERATION, .operation = IR_UNKNOWN,
		.type = { IR_TYPE_INTEGER, 1, false, IR_POINTEE_OTHER },
	};
	const char *p;

	switch (test->kind) {
	case CONTRACT_COMPARE:
		term = comparison_term(a, d, test);
		break;
	case CONTRACT_FLAG:
	case CONTRACT_MASK:
		term = bits_term(a, d, test);
		break;
	case CONTRACT_IS_NULL:
		left = expression(a, d, test->left);
		term = left ? engine_comparison(a->engine, IR_EQUAL, left) : NULL;
		break;
	case CONTRACT_IS_ERROR:
		left = expression(a, d, test->left);
		left = linear_add_constant(terms, left, -error_floor());
		term = left ? engine_comparison(a->engine, IR_GREATER_EQUAL, left) : NULL;
		break;
	case CONTRACT_PREDICATE:
		left = expression(a, d, test->left);
		if (!left)
			break;
		key.left = left;
		for (p = test->name; *p; p++)
			key.extra = key.extra * 31 + (unsigned char)*p;
		term = linear_symbol(terms, symbol_intern(terms, &key));
		break;
	}
	if (term && test->negated)
		term = linear_subtract(terms, constant(a, 1), term);
	return term;
}

static bool names_missing_constant(struct application *a, const struct contract_expression *e)
{
	int64_t value;

	if (!e)
		return false;
	if (e->op == CONTRACT_NAME)
		return a->engine->host &&
			!a->engine->host->constant(a->engine->host->host, e->name, &value);
	return names_missing_constant(a, e->left) || names_missing_constant(a, e->right);
}

/* All tests of EFFECT as one truth value; NULL: cannot be told. */
static const struct linear *conjunction_term(struct application *a, struct disjunct *d,
					     const struct contract_effect *effect)
{
	static const struct ir_type truth = { IR_TYPE_INTEGER, 1, false, IR_POINTEE_OTHER };
	const struct linear *all = NULL, *term;
	unsigned i;

	for (i = 0; i < effect->test_count; i++) {
		term = test_term(a, d, &effect->tests[i]);
		if (!term)
			return NULL;
		all = all ? engine_operation(a->engine, IR_AND, 65, all, term, truth) : term;
	}
	return all;
}

/*
 * Split D (taken over): into YES goes where all tests hold, into NO the rest.
 * False: a test cannot be told; D is then still the caller's.
 */
static bool split_on_tests(struct application *a, struct disjunct *d, unsigned count,
			   const struct contract_test *tests,
			   struct disjunct_list *yes, struct disjunct_list *no)
{
	struct disjunct_list now = { 0 }, next = { 0 };
	unsigned i, j;

	for (i = 0; i < count; i++) {
		if (names_missing_constant(a, tests[i].left) ||
		    names_missing_constant(a, tests[i].right)) {
			/* Another kernel's clause. */
			disjunct_list_add(no, d);
			return true;
		}
	}
	for (i = 0; i < count; i++)
		if (!test_term(a, d, &tests[i]))
			return false;
	disjunct_list_add(&now, d);
	for (i = 0; i < count; i++) {
		next = (struct disjunct_list){ 0 };
		for (j = 0; j < now.count; j++) {
			const struct linear *term = test_term(a, now.items[j], &tests[i]);
			struct disjunct *other = disjunct_clone(now.items[j]);

			engine_assume_cases(a->engine, now.items[j], term, true, &next);
			engine_assume_cases(a->engine, other, term, false, no);
		}
		disjunct_list_release(&now);
		now = next;
	}
	for (j = 0; j < now.count; j++)
		disjunct_list_add(yes, now.items[j]);
	disjunct_list_release(&now);
	return true;
}

/* ------------------------------------------------------------------- effects */

static bool effect_reference(struct application *a, struct disjunct *d,
			     const struct contract_effect *effect,
			     struct reference *reference)
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

static void do_acquire(struct application *a, struct disjunct *d,
		       const struct contract_effect *effect, enum holding_extent extent)
{
	const struct contract_kind_info *kind =
		contract_set_kind(a->engine->contracts, effect->kind);
	struct acquisition how = {
		.kind = effect->kind, .extent = extent,
		.has_obligation = effect->verb != CONTRACT_GIVES,
		.is_added = effect->verb == CONTRACT_ADDS,
		.is_doubtful = a->is_doubtful,
		.writer = a->value | a->frame->context << 20,
		.location = a->call->location,
	};
	struct kind_knowledge knowledge = { 0 };
	struct reference reference;

	if (!effect_reference(a, d, effect, &reference))
		return;
	if (!reference.page && reference.low && linear_is_constant(reference.low))
		how.text = argument_text(a, &effect->place);
	if (how.text && *how.text == '&')
		how.text++;
	if (how.text && strpbrk(how.text, " +["))
		how.text = NULL;
	if (effect->verb == CONTRACT_ADDS) {
		/* The reference hangs on the page itself, wherever it is kept. */
		symbol_id id = reference.page ? linear_as_symbol(reference.page) : 0;

		/* ... which may be a field: then pages of this kind are in it, too. */
		knowledge.kinds = (uint8_t)(1u << effect->kind);
		cell_note_kinds(a->engine, d, reference.region, &knowledge);
		if (!id || effect->flags & CONTRACT_TIMES)
			return;
		reference.region = region_pointee(a->engine->terms, id);
		reference.low = constant(a, 0);
		reference.high = constant(a, 1);
	}
	how.event = engine_event(a->engine, a->frame, d->trail, EVENT_ACQUIRE,
				 a->call->location,
				 arena_printf(a->engine->unit->arena, "%s taken here by '%s'",
					      kind->description, a->contract->function));
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
		times = expression(a, d, effect->high);
		if (times && linear_is_constant(times) && times->constant == 1)
			how.is_run = false;
	}
	if (effect_reference(a, d, effect, &reference))
		engine_release(a->engine, a->frame, d, &reference, &how);
}

static bool is_known_page(struct application *a, struct disjunct *d,
			  const struct linear *value)
{
	struct kind_knowledge knowledge;

	page_kinds(a->engine, d, value, &knowledge);
	return knowledge.kinds != 0;
}

static void do_store(struct application *a, struct disjunct *d,
		     const struct contract_effect *effect)
{
	const struct linear *value = place_value(a, d, &effect->value, true);
	const struct linear *offset;
	const struct region *region = place_region(a, d, &effect->place, &offset);
	struct reference from;

	if (!value)
		return;
	if (!region)	/* somewhere, where it may be found again */
		engine_lose_pointer(a->engine, d, value);
	if (effect->flags & CONTRACT_HAS_RANGE &&
	    reference_of_array(a->engine, d, value, constant(a, 0), constant(a, 0), &from) &&
	    disjunct_region(d, from.region))
		disjunct_change(d, a->engine->arena, from.region)->is_scattered = true;
	if (region && !(effect->flags & CONTRACT_HAS_RANGE))
		engine_store(a->engine, a->frame, d, region, offset, value,
			     a->value | a->frame->context << 20, a->call->location, NULL);
	else if (is_known_page(a, d, value) && reference_of_page(a->engine, d, value, &from) &&
		 disjunct_region(d, from.region))
		disjunct_change(d, a->engine->arena, from.region)->is_scattered = true;
	if (!region || effect->flags & CONTRACT_HAS_RANGE)
		a->engine->effect.stored |= engine_parameters_of(a->engine, value);
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
	if (old && old->version == (a->value | a->frame->context << 20)) {
		/* the same call, said again: `allocates return zeroed when ...' */
		disjunct_change(d, a->engine->arena, region)->is_zeroed |=
			(effect->flags & CONTRACT_ZEROED) != 0;
		return;
	}
	engine_forget(a->engine, d, region);
	state = disjunct_change(d, a->engine->arena, region);
	state->version = a->value | a->frame->context << 20;
	state->is_allocated = true;
	state->is_known = true;
	state->is_zeroed = (effect->flags & CONTRACT_ZEROED) != 0;
}

/* Memory at VALUE is gone; what it alone held is lost. */
static void do_free(struct application *a, struct disjunct *d,
		    const struct contract_effect *effect)
{
	const struct linear *value = place_value(a, d, &effect->place, true), *offset;
	const struct region *region;
	unsigned i, h;

	if (!value || linear_is_constant(value))
		return;
	region = region_of_pointer(a->engine->terms, value, &offset);
	if (!region || region->parent)
		return;
	if (engine_is_outside(a->engine, d, region))
		a->engine->effect.is_open = true;
	summary_note_free(a->engine, d, region);
	for (i = 0; i < d->region_count; i++) {
		const struct region_state *state = d->regions[i];

		if (state->is_page || state->is_scattered ||
		    !region_is_inside(state->region, region))
			continue;
		for (h = 0; h < state->holding_count; h++)
			verdict_leak(a->engine, a->frame, d, state, &state->holdings[h],
				     LEAK_FREED, a->call->location);
		if (state->holding_count) {
			struct region_state *lost = disjunct_change(d, a->engine->arena,
								    state->region);

			lost->holding_count = 0;
			lost->is_blurred = true;
		}
	}
}

static void do_use(struct application *a, struct disjunct *d,
		   const struct contract_effect *effect)
{
	const struct region_state *state;
	struct reference reference;
	unsigned i;

	if (!effect_reference(a, d, effect, &reference) || !reference.low || !reference.page)
		return;
	state = disjunct_region(d, reference.region);
	for (i = 0; state && i < state->released_count; i++) {
		const struct released *r = &state->released[i];

		if (!r->is_transfer && !state->is_blurred && state->is_known &&
		    constraint_set_is_at_least(a->engine->solver, &d->constraints,
					       reference.low, r->low) &&
		    constraint_set_is_at_least(a->engine->solver, &d->constraints,
					       r->high, reference.high)) {
			verdict_use_after_release(a->engine, a->frame, d, state, r,
						  a->call->location, a->contract->function,
						  argument_text(a, &effect->place));
			return;
		}
	}
}

static void do_effect(struct application *a, struct disjunct *d,
		      const struct contract_effect *effect)
{
	const struct linear *value, *offset;
	const struct region *region;

	switch (effect->verb) {
	case CONTRACT_ACQUIRES:
	case CONTRACT_ADDS:
	case CONTRACT_GIVES:
		do_acquire(a, d, effect, EXTENT_FULL);
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
		if (value)
			engine_lose_pointer(a->engine, d, value);
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
	case CONTRACT_SETS:
		region = place_region(a, d, &effect->place, &offset);
		value = expression(a, d, effect->low);
		if (region && value)
			disjunct_set_memory(d, region, offset, value);
		else if (region)
			engine_havoc(a->engine, d, region, a->value | a->frame->context << 20);
		break;
	default:
		break;
	}
}

/* ------------------------------------------------------ acquires and returns */

/* `returns low .. high', if the contract has it. */
static const struct contract_effect *returned_range(const struct contract *contract)
{
	unsigned i;

	for (i = 0; i < contract->effect_count; i++)
		if (contract->effects[i].verb == CONTRACT_RETURNS_RANGE)
			return &contract->effects[i];
	return NULL;
}

static bool mentions_return(const struct contract_expression *e)
{
	if (!e)
		return false;
	if (e->op == CONTRACT_PLACE)
		return e->place.root == CONTRACT_RETURN;
	return mentions_return(e->left) || mentions_return(e->right);
}

static bool add(struct application *a, struct disjunct *d, const struct linear *linear,
		enum constraint_relation relation)
{
	return constraint_set_add(a->engine->solver, &d->constraints, linear, relation);
}

/* low <= x in D */
static bool bound(struct application *a, struct disjunct *d, const struct linear *low,
		  const struct linear *x)
{
	return add(a, d, linear_subtract(a->engine->terms, x, low), CONSTRAINT_AT_LEAST_ZERO);
}

/* The acquire failed: a variable that held nothing before holds nothing now. */
static void note_nothing(struct application *a, struct disjunct *d,
			 const struct contract_effect *effect)
{
	const struct region_state *state;
	struct reference reference;

	if (!effect_reference(a, d, effect, &reference) || reference.page ||
	    reference.region->kind != REGION_VARIABLE ||
	    engine_is_outside(a->engine, d, reference.region))
		return;
	state = disjunct_region(d, reference.region);
	if (!state || (!state->version && !state->kinds))
		disjunct_change(d, a->engine->arena, reference.region)->is_known = true;
}

/*
 * An acquire of as many pages as it returns: failed, some, all.  D is taken over.
 */
static void acquire_counted(struct application *a, struct disjunct *d,
			    const struct contract_effect *effect,
			    const struct contract_effect *range, struct disjunct_list *out)
{
	const struct linear *requested = range ? expression(a, d, range->high) : NULL;
	const struct linear *result = a->result;
	struct term_table *terms = a->engine->terms;
	struct disjunct *failed = disjunct_clone(d), *partial;
	bool may_fail = !range || range->low->op == CONTRACT_ERRNO;

	/* To ask for nothing is not an error, and not worth a case of its own. */
	if (requested && !bound(a, d, constant(a, 1), requested)) {
		disjunct_free(d);
		if (add(a, failed, result, CONSTRAINT_ZERO))
			disjunct_list_add(out, failed);
		else
			disjunct_free(failed);
		return;
	}
	note_nothing(a, failed, effect);
	/* No count is so large that an errno taken for unsigned equals it. */
	if (requested) {
		bound(a, d, requested, constant(a, COUNT_LIMIT));
		bound(a, failed, requested, constant(a, COUNT_LIMIT));
	}
	if ((!requested || bound(a, failed, constant(a, 1), requested)) &&
	    (!may_fail || bound(a, failed, constant(a, -ERRNO_LIMIT), result)) &&
	    (may_fail ? bound(a, failed, result, constant(a, -1)) :
			add(a, failed, result, CONSTRAINT_ZERO)))
		disjunct_list_add(out, failed);
	else
		disjunct_free(failed);

	if (!bound(a, d, constant(a, 1), result)) {
		disjunct_free(d);
		return;
	}
	partial = requested ? disjunct_clone(d) : NULL;
	if (partial && bound(a, partial, result,
			     linear_add_constant(terms, requested, -1))) {
		do_acquire(a, partial, effect, EXTENT_PARTIAL);
		disjunct_list_add(out, partial);
	} else {
		disjunct_free(partial);
	}
	if (!requested || add(a, d, linear_subtract(terms, requested, result),
			      CONSTRAINT_ZERO)) {
		do_acquire(a, d, effect, EXTENT_FULL);
		disjunct_list_add(out, d);
	} else {
		disjunct_free(d);
	}
}

/* An acquire that returns the page, NULL or an error pointer.  D is taken over. */
static void acquire_returned(struct application *a, struct disjunct *d,
			     const struct contract_effect *effect, struct disjunct_list *out)
{
	struct disjunct *other;

	if (effect->flags & CONTRACT_OR_NULL) {
		other = disjunct_clone(d);
		if (add(a, other, a->result, CONSTRAINT_ZERO))
			disjunct_list_add(out, other);
		else
			disjunct_free(other);
	}
	if (effect->flags & CONTRACT_OR_ERROR) {
		other = disjunct_clone(d);
		if (bound(a, other, constant(a, error_floor()), a->result))
			disjunct_list_add(out, other);
		else
			disjunct_free(other);
	}
	if (bound(a, d, constant(a, 1), a->result) &&
	    bound(a, d, a->result, constant(a, error_floor() - 1))) {
		do_acquire(a, d, effect, EXTENT_FULL);
		disjunct_list_add(out, d);
	} else {
		disjunct_free(d);
	}
}

/* D is taken over; the outcome is added to OUT. */
static void apply_unconditional(struct application *a, struct disjunct *d,
				const struct contract_effect *effect,
				struct disjunct_list *out)
{
	bool takes = effect->verb == CONTRACT_ACQUIRES || effect->verb == CONTRACT_GIVES;

	if (takes && a->result && effect->flags & CONTRACT_HAS_RANGE &&
	    effect->high->op == CONTRACT_PLACE && mentions_return(effect->high)) {
		acquire_counted(a, d, effect, returned_range(a->contract), out);
	} else if (takes && a->result && effect->verb == CONTRACT_ACQUIRES &&
		   effect->place.root == CONTRACT_RETURN && !effect->place.step_count &&
		   !(effect->flags & CONTRACT_HAS_RANGE)) {
		acquire_returned(a, d, effect, out);
	} else {
		do_effect(a, d, effect);
		disjunct_list_add(out, d);
	}
}

/* It took no reference, but may have filled the array with pages all the same. */
static void note_filled(struct application *a, struct disjunct *d,
			const struct contract_effect *effect)
{
	const struct region_state *state;
	struct region_state *filled;
	struct reference reference;

	if (effect->verb != CONTRACT_ACQUIRES || !(effect->flags & CONTRACT_HAS_RANGE) ||
	    !effect_reference(a, d, effect, &reference))
		return;
	state = disjunct_region(d, reference.region);
	if (!state || !state->is_zeroed || state->holding_count)
		return;
	filled = disjunct_change(d, a->engine->arena, reference.region);
	filled->version = a->value | a->frame->context << 20;
	filled->is_zeroed = false;
}

/* Whether an iterator is over user memory is often known to the caller alone. */
static bool has_untested_predicate(const struct contract_effect *effect)
{
	unsigned i;

	for (i = 0; i < effect->test_count; i++)
		if (effect->tests[i].kind == CONTRACT_PREDICATE)
			return true;
	return false;
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
	a->is_doubtful = has_untested_predicate(effect) && no.count;
	for (i = 0; i < yes.count; i++)
		apply_unconditional(a, yes.items[i], effect, out);
	a->is_doubtful = false;
	for (i = 0; i < no.count; i++) {
		note_filled(a, no.items[i], effect);
		disjunct_list_add(out, no.items[i]);
	}
	disjunct_list_release(&yes);
	disjunct_list_release(&no);
}

/* -------------------------------------------------------------------- result */

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
				a->result = value;
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

static bool contract_acquires(const struct contract *contract)
{
	unsigned i;

	for (i = 0; i < contract->effect_count; i++)
		if (contract->effects[i].verb == CONTRACT_ACQUIRES)
			return true;
	return false;
}

/* What the return value can be, where no acquire has made cases of it. */
static void bound_result(struct application *a, struct disjunct *d)
{
	const struct contract_effect *range = returned_range(a->contract);
	const struct linear *high;

	if (!range || !a->result)
		return;
	if (range->low->op == CONTRACT_ERRNO) {
		bound(a, d, constant(a, -ERRNO_LIMIT), a->result);
		/* Nothing was got, and nothing was wrong: only if nothing was asked for. */
		if (contract_acquires(a->contract))
			add(a, d, a->result, CONSTRAINT_NOT_ZERO);
	} else if (expression(a, d, range->low))
		bound(a, d, expression(a, d, range->low), a->result);
	high = expression(a, d, range->high);
	if (high)
		bound(a, d, a->result, high);
}

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

/* Those effects that take (or do not), in order; NOW is replaced by what comes of it. */
static void apply_effects(struct application *a, struct disjunct_list *now, bool taking)
{
	struct disjunct_list next;
	unsigned i, j;

	for (i = 0; i < a->contract->effect_count; i++) {
		const struct contract_effect *effect = &a->contract->effects[i];

		if (takes_away(effect) != taking)
			continue;
		next = (struct disjunct_list){ 0 };
		for (j = 0; j < now->count; j++)
			apply_effect(a, now->items[j], effect, &next);
		disjunct_list_release(now);
		*now = next;
	}
}

/* Does the contract say what happens to the memory of PARAMETER? */
static bool is_described(const struct contract *contract, unsigned parameter)
{
	unsigned i;

	for (i = 0; i < contract->effect_count; i++) {
		const struct contract_place *place = &contract->effects[i].place;

		if (contract->effects[i].verb == CONTRACT_ACQUIRES &&
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
	unsigned i, j;

	if (a.call->type.type_class != IR_TYPE_VOID)
		set_result(&a, d);
	d->values[value] = a.result;
	bound_result(&a, d);
	disjunct_list_add(&now, d);
	apply_effects(&a, &now, true);
	/* What it writes through its pointers is not known; what it says of it comes after. */
	for (j = 0; j < now.count; j++)
		for (i = 0; i < argument_count; i++)
			if (contract->flags & CONTRACT_NEUTRAL ||
			    (is_local_address(&a, arguments[i]) && !is_described(contract, i)))
				engine_escape(engine, frame, now.items[j], arguments[i],
					      value | frame->context << 20, false);
	apply_effects(&a, &now, false);
	for (j = 0; j < now.count; j++)
		disjunct_list_add(out, now.items[j]);
	disjunct_list_release(&now);
}
