// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The tables of a unit.  They grow by doubling in the unit's arena; what is
 * left behind is at most as much as what is used.
 */
#include <string.h>

#include "ir.h"

#define PAGE_SIZE_DEFAULT	4096
#define POINTER_BITS_DEFAULT	64
#define TABLE_FIRST		16u

static const char *const op_texts[IR_OP_COUNT] = {
#define IR_OP(name, text) text,
#include "ir-op.def"
#undef IR_OP
};

const char *ir_op_text(enum ir_op op)
{
	return op < IR_OP_COUNT ? op_texts[op] : "?";
}

/* Full at 0 and at every power of two from TABLE_FIRST on. */
static void *table_grow(struct arena *arena, void *table, unsigned count, size_t size)
{
	unsigned room = count ? count * 2 : TABLE_FIRST;
	void *larger;

	if (count && (count < TABLE_FIRST || (count & (count - 1))))
		return table;
	larger = arena_alloc(arena, room * size);
	if (count)
		memcpy(larger, table, count * size);
	return larger;
}

struct ir_unit *ir_unit_new(struct arena *arena)
{
	struct ir_unit *unit = ARENA_NEW(arena, struct ir_unit);

	unit->arena = arena;
	unit->strings = intern_new(arena);
	unit->page_size = PAGE_SIZE_DEFAULT;
	unit->pointer_bits = POINTER_BITS_DEFAULT;
	return unit;
}

uint32_t ir_unit_add_variable(struct ir_unit *unit, const struct ir_variable *variable)
{
	unit->variables = table_grow(unit->arena, unit->variables, unit->variable_count,
				     sizeof(*unit->variables));
	unit->variables[unit->variable_count] = *variable;
	return unit->variable_count++;
}

uint32_t ir_unit_reserve_function(struct ir_unit *unit, const char *name)
{
	struct ir_function *function = ARENA_NEW(unit->arena, struct ir_function);

	unit->functions = table_grow(unit->arena, unit->functions, unit->function_count,
				     sizeof(struct ir_function *));
	function->name = intern(unit->strings, name);
	function->index = unit->function_count;
	unit->functions[unit->function_count] = function;
	return unit->function_count++;
}

static bool has_name(const char *const *names, unsigned count, const char *name)
{
	for (unsigned i = 0; i < count; i++)
		if (names[i] == name)
			return true;
	return false;
}

bool ir_unit_is_private_record(const struct ir_unit *unit, const char *name)
{
	return has_name(unit->private_records, unit->private_record_count, name);
}

bool ir_unit_is_near_record(const struct ir_unit *unit, const char *name)
{
	return has_name(unit->near_records, unit->near_record_count, name);
}

void ir_unit_add_near_record(struct ir_unit *unit, const char *name)
{
	if (ir_unit_is_near_record(unit, name))
		return;
	unit->near_records = table_grow(unit->arena, unit->near_records, unit->near_record_count,
					sizeof(*unit->near_records));
	unit->near_records[unit->near_record_count++] = name;
}

void ir_unit_add_private_record(struct ir_unit *unit, const char *name)
{
	if (ir_unit_is_private_record(unit, name))
		return;
	unit->private_records = table_grow(unit->arena, unit->private_records,
					   unit->private_record_count,
					   sizeof(*unit->private_records));
	unit->private_records[unit->private_record_count++] = name;
}

void ir_unit_add_static_callee(struct ir_unit *unit, const char *record,
			       const char *field, uint32_t function)
{
	struct ir_static_callee *callee;

	unit->static_callees = table_grow(unit->arena, unit->static_callees,
					  unit->static_callee_count,
					  sizeof(*unit->static_callees));
	callee = &unit->static_callees[unit->static_callee_count++];
	callee->record = intern(unit->strings, record);
	callee->field = intern(unit->strings, field);
	callee->function = function;
}

bool ir_place_varies(const struct ir_function *function, const struct ir_place *place)
{
	unsigned i;

	for (i = 0; i < place->step_count; i++)
		if (place->steps[i].index &&
		    function->instructions[place->steps[i].index].op != IR_CONSTANT)
			return true;
	return false;
}

bool ir_place_ends_in(const struct ir_place *place, const char *record, const char *field)
{
	const struct ir_step *last = place && place->step_count ?
		&place->steps[place->step_count - 1] : NULL;

	return last && last->kind == IR_STEP_FIELD && last->field == field &&
	       last->record == record;
}
