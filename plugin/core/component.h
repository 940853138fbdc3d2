/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Component: the part of a constraint set that is connected with a question.
 *
 *	x + 1 >= 0 ?	x - y >= 0, y - n/8 == 0, |  p - 1 >= 0
 *
 * A constraint is connected if it shares a symbol with the question, with
 * another connected constraint, or with the definition of a symbol of these,
 * as n/8 has.  What is not connected has no influence on the answer, because a
 * constraint set has a solution.
 *
 * The question is about the values of a direction: a linear expression without
 * constant whose first coefficient is positive and whose coefficients have no
 * common factor.
 */
#ifndef PINCHECK_COMPONENT_H
#define PINCHECK_COMPONENT_H

#include "constraint.h"
#include "polyhedron.h"

struct direction {
	unsigned count;
	struct linear_term terms[LINEAR_TERM_LIMIT];
};

struct component {
	const struct term_table *table;
	unsigned symbol_count, item_count;
	symbol_id symbols[POLYHEDRON_VARIABLES];
	uint8_t items[CONSTRAINT_LIMIT];	/* numbers in the set, ascending */
	bool is_complete;			/* there was room for all symbols */
	uint32_t signature;
	/* by symbol: its place in `symbols', if marked in this round */
	struct component_mark {
		uint32_t round, place;
	} *marks;
	uint32_t mark_room, round;
};

void component_release(struct component *component);

/* What of SET is connected with A. */
void component_gather(struct component *component, const struct constraint_set *set,
		      const struct linear *a);

/* Has A, or what a number of it is computed of, been gathered? */
bool component_has(const struct component *component, const struct linear *a);

/*
 * P: the constraints gathered from SET, what types and definitions say of the
 * symbols; variable 0 is DIRECTION.
 */
void component_build(const struct component *component, const struct constraint_set *set,
		     const struct direction *direction, struct polyhedron *p);

#endif /* PINCHECK_COMPONENT_H */
