// SPDX-License-Identifier: GPL-2.0-or-later
/* Regions to cell names. */
#include <string.h>

#include "cell-name.h"

#define DEPTH_LIMIT	8
#define ELEMENTS	"[*]"

/*
 * A path under construction: from the owner on, and from each record on that it leads
 * through, the longest first.
 */
struct path {
	unsigned count;			/* 0: the start of a path, or none */
	const char *names[CELL_NAMES];
};

static const struct path start = { 0 };

/* What a path is looked for in, and whether objects of one function may be its owners. */
struct naming {
	struct engine *engine;
	const struct disjunct *d;
	bool has_objects;
};

static struct path region_path(const struct naming *n, const struct region *region,
			       unsigned depth);

static bool ends_in_elements(const char *name)
{
	size_t length = strlen(name);

	return length > 3 && !strcmp(name + length - 3, ELEMENTS);
}

static struct path with_elements(const struct naming *n, struct path p)
{
	unsigned i;

	for (i = 0; i < p.count; i++)
		if (!ends_in_elements(p.names[i]))
			p.names[i] = arena_join(n->engine->arena, p.names[i], ELEMENTS, "");
	return p;
}

static void add_name(struct path *p, const char *name)
{
	/* The owner's is the most exact one, the last record's the most common one. */
	if (p->count == CELL_NAMES)
		p->count--;
	p->names[p->count++] = name;
}

/* What SYMBOL points to: by where the pointer was found, or where it was put. */
static struct path pointee_path(const struct naming *n, symbol_id symbol, unsigned depth)
{
	const struct disjunct *d = n->d;
	const struct symbol *s = symbol_get(n->engine->terms, symbol);
	unsigned i;

	while (s->base)
		s = symbol_get(n->engine->terms, s->base);
	if (s->kind == SYMBOL_ADDRESS)
		return region_path(n, s->region, depth + 1);
	if (s->kind == SYMBOL_LOADED)
		return with_elements(n, region_path(n, s->region, depth + 1));
	for (i = 0; i < d->memory_count; i++) {
		struct path p;

		if (linear_as_symbol(d->memory[i].value) != s->id)
			continue;
		p = region_path(n, d->memory[i].region, depth + 1);
		if (p.count)
			return with_elements(n, p);
	}
	return start;
}

/* Has FUNCTION one pointer among its parameters?  Then that is what it is called with. */
static bool has_one_pointer(const struct ir_function *function)
{
	unsigned count = 0, i;

	for (i = 0; i < function->parameter_count; i++)
		count += function->parameter_types[i].type_class == IR_TYPE_POINTER;
	return count == 1;
}

const char *cell_object_name(struct engine *engine, const struct disjunct *d,
			     const struct region *region)
{
	const struct region_state *state;
	const struct symbol *s;

	if (region->kind != REGION_POINTEE)
		return NULL;
	state = disjunct_region(d, region);
	s = symbol_get(engine->terms, region->symbol);
	while (s->kind == SYMBOL_PREVIOUS)
		s = symbol_get(engine->terms, s->base);
	if (s->kind == SYMBOL_RESULT && !s->base && state && state->is_allocated)
		return arena_printf(engine->arena, "%s" CELL_NUMBER "%u-%u-%u", engine->root->name,
				    s->instruction, s->context, s->extra);
	if (s->kind == SYMBOL_PARAMETER && engine->root->is_address_taken &&
	    has_one_pointer(engine->root))
		return cell_parameter_name(engine->arena, engine->root);
	return NULL;
}

const char *cell_parameter_name(struct arena *arena, const struct ir_function *function)
{
	return arena_printf(arena, "%s" CELL_NUMBER, function->name);
}

const char *cell_display_name(const char *name)
{
	const char *number = strchr(name, *CELL_NUMBER);

	return number ? number + strcspn(number, ".") + 1 : name;
}

/* The container that a function has made, or got from whoever calls it by its address. */
static void add_object(const struct naming *n, struct path *p, const struct region *region)
{
	const char *object = n->has_objects && !p->count ?
		cell_object_name(n->engine, n->d, region->parent) : NULL;

	if (object)
		add_name(p, arena_join(n->engine->arena, object, ".", region->field));
}

static struct path field_path(const struct naming *n, const struct region *region,
			      unsigned depth)
{
	struct engine *engine = n->engine;
	struct path p = region_path(n, region->parent, depth + 1);
	unsigned i;

	for (i = 0; i < p.count; i++)
		p.names[i] = arena_join(engine->arena, p.names[i], ".", region->field);
	/* A contract names the field, and not the record. */
	if (!region->record || !*region->record ||
	    contract_set_is_container(engine->contracts, region->record))
		add_object(n, &p, region);
	else
		add_name(&p, arena_join(engine->arena, region->record, ".", region->field));
	return p;
}

static struct path region_path(const struct naming *n, const struct region *region,
			       unsigned depth)
{
	const struct ir_variable *variable;
	struct path p = start;

	if (depth > DEPTH_LIMIT)
		return start;
	switch (region->kind) {
	case REGION_VARIABLE:
		variable = &n->engine->unit->variables[region->variable];
		if (!variable->is_global)
			return start;
		add_name(&p, variable->name);
		return p;
	case REGION_POINTEE:
		return pointee_path(n, region->symbol, depth);
	case REGION_FIELD:
		return field_path(n, region, depth);
	default:
		return with_elements(n, region_path(n, region->parent, depth + 1));
	}
}

/* Does the unit take the field REGION for a pointer to an array of pages? */
static bool is_array_field(const struct ir_unit *unit, const struct region *region)
{
	unsigned f;
	ir_value v;

	for (f = 0; f < unit->function_count; f++) {
		const struct ir_function *function = unit->functions[f];

		for (v = 1; function && v < function->value_count; v++) {
			const struct ir_instruction *i = &function->instructions[v];

			if (i->op == IR_LOAD && i->type.pointee == IR_POINTEE_PAGES &&
			    ir_place_ends_in(i->u.place, region->record, region->field))
				return true;
		}
	}
	return false;
}

/*
 * `obj->pages = (void *)(obj + 1)': an array behind the record, in the same piece of memory.
 * By what REGION, the piece, is named, if one field alone can be meant.
 */
static struct path tail_path(const struct naming *n, const struct region *region)
{
	const struct region *found = NULL;
	const struct disjunct *d = n->d;
	const struct linear *offset;
	unsigned i;

	for (i = 0; i < d->memory_count; i++) {
		const struct memory_entry *e = &d->memory[i];

		if (e->region->kind != REGION_FIELD || linear_is_constant(e->value) ||
		    linear_as_symbol(e->value) || region_base(e->region) != region ||
		    region_of_pointer(n->engine->terms, e->value, &offset) != region ||
		    !is_array_field(n->engine->unit, e->region))
			continue;
		if (found)
			return start;
		found = e->region;
	}
	return found ? with_elements(n, region_path(n, found, 0)) : start;
}

static unsigned names_of(const struct naming *n, const struct region *region,
			 const char *names[CELL_NAMES])
{
	struct path p = region_path(n, region, 0);
	unsigned i;

	if (!p.count && region->kind == REGION_POINTEE)
		p = tail_path(n, region);
	for (i = 0; i < p.count; i++)
		names[i] = intern(n->engine->unit->strings, p.names[i]);
	return p.count;
}

unsigned cell_names(struct engine *engine, const struct disjunct *d,
		    const struct region *region, const char *names[CELL_NAMES])
{
	const struct naming n = { engine, d, false };

	return names_of(&n, region, names);
}

unsigned cell_object_names(struct engine *engine, const struct disjunct *d,
			   const struct region *region, const char *names[CELL_NAMES])
{
	const struct naming n = { engine, d, true };

	return names_of(&n, region, names);
}

const char *cell_name_pointee(struct engine *engine, const char *name)
{
	if (ends_in_elements(name))
		return name;
	return intern(engine->unit->strings,
		      arena_printf(engine->arena, "%s%s", name, ELEMENTS));
}
