// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Claims: faults of one function that depend on what others have put into a cell,
 * which is known when all have been followed.
 */
#include <string.h>

#include "cell-table.h"

void cell_note_double_release(struct engine *engine, const struct frame *frame,
			      const struct disjunct *d, const struct region_state *state,
			      const struct released *before, const struct release *how)
{
	struct cell_table *table = engine->cells;
	struct cell *cells[CELL_NAMES];
	struct cell_claim *claim;
	unsigned count = cell_get_all(engine, d, state->region, cells);

	if (!count)
		return;
	for (claim = table->first_claim; claim; claim = claim->next)
		if (claim->location == how->location && claim->cells[0] == cells[0])
			return;
	claim = ARENA_NEW(table->unit->arena, struct cell_claim);
	memcpy(claim->cells, cells, sizeof(cells));
	claim->cell_count = count;
	claim->kind = how->kind;
	claim->root = engine->root->index;
	claim->location = how->location;
	while (frame->caller && frame->function->is_inline_in_header) {
		claim->location = frame->caller->function->instructions[frame->call].location;
		frame = frame->caller;
	}
	claim->function = frame->function->index;
	claim->releaser = how->function;
	claim->what = how->text ? how->text :
		arena_strdup(table->unit->arena, region_text(engine->terms, state->region));
	claim->trail = d->trail;
	claim->before = before->event;
	*table->last_claim = claim;
	table->last_claim = &claim->next;
}
