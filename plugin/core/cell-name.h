/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The names of the cell that a region is: from the longest access path that the
 * code shows, record by record, to the last one alone; see cell.h.
 */
#ifndef PINCHECK_CELL_NAME_H
#define PINCHECK_CELL_NAME_H

#include "engine.h"

#define CELL_NAMES	4

/* Interned names of REGION into NAMES; how many: 0 for memory that is no cell. */
unsigned cell_names(struct engine *engine, const struct disjunct *d,
		    const struct region *region, const char *names[CELL_NAMES]);

/* The name of what the cell NAME points to. */
const char *cell_name_pointee(struct engine *engine, const char *name);

#endif /* PINCHECK_CELL_NAME_H */
