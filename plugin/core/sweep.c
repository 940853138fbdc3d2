// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Sweeping: a disjunct forgets what can never be asked for again.
 *
 *	ret = pin_user_pages_fast(...); ... ret is dead ...
 *
 * A constraint on `ret' alone says nothing more then, unless memory or a holding
 * mentions `ret'.  What a load or a computation would name again in the same way
 * stays, as it may come back.
 */
#include <string.h>

#include <libiberty/libiberty.h>

#include "engine.h"
#include "flow.h"

#define REGION_LIMIT	40
#define CROWDED		16	/* regions */
#define SLACK		4	/* more than were left by the last sweep */

/* A is asked about, and with it what it is computed of. */
static void mark(const struct term_table *terms, struct symbol_set *used, const struct linear *a)
{
	unsigned i;

	for (i = 0; a && i < a->count; i++) {
		symbol_id id = a->terms[i].symbol;
		const struct symbol *s;

		if (symbol_set_has(used, id))
			continue;
		symbol_set_add(used, id);
		s = symbol_get(terms, id);
		mark(terms, used, s->left);
		mark(terms, used, s->right);
	}
}

/* The callers' values come back when the call has been followed. */
static void mark_callers(const struct term_table *terms, struct symbol_set *used,
			 const struct frame *frame)
{
	unsigned i;

	for (; frame; frame = frame->caller)
		for (i = 0; i < frame->saved_count; i++)
			mark(terms, used, frame->saved[i]);
}

/* Where the pages of a holding are, and what leads there: is it gone at the end? */
static void mark_container(const struct engine *engine, struct symbol_set *used,
			   const struct region *container)
{
	for (; container && container->kind == REGION_POINTEE &&
	       !symbol_set_has(used, container->symbol);
	     container = engine_loaded_from(engine, container))
		symbol_set_add(used, container->symbol);
}

/* What is loaded or computed again comes by its old name; a result never does. */
static bool can_come_again(const struct symbol *s)
{
	return s->kind != SYMBOL_RESULT && s->kind != SYMBOL_MERGED &&
	       s->kind != SYMBOL_PREVIOUS;
}

bool engine_is_marked(const struct engine *engine, const struct linear *a)
{
	unsigned i;

	for (i = 0; i < a->count; i++)
		if (symbol_set_has(&engine->used, a->terms[i].symbol) ||
		    can_come_again(symbol_get(engine->terms, a->terms[i].symbol)))
			return true;
	return false;
}

bool engine_can_be_named(const struct engine *engine, const struct region_state *state)
{
	const struct region *base = region_base(state->region);

	return state->holding_count || base->kind == REGION_VARIABLE ||
		symbol_set_has(&engine->used, base->symbol) ||
		can_come_again(symbol_get(engine->terms, base->symbol));
}

static bool is_crowded(const struct disjunct *d)
{
	return (d->constraints.count > CONSTRAINT_LIMIT / 2 &&
		d->constraints.count > d->swept_constraints + SLACK) ||
	       (d->region_count > CROWDED && d->region_count > d->swept_regions + SLACK);
}

void engine_mark(struct engine *engine, const struct frame *frame, const struct disjunct *d,
		 ir_block_id at)
{
	const struct term_table *terms = engine->terms;
	struct symbol_set *used = &engine->used;
	ir_value v = IR_NO_VALUE;
	unsigned i, h;

	symbol_set_clear(used, terms);
	while ((v = flow_next_live(frame->flow, at, v)) != IR_NO_VALUE)
		mark(terms, used, d->values[v]);
	mark_callers(terms, used, frame);
	for (i = 0; i < d->memory_count; i++) {
		mark(terms, used, d->memory[i].value);
		mark(terms, used, d->memory[i].offset);
	}
	for (i = 0; i < d->region_count; i++) {
		const struct region_state *state = d->regions[i];

		if (state->holding_count && region_base(state->region)->kind == REGION_POINTEE)
			symbol_set_add(used, region_base(state->region)->symbol);
		for (h = 0; h < state->holding_count; h++) {
			mark(terms, used, state->holdings[h].low);
			mark(terms, used, state->holdings[h].high);
			mark_container(engine, used, state->holdings[h].container);
		}
		for (h = 0; h < state->released_count; h++) {
			mark(terms, used, state->released[h].low);
			mark(terms, used, state->released[h].high);
		}
	}
}

void engine_sweep(struct engine *engine, const struct frame *frame, struct disjunct *d,
		  ir_block_id at)
{
	unsigned i, kept = 0;

	if (!is_crowded(d))
		return;
	engine_mark(engine, frame, d, at);
	for (i = d->region_count; i-- > 0;)
		if (!engine_can_be_named(engine, d->regions[i]))
			disjunct_drop_region(d, i);
	/* Lists and tables without end: then only what is held is followed. */
	for (i = d->region_count; i-- > 0 && d->region_count > REGION_LIMIT;)
		if (!d->regions[i]->holding_count &&
		    region_base(d->regions[i]->region)->kind == REGION_POINTEE)
			disjunct_drop_region(d, i);
	for (i = 0; i < d->constraints.count; i++)
		if (engine_is_marked(engine, d->constraints.items[i].linear) ||
		    d->constraints.count <= CONSTRAINT_LIMIT / 2)
			d->constraints.items[kept++] = d->constraints.items[i];
	d->constraints.count = kept;
	d->swept_constraints = kept;
	d->swept_regions = d->region_count;
}
