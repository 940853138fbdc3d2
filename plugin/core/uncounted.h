/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pages that are left in a record, and nothing that tells how many. */
#ifndef PINCHECK_UNCOUNTED_H
#define PINCHECK_UNCOUNTED_H

#include "engine.h"

/*
 * HOLDING, of STATE, is in memory that others get at when the root function returns RESULT.
 * Are there fewer pages than were asked for, and nobody told how many?
 */
bool uncounted_is_left(struct engine *engine, const struct linear *result,
		       const struct region_state *state, const struct holding *holding);

#endif /* PINCHECK_UNCOUNTED_H */
