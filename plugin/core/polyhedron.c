// SPDX-License-Identifier: GPL-2.0-or-later
/* Projection and emptiness of polyhedra; see polyhedron.h and constraint.h. */
#include <string.h>

#include <gmp.h>
#include <isl/constraint.h>
#include <isl/ctx.h>
#include <isl/set.h>
#include <isl/space.h>
#include <isl/val.h>
#include <isl/val_gmp.h>

#include "polyhedron.h"

/* Combinations of two rows in one projection; what is beyond is left out. */
#define COMBINATION_LIMIT	600

/* A projection under way. */
struct projection {
	struct polyhedron *p;
	bool is_dark;
	bool is_exact;
	bool is_empty;
	unsigned combinations, eliminated;
};

static ir_integer absolute(ir_integer a)
{
	return a < 0 ? -a : a;
}

static ir_integer gcd(ir_integer a, ir_integer b)
{
	uint64_t x, y;

	while (b && (a >> 64 || b >> 64)) {
		ir_integer r = a % b;

		a = b;
		b = r;
	}
	if (!b)
		return a;
	for (x = (uint64_t)a, y = (uint64_t)b; y;) {
		uint64_t r = x % y;

		x = y;
		y = r;
	}
	return x;
}

static ir_integer floor_divide(ir_integer a, ir_integer b)
{
	ir_integer q = a / b;

	return a % b < 0 ? q - 1 : q;
}

static bool is_too_large(ir_integer a)
{
	return a > POLYHEDRON_MAGNITUDE || a < -POLYHEDRON_MAGNITUDE;
}

static void row_copy(struct polyhedron_row *to, const struct polyhedron_row *from,
		     unsigned variables)
{
	memcpy(to, from, offsetof(struct polyhedron_row, coefficient) +
	       variables * sizeof(to->coefficient[0]));
}

struct polyhedron_row *polyhedron_row_new(struct polyhedron *p)
{
	struct polyhedron_row *row;

	if (p->row_count == POLYHEDRON_ROWS) {
		p->is_incomplete = true;
		return NULL;
	}
	row = &p->rows[p->row_count++];
	memset(row, 0, offsetof(struct polyhedron_row, coefficient) +
	       p->variable_count * sizeof(row->coefficient[0]));
	return row;
}

/* What is common to all coefficients of ROW; 0 if it has none. */
static ir_integer row_factor(const struct polyhedron_row *row, unsigned variables)
{
	ir_integer factor = 0;
	unsigned v;

	for (v = 0; v < variables && factor != 1; v++)
		if (row->coefficient[v])
			factor = gcd(absolute(row->coefficient[v]), factor);
	return factor;
}

/* Equal coefficients: one of the two rows says more than the other, or both the same. */
static bool add_to_equal(struct projection *j, struct polyhedron_row *old,
			 const struct polyhedron_row *row)
{
	unsigned v;

	if (old->is_equality != row->is_equality)
		return false;
	for (v = 0; v < j->p->variable_count; v++)
		if (old->coefficient[v] != row->coefficient[v])
			return false;
	if (row->is_equality) {
		j->is_empty |= old->constant != row->constant;
	} else if (row->constant < old->constant) {
		old->constant = row->constant;
		memcpy(old->origins, row->origins, sizeof(old->origins));
	}
	return true;
}

/*
 * Add ROW, divided by the common factor, unless an equal or stronger one is
 * there.  The constant rounds down, as points are integers.
 */
static void add_row(struct projection *j, struct polyhedron_row *row)
{
	struct polyhedron *p = j->p;
	ir_integer factor = row_factor(row, p->variable_count);
	unsigned r, v;

	if (!factor) {
		j->is_empty |= row->is_equality ? row->constant != 0 : row->constant < 0;
		return;
	}
	if (factor > 1) {
		if (row->is_equality && row->constant % factor)
			j->is_empty = true;
		for (v = 0; v < p->variable_count; v++)
			row->coefficient[v] /= factor;
		row->constant = floor_divide(row->constant, factor);
	}
	for (r = 0; r < p->row_count; r++)
		if (add_to_equal(j, &p->rows[r], row))
			return;
	if (p->row_count == POLYHEDRON_ROWS)
		p->is_incomplete = true;
	else
		row_copy(&p->rows[p->row_count++], row, p->variable_count);
}

/* fa * a + fb * b; false if too large. */
static bool row_combine(struct polyhedron_row *sum,
			const struct polyhedron_row *a, ir_integer fa,
			const struct polyhedron_row *b, ir_integer fb, unsigned variables)
{
	ir_integer x, y;
	unsigned v;

	if (__builtin_mul_overflow(fa, a->constant, &x) ||
	    __builtin_mul_overflow(fb, b->constant, &y) ||
	    __builtin_add_overflow(x, y, &sum->constant) || is_too_large(sum->constant))
		return false;
	for (v = 0; v < variables; v++) {
		if (__builtin_mul_overflow(fa, a->coefficient[v], &x) ||
		    __builtin_mul_overflow(fb, b->coefficient[v], &y) ||
		    __builtin_add_overflow(x, y, &sum->coefficient[v]) ||
		    is_too_large(sum->coefficient[v]))
			return false;
	}
	return true;
}

/* Move the rows with V to WITH. */
static void take_out(struct polyhedron *p, unsigned v, struct polyhedron *with)
{
	unsigned r, kept = 0;

	with->row_count = 0;
	for (r = 0; r < p->row_count; r++) {
		if (p->rows[r].coefficient[v])
			row_copy(&with->rows[with->row_count++], &p->rows[r],
				 p->variable_count);
		else if (kept++ != r)
			row_copy(&p->rows[kept - 1], &p->rows[r], p->variable_count);
	}
	p->row_count = kept;
}

static _Thread_local struct polyhedron taken;

/* Row E of the rows taken out is an equality that says what V is. */
static void substitute(struct projection *j, unsigned v, unsigned e)
{
	const struct polyhedron_row *is = &taken.rows[e];
	unsigned r;

	for (r = 0; r < taken.row_count; r++) {
		const struct polyhedron_row *row = &taken.rows[r];
		struct polyhedron_row sum;

		if (r == e)
			continue;
		sum.is_equality = row->is_equality;
		if (row_combine(&sum, row, 1, is, -row->coefficient[v] * is->coefficient[v],
				j->p->variable_count))
			add_row(j, &sum);
		else
			j->p->is_incomplete = true;
	}
}

/* Use up an equality with coefficient 1 for another variable than 0. */
static bool substitute_one(struct projection *j)
{
	struct polyhedron *p = j->p;
	unsigned r, v, e;

	for (r = 0; r < p->row_count; r++) {
		if (!p->rows[r].is_equality)
			continue;
		for (v = 1; v < p->variable_count; v++) {
			if (absolute(p->rows[r].coefficient[v]) != 1)
				continue;
			for (e = 0; r; r--)
				e += p->rows[r - 1].coefficient[v] != 0;
			take_out(p, v, &taken);
			substitute(j, v, e);
			return true;
		}
	}
	return false;
}

/* The other equalities are two inequalities each. */
static void split_equalities(struct projection *j)
{
	struct polyhedron *p = j->p;
	unsigned r, v, count = p->row_count;

	for (r = 0; r < count; r++) {
		struct polyhedron_row opposite;

		if (!p->rows[r].is_equality)
			continue;
		p->rows[r].is_equality = false;
		row_copy(&opposite, &p->rows[r], p->variable_count);
		opposite.constant = -opposite.constant;
		for (v = 0; v < p->variable_count; v++)
			opposite.coefficient[v] = -opposite.coefficient[v];
		add_row(j, &opposite);
	}
}

/*
 * The variable but 0 whose elimination is exact and makes the fewest rows;
 * 0: none is left.
 */
static unsigned cheapest_variable(const struct polyhedron *p)
{
	long best_cost = 0;
	unsigned best = 0, v, r;

	for (v = 1; v < p->variable_count; v++) {
		long lower = 0, upper = 0, cost;
		bool lower_is_one = true, upper_is_one = true;

		for (r = 0; r < p->row_count; r++) {
			ir_integer c = p->rows[r].coefficient[v];

			lower += c > 0;
			upper += c < 0;
			lower_is_one &= c <= 1;
			upper_is_one &= c >= -1;
		}
		if (!lower && !upper)
			continue;
		cost = lower * upper - lower - upper;
		if (!lower_is_one && !upper_is_one)
			cost += POLYHEDRON_ROWS;
		if (!best || cost < best_cost) {
			best = v;
			best_cost = cost;
		}
	}
	return best;
}

/*
 * After k eliminations, what is made of more than k + 1 rows follows from what
 * is made of fewer (Kohler 1967; Imbert, "Fourier's elimination: which to
 * choose?", PPCP 1993).
 */
static bool is_superfluous(const struct projection *j, const struct polyhedron_row *row)
{
	return (unsigned)(__builtin_popcountll(row->origins[0]) +
			  __builtin_popcountll(row->origins[1])) > j->eliminated + 1;
}

static void number_rows(struct polyhedron *p)
{
	unsigned r;

	for (r = 0; r < p->row_count; r++) {
		p->rows[r].origins[0] = r < 64 ? (uint64_t)1 << r : 0;
		p->rows[r].origins[1] = r < 64 ? 0 : (uint64_t)1 << (r - 64);
	}
}

/*
 * What LOWER: low * v + ... >= 0 and UPPER: -high * v + ... >= 0 say without V.
 * The dark shadow leaves room for an integer between the two.
 */
static void combine(struct projection *j, unsigned v, const struct polyhedron_row *lower,
		    const struct polyhedron_row *upper)
{
	ir_integer low = lower->coefficient[v], high = -upper->coefficient[v];
	ir_integer common, gap = 0;
	struct polyhedron_row sum;

	sum.is_equality = false;
	sum.origins[0] = lower->origins[0] | upper->origins[0];
	sum.origins[1] = lower->origins[1] | upper->origins[1];
	if (is_superfluous(j, &sum))
		return;
	common = low == 1 || high == 1 ? 1 : gcd(low, high);
	if (j->combinations++ >= COMBINATION_LIMIT ||
	    !row_combine(&sum, lower, high / common, upper, low / common,
			 j->p->variable_count) ||
	    __builtin_mul_overflow(low - 1, high - 1, &gap) || is_too_large(gap)) {
		j->p->is_incomplete = true;
		return;
	}
	if (gap) {
		ir_integer factor = row_factor(&sum, j->p->variable_count);
		ir_integer dark = sum.constant + floor_divide(-gap, common);

		if (factor ? floor_divide(dark, factor) < floor_divide(sum.constant, factor) :
			     dark < 0 && sum.constant >= 0) {
			j->is_exact = false;
			if (j->is_dark)
				sum.constant = dark;
		}
	}
	add_row(j, &sum);
}

static void eliminate(struct projection *j, unsigned v)
{
	unsigned a, b;

	j->eliminated++;
	take_out(j->p, v, &taken);
	for (a = 0; a < taken.row_count; a++) {
		if (taken.rows[a].coefficient[v] < 0)
			continue;
		for (b = 0; b < taken.row_count && !j->is_empty; b++)
			if (taken.rows[b].coefficient[v] < 0)
				combine(j, v, &taken.rows[a], &taken.rows[b]);
	}
}

/* The rows as they were built, in the form that add_row() keeps. */
static void normalise(struct projection *j)
{
	unsigned r, count = j->p->row_count;

	j->p->row_count = 0;
	for (r = 0; r < count; r++) {
		struct polyhedron_row row;

		row_copy(&row, &j->p->rows[r], j->p->variable_count);
		add_row(j, &row);
	}
}

/* When no variable but 0 is left; the factors are 1 and -1. */
static struct polyhedron_range read_range(const struct polyhedron *p)
{
	struct polyhedron_range range = { -POLYHEDRON_MAGNITUDE, POLYHEDRON_MAGNITUDE, true };
	unsigned r;

	for (r = 0; r < p->row_count; r++) {
		const struct polyhedron_row *row = &p->rows[r];

		if (row->coefficient[0] > 0 && -row->constant > range.low)
			range.low = -row->constant;
		if (row->coefficient[0] < 0 && row->constant < range.high)
			range.high = row->constant;
	}
	return range;
}

struct polyhedron_range polyhedron_project(struct polyhedron *p,
					   enum polyhedron_shadow shadow)
{
	const struct polyhedron_range nothing = {
		POLYHEDRON_MAGNITUDE, -POLYHEDRON_MAGNITUDE, true
	};
	struct projection j = { .p = p, .is_dark = shadow == POLYHEDRON_DARK, .is_exact = true };
	struct polyhedron_range range;
	unsigned v;

	normalise(&j);
	while (!j.is_empty && substitute_one(&j))
		;
	split_equalities(&j);
	number_rows(p);
	while (!j.is_empty && (v = cheapest_variable(p)))
		eliminate(&j, v);
	if (j.is_empty || (j.is_dark && p->is_incomplete))
		return nothing;
	range = read_range(p);
	range.is_exact = (j.is_exact || j.is_dark) && !p->is_incomplete;
	return range;
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
		isl_constraint *c = p->rows[r].is_equality ?
			isl_constraint_alloc_equality(isl_local_space_copy(local)) :
			isl_constraint_alloc_inequality(isl_local_space_copy(local));

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
