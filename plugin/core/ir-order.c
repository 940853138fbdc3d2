// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reverse postorder.  Every block of a reducible loop comes after the loop's
 * head, and a block after all its predecessors but those of retreating edges,
 * so that a worklist in this order visits each block when most is known of it.
 */
#include <stdlib.h>

#include <libiberty/libiberty.h>

#include "ir.h"

struct frame {
	ir_block_id block;
	unsigned next;		/* successor to visit */
};

/* Blocks in postorder into ORDER; how many can be reached. */
static unsigned postorder(const struct ir_function *function, ir_block_id *order)
{
	struct frame *stack = XNEWVEC(struct frame, function->block_count);
	bool *seen = XCNEWVEC(bool, function->block_count);
	unsigned depth = 0, count = 0;

	stack[depth++] = (struct frame){ .block = 0 };
	seen[0] = true;
	while (depth) {
		struct frame *top = &stack[depth - 1];
		const struct ir_block *block = &function->blocks[top->block];

		if (top->next == block->successor_count) {
			order[count++] = top->block;
			depth--;
			continue;
		}
		ir_block_id successor = block->successors[top->next++];

		if (!seen[successor]) {
			seen[successor] = true;
			stack[depth++] = (struct frame){ .block = successor };
		}
	}
	free(stack);
	free(seen);
	return count;
}

void ir_function_order(struct ir_unit *unit, struct ir_function *function)
{
	ir_block_id *order = ARENA_ARRAY(unit->arena, ir_block_id, function->block_count);
	ir_block_id *post = XNEWVEC(ir_block_id, function->block_count);
	unsigned count = postorder(function, post), rest = count;

	/* What cannot be reached has a place too: at the end. */
	for (unsigned i = 0; i < function->block_count; i++)
		function->blocks[i].order = function->block_count;
	for (unsigned i = 0; i < count; i++) {
		order[i] = post[count - 1 - i];
		function->blocks[order[i]].order = i;
	}
	for (unsigned i = 0; i < function->block_count; i++) {
		struct ir_block *block = &function->blocks[i];

		if (block->order == function->block_count) {
			block->order = rest;
			order[rest++] = i;
		}
	}
	for (unsigned i = 0; i < function->block_count; i++) {
		struct ir_block *block = &function->blocks[i];

		block->is_loop_head = false;
		for (unsigned k = 0; k < block->predecessor_count; k++)
			if (function->blocks[block->predecessors[k]].order >= block->order)
				block->is_loop_head = true;
	}
	function->reverse_postorder = order;
	free(post);
}
