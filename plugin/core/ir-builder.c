// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Builder: a function while it is being made.  The arrays that grow are on the
 * heap, so that the arena holds each of them once, in its final size.
 */
#include <stdlib.h>
#include <string.h>

#include <libiberty/libiberty.h>

#include "ir.h"

struct list {
	unsigned count, room;
	uint32_t *items;
};

struct draft_block {
	struct list instructions, predecessors, successors;
};

struct ir_builder {
	struct ir_unit *unit;
	struct ir_function *function;
	unsigned value_count, value_room;
	struct ir_instruction *instructions;
	unsigned block_count, block_room;
	struct draft_block *blocks;
};

static void *grow(void *items, unsigned count, unsigned *room, size_t size)
{
	if (count < *room)
		return items;
	*room = *room ? *room * 2 : 8;
	return xrealloc(items, *room * size);
}

static void list_add(struct list *list, uint32_t item)
{
	list->items = grow(list->items, list->count, &list->room, sizeof(*list->items));
	list->items[list->count++] = item;
}

/* Copy to ARENA and free. */
static uint32_t *list_finish(struct list *list, struct arena *arena)
{
	uint32_t *items = ARENA_ARRAY(arena, uint32_t, list->count);

	if (list->count)
		memcpy(items, list->items, list->count * sizeof(*items));
	free(list->items);
	return items;
}

struct ir_builder *ir_builder_new(struct ir_unit *unit, uint32_t function)
{
	struct ir_builder *builder = xcalloc(1, sizeof(*builder));

	builder->unit = unit;
	builder->function = unit->functions[function];
	/* Instruction 0 is no value. */
	builder->instructions = grow(NULL, 0, &builder->value_room,
				     sizeof(*builder->instructions));
	memset(&builder->instructions[0], 0, sizeof(builder->instructions[0]));
	builder->value_count = 1;
	return builder;
}

struct ir_function *ir_builder_function(struct ir_builder *builder)
{
	return builder->function;
}

ir_block_id ir_builder_add_block(struct ir_builder *builder)
{
	builder->blocks = grow(builder->blocks, builder->block_count, &builder->block_room,
			       sizeof(*builder->blocks));
	memset(&builder->blocks[builder->block_count], 0, sizeof(builder->blocks[0]));
	return builder->block_count++;
}

void ir_builder_add_edge(struct ir_builder *builder, ir_block_id from, ir_block_id to)
{
	list_add(&builder->blocks[from].successors, to);
	list_add(&builder->blocks[to].predecessors, from);
}

ir_value ir_builder_add(struct ir_builder *builder, ir_block_id block, enum ir_op op,
			struct ir_type type, unsigned operand_count,
			struct ir_instruction **instruction)
{
	struct ir_instruction *added;

	builder->instructions = grow(builder->instructions, builder->value_count,
				     &builder->value_room, sizeof(*builder->instructions));
	added = &builder->instructions[builder->value_count];
	memset(added, 0, sizeof(*added));
	added->op = op;
	added->type = type;
	added->block = block;
	added->operand_count = operand_count;
	if (operand_count)
		added->operands = ARENA_ARRAY(builder->unit->arena, ir_value, operand_count);
	if (instruction)
		*instruction = added;
	list_add(&builder->blocks[block].instructions, builder->value_count);
	return builder->value_count++;
}

struct ir_instruction *ir_builder_at(struct ir_builder *builder, ir_value value)
{
	return &builder->instructions[value];
}

static void finish_block(struct ir_block *block, ir_block_id id, struct draft_block *draft,
			 struct arena *arena)
{
	block->id = id;
	block->count = draft->instructions.count;
	block->instructions = list_finish(&draft->instructions, arena);
	block->predecessor_count = draft->predecessors.count;
	block->predecessors = list_finish(&draft->predecessors, arena);
	block->successor_count = draft->successors.count;
	block->successors = list_finish(&draft->successors, arena);
}

struct ir_function *ir_builder_finish(struct ir_builder *builder)
{
	struct arena *arena = builder->unit->arena;
	struct ir_function *function = builder->function;

	function->value_count = builder->value_count;
	function->instructions = ARENA_ARRAY(arena, struct ir_instruction, builder->value_count);
	memcpy(function->instructions, builder->instructions,
	       builder->value_count * sizeof(*builder->instructions));
	function->block_count = builder->block_count;
	function->blocks = ARENA_ARRAY(arena, struct ir_block, builder->block_count);
	for (unsigned i = 0; i < builder->block_count; i++)
		finish_block(&function->blocks[i], i, &builder->blocks[i], arena);

	free(builder->instructions);
	free(builder->blocks);
	free(builder);
	return function;
}
