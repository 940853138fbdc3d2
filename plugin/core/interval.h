/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Intervals of a region's elements, [low .. high), and how they lie to each
 * other as far as the path tells: acquire.c and release.c ask.
 *
 * All answers are "certainly"; false is "not, or not known".
 */
#ifndef PINCHECK_INTERVAL_H
#define PINCHECK_INTERVAL_H

#include <string.h>

#include "engine.h"

/* A >= B */
static inline bool at_least(struct engine *engine, const struct disjunct *d,
			    const struct linear *a, const struct linear *b)
{
	return constraint_set_is_at_least(engine->solver, &d->constraints, a, b);
}

/* A > B */
static inline bool greater(struct engine *engine, const struct disjunct *d,
			   const struct linear *a, const struct linear *b)
{
	return constraint_set_is_greater(engine->solver, &d->constraints, a, b);
}

/* Is [LOW .. HIGH) without elements? */
static inline bool is_empty(struct engine *engine, const struct disjunct *d,
			    const struct linear *low, const struct linear *high)
{
	return constraint_set_is_at_least(engine->solver, &d->constraints, low, high);
}

/* Is [LOW .. HIGH) apart from every holding of STATE? */
static inline bool is_apart(struct engine *engine, const struct disjunct *d,
			    const struct region_state *state, const struct linear *low,
			    const struct linear *high)
{
	unsigned i;

	for (i = 0; i < state->holding_count; i++)
		if (!at_least(engine, d, low, state->holdings[i].high) &&
		    !at_least(engine, d, state->holdings[i].low, high))
			return false;
	return true;
}

static inline void drop_holding(struct region_state *state, unsigned index)
{
	state->holding_count--;
	memmove(state->holdings + index, state->holdings + index + 1,
		(state->holding_count - index) * sizeof(state->holdings[0]));
}

/* Nothing is said about what STATE holds any more. */
static inline void blur(struct region_state *state)
{
	state->is_blurred = true;
	state->holding_count = 0;
	state->released_count = 0;
}

#endif /* PINCHECK_INTERVAL_H */
