// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Places, loads and stores.
 *
 * Memory is the list of the most recent stores; what was not stored on this path
 * is what was there at the start, one symbol for each place, so that two loads of
 * `req->nr' give one number.  A call that nothing is known about makes the stores
 * that it can reach unknown, but not what was there from the start: the kernel's
 * code relies on `if (req->flag) ... if (req->flag)' agreeing, and to take them
 * for different would be to report what cannot happen.
 *
 * May miss: a write through another pointer to the same object.
 */
#include "alias.h"
#include "cell.h"
#include "engine.h"
#include "scatter.h"
#include "use.h"
#include "walk.h"

const struct region *engine_place(struct engine *engine, const struct frame *frame,
				  struct disjunct *d, const struct ir_place *place,
				  const struct linear **offset)
{
	struct term_table *terms = engine->terms;
	const struct region *region;
	unsigned i;

	*offset = linear_constant(terms, 0);
	if (place->root == IR_ROOT_VARIABLE)
		region = region_variable(terms, place->variable, frame->context);
	else
		region = region_of_pointer(terms,
					   engine_value(engine, frame, d, place->pointer),
					   offset);
	for (i = 0; region && i < place->step_count; i++) {
		const struct ir_step *step = &place->steps[i];
		const struct linear *index;

		switch (step->kind) {
		case IR_STEP_FIELD:
			region = region_member(terms, region, *offset, step);
			*offset = linear_constant(terms, 0);
			break;
		case IR_STEP_INDEX:
			index = linear_constant(terms, step->constant);
			if (step->index)
				index = linear_add(terms, index,
						   engine_value(engine, frame, d, step->index));
			*offset = linear_add(terms, *offset,
					     linear_scale(terms, index, (ir_integer)step->size));
			if (!*offset)
				return NULL;
			break;
		default:
			return NULL;
		}
	}
	return region;
}

/* The innermost state that says what REGION was filled with; NULL: as at the start. */
static const struct region_state *content_state(const struct disjunct *d,
						const struct region *region)
{
	for (; region; region = region->parent) {
		const struct region_state *state = disjunct_region(d, region);

		if (state && (state->version || state->is_zeroed || state->is_known))
			return state;
	}
	return NULL;
}

/* Has a field of REGION been stored to that is read as part of BITS from OFFSET on? */
static bool is_stored_inside(const struct disjunct *d, const struct region *region,
			     const struct linear *offset, unsigned bits)
{
	unsigned i;

	for (i = 0; i < d->memory_count; i++) {
		const struct region *field = d->memory[i].region;
		ir_integer at;

		while (field->parent && field->parent != region)
			field = field->parent;
		if (field->parent != region || field->kind != REGION_FIELD || !field->position)
			continue;
		at = (ir_integer)field->position - 1 - offset->constant;
		if (linear_is_constant(offset) && at >= 0 && 8 * at < bits)
			return true;
	}
	return false;
}

const struct linear *engine_load(struct engine *engine, struct disjunct *d,
				 const struct region *region, const struct linear *offset,
				 struct ir_type type, const char *text,
				 ir_location location)
{
	const struct memory_entry *entry = disjunct_memory(d, region, offset);
	const struct region_state *state;
	struct symbol key = {
		.kind = SYMBOL_LOADED, .region = region, .offset = offset,
		.type = type, .text = text, .location = location,
	};

	if (entry)
		return entry->value;
	if (type.type_class != IR_TYPE_INTEGER && type.type_class != IR_TYPE_POINTER)
		return NULL;
	state = content_state(d, region);
	if (state && state->is_zeroed && !state->holding_count && !state->released_count &&
	    !state->is_blurred && !state->kinds && !alias_is_stored(engine, d, region, offset) &&
	    !is_stored_inside(d, region, offset, type.bits))
		return linear_constant(engine->terms, 0);
	key.extra = state ? state->version : 0;
	return linear_symbol(engine->terms, symbol_intern(engine->terms, &key));
}

bool engine_is_content(const struct disjunct *d, const struct symbol *loaded)
{
	const struct memory_entry *entry = disjunct_memory(d, loaded->region, loaded->offset);
	const struct region_state *state = content_state(d, loaded->region);

	if (entry)
		return linear_as_symbol(entry->value) == loaded->id ||
		       (linear_is_constant(entry->value) && !entry->value->constant);
	return loaded->extra == (state ? state->version : 0);
}

/* A length, a flag: neither an address nor the number of a page. */
static bool leads_nowhere(const struct symbol *s)
{
	return s->type.type_class == IR_TYPE_INTEGER && s->type.bits < 64 &&
	       (s->kind == SYMBOL_LOADED || s->kind == SYMBOL_PARAMETER);
}

/* Which parameters of the root function is POINTER made of? */
static uint64_t parameters_of(const struct engine *engine, const struct linear *pointer,
			      unsigned depth)
{
	uint64_t mask = 0;
	unsigned i;

	for (i = 0; pointer && i < pointer->count; i++) {
		const struct symbol *s = symbol_get(engine->terms, pointer->terms[i].symbol);
		const struct region *base = s->region ? region_base(s->region) : NULL;

		while (s->kind == SYMBOL_PREVIOUS)
			s = symbol_get(engine->terms, s->base);
		if (leads_nowhere(s))
			continue;
		if (s->kind == SYMBOL_PARAMETER)
			mask |= (uint64_t)1 << (s->instruction < 63 ? s->instruction : 63);
		else if (base && base->kind == REGION_POINTEE && depth)
			mask |= parameters_of(engine, linear_symbol(engine->terms, base->symbol),
					      depth - 1);
		else if (s->left && depth)
			mask |= parameters_of(engine, s->left, depth - 1);
	}
	return mask;
}

uint64_t engine_parameters_of(const struct engine *engine, const struct linear *value)
{
	return parameters_of(engine, value, 5);
}

/*
 * Which parameters of the root function, that VALUE is made of, may be found through REGION
 * by somebody who did not get at them before?  What leads from one of them to REGION leads
 * on to VALUE, and that it did already: `iter->bio = iter->bio->bi_next'.
 */
static uint64_t stored_parameters(const struct engine *engine, const struct region *region,
				  const struct linear *value)
{
	const struct region *base = region_base(region);
	uint64_t mask = engine_parameters_of(engine, value);

	if (mask && base->kind == REGION_POINTEE)
		mask &= ~engine_parameters_of(engine, linear_symbol(engine->terms, base->symbol));
	return mask;
}

/* Could offsets A and B of one region be the same? */
static bool may_alias(const struct linear *a, const struct linear *b)
{
	return !linear_is_constant(a) || !linear_is_constant(b) || a == b;
}

const struct region *engine_loaded_from(const struct engine *engine, const struct region *base)
{
	const struct symbol *s;

	if (base->kind != REGION_POINTEE)
		return NULL;
	s = symbol_get(engine->terms, base->symbol);
	while (s->kind == SYMBOL_PREVIOUS)
		s = symbol_get(engine->terms, s->base);
	return s->kind == SYMBOL_LOADED ? region_base(s->region) : NULL;
}

/*
 * Memory is not followed any further; what it points to may live on.  IS_GONE: unless
 * nobody else sees the memory.
 */
static void drop_entry(struct engine *engine, struct disjunct *d, unsigned index, bool is_gone)
{
	const struct memory_entry e = d->memory[index];

	disjunct_drop_memory(d, index);
	if (!is_gone || engine_is_outside(engine, d, e.region))
		engine_lose_pointer(engine, d, e.value);
}

static void drop_aliases(struct engine *engine, struct disjunct *d,
			 const struct region *region, const struct linear *offset,
			 const struct linear *value, uint32_t writer)
{
	struct region_state *state;
	unsigned i;

	for (i = d->memory_count; i-- > 0;)
		if (d->memory[i].region == region && d->memory[i].offset != offset &&
		    may_alias(d->memory[i].offset, offset))
			drop_entry(engine, d, i, false);
	if (linear_is_constant(offset))
		return;
	state = disjunct_change(d, engine->arena, region);
	state->version = writer;
	state->is_zeroed = false;
	state->is_filled = true;
	state->is_mixed |= engine_may_be_page(engine, d, value);
}

/* Is VALUE a page that is held by itself? */
static bool is_held_page(struct engine *engine, const struct disjunct *d,
			 const struct linear *value)
{
	symbol_id id = linear_as_symbol(value);
	const struct region_state *state = id ?
		disjunct_region(d, region_pointee(engine->terms, id)) : NULL;

	return state && state->is_page && state->holding_count;
}

void engine_lose_elements(struct engine *engine, struct disjunct *d, const struct region *region,
			  const struct linear *offset)
{
	unsigned i;

	for (i = d->memory_count; i-- > 0;)
		if (d->memory[i].region == region && d->memory[i].offset != offset &&
		    is_held_page(engine, d, d->memory[i].value))
			drop_entry(engine, d, i, false);
}

/* The pages of VALUE are in REGION now, or their number is: by that nobody comes to own them. */
static void note_kinds(struct engine *engine, const struct frame *frame, struct disjunct *d,
		       const struct region *region, const struct linear *offset,
		       const struct linear *value, bool is_number, ir_location location,
		       const char *text)
{
	const struct region_state *old = disjunct_region(d, region);
	struct kind_knowledge knowledge;
	struct region_state *state;
	symbol_id symbol = linear_as_symbol(value);
	unsigned k;

	page_kinds(engine, d, value, &knowledge);
	if (knowledge.is_declared && engine_is_outside(engine, d, region)) {
		/* Others will find it there, by the cells. */
		if (old && old->kinds && knowledge.kinds & (uint8_t)~old->kinds)
			disjunct_change(d, engine->arena, region)->is_foreign = true;
		cell_note_kinds(engine, d, region, &knowledge);
		return;
	}
	if (!knowledge.kinds) {
		/*
		 * What is released out of it later need not have been taken here; if it was
		 * filled with NULL, what is tested for that is none.
		 */
		if (old && old->is_known &&
		    !(linear_is_constant(value) && linear_is_constant(offset)))
			disjunct_change(d, engine->arena, region)->is_known = false;
		/* An unknown page among known ones: their kind is not certain any more. */
		if (!old || !old->kinds || !symbol ||
		    symbol_get(engine->terms, symbol)->type.pointee != IR_POINTEE_PAGE)
			return;
		state = disjunct_change(d, engine->arena, region);
		state->is_foreign = true;
		state->asked_low = state->asked_high = NULL;
		return;
	}
	if (engine_is_outside(engine, d, region))
		engine->effect.is_open = true;
	state = disjunct_change(d, engine->arena, region);
	if (linear_is_constant(offset) && !state->holding_count) {
		state->kinds = state->extra = 0;
		state->is_foreign = false;
	}
	/* What is released out of it later was not all taken into it. */
	state->is_known = false;
	state->asked_low = state->asked_high = NULL;
	state->kinds |= knowledge.kinds;
	state->extra &= (uint8_t)~knowledge.kinds;
	state->is_foreign |= knowledge.is_foreign;
	for (k = 0; k < CONTRACT_KIND_LIMIT; k++) {
		if (knowledge.provenance[k] && text)
			knowledge.provenance[k] = engine_event(engine, frame,
				knowledge.provenance[k], EVENT_STORE, location,
				arena_printf(engine->unit->arena, "stored into '%s'", text));
		if (!state->provenance[k])
			state->provenance[k] = knowledge.provenance[k];
	}
	knowledge.is_told |= is_number;
	if (knowledge.is_foreign && cell_note_found(engine, d, region, value))
		knowledge.is_foreign = false;
	cell_note_kinds(engine, d, region, &knowledge);
	cell_note_copy(engine, d, region, value, is_number);
}

static bool is_page_pointer(const struct engine *engine, const struct linear *value)
{
	symbol_id id = linear_as_symbol(value);

	return id && symbol_get(engine->terms, id)->type.pointee == IR_POINTEE_PAGE;
}

/*
 * BASE, if it is a variable of this function's own: it goes with the function, and what is in
 * it.  An object may have other users, who are counted in it.
 */
static const struct region *own_variable(const struct engine *engine,
					 const struct disjunct *d, const struct region *base)
{
	return base->kind != REGION_VARIABLE || engine_is_outside(engine, d, base) ? NULL : base;
}

/*
 * The address of a page's contents is stored in REGION, where it is not followed: by that
 * others find the page.
 */
static void note_contents(struct engine *engine, struct disjunct *d, const struct region *region,
			  const struct linear *offset, const struct linear *value)
{
	const struct linear *page = engine_page_of_contents(engine, value);

	if (page && page != value &&
	    (engine_is_outside(engine, d, region) || !linear_is_constant(offset)))
		scatter_page(engine, d, page, NULL);
}

/* A page that is held here was stored elsewhere, where others may find it. */
static void note_scattering(struct engine *engine, const struct frame *frame,
			    struct disjunct *d, const struct region *region,
			    const struct linear *offset, const struct linear *value,
			    uint32_t writer)
{
	const struct region *base = region_base(region);
	struct kind_knowledge knowledge;
	struct reference reference;

	page_kinds(engine, d, value, &knowledge);
	if (knowledge.is_held && walk_is_one_by_one(engine, frame, d, value, writer) &&
	    scatter_first(engine, d, value, own_variable(engine, d, base), false))
		return;
	if (base->kind == REGION_VARIABLE && linear_is_constant(offset) &&
	    !engine->unit->variables[base->variable].is_global)
		return;		/* followed by what is stored there */
	note_contents(engine, d, region, offset, value);
	/* It may have been found in a container. */
	if (is_page_pointer(engine, value) && !knowledge.is_held)
		engine_open_container(engine, d, NULL);
	if (knowledge.kinds && !knowledge.is_declared &&
	    reference_of_page(engine, d, value, &reference) && reference.region != region)
		scatter_page(engine, d, value, NULL);
}

void engine_store(struct engine *engine, const struct frame *frame, struct disjunct *d,
		  const struct region *region, const struct linear *offset,
		  const struct linear *value, uint32_t writer, ir_location location,
		  const char *text)
{
	const struct linear *page = is_no_page(engine, d, value) ?
		linear_constant(engine->terms, 0) : value;
	bool is_number = walk_stores_number(frame, writer);

	engine_forget_inherited(engine, d, region);
	drop_aliases(engine, d, region, offset, value, writer);
	note_kinds(engine, frame, d, region, offset, page, is_number, location, text);
	note_scattering(engine, frame, d, region, offset, value, writer);
	if (!linear_is_constant(page) && engine_may_be_page(engine, d, page))
		cell_note_placed(engine, frame, d, region, writer);
	if (region_base(region)->kind != REGION_VARIABLE ||
	    engine_is_outside(engine, d, region))
		engine->effect.stored |= stored_parameters(engine, region, value);
	cell_note_store(engine, d, region, page, is_number);
	cell_note_object_store(engine, d, region, page, location);
	cell_note_borrowed(engine, d, region, page);
	disjunct_set_memory(d, region, offset, value);
	cell_note_owner(engine, d, region, value);
}

static void drop_inside(struct engine *engine, struct disjunct *d, const struct region *region,
			bool is_gone)
{
	unsigned i;

	for (i = d->memory_count; i-- > 0;)
		if (region_is_inside(d->memory[i].region, region))
			drop_entry(engine, d, i, is_gone);
}

void engine_zero(struct engine *engine, struct disjunct *d, const struct region *region,
		 const struct linear *offset, uint32_t writer)
{
	struct region_state *state;
	unsigned i;

	region = region_piece(engine->terms, region, offset);
	if (!region)
		return;
	drop_inside(engine, d, region, true);
	for (i = d->region_count; i-- > 0;)
		if (d->regions[i]->region != region &&
		    region_is_inside(d->regions[i]->region, region) &&
		    !d->regions[i]->holding_count)
			disjunct_drop_region(d, i);
	state = disjunct_change(d, engine->arena, region);
	state->version = writer;
	state->is_zeroed = state->is_filled = true;
	if (!state->holding_count)
		state->kinds = 0;
}

/* Is REGION part of something that was all zeros, and nothing is known of it by itself? */
static bool is_in_zeros(const struct disjunct *d, const struct region *region)
{
	const struct region_state *state = content_state(d, region);

	return state && state->is_zeroed && state->region != region;
}

void engine_havoc(struct engine *engine, struct disjunct *d, const struct region *region,
		  uint32_t writer)
{
	bool was_stored = false;
	unsigned i;

	for (i = 0; i < d->memory_count; i++)
		was_stored |= region_is_inside(d->memory[i].region, region);
	drop_inside(engine, d, region, false);
	for (i = 0; i < d->region_count; i++) {
		const struct region_state *old = d->regions[i];
		struct region_state *state;

		if (!region_is_inside(old->region, region))
			continue;
		if (old->failed)
			disjunct_change(d, engine->arena, old->region)->failed = NULL;
		if (old->is_blurred && old->released_count)
			disjunct_change(d, engine->arena, old->region)->released_count = 0;
		if (old->holding_count || old->kinds)
			continue;
		if (region_state_is_inherited(old) && old->region->kind != REGION_VARIABLE) {
			engine_forget_inherited(engine, d, old->region);
			continue;
		}
		state = disjunct_change(d, engine->arena, old->region);
		state->version = writer;
		state->is_zeroed = false;
		state->is_known = false;
		state->released_count = 0;
		state->asked_low = state->asked_high = NULL;
		was_stored = false;
	}
	if (was_stored || is_in_zeros(d, region) ||
	    (region_base(region)->kind == REGION_VARIABLE && !disjunct_region(d, region)))
		disjunct_change(d, engine->arena, region)->version = writer;
}

void engine_forget(struct engine *engine, struct disjunct *d, const struct region *region)
{
	unsigned i;

	drop_inside(engine, d, region, true);
	for (i = d->region_count; i-- > 0;)
		if (region_is_inside(d->regions[i]->region, region))
			disjunct_drop_region(d, i);
}
