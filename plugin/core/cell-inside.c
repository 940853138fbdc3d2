// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Cells deep inside a record of the unit's own:
 *
 *	struct db_table { struct { struct scatterlist mem; int users; } page[8]; };
 *
 * Pages in db_table.page[*].mem.page_link are out of reach for all others if nobody is shown
 * a pointer into the field `page', or one that was found there: each that the unit makes goes
 * only to those who have contracts, and is kept nowhere.  That is told by the text, of all
 * functions that are lowered; one that was not followed must not even find a page there.
 *
 *	command->address[i] = page_to_phys(pages[i]);
 *
 * And the number of a page is found by nobody if it is put, by name, into a field of such a
 * record that is never read: who else gets at that memory does not know what is where.
 */
#include <stdlib.h>
#include <string.h>

#include <libiberty/libiberty.h>

#include "cell-table.h"

/* A field of a record, and the pointers of a function that lead into it. */
struct inside {
	const struct ir_function *f;
	const char *record, *field;
	const char *last;		/* of the cell's name */
	bool *leads;			/* by value */
};

static bool is_pointer(const struct ir_instruction *i)
{
	return i->type.type_class == IR_TYPE_POINTER && i->type.pointee != IR_POINTEE_PAGE;
}

static bool is_inside(const struct inside *in, const struct ir_place *place)
{
	unsigned i;

	if (!place)
		return false;
	if (place->root == IR_ROOT_POINTER && in->leads[place->pointer])
		return true;
	for (i = 0; i < place->step_count; i++)
		if (place->steps[i].kind == IR_STEP_FIELD &&
		    place->steps[i].record == in->record && place->steps[i].field == in->field)
			return true;
	return false;
}

static bool has_leading_operand(const struct inside *in, const struct ir_instruction *i)
{
	unsigned o;

	for (o = 0; o < i->operand_count; o++)
		if (in->leads[i->operands[o]])
			return true;
	return false;
}

static bool leads_inside(const struct inside *in, const struct ir_instruction *i)
{
	switch (i->op) {
	case IR_ADDRESS:
	case IR_LOAD:
		return is_pointer(i) && is_inside(in, i->u.place);
	case IR_EQUAL:
	case IR_NOT_EQUAL:
		return false;
	case IR_CALL:
		return is_pointer(i) && has_leading_operand(in, i);
	default:
		return has_leading_operand(in, i);
	}
}

static void find_pointers(struct inside *in)
{
	bool more = true;
	ir_value v;

	while (more) {
		more = false;
		for (v = 1; v < in->f->value_count; v++)
			if (!in->leads[v] && leads_inside(in, &in->f->instructions[v]))
				in->leads[v] = more = true;
	}
}

/* Does I give a pointer that leads inside to somebody, or keep it, or copy what is there? */
static bool is_shown_by(const struct inside *in, const struct ir_instruction *i)
{
	switch (i->op) {
	case IR_STORE:
		return in->leads[i->operands[0]];
	case IR_RETURN:
		return has_leading_operand(in, i);
	case IR_CALL:
		return !i->u.callee->contract && has_leading_operand(in, i);
	case IR_COPY_MEMORY:
		return is_inside(in, i->source);
	default:
		return false;
	}
}

/* May I find a page there, or the number of one by the last field that leads to it? */
static bool may_find(const struct inside *in, const struct ir_instruction *i)
{
	switch (i->op) {
	case IR_LOAD:
		return is_inside(in, i->u.place) &&
		       (i->type.pointee == IR_POINTEE_PAGE ||
			(i->u.place->step_count &&
			 i->u.place->steps[i->u.place->step_count - 1].field == in->last));
	case IR_CALL:
		return i->type.bits == 8 * POINTER_SIZE && has_leading_operand(in, i);
	default:
		return false;
	}
}

static bool is_shown(struct inside *in, bool is_followed)
{
	bool found = false;
	ir_value v;

	in->leads = XCNEWVEC(bool, in->f->value_count);
	find_pointers(in);
	for (v = 1; v < in->f->value_count && !found; v++)
		found = is_shown_by(in, &in->f->instructions[v]) ||
			(!is_followed && may_find(in, &in->f->instructions[v]));
	free(in->leads);
	return found;
}

bool cell_is_hidden(const struct cell_table *table, const struct cell *cell,
		    const struct plan *plan)
{
	struct intern *strings = table->unit->strings;
	struct inside in = { 0 };
	size_t record = strcspn(cell->name, "."), field;
	unsigned f;

	if (!cell->name[record])
		return false;
	field = strcspn(cell->name + record + 1, ".[");
	in.record = intern(strings, arena_printf(table->unit->arena, "%.*s", (int)record,
						 cell->name));
	in.field = intern(strings, arena_printf(table->unit->arena, "%.*s", (int)field,
						cell->name + record + 1));
	in.last = intern(strings, strrchr(cell->name, '.') + 1);
	if (!ir_unit_is_private_record(table->unit, in.record))
		return false;
	for (f = 0; f < table->unit->function_count; f++) {
		in.f = table->unit->functions[f];
		if (in.f && in.f->block_count &&
		    is_shown(&in, plan->matters[f] && plan->effects[f].is_known))
			return false;
	}
	return true;
}

/* How a place names a field: not at all, by its record of the unit's own, or otherwise. */
enum naming { NAMES_NOT, NAMES_OWN, NAMES_OTHER };

static enum naming naming_of(const struct ir_unit *unit, const struct ir_place *place,
			     const char *field)
{
	enum naming naming = NAMES_NOT;
	bool in_union = false;
	unsigned i;

	for (i = 0; place && i < place->step_count; i++) {
		const struct ir_step *step = &place->steps[i];

		in_union |= step->kind == IR_STEP_FIELD && step->in_union;
		if (step->kind == IR_STEP_FIELD && step->field == field)
			naming = !in_union && ir_unit_is_private_record(unit, step->record) ?
				NAMES_OWN : NAMES_OTHER;
	}
	return naming;
}

/* Does I do more to FIELD than to write to it by its name? */
static bool may_read(const struct ir_unit *unit, const struct ir_instruction *i, const char *field)
{
	switch (i->op) {
	case IR_LOAD:
	case IR_ADDRESS:
		return naming_of(unit, i->u.place, field) != NAMES_NOT;
	case IR_STORE:
		return naming_of(unit, i->u.place, field) == NAMES_OTHER;
	case IR_COPY_MEMORY:
		return naming_of(unit, i->u.place, field) != NAMES_NOT ||
		       naming_of(unit, i->source, field) != NAMES_NOT;
	default:
		return false;
	}
}

bool cell_is_unread(const struct cell_table *table, const struct cell *cell)
{
	const struct ir_unit *unit = table->unit;
	const char *last = strrchr(cell->name, '.'), *field;
	bool is_written = false;
	unsigned f;
	ir_value v;

	if (!last)
		return false;
	field = intern(unit->strings, arena_printf(unit->arena, "%.*s",
						   (int)strcspn(last + 1, "["), last + 1));
	for (f = 0; f < unit->function_count; f++) {
		const struct ir_function *function = unit->functions[f];

		for (v = 1; function && v < function->value_count; v++) {
			const struct ir_instruction *i = &function->instructions[v];

			if (may_read(unit, i, field))
				return false;
			is_written |= i->op == IR_STORE &&
				      naming_of(unit, i->u.place, field) == NAMES_OWN;
		}
	}
	return is_written;
}
