/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Failures: returns of a root function that tell its caller of an error.
 *
 *	obj->nr = pin_user_pages_fast(addr, n, 0, obj->pages);
 *	...
 *	if (map(obj))
 *		return -EIO;			obj->pages is held
 *	if (check(obj)) {
 *		unpin_user_pages(obj->pages, n);
 *		return -EINVAL;			it is not
 *	}
 *
 * Pages in memory of the caller's are not lost when the function returns.  But where one
 * failure has given them back, and leaves nothing behind by which the caller could tell
 * it from another one, the caller can give them back after neither: what the other one
 * still holds is lost.
 *
 * The same is so where one failure is that of the acquire itself, and another one with the
 * same errno, a constant, that of getting too few pages in an array that is passed: how
 * many is known to nobody.
 *
 * What tells them apart: a number or pointer that one sets to zero and the other does
 * not, or a record that the one that holds pages leaves and the other does not.  Where
 * it is not known what is in a field, it is taken to tell.
 * Pages that are known elsewhere as well may be found there after the one, but then after
 * the other, too, if they are there in both.
 *
 * May miss: failures that are told by the error alone, and a function without any that
 * gives back, where not all pages are taken by one acquire.
 */
#ifndef PINCHECK_FAILURE_H
#define PINCHECK_FAILURE_H

#include "engine.h"

/* The root returns RESULT in D, which stays the caller's. */
void failure_note_return(struct engine *engine, const struct disjunct *d,
			 const struct linear *result, ir_location location);
/* The root was followed to its end: compare what was noted. */
void failure_judge(struct engine *engine, const struct frame *frame);
void failure_release(struct engine *engine);

/*
 * Is it not known to anybody after a failure, which RESULT tells of, how many pages HOLDING is, of
 * an array that its caller may find again?  See failure-count.c.
 */
bool failure_loses_count(const struct engine *engine, const struct disjunct *d,
			 const struct linear *result, const struct region_state *state,
			 const struct holding *holding);

#endif /* PINCHECK_FAILURE_H */
