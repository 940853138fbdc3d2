// SPDX-License-Identifier: GPL-2.0-or-later
/* A test that is the wrong way round; see guard-pair.h. */
#include <stdlib.h>
#include <string.h>

#include <libiberty/libiberty.h>

#include "cell-table.h"
#include "guard-pair.h"

#define TEST_DEPTH	4	/* operations between a test and the bits that it is of */

struct guard_right {
	struct guard_right *next;
	ir_location location, taken;
};

void guard_note_right(struct engine *engine, ir_location location, const struct event *taken)
{
	struct guard_right *right;

	if (!taken || !plan_takes_several_kinds(engine->plan))
		return;
	for (right = engine->cells->rights; right; right = right->next)
		if (right->location == location && right->taken == taken->location)
			return;
	right = ARENA_NEW(engine->unit->arena, struct guard_right);
	right->location = location;
	right->taken = taken->location;
	right->next = engine->cells->rights;
	engine->cells->rights = right;
}

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

/* The block whose branch leads to A or to B; NULL: there is none. */
static const struct ir_block *block_between(const struct ir_function *f, ir_block_id a,
					    ir_block_id b)
{
	bool *avoided = XCNEWVEC(bool, f->block_count + 1);
	const struct ir_block *found = NULL;
	unsigned i;

	for (i = 0; i < f->block_count && !found; i++)
		if (parts(f, &f->blocks[i], a, b, avoided))
			found = &f->blocks[i];
	free(avoided);
	return found;
}

/* Is V made of bits of some number?  What those have to do with others is not always seen. */
static bool is_of_bits(const struct ir_function *f, ir_value v, unsigned depth)
{
	const struct ir_instruction *i = &f->instructions[v];
	unsigned o;

	if (i->op == IR_AND || i->op == IR_SHIFT_RIGHT)
		return i->type.bits > 1;
	for (o = 0; depth && o < i->operand_count; o++)
		if (is_of_bits(f, i->operands[o], depth - 1))
			return true;
	return false;
}

static bool is_test_of_bits(const struct ir_function *f, const struct ir_block *block)
{
	return block && is_of_bits(f, block->instructions[block->count - 1],
				   TEST_DEPTH);
}

/* Is it right what F, a mismatch, gets from elsewhere? */
static bool is_right_of_others(const struct cell_table *cells, const struct finding *f)
{
	const struct guard_right *right;

	for (right = cells->rights; right; right = right->next)
		if (right->location == f->location && right->taken != f->taken)
			return true;
	return false;
}

/* Do the pages of F, a mismatch, come to a release that is right on the other side of a branch? */
static bool is_untold(const struct ir_unit *unit, const struct cell_table *cells,
		      const struct finding *f)
{
	const struct ir_function *function = unit->functions[f->function];
	const struct guard_right *right;
	ir_block_id here, there;

	if (!f->taken || (f->id != FINDING_PUT_PINNED && f->id != FINDING_UNPIN_ORDINARY) ||
	    !is_right_of_others(cells, f))
		return false;
	here = block_of_call(function, f->location);
	for (right = cells->rights; right && here; right = right->next) {
		there = right->taken == f->taken ? block_of_call(function, right->location) : 0;
		if (there && there != here &&
		    is_test_of_bits(function, block_between(function, here, there)))
			return true;
	}
	return false;
}

void guard_drop_untold(struct ir_unit *unit, const struct cell_table *cells,
		       struct finding_list *findings)
{
	unsigned i, kept = 0;

	for (i = 0; i < findings->count; i++)
		if (!is_untold(unit, cells, findings->items[i]))
			findings->items[kept++] = findings->items[i];
	findings->count = kept;
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
	return in_a && in_b && in_a != in_b && block_between(f, in_a, in_b);
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
