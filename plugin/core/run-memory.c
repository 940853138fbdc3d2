// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Instructions that read or write memory.  What memory.c and cell.c know of a
 * place is theirs; here is what follows for the pages that an instruction moves,
 *
 *	rec->pages[i] = page;		a store: the page is where it can be found
 *	memcpy(copy, rec, sizeof(*rec))	a copy: so it is, but nobody knows where
 *
 * and for those that it has to be able to use.
 */
#include "alias.h"
#include "cell.h"
#include "rest.h"
#include "run.h"
#include "scatter.h"
#include "use.h"

/* A record is copied: what it held may be found in the copy, which is not followed. */
static void copy_away(struct run *run, struct disjunct *d, const struct ir_place *source)
{
	struct engine *engine = run->engine;
	const struct linear *offset;
	const struct region *region = source ?
		engine_place(engine, run->frame, d, source, &offset) : NULL;
	unsigned i;

	if (!region)
		return;
	cell_note_moved(engine, d, region);
	for (i = 0; i < d->region_count; i++)
		if (d->regions[i]->holding_count && !d->regions[i]->is_page &&
		    region_is_inside(d->regions[i]->region, region))
			scatter_region(engine, d, d->regions[i]->region, NULL);
	engine_open_container(engine, d, NULL);
	for (i = 0; i < d->memory_count; i++) {
		if (!region_is_inside(d->memory[i].region, region))
			continue;
		engine_lose_pointer(engine, d, d->memory[i].value);
		scatter_page(engine, d, d->memory[i].value, NULL);
	}
}

/* A store to a place that cannot be told: what VALUE leads to may be found anywhere. */
static void store_anywhere(struct engine *engine, struct disjunct *d, const struct linear *value)
{
	struct kind_knowledge knowledge;

	engine_lose_pointer(engine, d, value);
	cell_note_lost(engine, d, value);
	page_kinds(engine, d, value, &knowledge);
	if (knowledge.kinds)
		scatter_page(engine, d, value, NULL);
	engine->effect.stored |= engine_parameters_of(engine, value);
}

/* May it be a page, or be computed from the address of one? */
static bool may_be_number(const struct ir_type *type)
{
	return type->type_class == IR_TYPE_INTEGER ? type->bits == 8 * POINTER_SIZE :
						     type->pointee == IR_POINTEE_PAGE;
}

static void do_load(struct run *run, struct disjunct *d, ir_value value,
		    const struct region *region, const struct linear *offset)
{
	struct engine *engine = run->engine;
	const struct ir_instruction *i = &run->function->instructions[value];
	const struct linear *term = NULL;

	if (region) {
		alias_note_load(engine, d, region, offset);
		fill_note_load(engine, d, region, &i->type);
		term = engine_load(engine, d, region, offset, i->type, i->text, i->location);
		if (may_be_number(&i->type))
			scatter_read(engine, d, region_base(region));
	}
	if (term && engine->has_missing)
		engine_load_missing(engine, d, region, offset, term);
	d->values[value] = term ? term : engine_result(engine, run->frame, value, 0);
}

static void do_store(struct run *run, struct disjunct *d, const struct ir_instruction *i,
		     const struct region *region, const struct linear *offset, uint32_t writer)
{
	struct engine *engine = run->engine;
	const struct linear *value = engine_value(engine, run->frame, d, i->operands[0]);
	const struct ir_type *type = &run->function->instructions[i->operands[0]].type;
	bool is_homeless = type->pointee == IR_POINTEE_PAGE && rest_is_homeless(engine, d, value);

	if (region && ir_place_varies(run->function, i->u.place))
		engine_lose_elements(engine, d, region, offset);
	if (region)
		engine_store(engine, run->frame, d, region, offset, value, writer, i->location,
			     i->text);
	else
		store_anywhere(engine, d, value);
	if (region && is_homeless)
		rest_settle(engine, d, value);
}

/* What an instruction uses by being executed: the page that leads to the place, the page stored. */
static void use_place(struct run *run, struct disjunct *d, const struct ir_instruction *i)
{
	struct engine *engine = run->engine;

	if (i->u.place->root == IR_ROOT_POINTER) {
		engine_use_page(engine, run->frame, d, i->u.place->pointer, PAGE_NEEDED,
				i->location, NULL);
		engine_use_contents(engine, run->frame, d, i);
	}
	if (i->op == IR_STORE)
		engine_use_page(engine, run->frame, d, i->operands[0], PAGE_KEPT, i->location,
				NULL);
}

void run_memory(struct run *run, struct disjunct *d, ir_value value)
{
	struct engine *engine = run->engine;
	const struct ir_instruction *i = &run->function->instructions[value];
	uint32_t writer = value | run->frame->context << WRITER_BITS;
	const struct linear *offset;
	const struct region *region = engine_place(engine, run->frame, d, i->u.place, &offset);

	use_place(run, d, i);
	switch (i->op) {
	case IR_LOAD:
		do_load(run, d, value, region, offset);
		break;
	case IR_STORE:
		do_store(run, d, i, region, offset, writer);
		break;
	case IR_ZERO:
		if (region)
			engine_zero(engine, d, region, offset, writer);
		break;
	case IR_UNINITIALIZED:
		if (region) {
			engine_forget(engine, d, region);
			disjunct_change(d, engine->arena, region)->version = writer;
			disjunct_change(d, engine->arena, region)->is_known = true;
		}
		break;
	case IR_COPY_MEMORY:
		copy_away(run, d, i->source);
		if (region)
			cell_note_overwritten(engine, d, region);
		if (region)
			engine_havoc(engine, d, region, writer);
		break;
	case IR_HAVOC:
		if (region)
			engine_havoc(engine, d, region, writer);
		break;
	default:
		break;
	}
}
