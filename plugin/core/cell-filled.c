// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Cells that are filled unseen: by somebody unknown who gets the address of the field,
 *
 *	list->ring = map_ring(&list->pages, &list->count);	in another file
 *
 * or by a function that is not followed, because it calls nothing that takes or gives back:
 *
 *	void set_pages(struct list *list, struct page **pages)	{ list->pages = pages; }
 *
 * Pages of any kind may be there.  Of the latter that is taken for so only where the unit gives
 * back pages of the cell as what they are known to be: then a release of others is for others.
 * How many there are of those that are known does not depend on that.
 * An array that is new when it is put there has no pages yet.
 */
#include <string.h>

#include "cell-table.h"

static void add_place(struct cell_table *table, struct cell_object **places, const char *name)
{
	struct cell_object *place;

	for (place = *places; place; place = place->next)
		if (place->name == name)
			return;
	place = ARENA_NEW(table->unit->arena, struct cell_object);
	place->name = name;
	place->next = *places;
	*places = place;
}

void cell_note_filled(struct engine *engine, const struct disjunct *d,
		      const struct linear *pointer)
{
	const char *names[CELL_NAMES];
	const struct region *region;
	const struct linear *offset;
	unsigned count, i;

	region = linear_is_constant(pointer) ? NULL :
		region_of_pointer(engine->terms, pointer, &offset);
	if (!region || region->kind != REGION_FIELD || !linear_is_constant(offset) ||
	    offset->constant)
		return;
	count = cell_names(engine, d, region, names);
	for (i = 0; i < count; i++)
		add_place(engine->cells, &engine->cells->filled_places, names[i]);
}

/* ---------------------------------------------------- functions that are not followed */

/* PLACE by its last field; nothing if it has none. */
static void add_field(struct cell_table *table, struct cell_object **places,
		      const struct ir_place *place)
{
	const struct ir_step *field = NULL;
	unsigned i;

	for (i = 0; place && i < place->step_count; i++)
		if (place->steps[i].kind == IR_STEP_FIELD)
			field = &place->steps[i];
	if (field && field->record)
		add_place(table, places,
			  intern(table->unit->strings,
				 arena_printf(table->unit->arena, "%s.%s", field->record,
					      field->field)));
}

/* Does I, other than the CALL, do no more with VALUE than to compare it, or to free it? */
static bool leaves_empty(const struct ir_instruction *i, ir_value value, ir_value call,
			 const struct ir_function *function)
{
	unsigned o;

	if (i == &function->instructions[call] || i->op == IR_EQUAL || i->op == IR_NOT_EQUAL ||
	    (i->op == IR_CALL && contract_frees_only(i->u.callee->contract)))
		return true;
	for (o = 0; o < i->operand_count; o++)
		if (i->operands[o] == value)
			return false;
	switch (i->op) {
	case IR_ADDRESS: case IR_STORE: case IR_COPY_MEMORY:
		return i->u.place->root != IR_ROOT_POINTER || i->u.place->pointer != value;
	default:
		return true;
	}
}

/* Is operand O of CALL an array that CALLER has allocated for it, and puts no page into? */
static bool is_new_array(const struct ir_function *caller, ir_value call, unsigned o)
{
	const struct ir_instruction *i = &caller->instructions[call];
	ir_value value = o < i->operand_count ? i->operands[o] : 0, v;

	if (!value || caller->instructions[value].op != IR_CALL ||
	    !contract_allocates_result(caller->instructions[value].u.callee->contract))
		return false;
	for (v = 1; v < caller->value_count; v++)
		if (!leaves_empty(&caller->instructions[v], value, call, caller))
			return false;
	return true;
}

/* Is FUNCTION called by somebody who is not followed, and gives it pages as its PARAMETER? */
static bool is_called_unseen(const struct cell_table *table, const struct plan *plan,
			     const struct ir_function *function, unsigned parameter)
{
	unsigned f;
	ir_value v;

	if (!function->is_static || function->is_address_taken)
		return true;
	for (f = 0; f < table->unit->function_count; f++) {
		const struct ir_function *caller = table->unit->functions[f];

		for (v = 1; caller && !plan->matters[f] && v < caller->value_count; v++)
			if (caller->instructions[v].op == IR_CALL &&
			    caller->instructions[v].u.callee->function == function->index + 1 &&
			    !is_new_array(caller, v, parameter))
				return true;
	}
	return false;
}

/* Is VALUE, which FUNCTION stores, a page or an array of them that its callers do not tell? */
static bool is_unseen_page(const struct cell_table *table, const struct plan *plan,
			   const struct ir_function *function, ir_value value)
{
	const struct ir_instruction *i = value ? &function->instructions[value] : NULL;

	if (!i || !ir_type_is_of_pages(&i->type) ||
	    i->op == IR_CONSTANT)
		return false;
	return i->op != IR_PARAMETER ||
		is_called_unseen(table, plan, function, i->u.parameter);
}

static void look_at(struct cell_table *table, const struct plan *plan,
		    const struct ir_function *function)
{
	unsigned o;
	ir_value v;

	for (v = 1; v < function->value_count; v++) {
		const struct ir_instruction *i = &function->instructions[v];

		if (i->op == IR_STORE &&
		    is_unseen_page(table, plan, function, i->operands[0]))
			add_field(table, &table->stored_places, i->u.place);
		for (o = 0; i->op == IR_CALL && !i->u.callee->contract &&
		     !i->u.callee->function && o < i->operand_count; o++) {
			ir_value operand = i->operands[o];

			if (operand && function->instructions[operand].op == IR_ADDRESS)
				add_field(table, &table->filled_places,
					  function->instructions[operand].u.place);
		}
	}
}

/* ---------------------------------------------------------------------- judgement */

/* Is CELL the field NAME, or the array that it points to? */
static bool is_named(const struct cell *cell, const char *name)
{
	size_t length = strlen(name);

	return cell && !strncmp(cell->name, name, length) &&
	       (!cell->name[length] || !strcmp(cell->name + length, "[*]"));
}

static bool is_among(const struct cell *cell, const struct cell_object *places)
{
	for (; places; places = places->next)
		if (is_named(cell, places->name) || is_named(cell->tail, places->name))
			return true;
	return false;
}

void cell_forget_filled(struct cell_table *table, const struct plan *plan)
{
	struct cell *cell;
	unsigned f;

	for (f = 0; f < table->unit->function_count; f++)
		if (table->unit->functions[f] && !plan->matters[f])
			look_at(table, plan, table->unit->functions[f]);
	for (cell = table->first; cell; cell = cell->next) {
		cell->is_foreign |= is_among(cell, table->filled_places);
		if (cell->is_foreign || !(cell->released & cell->kinds) ||
		    !is_among(cell, table->stored_places))
			continue;
		cell->is_foreign = cell->is_told_by_kind = true;
	}
}
