// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Projections against enumeration: the real shadow contains every value of
 * variable 0, the dark shadow nothing else, and isl says which are.
 */
#include <stdbool.h>

#include <isl/ctx.h>

#include "polyhedron.h"
#include "unit.h"

#define EDGE		6
#define VARIABLES	4

static uint64_t seed = 1;

static unsigned below(unsigned limit)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed >> 33) % limit;
}

static struct polyhedron p, copy;

static void box(struct polyhedron *q, unsigned variables)
{
	unsigned v;

	polyhedron_init(q, variables);
	for (v = 0; v < variables; v++) {
		polyhedron_bound(q, v, 1, EDGE, false);
		polyhedron_bound(q, v, -1, EDGE, false);
	}
}

static void add(struct polyhedron *q, bool is_equality, int constant, const int *coefficients)
{
	struct polyhedron_row *row = polyhedron_row_new(q);
	unsigned v;

	row->is_equality = is_equality;
	row->constant = constant;
	for (v = 0; v < q->variable_count; v++)
		polyhedron_row_add(row, v, coefficients[v]);
}

static bool holds(const struct polyhedron_row *row, const int *values)
{
	ir_integer sum = row->constant;
	unsigned v;

	for (v = 0; v < VARIABLES; v++)
		if ((row->positive | row->negative) >> v & 1)
			sum += row->coefficient[v] * values[v];
	return row->is_equality ? sum == 0 : sum >= 0;
}

/* Is there a point with the first value? */
static bool is_value(int first)
{
	int v[VARIABLES] = { first };
	unsigned r;

	for (v[1] = -EDGE; v[1] <= EDGE; v[1]++)
		for (v[2] = -EDGE; v[2] <= EDGE; v[2]++)
			for (v[3] = -EDGE; v[3] <= EDGE; v[3]++) {
				for (r = 0; r < p.row_count && holds(&p.rows[r], v); r++)
					;
				if (r == p.row_count)
					return true;
			}
	return false;
}

struct verdict {
	unsigned exact, rounds;
	bool is_real_right, is_dark_right, is_isl_right, is_point_right;
	unsigned points;
};

static struct polyhedron_range project(enum polyhedron_shadow shadow)
{
	copy = p;
	return polyhedron_project(&copy, shadow);
}

static void random_round(struct isl_ctx *context, struct verdict *verdict, int largest)
{
	struct polyhedron_range real, dark;
	unsigned rows = 1 + below(5), v;
	int coefficients[VARIABLES], value, asked = (int)below(2 * EDGE + 1) - EDGE;

	box(&p, VARIABLES);
	while (rows--) {
		for (v = 0; v < VARIABLES; v++)
			coefficients[v] = below(3) ? (int)below(2 * (unsigned)largest + 1) -
						     largest : 0;
		add(&p, !below(5), (int)below(17) - 8, coefficients);
	}
	real = project(POLYHEDRON_REAL);
	dark = project(POLYHEDRON_DARK);
	verdict->rounds++;
	verdict->exact += real.is_exact;
	for (value = -EDGE; value <= EDGE; value++) {
		bool is = is_value(value);

		verdict->is_real_right &= !is || (value >= real.low && value <= real.high);
		verdict->is_dark_right &= is || value < dark.low || value > dark.high;
		verdict->is_real_right &= is || !real.is_exact || value < real.low ||
					  value > real.high;
	}
	copy = p;
	polyhedron_bound(&copy, 0, 1, -asked, true);
	verdict->is_isl_right &= polyhedron_ask_isl(context, &copy) ==
		(is_value(asked) ? POLYHEDRON_SOLVABLE : POLYHEDRON_EMPTY);
	if (polyhedron_has_easy_point(&copy)) {
		verdict->is_point_right &= is_value(asked);
		verdict->points++;
	}
}

static void shadows_agree_with_enumeration(void)
{
	struct isl_ctx *context = isl_ctx_alloc();
	struct verdict small = { 0, 0, true, true, true, true, 0 }, large = small;
	unsigned i;

	for (i = 0; i < 300; i++) {
		random_round(context, &small, 1);
		random_round(context, &large, 4);
	}
	check(small.is_real_right && large.is_real_right);
	check(small.is_dark_right && large.is_dark_right);
	check(small.is_isl_right && large.is_isl_right);
	check(small.is_point_right && large.is_point_right);
	check(small.points * 3 > small.rounds && large.points * 5 > large.rounds);
	check(small.exact * 10 > small.rounds * 9);
	isl_ctx_free(context);
}

/* x = 2y and 3 <= x <= 3: the factor says no, not the bounds. */
static void integers_round(void)
{
	struct polyhedron_range range;

	box(&p, 2);
	add(&p, true, 0, (int[]){ 1, -2 });
	polyhedron_bound(&p, 0, 1, -3, false);
	polyhedron_bound(&p, 0, -1, 4, false);
	range = project(POLYHEDRON_REAL);
	check(range.low <= 4 && range.high >= 4);
	box(&p, 3);
	add(&p, true, 1, (int[]){ 0, 2, -4 });
	range = project(POLYHEDRON_REAL);
	check(range.low > range.high);
	box(&p, 1);
	polyhedron_bound(&p, 0, -3, 7, false);
	polyhedron_bound(&p, 0, 2, 3, false);
	range = project(POLYHEDRON_REAL);
	check(range.low == -1 && range.high == 2 && range.is_exact);
	polyhedron_bound(&p, 0, -3, 2, true);
	range = project(POLYHEDRON_REAL);
	check(range.low > range.high);
}

static void large_numbers_are_left_out(void)
{
	const ir_integer large = (ir_integer)1 << 96;
	struct polyhedron_range range;
	struct polyhedron_row *row;

	polyhedron_init(&p, 2);
	range = project(POLYHEDRON_REAL);
	check(range.low == -POLYHEDRON_MAGNITUDE && range.high == POLYHEDRON_MAGNITUDE);
	/* 2^96 * v0 + (2^96 - 1) * v1 >= 0 and the opposite signs, v1 within 2^64 */
	row = polyhedron_row_new(&p);
	polyhedron_row_add(row, 0, large);
	polyhedron_row_add(row, 1, large - 1);
	row = polyhedron_row_new(&p);
	polyhedron_row_add(row, 0, -large + 3);
	polyhedron_row_add(row, 1, -large);
	row->constant = large;
	polyhedron_bound(&p, 1, 1, (ir_integer)1 << 64, false);
	polyhedron_bound(&p, 1, -1, (ir_integer)1 << 64, false);
	range = project(POLYHEDRON_REAL);
	check(range.low <= 0 && range.high >= 0);
	check(!range.is_exact);
	range = project(POLYHEDRON_DARK);
	check(range.low > range.high);
}

static void there_is_room_or_it_says_so(void)
{
	unsigned i;

	polyhedron_init(&p, 2);
	for (i = 0; i < POLYHEDRON_ROWS; i++)
		add(&p, false, (int)i, (int[]){ 1, (int)i + 1 });
	check(!p.is_incomplete);
	check(polyhedron_row_new(&p) == NULL);
	check(p.is_incomplete);
	check(!project(POLYHEDRON_REAL).is_exact);
}

int main(void)
{
	shadows_agree_with_enumeration();
	integers_round();
	large_numbers_are_left_out();
	there_is_room_or_it_says_so();
	return 0;
}
