/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Constraints: what a path has established about the integers of a function.
 *
 *	if (ret < nr_pages)		nr_pages - ret - 1 >= 0
 *	if (ret == -EAGAIN)		ret + 11 == 0
 *
 * A conjunction of linear constraints over symbols, with the bounds of every
 * symbol's type implied.  Questions are answered by refutation: C entails
 * f >= 0 if C and f <= -1 have no solution.  That is decided by
 * Fourier-Motzkin elimination with integer tightening (Pugh, "The Omega Test",
 * CACM 1992, section 2), on the constraints that are connected with the
 * question; where elimination gives up, or where divisions make the rational
 * answer inexact, isl decides.  "Not known" is an answer.
 *
 * A constraint that finds no room is forgotten, which only makes the answers
 * less definite.
 */
#ifndef PINCHECK_CONSTRAINT_H
#define PINCHECK_CONSTRAINT_H

#include "term.h"

#define CONSTRAINT_LIMIT	40

enum constraint_relation {
	CONSTRAINT_AT_LEAST_ZERO,
	CONSTRAINT_ZERO,
	CONSTRAINT_NOT_ZERO,
};

struct constraint {
	const struct linear *linear;
	enum constraint_relation relation;
};

struct constraint_set {
	unsigned count;
	struct constraint items[CONSTRAINT_LIMIT];
};

enum truth { TRUTH_UNKNOWN, TRUTH_NO, TRUTH_YES };

/* The solver: its budget and its isl context.  One for each analysis of a function. */
struct solver;

struct solver *solver_new(struct term_table *table, unsigned long isl_operations);
void solver_free(struct solver *solver);
unsigned long solver_isl_calls(const struct solver *solver);

/* False if LINEAR <relation> 0 contradicts SET; SET then has no solution. */
bool constraint_set_add(struct solver *solver, struct constraint_set *set,
			const struct linear *linear, enum constraint_relation relation);
/* Does it hold on all (yes) or on no (no) solution of SET? */
enum truth constraint_set_test(struct solver *solver, const struct constraint_set *set,
			       const struct linear *linear,
			       enum constraint_relation relation);

/* a >= b, a > b, a == b on every solution of SET; false if not known or b NULL. */
bool constraint_set_is_at_least(struct solver *solver, const struct constraint_set *set,
				const struct linear *a, const struct linear *b);
bool constraint_set_is_greater(struct solver *solver, const struct constraint_set *set,
			       const struct linear *a, const struct linear *b);
bool constraint_set_is_equal(struct solver *solver, const struct constraint_set *set,
			     const struct linear *a, const struct linear *b);

#endif /* PINCHECK_CONSTRAINT_H */
