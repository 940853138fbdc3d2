// SPDX-License-Identifier: GPL-2.0-or-later
/* Cells; see cell.h. */
#include "cell.h"

struct cell_table {
	struct arena *arena;
};

struct cell_table *cell_table_new(struct arena *arena)
{
	struct cell_table *table = ARENA_NEW(arena, struct cell_table);

	table->arena = arena;
	return table;
}

void cell_note_store(struct engine *engine, const struct frame *frame,
		     const struct disjunct *d, const struct region *region,
		     const struct linear *value, ir_location location, const char *text)
{
	(void)engine, (void)frame, (void)d, (void)region, (void)value, (void)location, (void)text;
}

void cell_note_release(struct engine *engine, const struct frame *frame,
		       const struct disjunct *d, const struct reference *reference,
		       const struct release *how)
{
	(void)engine, (void)frame, (void)d, (void)reference, (void)how;
}
