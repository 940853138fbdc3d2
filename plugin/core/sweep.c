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
#include "engine.h"

#define REGION_LIMIT	40

/* A is asked about, and with it what it is computed of. */
static void mark(const struct term_table *terms, uint8_t *used, const struct linear *a)
{
	unsigned i;

	for (i = 0; a && i < a->count; i++) {
		const struct symbol *s = symbol_get(terms, a->terms[i].symbol);

		if (used[s->id])
			continue;
		used[s->id] = 1;
		mark(terms, used, s->left);
		mark(terms, used, s->right);
	}
}

/* The callers' values come back when the call has been followed. */
static void mark_callers(const struct term_table *terms, uint8_t *used,
			 const struct frame *frame)
{
	unsigned i;

	for (; frame; frame = frame->caller)
		for (i = 0; i < frame->saved_count; i++)
			mark(terms, used, frame->saved[i]);
}

/* What is loaded or computed again comes by its old name; a result never does. */
static bool can_come_again(const struct symbol *s)
{
	return s->kind != SYMBOL_RESULT && s->kind != SYMBOL_MERGED &&
	       s->kind != SYMBOL_PREVIOUS;
}

static bool is_marked(const struct term_table *terms, const uint8_t *used,
		      const struct linear *a)
{
	unsigned i;

	for (i = 0; i < a->count; i++)
		if (used[a->terms[i].symbol] ||
		    can_come_again(symbol_get(terms, a->terms[i].symbol)))
			return true;
	return false;
}

/* Will anything be asked about the region of STATE? */
static bool can_be_named(const struct term_table *terms, const uint8_t *used,
			 const struct region_state *state)
{
	const struct region *base = region_base(state->region);

	return state->holding_count || base->kind == REGION_VARIABLE || used[base->symbol] ||
		can_come_again(symbol_get(terms, base->symbol));
}

void engine_sweep(struct engine *engine, const struct frame *frame, struct disjunct *d)
{
	const struct term_table *terms = engine->terms;
	struct arena *scratch = arena_new();
	uint8_t *used = ARENA_ARRAY(scratch, uint8_t, symbol_count(engine->terms));
	unsigned i, h, kept = 0;

	for (i = 0; i < d->value_count; i++)
		mark(terms, used, d->values[i]);
	mark_callers(terms, used, frame);
	for (i = 0; i < d->memory_count; i++) {
		mark(terms, used, d->memory[i].value);
		mark(terms, used, d->memory[i].offset);
	}
	for (i = 0; i < d->region_count; i++) {
		const struct region_state *state = d->regions[i];

		if (state->holding_count && region_base(state->region)->kind == REGION_POINTEE)
			used[region_base(state->region)->symbol] = 1;
		for (h = 0; h < state->holding_count; h++) {
			mark(terms, used, state->holdings[h].low);
			mark(terms, used, state->holdings[h].high);
		}
		for (h = 0; h < state->released_count; h++) {
			mark(terms, used, state->released[h].low);
			mark(terms, used, state->released[h].high);
		}
	}
	for (i = d->region_count; i-- > 0;)
		if (!can_be_named(engine->terms, used, d->regions[i]))
			disjunct_drop_region(d, i);
	/* Lists and tables without end: then only what is held is followed. */
	for (i = d->region_count; i-- > 0 && d->region_count > REGION_LIMIT;)
		if (!d->regions[i]->holding_count &&
		    region_base(d->regions[i]->region)->kind == REGION_POINTEE)
			disjunct_drop_region(d, i);
	for (i = 0; i < d->constraints.count; i++)
		if (is_marked(engine->terms, used, d->constraints.items[i].linear) ||
		    d->constraints.count < CONSTRAINT_LIMIT / 2)
			d->constraints.items[kept++] = d->constraints.items[i];
	d->constraints.count = kept;
	arena_free(scratch);
}
