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

static uint16_t row_variables(const struct polyhedron_row *row)
{
	return row->positive | row->negative;
}

/* The number of the next variable in the set REST, which is not empty. */
static unsigned first_variable(unsigned rest)
{
	return (unsigned)__builtin_ctz(rest);
}

static void row_copy(struct polyhedron_row *to, const struct polyhedron_row *from)
{
	unsigned rest;

	memcpy(to, from, offsetof(struct polyhedron_row, coefficient));
	for (rest = row_variables(from); rest; rest &= rest - 1)
		to->coefficient[first_variable(rest)] = from->coefficient[first_variable(rest)];
}

static void row_set(struct polyhedron_row *row, unsigned v, ir_integer coefficient)
{
	row->coefficient[v] = coefficient;
	row->positive |= (coefficient > 0) << v;
	row->negative |= (coefficient < 0) << v;
}

void polyhedron_init(struct polyhedron *p, unsigned variable_count)
{
	unsigned v;

	p->variable_count = variable_count;
	p->row_count = 0;
	p->is_incomplete = false;
	for (v = 0; v < variable_count; v++) {
		p->bounds[v].low = -POLYHEDRON_MAGNITUDE;
		p->bounds[v].high = POLYHEDRON_MAGNITUDE;
	}
}

struct polyhedron_row *polyhedron_row_new(struct polyhedron *p)
{
	struct polyhedron_row *row;

	if (p->row_count == POLYHEDRON_ROWS) {
		p->is_incomplete = true;
		return NULL;
	}
	row = &p->rows[p->row_count++];
	memset(row, 0, offsetof(struct polyhedron_row, coefficient));
	return row;
}

void polyhedron_row_add(struct polyhedron_row *row, unsigned v, ir_integer coefficient)
{
	if (row_variables(row) >> v & 1)
		coefficient += row->coefficient[v];
	row->positive &= (uint16_t)~(1u << v);
	row->negative &= (uint16_t)~(1u << v);
	row_set(row, v, coefficient);
}

static void set_low(struct polyhedron_bounds *bounds, ir_integer low,
		    struct polyhedron_origins origins)
{
	if (low <= bounds->low)
		return;
	bounds->low = low;
	bounds->low_origins = origins;
}

static void set_high(struct polyhedron_bounds *bounds, ir_integer high,
		     struct polyhedron_origins origins)
{
	if (high >= bounds->high)
		return;
	bounds->high = high;
	bounds->high_origins = origins;
}

static void set_bound(struct polyhedron *p, unsigned v, ir_integer coefficient,
		      ir_integer constant, bool is_equality,
		      struct polyhedron_origins origins)
{
	struct polyhedron_bounds *bounds = &p->bounds[v];

	if (coefficient < 0 && is_equality) {
		coefficient = -coefficient;
		constant = -constant;
	}
	if (coefficient > 0)
		set_low(bounds, -floor_divide(constant, coefficient), origins);
	if (coefficient < 0)
		set_high(bounds, floor_divide(constant, -coefficient), origins);
	else if (is_equality)
		set_high(bounds, floor_divide(-constant, coefficient), origins);
}

void polyhedron_bound(struct polyhedron *p, unsigned v, ir_integer coefficient,
		      ir_integer constant, bool is_equality)
{
	static const struct polyhedron_origins none;

	set_bound(p, v, coefficient, constant, is_equality, none);
}

/* What is common to all coefficients of ROW; 0 if it has none. */
static ir_integer row_factor(const struct polyhedron_row *row)
{
	ir_integer factor = 0;
	unsigned rest;

	for (rest = row_variables(row); rest && factor != 1; rest &= rest - 1)
		factor = gcd(absolute(row->coefficient[first_variable(rest)]), factor);
	return factor;
}

/* Equal coefficients: one of the two rows says more than the other, or both the same. */
static bool add_to_equal(struct projection *j, struct polyhedron_row *old,
			 const struct polyhedron_row *row)
{
	unsigned rest;

	if (old->positive != row->positive || old->negative != row->negative ||
	    old->is_equality != row->is_equality)
		return false;
	for (rest = row_variables(row); rest; rest &= rest - 1)
		if (old->coefficient[first_variable(rest)] !=
		    row->coefficient[first_variable(rest)])
			return false;
	if (row->is_equality) {
		j->is_empty |= old->constant != row->constant;
	} else if (row->constant < old->constant) {
		old->constant = row->constant;
		old->origins = row->origins;
	}
	return true;
}

/* A row without variables, or with one. */
static void add_small(struct projection *j, const struct polyhedron_row *row)
{
	unsigned variables = row_variables(row), v;

	if (!variables) {
		j->is_empty |= row->is_equality ? row->constant != 0 : row->constant < 0;
		return;
	}
	v = first_variable(variables);
	set_bound(j->p, v, row->coefficient[v], row->constant, row->is_equality,
		  row->origins);
	j->is_empty |= j->p->bounds[v].low > j->p->bounds[v].high;
}

/*
 * Add ROW, divided by the common factor, unless an equal or stronger one is
 * there.  The constant rounds down, as points are integers.
 */
static void add_row(struct projection *j, struct polyhedron_row *row)
{
	struct polyhedron *p = j->p;
	unsigned rest = row_variables(row), r;
	ir_integer factor;

	if (!(rest & (rest - 1))) {
		add_small(j, row);
		return;
	}
	factor = row_factor(row);
	if (factor > 1) {
		if (row->is_equality && row->constant % factor)
			j->is_empty = true;
		for (; rest; rest &= rest - 1)
			row->coefficient[first_variable(rest)] /= factor;
		row->constant = floor_divide(row->constant, factor);
	}
	for (r = 0; r < p->row_count; r++)
		if (add_to_equal(j, &p->rows[r], row))
			return;
	if (p->row_count == POLYHEDRON_ROWS)
		p->is_incomplete = true;
	else
		row_copy(&p->rows[p->row_count++], row);
}

/* fa * a + fb * b */
static bool add_products(ir_integer fa, ir_integer a, ir_integer fb, ir_integer b,
			 ir_integer *sum)
{
	if (fa != 1 && __builtin_mul_overflow(fa, a, &a))
		return false;
	if (fb != 1 && __builtin_mul_overflow(fb, b, &b))
		return false;
	return !__builtin_add_overflow(a, b, sum) && !is_too_large(*sum);
}

/* SUM = fa * a + fb * b but for `is_equality' and `origins'; false if too large. */
static bool row_combine(struct polyhedron_row *sum,
			const struct polyhedron_row *a, ir_integer fa,
			const struct polyhedron_row *b, ir_integer fb)
{
	unsigned in_a = row_variables(a), in_b = row_variables(b), rest;
	ir_integer c;

	sum->positive = sum->negative = 0;
	if (!add_products(fa, a->constant, fb, b->constant, &sum->constant))
		return false;
	for (rest = in_a | in_b; rest; rest &= rest - 1) {
		unsigned v = first_variable(rest);

		if (!add_products(fa, in_a >> v & 1 ? a->coefficient[v] : 0,
				  fb, in_b >> v & 1 ? b->coefficient[v] : 0, &c))
			return false;
		if (c)
			row_set(sum, v, c);
	}
	return true;
}

static _Thread_local struct polyhedron taken;

static void take_bound(struct polyhedron *p, unsigned v, int sign, ir_integer constant,
		       struct polyhedron_origins origins)
{
	struct polyhedron_row *row;

	if (constant == POLYHEDRON_MAGNITUDE)
		return;
	row = polyhedron_row_new(&taken);
	if (!row) {
		p->is_incomplete = true;
		return;
	}
	row->constant = constant;
	row->origins = origins;
	row_set(row, v, sign);
}

/* Move the rows with V, and its bounds, to `taken'. */
static void take_out(struct polyhedron *p, unsigned v)
{
	struct polyhedron_bounds *bounds = &p->bounds[v];
	unsigned r, kept = 0;

	taken.row_count = 0;
	for (r = 0; r < p->row_count; r++) {
		if (row_variables(&p->rows[r]) >> v & 1)
			row_copy(&taken.rows[taken.row_count++], &p->rows[r]);
		else if (kept++ != r)
			row_copy(&p->rows[kept - 1], &p->rows[r]);
	}
	p->row_count = kept;
	take_bound(p, v, 1, -bounds->low, bounds->low_origins);
	take_bound(p, v, -1, bounds->high, bounds->high_origins);
	bounds->low = -POLYHEDRON_MAGNITUDE;
	bounds->high = POLYHEDRON_MAGNITUDE;
}

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
		if (row_combine(&sum, row, 1, is,
				is->coefficient[v] > 0 ? -row->coefficient[v] :
							 row->coefficient[v]))
			add_row(j, &sum);
		else
			j->p->is_incomplete = true;
	}
}

/* Use up an equality with coefficient 1 for another variable than 0. */
static bool substitute_one(struct projection *j)
{
	struct polyhedron *p = j->p;
	unsigned r, rest, e;

	for (r = 0; r < p->row_count; r++) {
		if (!p->rows[r].is_equality)
			continue;
		for (rest = row_variables(&p->rows[r]) & ~1u; rest; rest &= rest - 1) {
			unsigned v = first_variable(rest);

			if (absolute(p->rows[r].coefficient[v]) != 1)
				continue;
			for (e = 0; r; r--)
				e += row_variables(&p->rows[r - 1]) >> v & 1;
			take_out(p, v);
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
	unsigned r, rest, count = p->row_count;

	for (r = 0; r < count; r++) {
		struct polyhedron_row opposite = { 0 };

		if (!p->rows[r].is_equality)
			continue;
		p->rows[r].is_equality = false;
		opposite.constant = -p->rows[r].constant;
		for (rest = row_variables(&p->rows[r]); rest; rest &= rest - 1) {
			unsigned v = first_variable(rest);

			row_set(&opposite, v, -p->rows[r].coefficient[v]);
		}
		add_row(j, &opposite);
	}
}

/* How often a variable occurs, by sign, and whether with factor 1 only. */
struct occurrence {
	unsigned lower, upper;
	bool has_large_lower, has_large_upper;
};

static void count_occurrences(const struct polyhedron *p, struct occurrence *count)
{
	unsigned v, r, rest;

	for (v = 0; v < p->variable_count; v++) {
		memset(&count[v], 0, sizeof(count[v]));
		count[v].lower = p->bounds[v].low != -POLYHEDRON_MAGNITUDE;
		count[v].upper = p->bounds[v].high != POLYHEDRON_MAGNITUDE;
	}
	for (r = 0; r < p->row_count; r++) {
		for (rest = p->rows[r].positive; rest; rest &= rest - 1) {
			v = first_variable(rest);
			count[v].lower++;
			count[v].has_large_lower |= p->rows[r].coefficient[v] != 1;
		}
		for (rest = p->rows[r].negative; rest; rest &= rest - 1) {
			v = first_variable(rest);
			count[v].upper++;
			count[v].has_large_upper |= p->rows[r].coefficient[v] != -1;
		}
	}
}

/*
 * The variable but 0 whose elimination is exact and makes the fewest rows;
 * 0: none is left.
 */
static unsigned cheapest_variable(const struct polyhedron *p)
{
	struct occurrence count[POLYHEDRON_VARIABLES];
	int best_cost = 0;
	unsigned best = 0, v;

	count_occurrences(p, count);
	for (v = 1; v < p->variable_count; v++) {
		int lower = (int)count[v].lower, upper = (int)count[v].upper;
		int cost = lower * upper - lower - upper;

		if (!lower && !upper)
			continue;
		if (count[v].has_large_lower && count[v].has_large_upper)
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
	return (unsigned)(__builtin_popcountll(row->origins.words[0]) +
			  __builtin_popcountll(row->origins.words[1])) > j->eliminated + 1;
}

static struct polyhedron_origins origin(unsigned number)
{
	struct polyhedron_origins origins = { { 0, 0 } };

	origins.words[number / 64] = (uint64_t)1 << (number % 64);
	return origins;
}

static void number_rows(struct polyhedron *p)
{
	unsigned r, v;

	for (r = 0; r < p->row_count; r++)
		p->rows[r].origins = origin(r);
	for (v = 0; v < p->variable_count; v++) {
		p->bounds[v].low_origins = origin(POLYHEDRON_ROWS + 2 * v);
		p->bounds[v].high_origins = origin(POLYHEDRON_ROWS + 2 * v + 1);
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
	sum.origins.words[0] = lower->origins.words[0] | upper->origins.words[0];
	sum.origins.words[1] = lower->origins.words[1] | upper->origins.words[1];
	if (is_superfluous(j, &sum))
		return;
	common = low == 1 || high == 1 ? 1 : gcd(low, high);
	if (j->combinations++ >= COMBINATION_LIMIT ||
	    !row_combine(&sum, lower, high / common, upper, low / common) ||
	    __builtin_mul_overflow(low - 1, high - 1, &gap) || is_too_large(gap)) {
		j->p->is_incomplete = true;
		return;
	}
	if (gap) {
		ir_integer factor = row_factor(&sum);
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
	take_out(j->p, v);
	for (a = 0; a < taken.row_count; a++) {
		if (!(taken.rows[a].positive >> v & 1))
			continue;
		for (b = 0; b < taken.row_count && !j->is_empty; b++)
			if (taken.rows[b].negative >> v & 1)
				combine(j, v, &taken.rows[a], &taken.rows[b]);
	}
}

/* The rows as they were built, in the form that add_row() keeps. */
static void normalise(struct projection *j)
{
	unsigned r, v, count = j->p->row_count;

	for (v = 0; v < j->p->variable_count; v++)
		j->is_empty |= j->p->bounds[v].low > j->p->bounds[v].high;
	j->p->row_count = 0;
	for (r = 0; r < count; r++) {
		struct polyhedron_row row;

		row_copy(&row, &j->p->rows[r]);
		add_row(j, &row);
	}
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
	range.low = p->bounds[0].low;
	range.high = p->bounds[0].high;
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

static isl_constraint *row_to_isl(isl_local_space *local, const struct polyhedron_row *row)
{
	isl_ctx *context = isl_local_space_get_ctx(local);
	isl_constraint *c = row->is_equality ?
		isl_constraint_alloc_equality(isl_local_space_copy(local)) :
		isl_constraint_alloc_inequality(isl_local_space_copy(local));
	unsigned rest;

	c = isl_constraint_set_constant_val(c, to_isl(context, row->constant));
	for (rest = row_variables(row); rest; rest &= rest - 1) {
		unsigned v = first_variable(rest);

		c = isl_constraint_set_coefficient_val(c, isl_dim_set, (int)v,
						       to_isl(context, row->coefficient[v]));
	}
	return c;
}

/* The bounds of V become constraints. */
static isl_basic_set *bounds_to_isl(isl_basic_set *set, const struct polyhedron *p, unsigned v)
{
	isl_ctx *context = isl_basic_set_get_ctx(set);
	const struct polyhedron_bounds *bounds = &p->bounds[v];

	if (bounds->low != -POLYHEDRON_MAGNITUDE)
		set = isl_basic_set_lower_bound_val(set, isl_dim_set, v,
						    to_isl(context, bounds->low));
	if (bounds->high != POLYHEDRON_MAGNITUDE)
		set = isl_basic_set_upper_bound_val(set, isl_dim_set, v,
						    to_isl(context, bounds->high));
	return set;
}

enum polyhedron_answer polyhedron_ask_isl(isl_ctx *context, const struct polyhedron *p)
{
	isl_space *space = isl_space_set_alloc(context, 0, p->variable_count);
	isl_local_space *local = isl_local_space_from_space(isl_space_copy(space));
	isl_basic_set *set = isl_basic_set_universe(space);
	isl_bool is_empty;
	unsigned r, v;

	for (r = 0; r < p->row_count; r++)
		set = isl_basic_set_add_constraint(set, row_to_isl(local, &p->rows[r]));
	for (v = 0; v < p->variable_count; v++)
		set = bounds_to_isl(set, p, v);
	isl_local_space_free(local);
	is_empty = isl_basic_set_is_empty(set);
	isl_basic_set_free(set);
	isl_ctx_reset_error(context);
	if (is_empty == isl_bool_error)
		return POLYHEDRON_TOO_LARGE;
	return is_empty ? POLYHEDRON_EMPTY : POLYHEDRON_SOLVABLE;
}
