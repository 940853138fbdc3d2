/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Departure: where a path that loses pages leaves those that give them back.
 *
 *	if (bio.bi_status)		here
 *		goto out;
 *	bio_release_pages(&bio, false);
 * out:
 *	if (vecs != inline_vecs)	not here: either way, nothing is given back any more
 *		kfree(vecs);
 */
#ifndef PINCHECK_DEPARTURE_H
#define PINCHECK_DEPARTURE_H

#include "engine.h"

/* The branch at which D, at its end in FRAME, leaves HOLDING behind; NULL: there is none. */
const struct event *departure_of(const struct frame *frame, const struct disjunct *d,
				 const struct holding *holding);

#endif /* PINCHECK_DEPARTURE_H */
