/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Constraints: what a path has established about the integers of a function.
 *
 *	if (ret < nr_pages)		nr_pages - ret - 1 >= 0
 *	if (ret == -EAGAIN)		ret + 11 == 0
 *
 * A conjunction of linear constraints over symbols, with the bounds of every
 * symbol's type implied.  The constraints that are connected with a question
 * (component.h) are projected onto the expression that it is about
 * (polyhedron.h); the range of that expression answers it, and all others
 * about the same expression under the same constraints, for which it is
 * remembered.  Where elimination is not exact for integers, isl decides, a few
 * times for each function.  "Not known" is an answer.
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
/* Room for the part of a set that is connected with something; each question takes it. */
struct component *solver_component(struct solver *solver);

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
