/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The rows of a polyhedron, and the arithmetic on them: for polyhedron*.c.
 *
 * A row is sparse: what is not in `positive' or `negative' has no coefficient,
 * and its place in `coefficient' is not set.
 */
#ifndef PINCHECK_POLYHEDRON_ROW_H
#define PINCHECK_POLYHEDRON_ROW_H

#include <stddef.h>
#include <string.h>

#include "polyhedron.h"

static inline ir_integer absolute(ir_integer a)
{
	return a < 0 ? -a : a;
}

/* Of two numbers that are not negative; that of 0 and A is A. */
static inline ir_integer gcd(ir_integer a, ir_integer b)
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

static inline bool is_too_large(ir_integer a)
{
	return a > POLYHEDRON_MAGNITUDE || a < -POLYHEDRON_MAGNITUDE;
}

/* The variables that ROW has, as a bit set. */
static inline uint16_t row_variables(const struct polyhedron_row *row)
{
	return row->positive | row->negative;
}

/* The number of the next variable in the set REST, which is not empty. */
static inline unsigned first_variable(unsigned rest)
{
	return (unsigned)__builtin_ctz(rest);
}

static inline void row_copy(struct polyhedron_row *to, const struct polyhedron_row *from)
{
	unsigned rest;

	memcpy(to, from, offsetof(struct polyhedron_row, coefficient));
	for (rest = row_variables(from); rest; rest &= rest - 1)
		to->coefficient[first_variable(rest)] = from->coefficient[first_variable(rest)];
}

/* ROW, which does not have V yet, gets COEFFICIENT * V. */
static inline void row_set(struct polyhedron_row *row, unsigned v, ir_integer coefficient)
{
	row->coefficient[v] = coefficient;
	row->positive |= (coefficient > 0) << v;
	row->negative |= (coefficient < 0) << v;
}

/* What is common to all coefficients of ROW; 0 if it has none. */
ir_integer row_factor(const struct polyhedron_row *row);

/*
 * Add ROW to P, divided by the common factor, unless an equal or stronger one is
 * there.  The constant rounds down, as points are integers.  False: ROW and what
 * is in P contradict each other, as far as that shows at once.
 */
bool polyhedron_add_row(struct polyhedron *p, struct polyhedron_row *row);

/* SUM = fa * a + fb * b but for `is_equality' and `origins'; false if too large. */
bool row_combine(struct polyhedron_row *sum,
		 const struct polyhedron_row *a, ir_integer fa,
		 const struct polyhedron_row *b, ir_integer fb);

#endif /* PINCHECK_POLYHEDRON_ROW_H */
