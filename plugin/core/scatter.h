/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Scattering: pages that are held in a region are put elsewhere, too, where others may
 * find them and give them back; see scatter.c.
 */
#ifndef PINCHECK_SCATTER_H
#define PINCHECK_SCATTER_H

#include "engine.h"

/*
 * All that is held in REGION may be found in CONTAINER, or, NULL, one cannot tell where.
 */
void scatter_region(struct engine *engine, struct disjunct *d, const struct region *region,
		    const struct region *container);
/* The same of PAGE, and so, as one cannot tell, of all that is held together with it. */
void scatter_page(struct engine *engine, struct disjunct *d, const struct linear *page,
		  const struct region *container);
/*
 * The same where PAGE, and no other, goes to CONTAINER: those held with it are still held
 * by themselves.  IS_HANDED_ON: somebody unknown has got PAGE.  False, and nothing was done:
 * it is not the first of them that were not elsewhere before, as in a loop that goes through
 * them it is.
 */
bool scatter_first(struct engine *engine, struct disjunct *d, const struct linear *page,
		   const struct region *container, bool is_handed_on);
/* Where nothing is left of D's pages behind those that are elsewhere: forget the empty rest. */
void scatter_drop_empty(struct engine *engine, struct disjunct *d);
/* Where the pointer VALUE was kept is not followed: what it points to may be found there. */
void engine_lose_pointer(struct engine *engine, struct disjunct *d, const struct linear *value);
/* Somebody keeps the pointer VALUE: so may be all that it leads to. */
void engine_keep_pointer(struct engine *engine, struct disjunct *d, const struct linear *value);
/* The pages that are in CONTAINER, or in what it leads to (NULL: anywhere), may be elsewhere. */
void engine_open_container(struct engine *engine, struct disjunct *d,
			   const struct region *container);
/*
 * What is read out of BASE (NULL: anywhere) may be a page, or the number of one, that was put
 * into it by way of its address: from now on it may be elsewhere.
 */
void scatter_read(struct engine *engine, struct disjunct *d, const struct region *base);
/* Something of TYPE is loaded from REGION: pages that a call has put there may be found. */
void fill_note_load(struct engine *engine, struct disjunct *d, const struct region *region,
		    const struct ir_type *type);
/* Containers have been opened that a call had put pages into. */
void fill_note_opened(struct engine *engine, struct disjunct *d);
/* [LOW .. HIGH) of STATE is filled anew; the pages that were there before are elsewhere alone. */
void scatter_drop_overlapped(struct engine *engine, struct disjunct *d,
			     struct region_state *state, const struct linear *low,
			     const struct linear *high);

#endif /* PINCHECK_SCATTER_H */
