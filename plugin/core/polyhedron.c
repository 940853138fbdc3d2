// SPDX-License-Identifier: GPL-2.0-or-later
/* Emptiness of polyhedra; see polyhedron.h and constraint.h. */
#include <string.h>

#include <gmp.h>
#include <isl/constraint.h>
#include <isl/ctx.h>
#include <isl/set.h>
#include <isl/space.h>
#include <isl/val.h>
#include <isl/val_gmp.h>

#include "polyhedron.h"

#define COEFFICIENT_LIMIT	((ir_integer)1 << 58)
#define CONSTANT_LIMIT		((ir_integer)1 << 100)

static ir_integer absolute(ir_integer a)
{
	return a < 0 ? -a : a;
}

static ir_integer gcd(ir_integer a, ir_integer b)
{
	while (b) {
		ir_integer r = a % b;

		a = b;
		b = r;
	}
	return a;
}

static ir_integer floor_divide(ir_integer a, ir_integer b)
{
	ir_integer q = a / b;

	return a % b < 0 ? q - 1 : q;
}

/* Divide by the common factor; the constant rounds down, as points are integers. */
static void row_tighten(struct polyhedron_row *row, unsigned variables)
{
	ir_integer factor = 0;
	unsigned v;

	for (v = 0; v < variables; v++)
		if (row->coefficient[v])
			factor = gcd(absolute(row->coefficient[v]), factor);
	if (factor <= 1)
		return;
	for (v = 0; v < variables; v++)
		row->coefficient[v] /= factor;
	row->constant = floor_divide(row->constant, factor);
}

static bool row_is_constant(const struct polyhedron_row *row, unsigned variables)
{
	unsigned v;

	for (v = 0; v < variables; v++)
		if (row->coefficient[v])
			return false;
	return true;
}

static bool row_is_too_large(const struct polyhedron_row *row, unsigned variables)
{
	unsigned v;

	for (v = 0; v < variables; v++)
		if (absolute(row->coefficient[v]) > COEFFICIENT_LIMIT)
			return true;
	return absolute(row->constant) > CONSTANT_LIMIT;
}

/* The variable whose elimination makes the fewest rows; -1: none is left. */
static int cheapest_variable(const struct polyhedron *p)
{
	long best_cost = 0;
	int best = -1;
	unsigned v, r;

	for (v = 0; v < p->variable_count; v++) {
		long lower = 0, upper = 0, cost;

		for (r = 0; r < p->row_count; r++) {
			lower += p->rows[r].coefficient[v] > 0;
			upper += p->rows[r].coefficient[v] < 0;
		}
		if (!lower && !upper)
			continue;
		cost = lower * upper - lower - upper;
		if (best < 0 || cost < best_cost) {
			best = (int)v;
			best_cost = cost;
		}
	}
	return best;
}

/* Add ROW unless an equal or stronger one is there.  False: contradiction or no room. */
static bool add_row(struct polyhedron *p, struct polyhedron_row *row,
		    enum polyhedron_answer *answer)
{
	size_t size = sizeof(row->coefficient[0]) * p->variable_count;
	unsigned r;

	row_tighten(row, p->variable_count);
	if (row_is_constant(row, p->variable_count)) {
		*answer = POLYHEDRON_EMPTY;
		return row->constant >= 0;
	}
	*answer = POLYHEDRON_TOO_LARGE;
	if (row_is_too_large(row, p->variable_count))
		return false;
	for (r = 0; r < p->row_count; r++) {
		if (memcmp(p->rows[r].coefficient, row->coefficient, size))
			continue;
		if (row->constant < p->rows[r].constant)
			p->rows[r].constant = row->constant;
		return true;
	}
	if (p->row_count == POLYHEDRON_ROWS)
		return false;
	p->rows[p->row_count++] = *row;
	return true;
}

/* Replace the rows with V by their combinations without it. */
static bool eliminate_variable(struct polyhedron *p, unsigned v,
			       enum polyhedron_answer *answer)
{
	static _Thread_local struct polyhedron with;
	unsigned r, a, b, i;

	with.row_count = 0;
	for (r = 0; r < p->row_count;) {
		if (!p->rows[r].coefficient[v]) {
			r++;
			continue;
		}
		with.rows[with.row_count++] = p->rows[r];
		p->rows[r] = p->rows[--p->row_count];
	}
	for (a = 0; a < with.row_count; a++) {
		if (with.rows[a].coefficient[v] <= 0)
			continue;
		for (b = 0; b < with.row_count; b++) {
			struct polyhedron_row sum = { 0 };
			ir_integer fa, fb;

			if (with.rows[b].coefficient[v] >= 0)
				continue;
			fa = -with.rows[b].coefficient[v];
			fb = with.rows[a].coefficient[v];
			if (absolute(with.rows[a].constant) > CONSTANT_LIMIT >> 8 ||
			    absolute(with.rows[b].constant) > CONSTANT_LIMIT >> 8 ||
			    fa > (ir_integer)1 << 20 || fb > (ir_integer)1 << 20) {
				*answer = POLYHEDRON_TOO_LARGE;
				return false;
			}
			sum.constant = fa * with.rows[a].constant + fb * with.rows[b].constant;
			for (i = 0; i < p->variable_count; i++)
				sum.coefficient[i] = fa * with.rows[a].coefficient[i] +
						     fb * with.rows[b].coefficient[i];
			if (!add_row(p, &sum, answer))
				return false;
		}
	}
	return true;
}

enum polyhedron_answer polyhedron_eliminate(struct polyhedron *p)
{
	enum polyhedron_answer answer;
	unsigned r;
	int v;

	for (r = 0; r < p->row_count; r++) {
		row_tighten(&p->rows[r], p->variable_count);
		if (row_is_constant(&p->rows[r], p->variable_count) &&
		    p->rows[r].constant < 0)
			return POLYHEDRON_EMPTY;
	}
	while ((v = cheapest_variable(p)) >= 0)
		if (!eliminate_variable(p, (unsigned)v, &answer))
			return answer;
	return POLYHEDRON_SOLVABLE;
}

/* isl takes integers of any size through GMP. */
static isl_val *to_isl(isl_ctx *context, ir_integer value)
{
	uint64_t limbs[2];
	isl_val *result;
	mpz_t z;

	limbs[0] = (uint64_t)absolute(value);
	limbs[1] = (uint64_t)(absolute(value) >> 64);
	mpz_init(z);
	mpz_import(z, 2, -1, sizeof(limbs[0]), 0, 0, limbs);
	if (value < 0)
		mpz_neg(z, z);
	result = isl_val_int_from_gmp(context, z);
	mpz_clear(z);
	return result;
}

enum polyhedron_answer polyhedron_ask_isl(isl_ctx *context, const struct polyhedron *p)
{
	isl_space *space = isl_space_set_alloc(context, 0, p->variable_count);
	isl_local_space *local = isl_local_space_from_space(isl_space_copy(space));
	isl_basic_set *set = isl_basic_set_universe(space);
	isl_bool is_empty;
	unsigned r, v;

	for (r = 0; r < p->row_count; r++) {
		isl_constraint *c = isl_constraint_alloc_inequality(isl_local_space_copy(local));

		c = isl_constraint_set_constant_val(c, to_isl(context, p->rows[r].constant));
		for (v = 0; v < p->variable_count; v++)
			if (p->rows[r].coefficient[v])
				c = isl_constraint_set_coefficient_val(c, isl_dim_set, (int)v,
					to_isl(context, p->rows[r].coefficient[v]));
		set = isl_basic_set_add_constraint(set, c);
	}
	isl_local_space_free(local);
	is_empty = isl_basic_set_is_empty(set);
	isl_basic_set_free(set);
	isl_ctx_reset_error(context);
	if (is_empty == isl_bool_error)
		return POLYHEDRON_TOO_LARGE;
	return is_empty ? POLYHEDRON_EMPTY : POLYHEDRON_SOLVABLE;
}
