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
/* The block that a path which takes the branch E comes to; 0: not known. */
ir_block_id departure_leads_to(const struct event *e);

/*
 * Is leaving at E another fault than SAID, about pages of the same acquire?  It is if the
 * function gives pages back, where this path does not come to, and nothing that mends the one
 * could mend the other: the path had not left where SAID is, and the two ways meet in no more
 * than a return.
 */
bool departure_is_another(const struct ir_unit *unit, const struct event *e,
			  const struct finding *said);

#endif /* PINCHECK_DEPARTURE_H */
