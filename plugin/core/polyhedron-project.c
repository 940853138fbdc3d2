// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Projection onto variable 0: equalities are used up by substitution, then one
 * variable after the other is eliminated (Fourier-Motzkin).
 *
 *	x - y >= 0 and y - 3 >= 0	without y: x - 3 >= 0
 */
#include <string.h>

#include "polyhedron-row.h"

/* Combinations of two rows in one projection; what is beyond is left out. */
#define COMBINATION_LIMIT	600

/* A projection under way. */
struct projection {
	struct polyhedron *p;
	struct polyhedron *taken;	/* the rows that mention what is being eliminated */
	bool is_dark;
	bool is_exact;
	bool is_empty;
	unsigned combinations, eliminated;
};

static void add_row(struct projection *j, struct polyhedron_row *row)
{
	if (!polyhedron_add_row(j->p, row))
		j->is_empty = true;
}

static void take_bound(struct projection *j, unsigned v, int sign, ir_integer constant,
		       struct polyhedron_origins origins)
{
	struct polyhedron_row *row;

	if (constant == POLYHEDRON_MAGNITUDE)
		return;
	row = polyhedron_row_new(j->taken);
	if (!row) {
		j->p->is_incomplete = true;
		return;
	}
	row->constant = constant;
	row->origins = origins;
	row_set(row, v, sign);
}

/* Move the rows with V, and its bounds, to `taken'. */
static void take_out(struct projection *j, unsigned v)
{
	struct polyhedron *p = j->p;
	struct polyhedron_bounds *bounds = &p->bounds[v];
	unsigned r, kept = 0;

	j->taken->row_count = 0;
	for (r = 0; r < p->row_count; r++) {
		if (row_variables(&p->rows[r]) >> v & 1)
			row_copy(&j->taken->rows[j->taken->row_count++], &p->rows[r]);
		else if (kept++ != r)
			row_copy(&p->rows[kept - 1], &p->rows[r]);
	}
	p->row_count = kept;
	take_bound(j, v, 1, -bounds->low, bounds->low_origins);
	take_bound(j, v, -1, bounds->high, bounds->high_origins);
	bounds->low = -POLYHEDRON_MAGNITUDE;
	bounds->high = POLYHEDRON_MAGNITUDE;
}

/* Row E of the rows taken out is an equality that says what V is. */
static void substitute(struct projection *j, unsigned v, unsigned e)
{
	const struct polyhedron_row *is = &j->taken->rows[e];
	unsigned r;

	for (r = 0; r < j->taken->row_count; r++) {
		const struct polyhedron_row *row = &j->taken->rows[r];
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
			take_out(j, v);
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
	take_out(j, v);
	for (a = 0; a < j->taken->row_count; a++) {
		if (!(j->taken->rows[a].positive >> v & 1))
			continue;
		for (b = 0; b < j->taken->row_count && !j->is_empty; b++)
			if (j->taken->rows[b].negative >> v & 1)
				combine(j, v, &j->taken->rows[a], &j->taken->rows[b]);
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
	static _Thread_local struct polyhedron taken;
	struct projection j = {
		.p = p, .taken = &taken, .is_dark = shadow == POLYHEDRON_DARK, .is_exact = true,
	};
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
