/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A merge of two disjuncts under way: for merge*.c.
 *
 * A pair is a new symbol X with what it is on either side.  The values and the
 * memory are merged first and make the pairs; the bounds of holdings and the
 * constraints are then said in terms of them.
 */
#ifndef PINCHECK_MERGE_H
#define PINCHECK_MERGE_H

#include "engine.h"

#define FRESH_LIMIT	16
#define PAIR_LIMIT	64
#define LOST_LIMIT	8
#define WIDENING_ROUND	1	/* from here on the set of constraints only shrinks */

struct pair {
	symbol_id symbol;		/* X */
	const struct linear *x, *a, *b;
};

struct merging {
	struct engine *engine;
	const struct frame *frame;
	ir_block_id at;
	bool is_loop;
	unsigned round;
	struct disjunct *a, *b;		/* A becomes what covers both */
	bool changed;			/* A covers more than before */
	bool is_marked;			/* engine_mark() was told of A */
	unsigned pair_count;
	struct pair pairs[PAIR_LIMIT];
	/* Constraints of either side, by number, that are in the result as they stand. */
	uint64_t kept[2];
	bool is_noted[2];		/* engine->spoken_of is set for either side */
	/* The bits of all constraints in the result: one whose bit is not set is not there. */
	uint64_t filter;
	/* Regions of which A had no state before this merge gave them a version. */
	unsigned fresh_count;
	const struct region *fresh[FRESH_LIMIT];
	/* Where pages were taken of which this merge has lost how many are held. */
	unsigned lost_count;
	ir_location lost[LOST_LIMIT];
};

/* What a region that was written differently on both sides has for a version. */
static inline uint32_t merged_version(const struct merging *m)
{
	return ENGINE_MERGED_VERSION | m->at | m->frame->context << WRITER_BITS;
}

/* Mark what A, of which values and memory are merged, can be asked about. */
static inline void merge_mark(struct merging *m)
{
	if (!m->is_marked)
		engine_mark(m->engine, m->frame, m->a, m->at);
	m->is_marked = true;
}

/* The region states of A cover those of B; bounds that differ follow a pair of M. */
void merge_regions(struct merging *m);

/* A keeps the constraints that hold on both sides, said with the pairs of M. */
void merge_constraints(struct merging *m);

/* Constraints that hold on both sides because each of them has one of two. */
void merge_alternatives(struct merging *m, struct constraint_set *result);
/* ... because a variable was set to a constant on each. */
void merge_choices(struct merging *m, struct constraint_set *result);

/* C is in SET, as it stands. */
static inline bool merge_has(const struct constraint_set *set, const struct constraint *c)
{
	unsigned i;

	for (i = 0; i < set->count; i++)
		if (set->items[i].linear == c->linear && set->items[i].relation == c->relation)
			return true;
	return false;
}

/* What tells C from most others. */
static inline uint64_t merge_filter_bit(const struct constraint *c)
{
	return (uint64_t)1 << c->linear->id % 64;
}

/* Is constraint N of one side in RESULT, as it stands? */
static inline bool merge_has_kept(const struct merging *m, const struct constraint_set *result,
				  bool is_b, unsigned n)
{
	const struct constraint_set *set = is_b ? &m->b->constraints : &m->a->constraints;

	return m->kept[is_b] >> n & 1 ||
		(m->filter & merge_filter_bit(&set->items[n]) && merge_has(result, &set->items[n]));
}

/* Add C to RESULT, what M makes of the constraints, if there is room. */
void merge_keep(struct merging *m, struct constraint_set *result, const struct constraint *c);
/* Is A what it is on either side? */
bool merge_is_on_both_sides(struct merging *m, const struct linear *a);

#endif /* PINCHECK_MERGE_H */
