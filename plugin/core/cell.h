/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Cell: a struct field, or an array element class, in which references rest
 * between functions.
 *
 *	static int pin(struct umem *umem)	{ ... umem->pgs = pages; ... }
 *	static void unpin(struct umem *umem)	{ ... put_page(umem->pgs[i]) ... }
 *
 * The cell `umem.pgs[*]' gets pinned pages in one function and loses them, in
 * the wrong way, in another.  A cell is named by record type and access path,
 * the owner's record first, so that the scatterlist inside one record is not the
 * scatterlist inside another.
 *
 * Ownership: the table lives as long as the analysis; names and events are in
 * the unit's arena.
 */
#ifndef PINCHECK_CELL_H
#define PINCHECK_CELL_H

#include "engine.h"

struct cell_table;

struct cell_table *cell_table_new(struct arena *arena);

/* VALUE (a page, an array of pages, a number made of one) was stored into REGION. */
void cell_note_store(struct engine *engine, const struct frame *frame,
		     const struct disjunct *d, const struct region *region,
		     const struct linear *value, ir_location location, const char *text);
/* Pages of REGION, of which this function knows no kind, are released as HOW says. */
void cell_note_release(struct engine *engine, const struct frame *frame,
		       const struct disjunct *d, const struct reference *reference,
		       const struct release *how);

#endif /* PINCHECK_CELL_H */
