// SPDX-License-Identifier: GPL-2.0-or-later
/* Constraint sets and the questions asked of them; see constraint.h. */
#include <stdlib.h>
#include <string.h>

#include <isl/ctx.h>
#include <isl/options.h>
#include <libiberty/libiberty.h>

#include "component.h"
#include "constraint.h"
#include "polyhedron.h"
#include "term-table.h"

/*
 * isl decides so many questions of one function, on so few symbols, in so many
 * steps; the rest stays open.
 */
#define ISL_CALL_LIMIT		16
#define ISL_SYMBOL_LIMIT	6
#define ISL_OPERATION_LIMIT	500
/* Extents remembered at one time. */
#define EXTENT_LIMIT		(1u << 16)

/*
 * Extent: what is known of the values of a direction under the constraints of
 * a component.  low <= high unless the constraints contradict each other.
 */
struct extent {
	ir_integer low, high;		/* no value lies outside */
	ir_integer from, to;		/* every integer in [from, to] is a value */
	/* there is a value >= some_high, one <= some_low; or it cannot be found out */
	ir_integer some_low, some_high;
	ir_integer tried;		/* the one number isl was asked for */
	bool is_tried, is_hole;		/* ... and it is not a value */
	/* the identity */
	struct direction direction;
	unsigned item_count;
	uint32_t items[];
};

struct solver {
	struct term_table *table;
	isl_ctx *context;		/* made when first needed */
	unsigned long isl_operations, isl_calls;
	struct term_hash extents;
	/* the question at hand: is the value of factor * direction + constant ... 0? */
	const struct constraint_set *set;
	struct component component;
	struct direction direction;
	ir_integer factor;
	struct polyhedron p;		/* not set but where it is built */
};

struct solver *solver_new(struct term_table *table, unsigned long isl_operations)
{
	struct solver *solver = XNEW(struct solver);

	memset(solver, 0, offsetof(struct solver, p));
	solver->table = table;
	solver->component.table = table;
	solver->isl_operations = isl_operations;
	return solver;
}

void solver_free(struct solver *solver)
{
	if (solver->context)
		isl_ctx_free(solver->context);
	component_release(&solver->component);
	free(solver);
}

struct component *solver_component(struct solver *solver)
{
	return &solver->component;
}

unsigned long solver_isl_calls(const struct solver *solver)
{
	return solver->isl_calls;
}

static ir_integer gcd(ir_integer a, ir_integer b)
{
	while (b) {
		ir_integer r = a % b;

		a = b;
		b = r;
	}
	return a < 0 ? -a : a;
}

/* A, not a constant, is factor * direction + A's constant. */
static void set_direction(struct solver *solver, const struct linear *a)
{
	struct direction *direction = &solver->direction;
	ir_integer factor = 0;
	unsigned i;

	for (i = 0; i < a->count && factor != 1 && factor != -1; i++)
		factor = a->count == 1 ? a->terms[0].coefficient :
			 gcd(factor, a->terms[i].coefficient);
	if ((factor < 0) != (a->terms[0].coefficient < 0))
		factor = -factor;
	direction->count = a->count;
	for (i = 0; i < a->count; i++) {
		direction->terms[i].symbol = a->terms[i].symbol;
		direction->terms[i].coefficient = factor == 1 ? a->terms[i].coefficient :
			factor == -1 ? -a->terms[i].coefficient :
			a->terms[i].coefficient / factor;
	}
	solver->factor = factor;
}

/* Does the set say that the direction does not have VALUE? */
static bool is_excluded(const struct solver *solver, ir_integer value)
{
	const struct direction *direction = &solver->direction;
	unsigned i, k;

	for (i = 0; i < solver->component.item_count; i++) {
		const struct constraint *item =
			&solver->set->items[solver->component.items[i]];
		const struct linear *a = item->linear;
		ir_integer factor;

		if (item->relation != CONSTRAINT_NOT_ZERO || a->count != direction->count)
			continue;
		factor = a->terms[0].coefficient / direction->terms[0].coefficient;
		if (!factor || a->constant % factor || value != -(a->constant / factor))
			continue;
		for (k = 0; k < a->count; k++)
			if (a->terms[k].symbol != direction->terms[k].symbol ||
			    a->terms[k].coefficient !=
			    factor * direction->terms[k].coefficient)
				break;
		if (k == a->count)
			return true;
	}
	return false;
}

/* -------------------------------------------- extents and their memory */

static uint32_t item_key(const struct solver *solver, unsigned i)
{
	const struct constraint *item = &solver->set->items[solver->component.items[i]];

	return item->linear->id * 4 + item->relation;
}

static uint32_t question_hash(const struct solver *solver)
{
	const struct direction *direction = &solver->direction;
	uint32_t hash = 0x811c9dc5u;
	unsigned i;

	for (i = 0; i < direction->count; i++)
		hash = term_mix(hash, direction->terms[i].symbol ^
				(uint64_t)direction->terms[i].coefficient << 32);
	for (i = 0; i < solver->component.item_count; i++)
		hash = term_mix(hash, item_key(solver, i));
	return hash;
}

static bool is_extent_asked_for(const void *item, const void *key)
{
	const struct extent *extent = item;
	const struct solver *solver = key;
	const struct direction *direction = &solver->direction;
	unsigned i;

	if (extent->item_count != solver->component.item_count ||
	    extent->direction.count != direction->count)
		return false;
	for (i = 0; i < direction->count; i++)
		if (extent->direction.terms[i].symbol != direction->terms[i].symbol ||
		    extent->direction.terms[i].coefficient != direction->terms[i].coefficient)
			return false;
	for (i = 0; i < extent->item_count; i++)
		if (extent->items[i] != item_key(solver, i))
			return false;
	return true;
}

static void build(struct solver *solver)
{
	component_build(&solver->component, solver->set, &solver->direction, &solver->p);
}

static void compute(struct solver *solver, struct extent *extent)
{
	struct polyhedron_range range;

	build(solver);
	range = polyhedron_project(&solver->p, POLYHEDRON_REAL);
	extent->low = range.low;
	extent->high = range.high;
	if (!range.is_exact) {
		build(solver);
		range = polyhedron_project(&solver->p, POLYHEDRON_DARK);
	}
	extent->from = range.low;
	extent->to = range.high;
	while (extent->low <= extent->high && is_excluded(solver, extent->low))
		extent->low++;
	while (extent->low <= extent->high && is_excluded(solver, extent->high))
		extent->high--;
	extent->some_low = extent->from <= extent->to ? extent->from : extent->high;
	extent->some_high = extent->from <= extent->to ? extent->to : extent->low;
}

/* The extent of A's direction under what of SET is connected with it. */
static struct extent *find_extent(struct solver *solver, const struct constraint_set *set,
				  const struct linear *a)
{
	struct extent *extent;
	const void **slot;
	unsigned i;

	solver->set = set;
	set_direction(solver, a);
	component_gather(&solver->component, set, a);
	if (solver->extents.count == EXTENT_LIMIT)
		memset(&solver->extents, 0, sizeof(solver->extents));
	slot = term_hash_slot(solver->table->arena, &solver->extents, question_hash(solver),
			      is_extent_asked_for, solver);
	if (*slot)
		return (struct extent *)*slot;
	extent = arena_alloc(solver->table->arena, sizeof(*extent) +
			     solver->component.item_count * sizeof(extent->items[0]));
	extent->direction = solver->direction;
	extent->item_count = solver->component.item_count;
	for (i = 0; i < extent->item_count; i++)
		extent->items[i] = item_key(solver, i);
	compute(solver, extent);
	*slot = extent;
	return extent;
}

/* ----------------------------------------------------------- questions */

/* By isl: has sign * (direction - value) >= 0, or == 0, no solution? */
static bool is_refuted(struct solver *solver, int sign, ir_integer value, bool is_equality)
{
	if (solver->isl_calls >= ISL_CALL_LIMIT ||
	    solver->component.symbol_count > ISL_SYMBOL_LIMIT)
		return false;
	build(solver);
	polyhedron_bound(&solver->p, 0, sign, -sign * value, is_equality);
	solver->isl_calls++;
	if (polyhedron_has_easy_point(&solver->p))
		return false;
	if (!solver->context) {
		solver->context = isl_ctx_alloc();
		isl_options_set_on_error(solver->context, ISL_ON_ERROR_CONTINUE);
		isl_ctx_set_max_operations(solver->context,
					   solver->isl_operations < ISL_OPERATION_LIMIT ?
					   solver->isl_operations : ISL_OPERATION_LIMIT);
	}
	isl_ctx_reset_operations(solver->context);
	return polyhedron_ask_isl(solver->context, &solver->p) == POLYHEDRON_EMPTY;
}

/* Is there a solution where the direction has VALUE or more, as far as is known? */
static bool can_be_at_least(struct solver *solver, struct extent *extent, ir_integer value)
{
	if (value > extent->high)
		return false;
	if (value <= extent->some_high)
		return true;
	if (is_refuted(solver, 1, value, false)) {
		extent->high = value - 1;
		return false;
	}
	extent->some_high = value;
	return true;
}

static bool can_be_at_most(struct solver *solver, struct extent *extent, ir_integer value)
{
	if (value < extent->low)
		return false;
	if (value >= extent->some_low)
		return true;
	if (is_refuted(solver, -1, value, false)) {
		extent->low = value + 1;
		return false;
	}
	extent->some_low = value;
	return true;
}

static bool can_be(struct solver *solver, struct extent *extent, ir_integer value)
{
	if (value < extent->low || value > extent->high || is_excluded(solver, value))
		return false;
	if (value >= extent->from && value <= extent->to)
		return true;
	if (!extent->is_tried || extent->tried != value) {
		extent->is_tried = true;
		extent->tried = value;
		extent->is_hole = is_refuted(solver, 1, value, true);
	}
	return !extent->is_hole;
}

static enum truth test_at_least_zero(struct solver *solver, const struct constraint_set *set,
				     const struct linear *a)
{
	struct extent *extent;
	ir_integer edge;

	extent = find_extent(solver, set, a);
	if (solver->factor > 0) {
		edge = -floor_divide(a->constant, solver->factor);
		if (!can_be_at_most(solver, extent, edge - 1))
			return TRUTH_YES;
		return can_be_at_least(solver, extent, edge) ? TRUTH_UNKNOWN : TRUTH_NO;
	}
	edge = floor_divide(a->constant, -solver->factor);
	if (!can_be_at_least(solver, extent, edge + 1))
		return TRUTH_YES;
	return can_be_at_most(solver, extent, edge) ? TRUTH_UNKNOWN : TRUTH_NO;
}

static enum truth test_zero(struct solver *solver, const struct constraint_set *set,
			    const struct linear *a)
{
	struct extent *extent;
	ir_integer value;

	extent = find_extent(solver, set, a);
	if (a->constant % solver->factor)
		return TRUTH_NO;
	value = -(a->constant / solver->factor);
	if (extent->low <= extent->high && !can_be(solver, extent, value))
		return TRUTH_NO;
	return can_be_at_least(solver, extent, value + 1) ||
	       can_be_at_most(solver, extent, value - 1) ? TRUTH_UNKNOWN : TRUTH_YES;
}

static enum truth negate(enum truth truth)
{
	if (truth == TRUTH_UNKNOWN)
		return truth;
	return truth == TRUTH_YES ? TRUTH_NO : TRUTH_YES;
}

/* 1: A and B have the same terms, -1: each has the other's sign, 0: others. */
static int compare_terms(const struct linear *a, const struct linear *b)
{
	unsigned i;
	int sign;

	if (a->signature != b->signature || a->count != b->count || !a->count)
		return 0;
	sign = a->terms[0].coefficient == b->terms[0].coefficient ? 1 : -1;
	for (i = 0; i < a->count; i++)
		if (a->terms[i].symbol != b->terms[i].symbol ||
		    a->terms[i].coefficient != sign * b->terms[i].coefficient)
			return 0;
	return sign;
}

/* A is sign * x + k, of an x for which x >= 0, or == 0, or != 0. */
static enum truth follows(enum constraint_relation of_x, int sign, ir_integer k,
			  enum constraint_relation relation)
{
	bool is_above = of_x == CONSTRAINT_AT_LEAST_ZERO && sign > 0 && k > 0;
	bool is_below = of_x == CONSTRAINT_AT_LEAST_ZERO && sign < 0 && k < 0;
	enum truth is_zero = TRUTH_UNKNOWN;

	if (relation == CONSTRAINT_AT_LEAST_ZERO) {
		if (of_x == CONSTRAINT_ZERO)
			return k >= 0 ? TRUTH_YES : TRUTH_NO;
		if (of_x == CONSTRAINT_AT_LEAST_ZERO && sign > 0 && k >= 0)
			return TRUTH_YES;
		return is_below ? TRUTH_NO : TRUTH_UNKNOWN;
	}
	if (of_x == CONSTRAINT_ZERO)
		is_zero = k ? TRUTH_NO : TRUTH_YES;
	else if (is_above || is_below || (of_x == CONSTRAINT_NOT_ZERO && !k))
		is_zero = TRUTH_NO;
	return relation == CONSTRAINT_ZERO ? is_zero : negate(is_zero);
}

/* What one item of SET says of it by itself.  Most questions are answered so, and soon. */
static enum truth test_items(const struct constraint_set *set, const struct linear *a,
			     enum constraint_relation relation)
{
	enum truth truth = TRUTH_UNKNOWN;
	unsigned i;

	for (i = 0; i < set->count && truth == TRUTH_UNKNOWN; i++) {
		const struct linear *x = set->items[i].linear;
		int sign = compare_terms(x, a);

		if (sign)
			truth = follows(set->items[i].relation, sign,
					a->constant - sign * x->constant, relation);
	}
	return truth;
}

static enum truth test_constant(ir_integer value, enum constraint_relation relation)
{
	bool holds = relation == CONSTRAINT_AT_LEAST_ZERO ? value >= 0 :
		     (value == 0) == (relation == CONSTRAINT_ZERO);

	return holds ? TRUTH_YES : TRUTH_NO;
}

enum truth constraint_set_test(struct solver *solver, const struct constraint_set *set,
			       const struct linear *a, enum constraint_relation relation)
{
	enum truth truth;

	if (!a)
		return TRUTH_UNKNOWN;
	if (linear_is_constant(a))
		return test_constant(a->constant, relation);
	truth = test_items(set, a, relation);
	if (truth != TRUTH_UNKNOWN)
		return truth;
	switch (relation) {
	case CONSTRAINT_AT_LEAST_ZERO:
		return test_at_least_zero(solver, set, a);
	case CONSTRAINT_ZERO:
		return test_zero(solver, set, a);
	default:
		return negate(test_zero(solver, set, a));
	}
}

bool constraint_set_add(struct solver *solver, struct constraint_set *set,
			const struct linear *a, enum constraint_relation relation)
{
	unsigned i;

	if (!a)
		return true;
	switch (constraint_set_test(solver, set, a, relation)) {
	case TRUTH_YES:
		return true;
	case TRUTH_NO:
		return false;
	default:
		break;
	}
	for (i = 0; i < set->count; i++)
		if (set->items[i].linear == a && set->items[i].relation == relation)
			return true;
	if (set->count == CONSTRAINT_LIMIT) {
		memmove(set->items, set->items + 1, (set->count - 1) * sizeof(set->items[0]));
		set->count--;
	}
	set->items[set->count].linear = a;
	set->items[set->count++].relation = relation;
	return true;
}

bool constraint_set_is_at_least(struct solver *solver, const struct constraint_set *set,
				const struct linear *a, const struct linear *b)
{
	if (a && a == b)
		return true;
	return constraint_set_test(solver, set, linear_subtract(solver->table, a, b),
				   CONSTRAINT_AT_LEAST_ZERO) == TRUTH_YES;
}

bool constraint_set_is_greater(struct solver *solver, const struct constraint_set *set,
			       const struct linear *a, const struct linear *b)
{
	const struct linear *difference = linear_subtract(solver->table, a, b);

	if (!difference)
		return false;
	return constraint_set_test(solver, set,
				   linear_add_constant(solver->table, difference, -1),
				   CONSTRAINT_AT_LEAST_ZERO) == TRUTH_YES;
}

bool constraint_set_is_equal(struct solver *solver, const struct constraint_set *set,
			     const struct linear *a, const struct linear *b)
{
	if (a && a == b)
		return true;
	return constraint_set_test(solver, set, linear_subtract(solver->table, a, b),
				   CONSTRAINT_ZERO) == TRUTH_YES;
}
