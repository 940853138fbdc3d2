// SPDX-License-Identifier: GPL-2.0-or-later
/* Failures; see failure.h. */
#include <stdlib.h>

#include <libiberty/libiberty.h>

#include "cell.h"
#include "failure.h"

#define FAILURE_LIMIT	16	/* of one root */
#define WITHOUT_LIMIT	4	/* of those that hold nothing, and gave back nothing */
#define ERROR_POINTERS	4095

struct failure {
	struct failure *next;
	struct disjunct *d;
	const struct linear *result;
	ir_location location;
	bool is_certain;		/* otherwise just not zero */
};

/* ------------------------------------------------------------------------- noting */

static bool is_zero(struct engine *engine, const struct disjunct *d, const struct linear *a)
{
	return linear_is_constant(a) ? !a->constant :
		constraint_set_test(engine->solver, &d->constraints, a,
				    CONSTRAINT_ZERO) == TRUTH_YES;
}

static bool is_not_zero(struct engine *engine, const struct disjunct *d,
			const struct linear *a)
{
	return linear_is_constant(a) ? a->constant != 0 :
		constraint_set_test(engine->solver, &d->constraints, a,
				    CONSTRAINT_NOT_ZERO) == TRUTH_YES;
}

/* An errno. */
static bool is_negative(struct engine *engine, const struct disjunct *d,
			const struct linear *a)
{
	if (linear_is_constant(a))
		return a->constant < 0;
	return constraint_set_is_greater(engine->solver, &d->constraints,
					 linear_constant(engine->terms, 0), a);
}

/* NULL, or an errno as a pointer. */
static bool is_no_pointer(struct engine *engine, const struct disjunct *d,
			  const struct linear *a)
{
	ir_integer floor = ((ir_integer)1 << 64) - ERROR_POINTERS;

	if (linear_is_constant(a))
		return a->constant <= 0 || a->constant >= floor;
	return is_zero(engine, d, a) || is_negative(engine, d, a) ||
	       constraint_set_is_at_least(engine->solver, &d->constraints, a,
					  linear_constant(engine->terms, floor));
}

/* Does RESULT tell of an error?  The root notes what else it returns. */
static bool is_failure(struct engine *engine, const struct disjunct *d,
		       const struct linear *result, bool *is_certain)
{
	if (engine->root->return_type.type_class == IR_TYPE_POINTER) {
		*is_certain = true;
		return is_no_pointer(engine, d, result);
	}
	*is_certain = is_negative(engine, d, result);
	if (*is_certain)
		return true;
	if (is_zero(engine, d, result)) {
		engine->returns_zero = true;
		return false;
	}
	/* It may be one, if the function returns zero otherwise. */
	if (!linear_is_constant(result) && is_not_zero(engine, d, result) &&
	    !constraint_set_is_greater(engine->solver, &d->constraints, result,
				       linear_constant(engine->terms, 0)))
		return true;
	engine->returns_numbers = true;
	return false;
}

/* Pages that this function has taken, where others may find them. */
static bool is_of_interest(const struct engine *engine, const struct region_state *state)
{
	const struct region *base = region_base(state->region);

	if (state->is_page || state->is_blurred || !(state->holding_count || state->given_back))
		return false;
	return state->is_scattered || base->kind != REGION_VARIABLE ||
		engine->unit->variables[base->variable].is_global;
}

/* An array that the caller has passed, not one that it may find again in a record. */
static bool is_passed_array(const struct engine *engine, const struct region *region)
{
	return region->kind == REGION_POINTEE &&
	       symbol_get(engine->terms, region->symbol)->kind == SYMBOL_PARAMETER;
}

/* Pages were asked for in such an array, and were not given. */
static bool is_without(const struct engine *engine, const struct region_state *state)
{
	return state->asked_low && !state->holding_count && !state->given_back &&
	       !state->handed_high && !state->is_page && !state->is_blurred &&
	       is_passed_array(engine, state->region);
}

void failure_note_return(struct engine *engine, const struct disjunct *d,
			 const struct linear *result, ir_location location)
{
	struct failure *failure;
	unsigned i, count = 0;
	bool is_certain;

	if (!result || !is_failure(engine, d, result, &is_certain))
		return;
	for (i = 0; i < d->region_count; i++) {
		if (is_of_interest(engine, d->regions[i]))
			break;
		if (linear_is_constant(result) && is_without(engine, d->regions[i]) &&
		    engine->failures_without < WITHOUT_LIMIT) {
			engine->failures_without++;
			break;
		}
	}
	for (failure = engine->failures; failure; failure = failure->next)
		count++;
	if (i == d->region_count || count == FAILURE_LIMIT)
		return;
	failure = XNEW(struct failure);
	failure->next = engine->failures;
	failure->d = disjunct_clone(d);
	failure->result = result;
	failure->location = location;
	failure->is_certain = is_certain;
	engine->failures = failure;
}

void failure_release(struct engine *engine)
{
	struct failure *failure;

	while ((failure = engine->failures)) {
		engine->failures = failure->next;
		disjunct_free(failure->d);
		free(failure);
	}
	engine->failures_without = 0;
}

/* ---------------------------------------------------------------------- comparing */

/* What is at REGION, OFFSET in D is certainly zero. */
static bool reads_zero(struct engine *engine, struct disjunct *d, const struct region *region,
		       const struct linear *offset, struct ir_type type)
{
	return is_zero(engine, d, engine_load(engine, d, region, offset, type, NULL, 0));
}

static struct ir_type type_of(const struct engine *engine, const struct linear *value)
{
	struct ir_type type = { IR_TYPE_INTEGER, 64, true, IR_POINTEE_OTHER };

	return value->count ? symbol_get(engine->terms, value->terms[0].symbol)->type : type;
}

/* VALUE, that of E, is what was there when the function was called. */
static bool is_unchanged(const struct engine *engine, const struct memory_entry *e)
{
	symbol_id id = linear_as_symbol(e->value);
	const struct symbol *s = id ? symbol_get(engine->terms, id) : NULL;

	return s && s->kind == SYMBOL_LOADED && s->region == e->region && s->offset == e->offset;
}

static bool is_seen(const struct engine *engine, const struct disjunct *d,
		    const struct region *region, const struct region *pages)
{
	return engine_is_outside(engine, d, region) && !region_is_inside(region, pages);
}

/* Does KEEPER leave a number or pointer that GIVER does not leave? */
static bool leaves_record(struct engine *engine, struct disjunct *keeper,
			  struct disjunct *giver, const struct region *pages)
{
	unsigned i;

	for (i = 0; i < keeper->memory_count; i++) {
		const struct memory_entry *e = &keeper->memory[i], *other;

		if (!is_seen(engine, keeper, e->region, pages) || is_unchanged(engine, e) ||
		    is_zero(engine, keeper, e->value))
			continue;
		other = disjunct_memory(giver, e->region, e->offset);
		if (!other || (other->value != e->value &&
			       !is_not_zero(engine, giver, other->value)))
			return true;
	}
	return false;
}

/* Does GIVER clear what is not clear in KEEPER? */
static bool clears_record(struct engine *engine, struct disjunct *keeper,
			  struct disjunct *giver, const struct region *pages)
{
	unsigned i;

	for (i = 0; i < giver->memory_count; i++) {
		const struct memory_entry *e = &giver->memory[i], *other;

		if (!is_seen(engine, giver, e->region, pages) || is_unchanged(engine, e) ||
		    is_not_zero(engine, giver, e->value))
			continue;
		other = disjunct_memory(keeper, e->region, e->offset);
		if (!(other && other->value == e->value) &&
		    !reads_zero(engine, keeper, e->region, e->offset,
				type_of(engine, e->value)))
			return true;
	}
	return false;
}

/*
 * Has GIVER changed a record of the caller's in a way that is not known, and KEEPER not
 * the same?  Where there are pages there is no number of them.
 */
static bool changes_record(struct engine *engine, struct disjunct *keeper,
			   struct disjunct *giver, const struct region *pages)
{
	const struct linear *start = linear_constant(engine->terms, 0);
	struct ir_type type = { IR_TYPE_INTEGER, 64, true, IR_POINTEE_OTHER };
	unsigned i;

	for (i = 0; i < giver->region_count; i++) {
		const struct region_state *state = giver->regions[i], *other;

		if (state->is_page || state->kinds || !(state->version || state->is_zeroed) ||
		    region_base(state->region)->kind != REGION_POINTEE ||
		    !is_seen(engine, giver, state->region, pages))
			continue;
		other = disjunct_region(keeper, state->region);
		if (other && other->version == state->version &&
		    other->is_zeroed == state->is_zeroed)
			continue;
		if (disjunct_memory(giver, state->region, start) ||
		    (state->region->kind == REGION_FIELD &&
		     reads_zero(engine, keeper, state->region, start, type)))
			continue;
		return true;
	}
	return false;
}

/* The release on GIVER's path of what HOLDING holds in STATE; NULL: there is none. */
static const struct event *given_back(const struct disjunct *giver,
				      const struct region_state *state,
				      const struct holding *holding)
{
	const struct region_state *other = disjunct_region(giver, state->region);

	if (holding->is_handed_on || !other || other->is_blurred || other->holding_count ||
	    !other->given_back ||
	    !(other->kinds >> holding->kind & 1) || other->is_scattered < holding->is_scattered)
		return NULL;
	return other->given_back;
}

static bool is_element_test(const struct ir_function *f, const struct ir_instruction *i)
{
	const struct ir_place *place;

	if ((i->op != IR_EQUAL && i->op != IR_NOT_EQUAL) || !i->operands[0] ||
	    f->instructions[i->operands[0]].op != IR_LOAD ||
	    f->instructions[i->operands[0]].type.pointee != IR_POINTEE_PAGE)
		return false;
	/* pages[i] of a field, or *(pages + i) */
	place = f->instructions[i->operands[0]].u.place;
	return place->step_count ? place->steps[place->step_count - 1].kind == IR_STEP_INDEX :
				   place->root == IR_ROOT_POINTER;
}

/* Does somebody look which elements of an array of pages are there?  That tells, too. */
static bool tests_elements(const struct ir_unit *unit)
{
	unsigned i;
	ir_value v;

	for (i = 0; i < unit->function_count; i++) {
		const struct ir_function *f = unit->functions[i];

		for (v = 1; f && v < f->value_count; v++)
			if (is_element_test(f, &f->instructions[v]))
				return true;
	}
	return false;
}

/* As many as a caller asks for, who is followed: one, perhaps, of which there is no part. */
static bool is_left_to_caller(const struct engine *engine, const struct region_state *state)
{
	const struct linear *length = linear_subtract(engine->terms, state->asked_high,
						      state->asked_low);
	symbol_id id = length ? linear_as_symbol(length) : 0;

	return id && symbol_get(engine->terms, id)->kind == SYMBOL_PARAMETER &&
	       cell_is_seen_from_callers(engine);
}

/*
 * Did the acquire that HOLDING has part of fail in OTHER, with the same errno?  The count
 * of the pages is lost with the call, and for all that the caller can tell there are none.
 */
static bool is_told_none(const struct engine *engine, const struct failure *keeper,
			 const struct failure *other,
			 const struct region_state *state, const struct holding *holding)
{
	const struct region_state *there = disjunct_region(other->d, state->region);

	return keeper->is_certain && linear_is_constant(keeper->result) &&
	       keeper->result == other->result && holding->extent == EXTENT_PARTIAL &&
	       !holding->kind && !holding->is_scattered && state->asked_low && there &&
	       is_without(engine, there) && there->asked_low == state->asked_low &&
	       there->asked_high == state->asked_high && !is_left_to_caller(engine, state) &&
	       !tests_elements(engine->unit);
}

static void judge_holding(struct engine *engine, const struct frame *frame,
			  struct failure *keeper, const struct region_state *state,
			  const struct holding *holding)
{
	const struct event *instead;
	struct failure *giver;

	if (keeper->is_certain &&
	    failure_loses_count(engine, keeper->d, keeper->result, state, holding)) {
		verdict_leak(engine, frame, keeper->d, state, holding, LEAK_UNCOUNTED,
			     keeper->location, NULL);
		return;
	}
	for (giver = engine->failures; giver; giver = giver->next) {
		instead = giver == keeper ? NULL : given_back(giver->d, state, holding);
		if ((!instead && (giver == keeper ||
				  !is_told_none(engine, keeper, giver, state, holding))) ||
		    leaves_record(engine, keeper->d, giver->d, state->region) ||
		    clears_record(engine, keeper->d, giver->d, state->region) ||
		    changes_record(engine, keeper->d, giver->d, state->region))
			continue;
		verdict_leak(engine, frame, keeper->d, state, holding, LEAK_RETURN,
			     keeper->location, instead);
		return;
	}
}

void failure_judge(struct engine *engine, const struct frame *frame)
{
	struct failure *keeper;
	unsigned i, h;

	for (keeper = engine->failures; keeper; keeper = keeper->next) {
		if (!keeper->is_certain && (!engine->returns_zero || engine->returns_numbers))
			continue;
		for (i = 0; i < keeper->d->region_count; i++) {
			const struct region_state *state = keeper->d->regions[i];

			if (!is_of_interest(engine, state))
				continue;
			for (h = 0; h < state->holding_count; h++)
				judge_holding(engine, frame, keeper, state,
					      &state->holdings[h]);
		}
	}
}
