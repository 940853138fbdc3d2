// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Containers that one function makes and another empties.
 *
 *	static void end_io(struct bio *bio)	{ ... put_page(bio->bi_io_vec[i].bv_page) ... }
 *
 *	bio = bio_alloc(...);			submit#1
 *	bio->bi_end_io = end_io;		end_io# is what submit#1 is
 *
 * A container has no owner while it is on its way, but it carries the function that it
 * will be given to.  What is put into it is looked for in that function, if every use of
 * the function's address is such a store, into a container that was made there, and that
 * nobody has got who might put other pages into it.
 */
#include <string.h>

#include "cell-table.h"

/* Does anybody of the unit take pages out of a container? */
static bool reads_containers(const struct ir_unit *unit, const struct contract_set *contracts)
{
	unsigned f, s;
	ir_value v;

	for (f = 0; f < unit->function_count; f++) {
		const struct ir_function *function = unit->functions[f];

		for (v = 1; function && v < function->value_count; v++) {
			const struct ir_instruction *i = &function->instructions[v];

			if (i->op != IR_LOAD || i->type.pointee != IR_POINTEE_PAGE)
				continue;
			for (s = 0; s < i->u.place->step_count; s++)
				if (i->u.place->steps[s].kind == IR_STEP_FIELD &&
				    contract_set_is_container(contracts,
							      i->u.place->steps[s].record))
					return true;
		}
	}
	return false;
}

void cell_find_objects(struct cell_table *table)
{
	table->has_objects = reads_containers(table->unit, table->contracts);
}

unsigned cell_get_object(struct engine *engine, const struct disjunct *d,
			 const struct region *region, struct cell *cells[CELL_NAMES])
{
	const char *names[CELL_NAMES], *number;
	struct cell *cell;

	if (!engine->cells->has_objects || !cell_object_names(engine, d, region, names))
		return 0;
	cell = cells[0] = cell_get(engine->cells, names[0]);
	number = strchr(cell->name, *CELL_NUMBER);
	if (number && !cell->object) {
		size_t length = (size_t)(number - cell->name) + strcspn(number, ".");

		cell->root = engine->root;
		cell->object = intern(engine->unit->strings,
				      arena_printf(engine->arena, "%.*s", (int)length, cell->name));
		cell->inside = intern(engine->unit->strings, cell->name + length);
	}
	return 1;
}

/* The object that REGION is in; NULL: in none. */
static const char *object_of(struct engine *engine, const struct disjunct *d,
			     const struct region *region)
{
	const char *name = cell_object_name(engine, d, region_base(region));

	return name ? intern(engine->unit->strings, name) : NULL;
}

/* What is at NAME, or behind it, may be other pages than those that are followed. */
static void lose_name(struct cell_table *table, const char *name)
{
	struct cell_object *o;

	for (o = table->lost_objects; o; o = o->next)
		if (o->name == name)
			return;
	o = ARENA_NEW(table->unit->arena, struct cell_object);
	o->name = name;
	o->next = table->lost_objects;
	table->lost_objects = o;
}

void cell_note_unknown_object(struct engine *engine, const struct disjunct *d,
			      const struct linear *pointer)
{
	const struct linear *offset;
	const struct region *region;
	const char *name;

	if (!engine->cells->has_objects || linear_is_constant(pointer))
		return;
	region = region_of_pointer(engine->terms, pointer, &offset);
	name = region ? object_of(engine, d, region) : NULL;
	if (name)
		lose_name(engine->cells, name);
}

void cell_note_overwritten(struct engine *engine, const struct disjunct *d,
			   const struct region *region)
{
	const char *names[CELL_NAMES], *name;

	cell_share_place(engine, d, region);
	if (!engine->cells->has_objects)
		return;
	name = object_of(engine, d, region);
	if (name && region == region_base(region))
		lose_name(engine->cells, name);
	else if (!cell_names(engine, d, region, names) &&
		 cell_object_names(engine, d, region, names))
		lose_name(engine->cells, names[0]);
}

/* A container gets the address of a function, which will get the container. */
static void note_callback(struct engine *engine, const struct disjunct *d,
			  const struct region *region, const struct symbol *function,
			  ir_location location)
{
	struct cell_table *table = engine->cells;
	const char *object = object_of(engine, d, region->parent);
	struct cell_callback *c;

	if (!object)
		return;
	for (c = table->callbacks; c; c = c->next)
		if (c->location == location && c->object == object)
			return;
	c = ARENA_NEW(table->unit->arena, struct cell_callback);
	c->function = function->instruction;
	c->object = object;
	c->location = location;
	c->next = table->callbacks;
	table->callbacks = c;
}

void cell_note_object_store(struct engine *engine, const struct disjunct *d,
			    const struct region *region, const struct linear *value,
			    ir_location location)
{
	symbol_id id = linear_as_symbol(value);
	const struct symbol *s = id ? symbol_get(engine->terms, id) : NULL;
	const char *names[CELL_NAMES];

	if (!engine->cells->has_objects || !s || s->type.type_class != IR_TYPE_POINTER ||
	    s->type.pointee == IR_POINTEE_PAGE)
		return;
	if (s->kind == SYMBOL_FUNCTION && region->kind == REGION_FIELD &&
	    region->parent->kind == REGION_POINTEE) {
		note_callback(engine, d, region, s, location);
		return;
	}
	if (s->kind == SYMBOL_RESULT)
		cell_note_unknown_object(engine, d, value);
	/* A table of somebody else's takes the place of its own. */
	if (!cell_names(engine, d, region, names) && cell_object_names(engine, d, region, names))
		lose_name(engine->cells, names[0]);
}

/* --------------------------------------------------------------------- callbacks */

static bool is_noted(const struct cell_table *table, uint32_t function, ir_location location)
{
	const struct cell_callback *c;

	for (c = table->callbacks; c; c = c->next)
		if (c->function == function && c->location == location)
			return true;
	return false;
}

/* Does F use VALUE, the address of FUNCTION, for nothing but to put it into containers? */
static bool only_stores(const struct cell_table *table, const struct ir_function *f,
			ir_value value, uint32_t function)
{
	unsigned o;
	ir_value v;

	for (v = 1; v < f->value_count; v++) {
		const struct ir_instruction *i = &f->instructions[v];

		for (o = 0; o < i->operand_count; o++)
			if (i->operands[o] == value &&
			    (i->op != IR_STORE || !is_noted(table, function, i->location)))
				return false;
	}
	return true;
}

/* Is it known of each call of FUNCTION which container it gets? */
static bool is_every_call_known(const struct cell_table *table, const struct ir_function *function)
{
	const struct ir_unit *unit = table->unit;
	unsigned f;
	ir_value v;

	if (!function->is_static || function->is_address_hidden)
		return false;
	for (f = 0; f < unit->function_count; f++) {
		const struct ir_function *user = unit->functions[f];

		for (v = 1; user && v < user->value_count; v++) {
			const struct ir_instruction *i = &user->instructions[v];

			if (i->op == IR_CALL && i->u.callee->function == function->index + 1)
				return false;
			if (i->op == IR_FUNCTION && i->u.function == function->index + 1 &&
			    !only_stores(table, user, v, function->index + 1))
				return false;
		}
	}
	return true;
}

static void connect(struct cell_table *table, const struct cell_callback *c, struct cell *from)
{
	const struct ir_function *function = table->unit->functions[c->function - 1];
	struct cell *cell;

	cell = cell_get(table, intern(table->unit->strings,
			arena_printf(table->unit->arena, "%s%s",
				     cell_parameter_name(table->unit->arena, function),
				     from->inside)));
	cell->root = function;
	cell_add_source(table, cell, from);
	if (!is_every_call_known(table, function))
		cell->is_foreign = true;
}

bool cell_is_behind(const struct cell *cell, const char *place)
{
	size_t length = strlen(place);

	return !strncmp(cell->name, place, length) && strchr("[.", cell->name[length]);
}

void cell_connect_objects(struct cell_table *table)
{
	const struct cell_callback *c;
	const struct cell_object *o;
	struct cell *cell;

	for (o = table->lost_objects; o; o = o->next)
		for (cell = table->first; cell; cell = cell->next)
			cell->is_foreign |= cell_is_behind(cell, o->name);
	for (c = table->callbacks; c; c = c->next)
		for (cell = table->first; cell; cell = cell->next)
			if (cell->object == c->object && c->function < 0x80000000u &&
			    table->unit->functions[c->function - 1])
				connect(table, c, cell);
}
