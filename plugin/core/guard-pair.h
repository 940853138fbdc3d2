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
 */
#ifndef PINCHECK_GUARD_PAIR_H
#define PINCHECK_GUARD_PAIR_H

#include "analysis.h"
#include "finding.h"

/* Findings of such releases are about the test. */
void guard_find_pairs(struct ir_unit *unit, const struct analysis_options *options,
		      struct finding_list *findings);

#endif /* PINCHECK_GUARD_PAIR_H */
