// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Ageing: on the way back to the head of a loop, everything that the loop computes
 * anew in each round gets another name for what it was in the round before, so
 * that `ret' of this round and `ret' of the last are not taken for one number.
 * One name serves for all earlier rounds: what depends on it does not survive the
 * merge at the loop head, unless it follows a value that does (merge-*.c).
 */
#include <stdlib.h>
#include <string.h>

#include <libiberty/libiberty.h>

#include "engine.h"
#include "flow.h"
#include "interval.h"
#include "scatter.h"

#define SETTLED	0x80000000u	/* no value has such a number */

struct ageing {
	struct engine *engine;
	const struct frame *frame;
	const struct flow *flow;
	ir_block_id head;
	bool settles;			/* the way back: see engine_settle() */
	uint8_t *memo;			/* by symbol: 0 not asked, 1 unchanged, 2 changes */
	uint32_t memo_count;
};

static const struct linear *age_linear(struct ageing *g, const struct linear *a);
static const struct region *age_region(struct ageing *g, const struct region *region);

/* Is WHAT, a value or a block of the call CONTEXT, in the loop? */
static bool is_made_in_loop(const struct ageing *g, uint32_t context, uint32_t what,
			    bool is_block)
{
	const struct ir_function *f = g->frame->function;

	if (context != g->frame->context) {
		/* Made in a call: where is the call? */
		while (context && context < g->engine->context_count &&
		       g->engine->contexts[context].parent != g->frame->context)
			context = g->engine->contexts[context].parent;
		if (!context || context >= g->engine->context_count)
			return false;
		what = g->engine->contexts[context].call;
		is_block = false;
	}
	if (what >= (is_block ? f->block_count : f->value_count))
		return false;
	return flow_is_in_loop(g->flow, g->head, is_block ? what : f->instructions[what].block);
}

/* Does the loop make SYMBOL anew?  Or, when settling: is it of an earlier round? */
static bool is_born_in_loop(const struct symbol *s, void *argument)
{
	const struct ageing *g = argument;

	if (g->settles)
		return s->kind == SYMBOL_PREVIOUS;
	switch (s->kind) {
	case SYMBOL_RESULT:
		return is_made_in_loop(g, s->context, s->instruction, false);
	case SYMBOL_MERGED:
		return is_made_in_loop(g, s->context, s->extra, true);
	case SYMBOL_LOADED:
		/* What was there at the start never changes; what was written in the loop does. */
		return s->extra && is_made_in_loop(g, (s->extra & ~ENGINE_MERGED_VERSION) >> WRITER_BITS,
						   s->extra % (1u << WRITER_BITS),
						   s->extra & ENGINE_MERGED_VERSION);
	default:
		return false;
	}
}

static bool changes(struct ageing *g, symbol_id symbol)
{
	if (symbol >= g->memo_count)
		return false;	/* made while ageing: aged already */
	return symbol_mentions(g->engine->terms, symbol, is_born_in_loop, g, g->memo);
}

static const struct linear *age_symbol(struct ageing *g, symbol_id symbol)
{
	struct term_table *terms = g->engine->terms;
	const struct symbol *s = symbol_get(terms, symbol);
	struct symbol key = *s;

	if (is_born_in_loop(s, g)) {
		struct symbol previous = {
			.kind = SYMBOL_PREVIOUS, .base = symbol, .type = s->type,
			.text = s->text, .location = s->location,
		};

		if (g->settles) {
			previous.kind = SYMBOL_MERGED;
			previous.operation = true;
			previous.context = g->frame->context;
			previous.instruction = SETTLED | s->base;
			previous.extra = g->head;
			previous.base = 0;
		}
		return linear_symbol(terms, symbol_intern(terms, &previous));
	}
	key.text = NULL;
	key.left = age_linear(g, s->left);
	key.right = age_linear(g, s->right);
	key.offset = age_linear(g, s->offset);
	key.region = s->region ? age_region(g, s->region) : NULL;
	if ((s->left && !key.left) || (s->right && !key.right) ||
	    (s->offset && !key.offset) || (s->region && !key.region))
		return NULL;
	key.text = s->text;
	return linear_symbol(terms, symbol_intern(terms, &key));
}

static const struct linear *age_linear(struct ageing *g, const struct linear *a)
{
	struct term_table *terms = g->engine->terms;
	const struct linear *result = a;
	unsigned i;

	for (i = 0; a && result && i < a->count; i++) {
		const struct linear *aged;

		if (!changes(g, a->terms[i].symbol))
			continue;
		aged = age_symbol(g, a->terms[i].symbol);
		aged = linear_subtract(terms, aged, linear_symbol(terms, a->terms[i].symbol));
		result = linear_add(terms, result,
				    linear_scale(terms, aged, a->terms[i].coefficient));
	}
	return result;
}

static const struct region *age_region(struct ageing *g, const struct region *region)
{
	struct term_table *terms = g->engine->terms;
	const struct region *parent;
	const struct linear *aged;

	switch (region->kind) {
	case REGION_POINTEE:
		if (!changes(g, region->symbol))
			return region;
		aged = age_symbol(g, region->symbol);
		return aged && linear_as_symbol(aged) ?
			region_pointee(terms, linear_as_symbol(aged)) : NULL;
	case REGION_FIELD: {
		struct ir_step step = {
			.kind = IR_STEP_FIELD, .record = region->record,
			.field = region->field, .in_union = region->in_union,
		};

		parent = age_region(g, region->parent);
		return parent ? region_field(terms, parent, &step) : NULL;
	}
	case REGION_PIECE:
		parent = age_region(g, region->parent);
		aged = age_linear(g, region->offset);
		return parent && aged ? region_piece(terms, parent, aged) : NULL;
	default:
		return region;
	}
}

static void age_constraints(struct ageing *g, struct constraint_set *set)
{
	unsigned i, kept = 0;

	for (i = 0; i < set->count; i++) {
		struct constraint c = set->items[i];

		c.linear = age_linear(g, c.linear);
		if (c.linear && !linear_is_constant(c.linear))
			set->items[kept++] = c;
	}
	set->count = kept;
}

/* The page that E leads to is out of an array, which will have others of that name. */
static void part_from_array(struct ageing *g, struct disjunct *d, const struct memory_entry *e)
{
	symbol_id id = linear_as_symbol(e->value);
	const struct symbol *s = id ? symbol_get(g->engine->terms, id) : NULL;

	if (s && s->kind == SYMBOL_LOADED && s->region != e->region)
		scatter_page(g->engine, d, e->value, region_base(e->region));
}

/*
 * A page out of an array of the last round is live by another name, as in `prev = page':
 * where the array gets its next pages, it is not lost.
 */
static void part_from_values(struct ageing *g, struct disjunct *d)
{
	ir_value v = IR_NO_VALUE;

	while ((v = flow_next_live(g->flow, g->head, v)) != IR_NO_VALUE) {
		symbol_id id = d->values[v] ? linear_as_symbol(d->values[v]) : 0;
		const struct symbol *s = id ? symbol_get(g->engine->terms, id) : NULL;

		if (s && s->kind == SYMBOL_LOADED && s->type.pointee == IR_POINTEE_PAGE &&
		    changes(g, id))
			scatter_page(g->engine, d, d->values[v], NULL);
	}
}

static void age_memory(struct ageing *g, struct disjunct *d)
{
	unsigned i, kept = 0;

	for (i = 0; i < d->memory_count; i++) {
		struct memory_entry e = d->memory[i];

		e.region = age_region(g, e.region);
		e.offset = age_linear(g, e.offset);
		e.value = age_linear(g, e.value);
		if (e.value != d->memory[i].value)
			part_from_array(g, d, &d->memory[i]);
		if (e.region && e.offset && e.value)
			d->memory[kept++] = e;
	}
	d->memory_count = kept;
}

/* Nobody can say of STATE, a page of an earlier round, that it is lost. */
static bool is_out_of_sight(const struct region_state *state)
{
	unsigned i;

	for (i = 0; i < state->holding_count; i++)
		if (!state->holdings[i].is_scattered || state->holdings[i].container)
			return false;
	return state->is_page && state->holding_count;
}

/* What the next round will find CONTAINER in, if not itself; NULL: nothing. */
static const struct region *age_container(struct ageing *g, const struct region *container)
{
	while (container && age_region(g, container) != container)
		container = engine_loaded_from(g->engine, container);
	return container;
}

static void age_state(struct ageing *g, struct region_state *state)
{
	unsigned i;

	/* Each round would have one more, and none be like the last. */
	if (is_out_of_sight(state))
		blur(state);
	for (i = 0; i < state->holding_count; i++) {
		struct holding *h = &state->holdings[i];
		const struct linear *low = age_linear(g, h->low);
		const struct linear *high = age_linear(g, h->high);

		if (!low || !high) {
			state->is_blurred = true;
			state->holding_count = state->released_count = 0;
			return;
		}
		if (low != h->low || high != h->high)
			h->extent = EXTENT_GROWN;
		h->low = low;
		h->high = high;
		h->container = age_container(g, h->container);
	}
	state->handed_low = age_linear(g, state->handed_low);
	state->handed_high = state->handed_low ? age_linear(g, state->handed_high) : NULL;
	state->handed_asked = age_linear(g, state->handed_asked);
	state->asked_low = age_linear(g, state->asked_low);
	state->asked_high = age_linear(g, state->asked_high);
	if (!state->asked_low || !state->asked_high)
		state->asked_low = state->asked_high = NULL;
	/* What others have taken is found under other names in each round. */
	if (!g->settles && (state->is_blurred || region_state_is_inherited(state)))
		state->released_count = 0;
	for (i = 0; i < state->released_count; i++) {
		state->released[i].low = age_linear(g, state->released[i].low);
		state->released[i].high = age_linear(g, state->released[i].high);
		if (!state->released[i].low || !state->released[i].high)
			state->released_count = i;
	}
}

/* Two regions have become one: pages of all earlier rounds. */
static void join_states(struct region_state *state, const struct region_state *other)
{
	unsigned k;

	if (!state->holding_count && other->holding_count && !state->is_blurred) {
		memcpy(state->holdings, other->holdings, sizeof(state->holdings));
		state->holding_count = other->holding_count;
	}
	state->failed = state->missing = NULL;
	state->is_filled |= other->is_filled;
	state->is_mixed |= other->is_mixed;
	state->is_blurred |= other->is_blurred;
	if (state->is_blurred)
		state->holding_count = 0;
	state->asked_low = state->asked_high = state->handed_high = NULL;
	state->released_count = 0;
	state->is_scattered |= other->is_scattered;
	for (k = 0; k < state->holding_count; k++) {
		state->holdings[k].is_scattered |= state->is_scattered;
		state->holdings[k].container = NULL;
		state->holdings[k].is_handed_on |= state->is_scattered;
		state->holdings[k].is_rest = state->holdings[k].is_left = false;
	}
	state->is_shared |= other->is_shared;
	state->is_foreign |= other->is_foreign;
	state->extra = (state->extra | other->extra) &
		       (uint8_t)~((state->kinds & ~state->extra) | (other->kinds & ~other->extra));
	state->kinds |= other->kinds;
	for (k = 0; k < CONTRACT_KIND_LIMIT; k++)
		if (!state->provenance[k])
			state->provenance[k] = other->provenance[k];
}

static void age_regions(struct ageing *g, struct disjunct *d)
{
	const struct region_state **old = d->regions;
	unsigned count = d->region_count, i;

	d->regions = XNEWVEC(const struct region_state *, count ? count : 1);
	d->region_room = count ? count : 1;
	d->region_count = 0;
	for (i = 0; i < count; i++) {
		const struct region *region = age_region(g, old[i]->region);
		struct region_state aged = *old[i], *state;

		if (!region)
			continue;
		age_state(g, &aged);
		if (region == old[i]->region && !memcmp(&aged, old[i], sizeof(aged)) &&
		    !disjunct_region(d, region)) {
			disjunct_put(d, old[i]);
			continue;
		}
		if (disjunct_region(d, region)) {
			state = disjunct_change(d, g->engine->arena, region);
			join_states(state, &aged);
			continue;
		}
		state = disjunct_change(d, g->engine->arena, region);
		*state = aged;
		state->region = region;
	}
	free(old);
}

static void age_all(struct ageing *g, struct disjunct *d)
{
	ir_value v = IR_NO_VALUE;

	g->memo_count = symbol_count(g->engine->terms);
	g->memo = XCNEWVEC(uint8_t, g->memo_count);
	part_from_values(g, d);
	age_constraints(g, &d->constraints);
	age_memory(g, d);
	age_regions(g, d);
	while ((v = flow_next_live(g->flow, g->head, v)) != IR_NO_VALUE)
		if (d->values[v])
			d->values[v] = age_linear(g, d->values[v]);
	free(g->memo);
}

void engine_age(struct engine *engine, const struct frame *frame, struct disjunct *d,
		ir_block_id head)
{
	struct ageing g = {
		.engine = engine, .frame = frame, .flow = frame->flow, .head = head,
	};

	age_all(&g, d);
}

bool engine_is_made_in_loop(struct engine *engine, const struct frame *frame,
			    const struct linear *a, ir_block_id head)
{
	struct ageing g = {
		.engine = engine, .frame = frame, .flow = frame->flow, .head = head,
	};
	uint8_t *memo = XCNEWVEC(uint8_t, symbol_count(engine->terms));
	bool is_made = linear_mentions(engine->terms, a, is_born_in_loop, &g, memo);

	free(memo);
	return is_made;
}

/*
 * D becomes a case of its own at HEAD.  What is left of earlier rounds in it gets
 * names of this head's, which age like any other in the round to come; otherwise the
 * rounds before the last would all go by one name.
 */
void engine_settle(struct engine *engine, const struct frame *frame, struct disjunct *d,
		   ir_block_id head)
{
	struct ageing g = {
		.engine = engine, .frame = frame, .flow = frame->flow, .head = head,
		.settles = true,
	};

	age_all(&g, d);
}
