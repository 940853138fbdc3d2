/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rest: a page that a round of a loop has stored into an array, and nowhere else, is the
 * array's when the round ends; see rest.c.
 */
#ifndef PINCHECK_REST_H
#define PINCHECK_REST_H

#include "engine.h"

/* Is VALUE a page that is held by itself, and in no place yet? */
bool rest_is_homeless(struct engine *engine, const struct disjunct *d, const struct linear *value);
/* Such a page was stored, and that is where it is. */
void rest_settle(struct engine *engine, struct disjunct *d, const struct linear *value);
/* A back edge to HEAD is taken: pages of this round that an array has are the array's. */
void rest_of_round(struct engine *engine, const struct frame *frame, struct disjunct *d,
		   ir_block_id head);

#endif /* PINCHECK_REST_H */
