/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Bound: a loop that gives back pages goes on behind the end of their array.
 *
 *	u64 pfns[8];
 *	for (i = 0; i <= ARRAY_SIZE(rec->pfns); i++)
 *		if (rec->pfns[i])
 *			unpin_user_page(pfn_to_page(rec->pfns[i]));
 *
 * Whatever is in the array, and whatever was taken: what is looked at in the last round is none of
 * its elements.  That takes numbers that the code itself tells: a loop that ends by its
 * counter alone, a constant, and an array with a length, not the last of its record, in
 * which every round looks.
 */
#ifndef PINCHECK_BOUND_H
#define PINCHECK_BOUND_H

#include "engine.h"

/* FRAME's function, a root, was followed. */
void bound_judge(struct engine *engine, const struct frame *frame);

#endif /* PINCHECK_BOUND_H */
