// SPDX-License-Identifier: GPL-2.0-or-later
/* Regions to cell names. */
#include <string.h>

#include "cell-name.h"

#define DEPTH_LIMIT	8
#define ELEMENTS	"[*]"

/* A path under construction: the whole, and from the last record on. */
struct path {
	const char *whole, *tail;	/* NULL: no cell; "": the start of one */
	bool tail_is_container;
};

static const struct path no_path = { NULL, NULL, false };
static const struct path start = { "", "", false };

static struct path region_path(struct engine *engine, const struct disjunct *d,
			       const struct region *region, unsigned depth);

static struct path with_elements(struct engine *engine, struct path p)
{
	size_t length;

	if (!p.whole || !*p.whole)
		return p;
	length = strlen(p.whole);
	if (length > 3 && !strcmp(p.whole + length - 3, ELEMENTS))
		return p;
	p.whole = arena_printf(engine->arena, "%s%s", p.whole, ELEMENTS);
	p.tail = arena_printf(engine->arena, "%s%s", p.tail, ELEMENTS);
	return p;
}

/* What SYMBOL points to: by where the pointer was found, or where it was put. */
static struct path pointee_path(struct engine *engine, const struct disjunct *d,
				symbol_id symbol, unsigned depth)
{
	const struct symbol *s = symbol_get(engine->terms, symbol);
	unsigned i;

	while (s->kind == SYMBOL_PREVIOUS)
		s = symbol_get(engine->terms, s->base);
	if (s->kind == SYMBOL_LOADED) {
		struct path p = region_path(engine, d, s->region, depth + 1);

		return p.whole ? with_elements(engine, p) : start;
	}
	for (i = 0; i < d->memory_count; i++) {
		struct path p;

		if (linear_as_symbol(d->memory[i].value) != symbol)
			continue;
		p = region_path(engine, d, d->memory[i].region, depth + 1);
		if (p.whole && *p.whole)
			return with_elements(engine, p);
	}
	return start;
}

static struct path field_path(struct engine *engine, const struct disjunct *d,
			      const struct region *region, unsigned depth)
{
	struct path parent = region_path(engine, d, region->parent, depth + 1);
	struct path p;

	if (!region->record || !*region->record)
		return no_path;
	p.tail = arena_printf(engine->arena, "%s.%s", region->record, region->field);
	p.tail_is_container = contract_set_is_container(engine->contracts, region->record);
	p.whole = parent.whole && *parent.whole ?
		arena_printf(engine->arena, "%s.%s", parent.whole, region->field) : p.tail;
	return p;
}

static struct path region_path(struct engine *engine, const struct disjunct *d,
			       const struct region *region, unsigned depth)
{
	const struct ir_variable *variable;
	struct path p;

	if (depth > DEPTH_LIMIT)
		return no_path;
	switch (region->kind) {
	case REGION_VARIABLE:
		variable = &engine->unit->variables[region->variable];
		if (!variable->is_global)
			return no_path;
		p.whole = p.tail = variable->name;
		p.tail_is_container = false;
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
	unsigned count = 0;

	if (!p.whole || !*p.whole)
		return 0;
	names[count++] = intern(engine->unit->strings, p.whole);
	if (!p.tail_is_container && strcmp(p.tail, p.whole))
		names[count++] = intern(engine->unit->strings, p.tail);
	return count;
}

const char *cell_name_pointee(struct engine *engine, const char *name)
{
	size_t length = strlen(name);

	if (length > 3 && !strcmp(name + length - 3, ELEMENTS))
		return name;
	return intern(engine->unit->strings,
		      arena_printf(engine->arena, "%s%s", name, ELEMENTS));
}
