/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A test that is the wrong way round.
 *
 *	if (flags & USE_PIN)
 *		put_page(page);			pinned pages come here
 *	else
 *		unpin_user_page(page);		and ordinary ones here
 *
 * Two releases of one function, each of the kind that the other one finds, on either side
 * of one branch: the releases are right, the test is wrong.
 *
 * If what is taken in one place comes to both sides of a test of bits, and each side gets what
 * is right for it as well, the test may be the one that has decided what to take, in words that
 * were not understood: values have no bits in the analysis.  Then nothing is said.
 */
#ifndef PINCHECK_GUARD_PAIR_H
#define PINCHECK_GUARD_PAIR_H

#include "analysis.h"
#include "engine.h"
#include "finding.h"

/* Pages taken by the event TAKEN were given back at LOCATION as what they are. */
void guard_note_right(struct engine *engine, ir_location location, const struct event *taken);

/* Forget mismatches that are a matter of such a test. */
void guard_drop_untold(struct ir_unit *unit, const struct cell_table *cells,
		       struct finding_list *findings);

/* Findings of such releases are about the test. */
void guard_find_pairs(struct ir_unit *unit, const struct analysis_options *options,
		      struct finding_list *findings);

#endif /* PINCHECK_GUARD_PAIR_H */
