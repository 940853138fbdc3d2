// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Claims: faults of one function that depend on what others have put into a cell,
 * which is known when all have been followed.
 */
#include <string.h>

#include "cell-table.h"

struct cell_claim *cell_claim_new(struct engine *engine, const struct frame *frame,
				  const struct disjunct *d, const struct region *region,
				  const struct release *how, enum cell_claim_kind is)
{
	struct cell_table *table = engine->cells;
	struct cell *cells[CELL_NAMES];
	struct cell_claim *claim;
	unsigned count = cell_get_all(engine, d, region, cells);

	if (!count)
		return NULL;
	for (claim = table->first_claim; claim; claim = claim->next)
		if (claim->is == is && claim->released_at == how->location &&
		    claim->cells[0] == cells[0])
			return NULL;
	claim = ARENA_NEW(table->unit->arena, struct cell_claim);
	claim->is = is;
	memcpy(claim->cells, cells, sizeof(cells));
	claim->cell_count = count;
	claim->kind = how->kind;
	claim->root = engine->root->index;
	claim->location = claim->released_at = how->location;
	while (frame->caller && frame->function->is_inline_in_header) {
		claim->location = frame->caller->function->instructions[frame->call].location;
		frame = frame->caller;
	}
	claim->function = frame->function->index;
	claim->releaser = how->function;
	claim->what = how->text ? how->text :
		arena_strdup(table->unit->arena, region_text(engine->terms, region));
	claim->trail = d->trail;
	*table->last_claim = claim;
	table->last_claim = &claim->next;
	return claim;
}

void cell_note_double_release(struct engine *engine, const struct frame *frame,
			      const struct disjunct *d, const struct region_state *state,
			      const struct released *before, const struct release *how)
{
	struct cell_claim *claim = cell_claim_new(engine, frame, d, state->region, how,
						  CLAIM_DOUBLE_RELEASE);

	if (claim)
		claim->before = before->event;
}
