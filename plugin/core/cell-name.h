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

/*
 * The same for what cell_names() knows no name for, in a container that the function at
 * hand has made: `submit#7.bi_io_vec[*].bv_page', where the number tells two of
 * one function apart, or got when it was called by its address: `end_io#.bi_io_vec[*].bv_page'.
 */
#define CELL_NUMBER	"#"

unsigned cell_object_names(struct engine *engine, const struct disjunct *d,
			   const struct region *region, const char *names[CELL_NAMES]);

/* `submit#7': the object that REGION is; NULL: of no function. */
const char *cell_object_name(struct engine *engine, const struct disjunct *d,
			     const struct region *region);
/* `end_io#': what FUNCTION gets when it is called by its address. */
const char *cell_parameter_name(struct arena *arena, const struct ir_function *function);
/* NAME as the user may read it: `bi_io_vec[*].bv_page'. */
const char *cell_display_name(const char *name);

/* The name of what the cell NAME points to. */
const char *cell_name_pointee(struct engine *engine, const char *name);

#endif /* PINCHECK_CELL_NAME_H */
