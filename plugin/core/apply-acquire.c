// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The cases of an acquire.
 *
 *	ret = pin_user_pages_fast(addr, n, 0, pages);
 *
 * failed, with a negative result, and nothing is held; or took fewer than n
 * pages, or all of them.  An acquire that returns its page gives it, or NULL, or
 * an error pointer.
 */
#include "apply.h"
#include "interval.h"

/* What is requested is below: no errno taken for unsigned equals it. */
#define COUNT_LIMIT	((ir_integer)1 << 48)

const struct contract_effect *returned_range(const struct contract *contract)
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

bool assume_relation(struct application *a, struct disjunct *d, const struct linear *linear,
		     enum constraint_relation relation)
{
	return constraint_set_add(a->engine->solver, &d->constraints, linear, relation);
}

bool assume_order(struct application *a, struct disjunct *d, const struct linear *low,
		  const struct linear *x)
{
	return assume_relation(a, d, linear_subtract(a->engine->terms, x, low),
			       CONSTRAINT_AT_LEAST_ZERO);
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
 * Nothing is held in the REQUESTED elements: then they hold what this acquire gives,
 * and nothing else.
 */
static void note_asked(struct application *a, struct disjunct *d,
		       const struct contract_effect *effect, const struct linear *requested)
{
	struct term_table *terms = a->engine->terms;
	const struct region_state *old;
	const struct linear *low, *high;
	struct reference reference;
	struct region_state *state;

	/* What is only given leaves nothing behind that a release could be compared with. */
	if (!requested || !plan_is_acquire(a->engine->plan, effect) ||
	    !effect_reference(a, d, effect, &reference) || reference.page || !reference.low)
		return;
	old = disjunct_region(d, reference.region);
	high = linear_add(terms, reference.low, requested);
	/* The rest of what was asked for before? */
	low = old && old->asked_low && old->asked_high == high ? old->asked_low :
								 reference.low;
	if (!high || (old && (old->is_blurred ||
			      (old->kinds && !old->is_known && !old->asked_low) ||
			      !is_apart(a->engine, d, old, reference.low, high))))
		low = high = NULL;
	if (!high && (!old || !old->asked_low))
		return;
	state = disjunct_change(d, a->engine->arena, reference.region);
	state->asked_low = low;
	state->asked_high = high;
}

/* None of the REQUESTED elements is there in D. */
static void note_missing(struct application *a, struct disjunct *d,
			 const struct contract_effect *effect)
{
	struct reference reference;

	if (effect->verb == CONTRACT_ACQUIRES && effect_reference(a, d, effect, &reference) &&
	    !reference.page)
		engine_note_missing(a->engine, a->frame, d, reference.region,
				    a->call->location, a->contract->function);
}

static void note_failure(struct application *a, struct disjunct *d)
{
	d->trail = engine_event(a->engine, a->frame, d->trail, EVENT_FAILURE, a->call->location,
				NULL);
}

void acquire_failed(struct application *a, struct disjunct *d,
		    const struct contract_effect *effect)
{
	note_failure(a, d);
	note_asked(a, d, effect, apply_constant(a, 1));
	note_missing(a, d, effect);
}

/* Addresses go round: an index that was made unsigned is the same element as before. */
static const struct linear *without_turns(struct application *a, const struct linear *index)
{
	const ir_integer turn = (ir_integer)1 << 61;	/* 64 bits in units of 8 bytes */
	ir_integer turns = (index->constant + turn / 2) / turn;

	return linear_add_constant(a->engine->terms, index, -turns * turn);
}

/*
 * Pages go before the start of an array of this function's own: what its elements were
 * counted with is an error.
 */
static void check_start(struct application *a, struct disjunct *d,
			const struct contract_effect *effect)
{
	struct release how = { .location = a->call->location, .function = a->contract->function };
	struct reference reference;

	if (effect->verb == CONTRACT_ACQUIRES && effect_reference(a, d, effect, &reference) &&
	    !reference.page && reference.low && !linear_is_constant(reference.low) &&
	    !engine_is_outside(a->engine, d, reference.region) &&
	    greater(a->engine, d, apply_constant(a, 0), without_turns(a, reference.low)))
		verdict_error_as_count(a->engine, a->frame, d, &reference, &how);
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
	if (requested && !assume_order(a, d, apply_constant(a, 1), requested)) {
		disjunct_free(d);
		if (assume_relation(a, failed, result, CONSTRAINT_ZERO))
			disjunct_list_add(out, failed);
		else
			disjunct_free(failed);
		return;
	}
	check_start(a, d, effect);
	note_failure(a, failed);
	note_nothing(a, failed, effect);
	note_asked(a, failed, effect, requested);
	note_missing(a, failed, effect);
	note_asked(a, d, effect, requested);
	/* No count is so large that an errno taken for unsigned equals it. */
	if (requested) {
		assume_order(a, d, requested, apply_constant(a, COUNT_LIMIT));
		assume_order(a, failed, requested, apply_constant(a, COUNT_LIMIT));
	}
	if ((!requested || assume_order(a, failed, apply_constant(a, 1), requested)) &&
	    (!may_fail || assume_order(a, failed, apply_constant(a, -ERRNO_LIMIT), result)) &&
	    (may_fail ? assume_order(a, failed, result, apply_constant(a, -1)) :
			assume_relation(a, failed, result, CONSTRAINT_ZERO)))
		disjunct_list_add(out, failed);
	else
		disjunct_free(failed);

	if (!assume_order(a, d, apply_constant(a, 1), result)) {
		disjunct_free(d);
		return;
	}
	partial = requested ? disjunct_clone(d) : NULL;
	if (partial && assume_order(a, partial, result,
				    linear_add_constant(terms, requested, -1))) {
		do_acquire(a, partial, effect, EXTENT_PARTIAL);
		disjunct_list_add(out, partial);
	} else {
		disjunct_free(partial);
	}
	if (!requested ||
	    assume_relation(a, d, linear_subtract(terms, requested, result), CONSTRAINT_ZERO)) {
		/* There is no part of one; pages that a loop takes one by one are neighbours. */
		if (requested && linear_is_constant(requested) && requested->constant == 1)
			a->result = requested;
		do_acquire(a, d, effect, EXTENT_FULL);
		a->result = result;
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
		note_failure(a, other);
		if (assume_relation(a, other, a->result, CONSTRAINT_ZERO))
			disjunct_list_add(out, other);
		else
			disjunct_free(other);
	}
	if (effect->flags & CONTRACT_OR_ERROR) {
		other = disjunct_clone(d);
		note_failure(a, other);
		if (assume_order(a, other, apply_constant(a, error_floor()), a->result))
			disjunct_list_add(out, other);
		else
			disjunct_free(other);
	}
	if (assume_order(a, d, apply_constant(a, 1), a->result) &&
	    assume_order(a, d, a->result, apply_constant(a, error_floor() - 1))) {
		do_acquire(a, d, effect, EXTENT_FULL);
		disjunct_list_add(out, d);
	} else {
		disjunct_free(d);
	}
}

/* What the contract limits HIGH to; NULL: nothing, or always the same, which nobody asks for. */
static const struct linear *limit_of(struct application *a, struct disjunct *d,
				     const struct linear *high)
{
	const struct linear *limit;
	unsigned i;

	for (i = 0; high && i < a->contract->effect_count; i++) {
		const struct contract_effect *effect = &a->contract->effects[i];

		if (effect->verb != CONTRACT_LIMITS || expression(a, d, effect->high) != high)
			continue;
		limit = expression(a, d, effect->low);
		if (limit && !linear_is_constant(limit))
			return limit;
	}
	return NULL;
}

/*
 * An acquire of as many pages as are computed from what it returns, up to a limit: some or
 * all.  D is taken over.
 */
static bool acquire_limited(struct application *a, struct disjunct *d,
			    const struct contract_effect *effect, struct disjunct_list *out)
{
	const struct linear *high = expression(a, d, effect->high), *limit = limit_of(a, d, high);
	struct term_table *terms = a->engine->terms;
	struct disjunct *partial;

	if (!limit)
		return false;
	partial = disjunct_clone(d);
	if (assume_order(a, partial, high, linear_add_constant(terms, limit, -1))) {
		do_acquire(a, partial, effect, EXTENT_PARTIAL);
		disjunct_list_add(out, partial);
	} else {
		disjunct_free(partial);
	}
	if (assume_relation(a, d, linear_subtract(terms, limit, high), CONSTRAINT_ZERO)) {
		do_acquire(a, d, effect, EXTENT_FULL);
		disjunct_list_add(out, d);
	} else {
		disjunct_free(d);
	}
	return true;
}

bool acquire_by_result(struct application *a, struct disjunct *d,
		       const struct contract_effect *effect, struct disjunct_list *out)
{
	bool takes = effect->verb == CONTRACT_ACQUIRES || effect->verb == CONTRACT_TAKES ||
		     effect->verb == CONTRACT_GIVES;

	if (takes && a->result && effect->flags & CONTRACT_HAS_RANGE &&
	    effect->high->op == CONTRACT_PLACE && mentions_return(effect->high)) {
		acquire_counted(a, d, effect, returned_range(a->contract), out);
		return true;
	}
	if (takes && a->result && plan_is_acquire(a->engine->plan, effect) &&
	    effect->place.root == CONTRACT_RETURN && !effect->place.step_count &&
	    !(effect->flags & CONTRACT_HAS_RANGE)) {
		acquire_returned(a, d, effect, out);
		return true;
	}
	return effect->verb == CONTRACT_ACQUIRES && effect->flags & CONTRACT_HAS_RANGE &&
	       acquire_limited(a, d, effect, out);
}
