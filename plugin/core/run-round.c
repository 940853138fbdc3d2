// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Rounds: what a round of a loop leaves behind.
 *
 *	while ((page = next_page(mapping))) {
 *		if (is_bad(page))
 *			continue;
 *		put_page(page);
 *	}
 *
 * On `continue' nothing leads to the page any more: it is as lost as where the function
 * returns.  A page in a variable is not, until the next round puts another in its place.
 * To follow it any longer would be in vain, and no loop that loses a page in each round
 * would ever settle.
 */
#include "run.h"

/* All that A and what it was computed from may point into. */
static void add_named(struct engine *engine, struct region_set *set, const struct linear *a)
{
	unsigned i;

	for (i = 0; a && i < a->count; i++) {
		const struct symbol *s = symbol_get(engine->terms, a->terms[i].symbol);

		engine_add_pointee(engine, set, s->id);
		if (s->region)
			region_set_add(set, engine->arena, region_base(s->region));
		if (s->base)
			engine_add_pointee(engine, set, s->base);
		add_named(engine, set, s->left);
		add_named(engine, set, s->right);
		add_named(engine, set, s->offset);
	}
}

/* What may be asked about again, in this function or in its callers. */
static void find_known(struct run *run, const struct disjunct *d, struct region_set *set)
{
	struct engine *engine = run->engine;
	const struct frame *frame;
	unsigned i;

	for (i = 1; i < d->value_count; i++)
		add_named(engine, set, d->values[i]);
	for (frame = run->frame; frame; frame = frame->caller)
		for (i = 0; i < frame->saved_count; i++)
			add_named(engine, set, frame->saved[i]);
	for (i = 0; i < d->memory_count; i++) {
		add_named(engine, set, d->memory[i].value);
		add_named(engine, set, d->memory[i].offset);
	}
	for (i = 0; i < d->region_count; i++)
		if (region_base(d->regions[i]->region)->kind == REGION_VARIABLE)
			region_set_add(set, engine->arena, region_base(d->regions[i]->region));
	engine_reachable(engine, d, set);
}

/* A page that the loop of HEAD has taken, and that is known by its pointer alone. */
static bool is_of_round(struct run *run, const struct region_state *state, ir_block_id head)
{
	const struct region *base = region_base(state->region);
	unsigned h;

	if (!state->is_page || state->is_blurred || !state->holding_count ||
	    base->kind != REGION_POINTEE ||
	    symbol_get(run->engine->terms, base->symbol)->kind != SYMBOL_RESULT ||
	    !engine_is_made_in_loop(run->engine, run->frame,
				    linear_symbol(run->engine->terms, base->symbol), head))
		return false;
	for (h = 0; h < state->holding_count; h++)
		if (state->holdings[h].is_scattered)
			return false;
	return true;
}

void run_end_round(struct run *run, struct disjunct *d, ir_block_id from, ir_block_id head)
{
	const struct ir_block *block = &run->function->blocks[from];
	ir_location location =
		run->function->instructions[block->instructions[block->count - 1]].location;
	struct region_set known = { 0 };
	bool is_asked = false;
	unsigned i, h;

	for (i = 0; i < d->region_count; i++) {
		const struct region_state *state = d->regions[i];
		struct region_state *lost;

		if (!is_of_round(run, state, head))
			continue;
		if (!is_asked)
			find_known(run, d, &known);
		is_asked = true;
		if (region_set_has(&known, region_base(state->region)))
			continue;
		for (h = 0; h < state->holding_count; h++)
			verdict_leak(run->engine, run->frame, d, state, &state->holdings[h],
				     LEAK_ROUND, location, NULL);
		lost = disjunct_change(d, run->engine->arena, state->region);
		lost->holding_count = 0;
		lost->is_blurred = true;
	}
}
