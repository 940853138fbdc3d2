/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Polyhedron: a conjunction of linear constraints over numbered integers, as
 * the solver builds it to learn the range of variable 0.  Rows are
 *
 *	constant + sum coefficient[v] * v >= 0		or == 0
 *
 * The other variables are projected away by substitution and Fourier-Motzkin
 * elimination.  Of the integer points of
 *
 *	2y <= x <= 2y + 1, 3y <= z
 *
 * the projection is exact where one of two combined coefficients is 1.  Where
 * none is, the real shadow has more points than the integers and the dark
 * shadow has fewer (Pugh, "The Omega Test", CACM 1992, sections 2.2 and 2.3).
 */
#ifndef PINCHECK_POLYHEDRON_H
#define PINCHECK_POLYHEDRON_H

#include <stdbool.h>

#include "ir.h"

/* B is positive. */
static inline ir_integer floor_divide(ir_integer a, ir_integer b)
{
	ir_integer q;

	if (b == 1)
		return a;
	q = a / b;
	return a - q * b < 0 ? q - 1 : q;
}

#define POLYHEDRON_VARIABLES	16
#define POLYHEDRON_ROWS		96	/* with the bounds, 128 */
/* Stands for infinity; no row has larger numbers. */
#define POLYHEDRON_MAGNITUDE	((ir_integer)1 << 120)

/* What a row was made of: a bit for each row and bound there was at first. */
struct polyhedron_origins {
	uint64_t words[2];
};

struct polyhedron_row {
	ir_integer constant;
	struct polyhedron_origins origins;
	bool is_equality;
	/* the variables it has, by sign; other coefficients are not set */
	uint16_t positive, negative;
	ir_integer coefficient[POLYHEDRON_VARIABLES];
};

/* What rows of one variable say, [low, high]. */
struct polyhedron_bounds {
	ir_integer low, high;
	struct polyhedron_origins low_origins, high_origins;
};

struct polyhedron {
	unsigned variable_count, row_count;
	bool is_incomplete;		/* rows were left out for want of room */
	struct polyhedron_bounds bounds[POLYHEDRON_VARIABLES];
	struct polyhedron_row rows[POLYHEDRON_ROWS];
};

void polyhedron_init(struct polyhedron *p, unsigned variable_count);

enum polyhedron_shadow { POLYHEDRON_REAL, POLYHEDRON_DARK };

/* low > high: no value at all. */
struct polyhedron_range {
	ir_integer low, high;
	bool is_exact;			/* each integer in it is a value of variable 0 */
};

/* A new row without variables; NULL and is_incomplete when there is no room. */
struct polyhedron_row *polyhedron_row_new(struct polyhedron *p);
/* Add COEFFICIENT * V to ROW. */
void polyhedron_row_add(struct polyhedron_row *row, unsigned v, ir_integer coefficient);
/* coefficient * v + constant >= 0, or == 0; COEFFICIENT is not 0. */
void polyhedron_bound(struct polyhedron *p, unsigned v, ir_integer coefficient,
		      ir_integer constant, bool is_equality);

/*
 * The values of variable 0, by elimination; P is used up.  The real shadow
 * contains all of them.  Each integer in the dark shadow is one, unless rows
 * were left out, in which case the dark shadow is empty.
 */
struct polyhedron_range polyhedron_project(struct polyhedron *p,
					   enum polyhedron_shadow shadow);

/* Has P an integer point where its numbers are at one of their ends?  False: perhaps not. */
bool polyhedron_has_easy_point(const struct polyhedron *p);

enum polyhedron_answer {
	POLYHEDRON_EMPTY,	/* no integer point */
	POLYHEDRON_SOLVABLE,
	POLYHEDRON_TOO_LARGE,	/* the context's budget is spent */
};

struct isl_ctx;
enum polyhedron_answer polyhedron_ask_isl(struct isl_ctx *context,
					  const struct polyhedron *p);

#endif /* PINCHECK_POLYHEDRON_H */
