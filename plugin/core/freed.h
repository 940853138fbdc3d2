/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Memory that names pages is freed; see freed.c.
 */
#ifndef PINCHECK_FREED_H
#define PINCHECK_FREED_H

#include "engine.h"

/* REGION is freed at LOCATION in FRAME: what was held there alone is lost. */
void freed_lose_held(struct engine *engine, const struct frame *frame, struct disjunct *d,
		     const struct region *region, ir_location location);

#endif /* PINCHECK_FREED_H */
