// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Calls of bystanders: functions that take, give back and hand on no pages.
 *
 *	lock_request(req)	may have written `req->flags', and nothing else
 *
 * What the call may do to the memory of its caller was told from the text of the callee
 * (bystander.h), and is made unknown here.
 */
#include "bystander.h"
#include "cell.h"
#include "run.h"
#include "scatter.h"

/* The region that the steps of PLACE, fields all, lead to from what POINTER points to. */
static const struct region *field_of(struct engine *engine, const struct linear *pointer,
				     const struct ir_place *place, const struct linear **offset)
{
	const struct region *region = region_of_pointer(engine->terms, pointer, offset);
	unsigned i;

	for (i = 0; region && i < place->step_count; i++) {
		region = region_member(engine->terms, region, *offset, &place->steps[i]);
		*offset = linear_constant(engine->terms, 0);
	}
	return region;
}

/* VALUE is a page that is held, or a number that was made of its address. */
static bool is_held_page(struct engine *engine, const struct disjunct *d,
			 const struct linear *value)
{
	const struct region_state *state;
	struct reference reference;

	if (linear_is_constant(value) || !reference_of_page(engine, d, value, &reference))
		return false;
	state = disjunct_region(d, reference.region);
	return state && state->holding_count;
}

/* What PATH, of a call with ARGUMENTS, leads to; NULL: it is not known. */
static const struct linear *load_path(struct engine *engine, struct disjunct *d,
				      const struct bystander_path *path,
				      const struct linear **arguments)
{
	struct ir_type type = { IR_TYPE_POINTER, 64, false, IR_POINTEE_OTHER };
	const struct linear *pointer = arguments[path->parameter], *offset;
	const struct region *region;

	if (!path->place)
		return pointer;
	region = field_of(engine, pointer, path->place, &offset);
	return region ? engine_load(engine, d, region, offset, type, NULL, 0) : NULL;
}

/* The object that EFFECT's call stores into, if this function has made it; or NULL. */
static const struct region *stored_into(struct engine *engine, struct disjunct *d,
					const struct bystander *effect,
					const struct linear **arguments, unsigned count)
{
	const struct bystander_path *path = &effect->paths[effect->stored_by];
	const struct linear *pointer, *offset;
	const struct region_state *state;
	const struct region *region;

	if (effect->stored_by >= effect->path_count || path->parameter >= count)
		return NULL;
	pointer = load_path(engine, d, path, arguments);
	region = pointer ? region_of_pointer(engine->terms, pointer, &offset) : NULL;
	state = region ? disjunct_region(d, region_base(region)) : NULL;
	return state && state->is_allocated ? state->region : NULL;
}

/* PAGE, or its number, is put into CONTAINER, or where it is not known. */
static void do_bystander_store(struct engine *engine, struct disjunct *d,
			       const struct linear *page, const struct region *container)
{
	engine->effect.stored |= engine_parameters_of(engine, page);
	cell_note_lost(engine, d, page);
	scatter_page(engine, d, page, container);
}

void run_bystander_call(struct run *run, struct disjunct *d, ir_value value,
			const struct bystander *effect,
			const struct linear **arguments, unsigned count)
{
	struct engine *engine = run->engine;
	uint32_t writer = value | run->frame->context << WRITER_BITS;
	const struct region *container = stored_into(engine, d, effect, arguments, count);
	const struct linear *pointer, *offset;
	const struct region *region;
	unsigned i;

	for (i = 0; i < effect->path_count; i++) {
		const struct bystander_path *path = &effect->paths[i];

		if (path->parameter >= count || (!path->escapes && !path->written))
			continue;
		pointer = load_path(engine, d, path, arguments);
		if (pointer)
			engine_escape(engine, run->frame, d, pointer, writer, path->escapes);
	}
	for (i = 0; i < effect->field_count; i++) {
		if (effect->fields[i].parameter >= count)
			continue;
		region = field_of(engine, arguments[effect->fields[i].parameter],
				  effect->fields[i].place, &offset);
		if (region)
			engine_havoc(engine, d, region, writer);
	}
	for (i = 0; i < count; i++)
		if (effect->stored & bystander_bit(i) && is_held_page(engine, d, arguments[i]))
			do_bystander_store(engine, d, arguments[i], container);
		else if ((effect->escaping | effect->written) & bystander_bit(i))
			engine_escape(engine, run->frame, d, arguments[i], writer,
				      (effect->escaping & bystander_bit(i)) != 0);
	if (run->function->instructions[value].type.bits == 8 * POINTER_SIZE)
		scatter_read(engine, d, NULL);
	d->values[value] = engine_result(engine, run->frame, value, 0);
}

/* The address of a number: what is written there is another result, often a size. */
static bool is_address_of_number(const struct engine *engine, const struct linear *pointer)
{
	symbol_id id = linear_as_symbol(pointer);
	const struct symbol *s = id ? symbol_get(engine->terms, id) : NULL;

	return s && s->kind == SYMBOL_ADDRESS && s->region->kind == REGION_VARIABLE &&
		!engine->unit->variables[s->region->variable].record;
}

bool run_gives_pages_away(const struct run *run, const struct ir_instruction *call,
			  uint64_t escaping)
{
	unsigned i;

	if (!escaping || !run_is_leaf(run->engine->unit->functions[call->u.callee->function - 1]))
		return false;
	for (i = 0; i < call->operand_count; i++)
		if (escaping & bystander_bit(i) &&
		    run->function->instructions[call->operands[i]].type.pointee ==
			    IR_POINTEE_PAGES)
			return true;
	return false;
}

/* The parameters of B that escape, or that something escapes through. */
static uint64_t given_away(const struct bystander *b)
{
	uint64_t escaping = b->escaping;
	unsigned i;

	for (i = 0; i < b->path_count; i++)
		if (b->paths[i].escapes)
			escaping |= bystander_bit(b->paths[i].parameter);
	return escaping;
}

const struct bystander *run_bystander(const struct run *run, const struct ir_instruction *call,
				      const struct linear **arguments, unsigned count)
{
	const struct ir_callee *callee = call->u.callee;
	const struct bystander *b = callee->function ?
		run->engine->plan->bystanders[callee->function - 1] : NULL;
	unsigned i;

	if (!b || b->is_small || run_gives_pages_away(run, call, given_away(b)))
		return NULL;
	for (i = 0; i < count; i++)
		if (b->written & bystander_bit(i) &&
		    is_address_of_number(run->engine, arguments[i]))
			return NULL;
	return b;
}
