// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The root function returns: what of its references can nobody get at any more?
 *
 *	page = alloc_page(GFP_KERNEL);
 *	if (!obj->ready)
 *		return -EBUSY;			lost
 *	obj->address = page_address(page);	others may get at it
 *	return page_to_pfn(page);		... and so may who called
 */
#include "cell.h"
#include "declared.h"
#include "failure.h"
#include "summary.h"

/*
 * Is VALUE a page out of STATE's array, or computed from one, as its frame number is?  Or
 * something as large as a pointer that was found in the memory of the page itself, as its
 * private data is, which leads back to it?
 */
static bool comes_from(struct engine *engine, const struct linear *value,
		       const struct region_state *state, unsigned depth)
{
	unsigned i;

	for (i = 0; value && depth && i < value->count; i++) {
		const struct symbol *s = symbol_get(engine->terms, value->terms[i].symbol);

		if (s->type.bits != POINTER_BITS)
			continue;
		if (s->kind == SYMBOL_LOADED &&
		    (state->is_page ? region_base(s->region) : s->region) == state->region)
			return true;
		if (comes_from(engine, s->left, state, depth - 1) ||
		    comes_from(engine, s->right, state, depth - 1))
			return true;
	}
	return false;
}

/* What VALUE points to, or what it was computed from, can be got at by who gets VALUE. */
static void add_sources(struct engine *engine, struct region_set *set,
			const struct linear *value, unsigned depth)
{
	unsigned i;

	for (i = 0; value && depth && i < value->count; i++) {
		const struct symbol *s = symbol_get(engine->terms, value->terms[i].symbol);

		engine_add_pointee(engine, set, s->id);
		if (s->type.bits != POINTER_BITS)
			continue;
		add_sources(engine, set, s->left, depth - 1);
		add_sources(engine, set, s->right, depth - 1);
	}
}

/* Does the root function return RESULT, or leave behind, what STATE's pages are known by? */
static bool is_left_behind(struct engine *engine, const struct disjunct *d,
			   const struct linear *result, const struct region_state *state)
{
	unsigned i;

	for (i = 0; state->is_page && i < d->memory_count; i++)
		if (engine_is_outside(engine, d, d->memory[i].region) &&
		    comes_from(engine, d->memory[i].value, state, NUMBER_DEPTH))
			return true;
	return comes_from(engine, result, state, NUMBER_DEPTH);
}

/* Can nobody get at BASE any more, this function's own? */
static bool is_gone(struct engine *engine, const struct region_set *reachable,
		    const struct region *base, bool is_own)
{
	if (base->kind == REGION_VARIABLE)
		return !engine->unit->variables[base->variable].is_global;
	return is_own && !region_set_has(reachable, base);
}

/* May others still get at the pages of HOLDING, where else they are? */
static bool is_elsewhere(struct engine *engine, const struct disjunct *d,
			 const struct region_set *reachable, const struct holding *holding)
{
	const struct region *container, *outer;

	if (!holding->is_scattered)
		return false;
	/* All of what leads to where they are is gone, too. */
	for (container = holding->container; container; container = outer) {
		const struct region_state *of = disjunct_region(d, container);

		outer = engine_loaded_from(engine, container);
		if (!is_gone(engine, reachable, container, outer || (of && of->is_allocated)))
			return true;
	}
	return !holding->container;
}

/* Does the caller see references that it has not seen before? */
static void note_effect(struct engine *engine, const struct disjunct *d,
			const struct linear *result, const struct region_set *reachable)
{
	unsigned i;

	for (i = 0; i < d->region_count; i++) {
		const struct region_state *state = d->regions[i];
		const struct region *base = region_base(state->region);

		if (state->holding_count && !state->is_page &&
		    (base->kind != REGION_VARIABLE ||
		     engine->unit->variables[base->variable].is_global))
			engine->effect.is_open = true;
		/* Pages that were taken elsewhere, or are kept in a record, are left there. */
		if (state->kinds && base->kind == REGION_POINTEE &&
		    ((result && linear_coefficient(result, base->symbol)) ||
		     region_set_has(reachable, base)))
			engine->effect.is_open = true;
		if (state->holding_count && state->is_page)
			engine->effect.is_open = true;
	}
	if (result && result->count) {
		struct kind_knowledge knowledge;

		page_kinds(engine, d, result, &knowledge);
		if (knowledge.kinds && !knowledge.is_declared)
			engine->effect.is_open = true;
	}
}

static bool comes_from_parameter(const struct ir_function *function, ir_value value,
				 unsigned depth)
{
	const struct ir_instruction *i = &function->instructions[value];
	unsigned o;

	if (i->op == IR_PARAMETER)
		return i->type.type_class == IR_TYPE_POINTER;
	if (!depth || (i->op != IR_PHI && i->op != IR_SELECT && i->op != IR_CONVERT &&
		       i->op != IR_ADD && i->op != IR_ADDRESS))
		return false;
	for (o = i->op == IR_SELECT; o < i->operand_count; o++)
		if (i->operands[o] && comes_from_parameter(function, i->operands[o], depth - 1))
			return true;
	return false;
}

bool engine_returns_parameter(const struct ir_function *function)
{
	ir_value v;

	for (v = 1; v < function->value_count; v++) {
		const struct ir_instruction *i = &function->instructions[v];

		if (i->op == IR_RETURN && i->operand_count &&
		    function->return_type.type_class == IR_TYPE_POINTER &&
		    comes_from_parameter(function, i->operands[0], 4))
			return true;
	}
	return false;
}

void engine_check_return(struct engine *engine, const struct frame *frame,
			 struct disjunct *d, const struct linear *result,
			 ir_location location)
{
	struct region_set reachable = { 0 };
	unsigned i, h;
	bool is_own;

	summary_add_exit(engine, d, result);
	if (result && !cell_is_seen_from_callers(engine))
		cell_note_lost(engine, d, result);
	if (result && result->count && !cell_is_seen_from_callers(engine))
		cell_note_unknown_object(engine, d, result);
	cell_note_left(engine, d);
	cell_note_flags(engine, d);
	failure_note_return(engine, d, result, location);
	if (engine_returns_parameter(frame->function))
		engine->effect.is_open = true;
	for (i = 0; i < d->region_count; i++)
		if (d->regions[i]->holding_count || d->regions[i]->kinds)
			break;
	if (i == d->region_count)
		return;
	cell_note_exit(engine, d);
	promise_check_acquired(engine, frame, d, result);
	for (i = 0; i < d->memory_count; i++) {
		const struct region *base = region_base(d->memory[i].region);

		if (engine_is_global_root(engine, d, base))
			region_set_add(&reachable, engine->arena, base);
	}
	add_sources(engine, &reachable, result, NUMBER_DEPTH);
	engine_reachable(engine, d, &reachable);
	note_effect(engine, d, result, &reachable);
	for (i = 0; i < d->region_count; i++) {
		const struct region_state *state = d->regions[i];

		if (!state->holding_count || is_left_behind(engine, d, result, state))
			continue;
		is_own = is_gone(engine, &reachable, region_base(state->region),
				 state->is_page || state->is_allocated ||
					 state->holdings[0].is_filled);
		for (h = 0; h < state->holding_count; h++)
			if (is_own && !is_elsewhere(engine, d, &reachable, &state->holdings[h]))
				verdict_leak(engine, frame, d, state, &state->holdings[h],
					     LEAK_RETURN, location, NULL);
			else
				cell_note_outlived(engine, frame, d, state, &state->holdings[h],
						   location);
	}
}
