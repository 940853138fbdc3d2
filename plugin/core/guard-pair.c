// SPDX-License-Identifier: GPL-2.0-or-later
/* A test that is the wrong way round; see guard-pair.h. */
#include <stdlib.h>
#include <string.h>

#include <libiberty/libiberty.h>

#include "cell-table.h"
#include "guard-pair.h"

/* The block of F with the call at LOCATION; 0: not known. */
static ir_block_id block_of_call(const struct ir_function *f, ir_location location)
{
	ir_value v;

	for (v = 1; v < f->value_count; v++)
		if (f->instructions[v].op == IR_CALL && f->instructions[v].location == location)
			return f->instructions[v].block;
	return 0;
}

/* Does the branch that ends BLOCK lead to A on one side and to B on the other alone? */
static bool parts(const struct ir_function *f, const struct ir_block *block, ir_block_id a,
		  ir_block_id b, bool *avoided)
{
	bool to_a[2], to_b[2];
	unsigned s;

	if (block->successor_count != 2)
		return false;
	avoided[block->id] = true;
	for (s = 0; s < 2; s++) {
		to_a[s] = cell_site_leads_to(f, block->successors[s], a, avoided);
		to_b[s] = cell_site_leads_to(f, block->successors[s], b, avoided);
	}
	avoided[block->id] = false;
	return to_a[0] != to_a[1] && to_b[0] != to_b[1] && to_a[0] == to_b[1];
}

static bool are_alternatives(const struct ir_function *f, ir_block_id a, ir_block_id b)
{
	bool *avoided = XCNEWVEC(bool, f->block_count + 1), found = false;
	unsigned i;

	for (i = 0; i < f->block_count && !found; i++)
		found = parts(f, &f->blocks[i], a, b, avoided);
	free(avoided);
	return found;
}

static bool are_opposite(const struct ir_unit *unit, const struct finding *a,
			 const struct finding *b)
{
	const struct ir_function *f = unit->functions[a->function];
	ir_block_id in_a, in_b;

	if (a->function != b->function ||
	    !((a->id == FINDING_PUT_PINNED && b->id == FINDING_UNPIN_ORDINARY) ||
	      (a->id == FINDING_UNPIN_ORDINARY && b->id == FINDING_PUT_PINNED)))
		return false;
	in_a = block_of_call(f, a->location);
	in_b = block_of_call(f, b->location);
	return in_a && in_b && in_a != in_b && are_alternatives(f, in_a, in_b);
}

static void make_guard(struct ir_unit *unit, struct finding *finding)
{
	finding->id = FINDING_WRONG_GUARD;
	finding->message = arena_printf(unit->arena, "%s; where the test goes the other way, it "
					"is the other way round", finding->message);
	finding->key = arena_printf(unit->arena, "%s%s", finding_id_text(finding->id),
				    strchr(finding->key, ' '));
	finding->replaced = finding->replacement = NULL;
}

void guard_find_pairs(struct ir_unit *unit, const struct analysis_options *options,
		      struct finding_list *findings)
{
	unsigned i, j;

	if (!options->enabled[FINDING_WRONG_GUARD])
		return;
	for (i = 0; i < findings->count; i++)
		for (j = i + 1; j < findings->count; j++)
			if (are_opposite(unit, findings->items[i], findings->items[j])) {
				make_guard(unit, findings->items[i]);
				make_guard(unit, findings->items[j]);
				break;
			}
}
