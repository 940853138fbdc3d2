/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Walks: a loop that goes through an array of pages, one after the other.
 *
 *	for (i = 0; i < n; i++)
 *		bvec[i].bv_page = pages[i];
 *
 * Each page is stored for itself here.  Where the elements of a loop may be apart, or a
 * store is not in every round, a page may stand for those behind it, too: a run of pages
 * with one length.
 */
#ifndef PINCHECK_WALK_H
#define PINCHECK_WALK_H

#include "engine.h"

/*
 * FRAME stores PAGE, or passes it on, by the instruction of WRITER.  Was it loaded from an
 * array that a loop walks through, and comes each page of that array by here, as long as the
 * loop goes?
 */
bool walk_is_one_by_one(const struct engine *engine, const struct frame *frame,
			const struct disjunct *d, const struct linear *page, uint32_t writer);

/* Does the store WRITER put down a number, which is no pointer that was only made an integer? */
bool walk_stores_number(const struct frame *frame, uint32_t writer);

#endif /* PINCHECK_WALK_H */
