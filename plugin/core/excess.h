/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Excess: what is released without being held.  For release.c, which finds out what
 * of a release that is.
 */
#ifndef PINCHECK_EXCESS_H
#define PINCHECK_EXCESS_H

#include "engine.h"

/*
 * Is the number of pages that HOW releases an error that was taken for a count?  Then
 * that is reported, whatever is known of the region, and the region blurred.
 */
bool excess_of_error(struct engine *engine, const struct frame *frame, struct disjunct *d,
		     const struct reference *reference, const struct release *how);

/* The same of elements that are not in the variable at all. */
bool excess_of_variable(struct engine *engine, const struct frame *frame, struct disjunct *d,
			const struct reference *reference, const struct release *how);

/*
 * [LOW .. HIGH) of STATE, an element, is released once in each round of a loop.  Does
 * the loop go on behind the last element that is held?  Then that is reported.
 */
bool excess_of_loop(struct engine *engine, const struct frame *frame,
		    const struct disjunct *d, const struct region_state *state,
		    const struct linear *low, const struct linear *high,
		    const struct release *how);

/*
 * [LOW .. HIGH) of STATE is released, the more the less is held there: the number of those
 * that are left, not of those that were taken?  Then that is reported.
 */
bool excess_of_rest(struct engine *engine, const struct frame *frame,
		    const struct disjunct *d, const struct region_state *state,
		    const struct linear *low, const struct linear *high,
		    const struct release *how);

/* More than was held of [LOW .. HIGH) of STATE, which is blurred, if pages of it were handed over. */
bool excess_of_handed(struct engine *engine, const struct frame *frame,
		      const struct disjunct *d, struct region_state *state,
		      const struct linear *low, const struct linear *high,
		      const struct release *how);

/*
 * [LOW .. HIGH) of STATE is not held and is released with others from START on: report
 * it if it is certain.  Unless START is LOW, it lies right behind elements that are held.
 * The region is blurred if there is such.  Returns true if it was reported.
 */
bool excess_judge(struct engine *engine, const struct frame *frame, const struct disjunct *d,
		  struct region_state *state, const struct linear *start,
		  const struct linear *low, const struct linear *high,
		  const struct release *how);

#endif /* PINCHECK_EXCESS_H */
