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

static struct path region_path(struct engine *engine, const struct disjunct *d,
			       const struct region *region, unsigned depth);

static bool ends_in_elements(const char *name)
{
	size_t length = strlen(name);

	return length > 3 && !strcmp(name + length - 3, ELEMENTS);
}

static struct path with_elements(struct engine *engine, struct path p)
{
	unsigned i;

	for (i = 0; i < p.count; i++)
		if (!ends_in_elements(p.names[i]))
			p.names[i] = arena_printf(engine->arena, "%s%s", p.names[i], ELEMENTS);
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
static struct path pointee_path(struct engine *engine, const struct disjunct *d,
				symbol_id symbol, unsigned depth)
{
	const struct symbol *s = symbol_get(engine->terms, symbol);
	unsigned i;

	while (s->base)
		s = symbol_get(engine->terms, s->base);
	if (s->kind == SYMBOL_ADDRESS)
		return region_path(engine, d, s->region, depth + 1);
	if (s->kind == SYMBOL_LOADED)
		return with_elements(engine, region_path(engine, d, s->region, depth + 1));
	for (i = 0; i < d->memory_count; i++) {
		struct path p;

		if (linear_as_symbol(d->memory[i].value) != s->id)
			continue;
		p = region_path(engine, d, d->memory[i].region, depth + 1);
		if (p.count)
			return with_elements(engine, p);
	}
	return start;
}

static struct path field_path(struct engine *engine, const struct disjunct *d,
			      const struct region *region, unsigned depth)
{
	struct path p = region_path(engine, d, region->parent, depth + 1);
	unsigned i;

	for (i = 0; i < p.count; i++)
		p.names[i] = arena_printf(engine->arena, "%s.%s", p.names[i], region->field);
	/* A contract names the field, and not the record. */
	if (region->record && *region->record &&
	    !contract_set_is_container(engine->contracts, region->record))
		add_name(&p, arena_printf(engine->arena, "%s.%s", region->record,
					  region->field));
	return p;
}

static struct path region_path(struct engine *engine, const struct disjunct *d,
			       const struct region *region, unsigned depth)
{
	const struct ir_variable *variable;
	struct path p = start;

	if (depth > DEPTH_LIMIT)
		return start;
	switch (region->kind) {
	case REGION_VARIABLE:
		variable = &engine->unit->variables[region->variable];
		if (!variable->is_global)
			return start;
		add_name(&p, variable->name);
		return p;
	case REGION_POINTEE:
		return pointee_path(engine, d, region->symbol, depth);
	case REGION_FIELD:
		return field_path(engine, d, region, depth);
	default:
		return with_elements(engine, region_path(engine, d, region->parent, depth + 1));
	}
}

unsigned cell_names(struct engine *engine, const struct disjunct *d,
		    const struct region *region, const char *names[CELL_NAMES])
{
	struct path p = region_path(engine, d, region, 0);
	unsigned i;

	for (i = 0; i < p.count; i++)
		names[i] = intern(engine->unit->strings, p.names[i]);
	return p.count;
}

const char *cell_name_pointee(struct engine *engine, const char *name)
{
	if (ends_in_elements(name))
		return name;
	return intern(engine->unit->strings,
		      arena_printf(engine->arena, "%s%s", name, ELEMENTS));
}
