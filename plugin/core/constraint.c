// SPDX-License-Identifier: GPL-2.0-or-later
/* Constraint sets and the questions asked of them; see constraint.h. */
#include <string.h>

#include <isl/ctx.h>
#include <isl/options.h>
#include <libiberty/libiberty.h>

#include "constraint.h"
#include "polyhedron.h"

struct solver {
	struct term_table *table;
	isl_ctx *context;		/* made when first needed */
	unsigned long isl_operations, isl_calls;
	/* the question at hand */
	struct polyhedron p;
	symbol_id variables[POLYHEDRON_VARIABLES];
	bool is_exact;			/* rational answer = integer answer */
};

struct solver *solver_new(struct term_table *table, unsigned long isl_operations)
{
	struct solver *solver = XCNEW(struct solver);

	solver->table = table;
	solver->isl_operations = isl_operations;
	return solver;
}

void solver_free(struct solver *solver)
{
	if (solver->context)
		isl_ctx_free(solver->context);
	free(solver);
}

unsigned long solver_isl_calls(const struct solver *solver)
{
	return solver->isl_calls;
}

static int variable_of(const struct solver *solver, symbol_id symbol)
{
	unsigned v;

	for (v = 0; v < solver->p.variable_count; v++)
		if (solver->variables[v] == symbol)
			return (int)v;
	return -1;
}

static bool is_connected(const struct solver *solver, const struct linear *a)
{
	unsigned i;

	for (i = 0; i < a->count; i++)
		if (variable_of(solver, a->terms[i].symbol) >= 0)
			return true;
	return false;
}

/* False when there are too many variables; the row is then left out. */
static bool take_variables(struct solver *solver, const struct linear *a)
{
	unsigned missing = 0, i;

	for (i = 0; i < a->count; i++)
		missing += variable_of(solver, a->terms[i].symbol) < 0;
	if (solver->p.variable_count + missing > POLYHEDRON_VARIABLES)
		return false;
	for (i = 0; i < a->count; i++)
		if (variable_of(solver, a->terms[i].symbol) < 0)
			solver->variables[solver->p.variable_count++] = a->terms[i].symbol;
	return true;
}

/* Row: factor * a + constant >= 0; room is kept for the bounds. */
static void put_row(struct solver *solver, const struct linear *a, int factor,
		    ir_integer constant)
{
	struct polyhedron_row *row;
	unsigned i;

	if (solver->p.row_count == POLYHEDRON_ROWS || !take_variables(solver, a))
		return;
	row = &solver->p.rows[solver->p.row_count++];
	memset(row, 0, sizeof(*row));
	row->constant = factor * a->constant + constant;
	for (i = 0; i < a->count; i++) {
		ir_integer c = a->terms[i].coefficient;

		row->coefficient[variable_of(solver, a->terms[i].symbol)] = factor * c;
		if (c != 1 && c != -1)
			solver->is_exact = false;
	}
}

static void put_constraint(struct solver *solver, const struct constraint *c)
{
	if (c->relation == CONSTRAINT_NOT_ZERO)
		return;
	put_row(solver, c->linear, 1, 0);
	if (c->relation == CONSTRAINT_ZERO)
		put_row(solver, c->linear, -1, 0);
}

/* What the operation that made SYMBOL says about its value. */
static void put_definition(struct solver *solver, symbol_id symbol)
{
	const struct symbol *s = symbol_get(solver->table, symbol);
	const struct linear *self = linear_symbol(solver->table, symbol);
	const struct linear *rest;

	if (s->kind != SYMBOL_OPERATION)
		return;
	switch (s->operation) {
	case IR_DIVIDE:
		/* floor division by a constant: 0 <= left - k * self <= k - 1 */
		rest = linear_subtract(solver->table, s->left,
				       linear_scale(solver->table, self, s->right->constant));
		if (!rest)
			return;
		put_row(solver, rest, 1, 0);
		put_row(solver, rest, -1, s->right->constant - 1);
		return;
	case IR_MINIMUM:
	case IR_MAXIMUM: {
		int sign = s->operation == IR_MINIMUM ? 1 : -1;

		rest = linear_subtract(solver->table, s->left, self);
		if (rest)
			put_row(solver, rest, sign, 0);
		rest = linear_subtract(solver->table, s->right, self);
		if (rest)
			put_row(solver, rest, sign, 0);
		return;
	}
	case IR_AND:
		/* not negative and at most the mask */
		put_row(solver, self, 1, 0);
		if (s->right && linear_is_constant(s->right) && s->right->constant >= 0)
			put_row(solver, self, -1, s->right->constant);
		return;
	default:
		return;
	}
}

static void put_bounds(struct solver *solver, symbol_id symbol)
{
	const struct linear *self = linear_symbol(solver->table, symbol);
	ir_integer low, high;

	symbol_bounds(solver->table, symbol, &low, &high);
	put_row(solver, self, 1, -low);
	put_row(solver, self, -1, high);
}

/* a != 0 and a >= 0 is a >= 1. */
static void sharpen(struct solver *solver, const struct linear *a)
{
	struct polyhedron_row wanted = { 0 };
	unsigned i, r;
	int factor;

	for (i = 0; i < a->count; i++)
		if (variable_of(solver, a->terms[i].symbol) < 0)
			return;
	for (factor = -1; factor <= 1; factor += 2) {
		memset(&wanted, 0, sizeof(wanted));
		for (i = 0; i < a->count; i++)
			wanted.coefficient[variable_of(solver, a->terms[i].symbol)] =
				factor * a->terms[i].coefficient;
		for (r = 0; r < solver->p.row_count; r++)
			if (solver->p.rows[r].constant == factor * a->constant &&
			    !memcmp(solver->p.rows[r].coefficient, wanted.coefficient,
				    sizeof(wanted.coefficient)))
				solver->p.rows[r].constant--;
	}
}

/* Rows of all that is connected with the question in row 0 or 0 and 1. */
static void gather(struct solver *solver, const struct constraint_set *set)
{
	bool taken[CONSTRAINT_LIMIT] = { false };
	unsigned defined = 0, i;
	bool more = true;

	while (more) {
		more = false;
		for (; defined < solver->p.variable_count; defined++) {
			put_bounds(solver, solver->variables[defined]);
			put_definition(solver, solver->variables[defined]);
		}
		for (i = 0; i < set->count; i++) {
			if (taken[i] || !is_connected(solver, set->items[i].linear))
				continue;
			taken[i] = more = true;
			put_constraint(solver, &set->items[i]);
		}
		more |= defined < solver->p.variable_count;
	}
	for (i = 0; i < set->count; i++)
		if (set->items[i].relation == CONSTRAINT_NOT_ZERO)
			sharpen(solver, set->items[i].linear);
}

/* Has the polyhedron that was put together no integer point? */
static bool is_refuted(struct solver *solver)
{
	static _Thread_local struct polyhedron copy;
	enum polyhedron_answer answer;

	memcpy(&copy, &solver->p, offsetof(struct polyhedron, rows) +
	       solver->p.row_count * sizeof(copy.rows[0]));
	answer = polyhedron_eliminate(&copy);
	if (answer == POLYHEDRON_EMPTY)
		return true;
	if (answer == POLYHEDRON_SOLVABLE && solver->is_exact)
		return false;
	if (!solver->context) {
		solver->context = isl_ctx_alloc();
		isl_options_set_on_error(solver->context, ISL_ON_ERROR_CONTINUE);
		isl_ctx_set_max_operations(solver->context, solver->isl_operations);
	}
	solver->isl_calls++;
	return polyhedron_ask_isl(solver->context, &solver->p) == POLYHEDRON_EMPTY;
}

static void begin(struct solver *solver)
{
	solver->p.variable_count = solver->p.row_count = 0;
	solver->is_exact = true;
}

/* Can factor * a + constant >= 0 not hold under SET? */
static bool is_impossible(struct solver *solver, const struct constraint_set *set,
			  const struct linear *a, int factor, ir_integer constant)
{
	if (linear_is_constant(a))
		return factor * a->constant + constant < 0;
	begin(solver);
	put_row(solver, a, factor, constant);
	if (!solver->p.row_count)
		return false;
	gather(solver, set);
	return is_refuted(solver);
}

static bool is_known_not_zero(const struct constraint_set *set, const struct linear *a)
{
	unsigned i;

	for (i = 0; i < set->count; i++)
		if (set->items[i].relation == CONSTRAINT_NOT_ZERO &&
		    set->items[i].linear == a)
			return true;
	return false;
}

static enum truth test_zero(struct solver *solver, const struct constraint_set *set,
			    const struct linear *a)
{
	bool can_be_positive, can_be_negative;

	if (linear_is_constant(a))
		return a->constant ? TRUTH_NO : TRUTH_YES;
	if (is_known_not_zero(set, a) ||
	    is_known_not_zero(set, linear_scale(solver->table, a, -1)))
		return TRUTH_NO;
	can_be_positive = !is_impossible(solver, set, a, 1, -1);
	can_be_negative = !is_impossible(solver, set, a, -1, -1);
	if (!can_be_positive && !can_be_negative)
		return TRUTH_YES;
	if (can_be_positive && can_be_negative) {
		/* both signs possible; zero itself? */
		begin(solver);
		put_row(solver, a, 1, 0);
		put_row(solver, a, -1, 0);
		gather(solver, set);
		return is_refuted(solver) ? TRUTH_NO : TRUTH_UNKNOWN;
	}
	return is_impossible(solver, set, a, can_be_positive ? -1 : 1, 0) ?
		TRUTH_NO : TRUTH_UNKNOWN;
}

static enum truth negate(enum truth truth)
{
	if (truth == TRUTH_UNKNOWN)
		return truth;
	return truth == TRUTH_YES ? TRUTH_NO : TRUTH_YES;
}

enum truth constraint_set_test(struct solver *solver, const struct constraint_set *set,
			       const struct linear *a, enum constraint_relation relation)
{
	if (!a)
		return TRUTH_UNKNOWN;
	switch (relation) {
	case CONSTRAINT_AT_LEAST_ZERO:
		if (is_impossible(solver, set, a, -1, -1))
			return TRUTH_YES;
		return is_impossible(solver, set, a, 1, 0) ? TRUTH_NO : TRUTH_UNKNOWN;
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
