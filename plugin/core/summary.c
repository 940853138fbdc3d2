// SPDX-License-Identifier: GPL-2.0-or-later
/* The table of summaries and the notes they are made from; see summary.h. */
#include <string.h>

#include "summary-draft.h"

/* Marks the symbols whose pointees are shadows. */
#define SHADOW_MARK	0x50480000u
#define SHADOW_TRANSFER	0x100u
#define SHADOW_SKIPS	0x200u

struct summary {
	const struct contract *contract;	/* NULL: was not a root */
	bool is_inexact;
	struct function_effect effect;
};

struct summary_table {
	const struct ir_unit *unit;
	struct summary *items;			/* by function */
};

struct summary_table *summary_table_new(const struct ir_unit *unit)
{
	struct summary_table *table = ARENA_NEW(unit->arena, struct summary_table);

	table->unit = unit;
	table->items = ARENA_ARRAY(unit->arena, struct summary, unit->function_count + 1);
	return table;
}

struct summary_draft *summary_draft_new(struct arena *arena)
{
	struct summary_draft *draft = ARENA_NEW(arena, struct summary_draft);

	draft->end = &draft->first;
	return draft;
}

void summary_table_take(struct summary_table *table, struct engine *engine)
{
	struct summary *summary = &table->items[engine->root->index];

	summary->contract = summary_conclude(engine);
	summary->is_inexact = engine->summary->is_inexact;
	summary->effect = engine->effect;
}

const struct contract *summary_contract(const struct summary_table *table, uint32_t function)
{
	const struct summary *summary = &table->items[function];

	if (!summary->contract || summary->is_inexact ||
	    summary->contract->flags & CONTRACT_UNKNOWN)
		return NULL;
	return summary->contract;
}

/* --------------------------------------------------------------------- notes */

static const struct region *shadow(struct engine *engine, const struct region *region,
				   uint32_t about)
{
	struct symbol key = {
		.kind = SYMBOL_OPERATION, .operation = IR_UNKNOWN,
		.extra = SHADOW_MARK | about, .region = region,
		.type = { IR_TYPE_POINTER, 64, false, IR_POINTEE_OTHER },
	};

	return region_pointee(engine->terms, symbol_intern(engine->terms, &key));
}

bool summary_shadow_of(const struct term_table *terms, const struct region *region,
		       struct summary_shadow *shadow)
{
	const struct symbol *s;

	if (region->kind != REGION_POINTEE)
		return false;
	s = symbol_get(terms, region->symbol);
	if (s->kind != SYMBOL_OPERATION || s->operation != IR_UNKNOWN || !s->region ||
	    (s->extra & 0xffff0000u) != SHADOW_MARK)
		return false;
	shadow->note = (enum summary_note)(s->extra & 0xffu);
	shadow->is_transfer = (s->extra & SHADOW_TRANSFER) != 0;
	shadow->skips_null = (s->extra & SHADOW_SKIPS) != 0;
	shadow->region = s->region;
	return true;
}

static void add_note(struct engine *engine, struct disjunct *d, const struct region *of,
		     const struct reference *reference, contract_kind kind)
{
	struct region_state *state = disjunct_change(d, engine->arena, of);
	struct holding *last = state->holding_count ?
		&state->holdings[state->holding_count - 1] : NULL;
	struct holding note = {
		.kind = kind, .extent = EXTENT_GROWN,
		.low = reference->low, .high = reference->high,
	};
	unsigned i;

	if (state->is_blurred)
		return;
	/* Twice the same, or perhaps the same: how often is not said. */
	for (i = 0; note.low && note.high && i < state->holding_count; i++)
		if (!constraint_set_is_at_least(engine->solver, &d->constraints, note.low,
						state->holdings[i].high) &&
		    !constraint_set_is_at_least(engine->solver, &d->constraints,
						state->holdings[i].low, note.high))
			note.low = NULL;
	if (note.low && note.high && last && last->kind == kind && last->high == note.low) {
		last->high = note.high;
	} else if (note.low && note.high && last && last->kind == kind &&
		   last->low == note.high) {
		last->low = note.low;
	} else if (!note.low || !note.high || state->holding_count == HOLDING_LIMIT) {
		state->is_blurred = true;
		state->holding_count = 0;
	} else {
		state->holdings[state->holding_count++] = note;
	}
}

void summary_note_release(struct engine *engine, struct disjunct *d,
			  const struct reference *reference, const struct release *how)
{
	const struct region_state *state = disjunct_region(d, reference->region);
	struct reference what = *reference;
	uint32_t about = NOTE_ELEMENTS;
	symbol_id page;

	if (!engine->summary || !engine_is_outside(engine, d, reference->region))
		return;
	/* Of what this function took itself the holdings tell. */
	if (state && (state->kinds || state->holding_count || state->is_blurred))
		return;
	page = reference->page ? linear_as_symbol(reference->page) : 0;
	if (page && reference->region == region_pointee(engine->terms, page))
		about = NOTE_PAGE;
	if (how->is_transfer)
		about |= SHADOW_TRANSFER;
	if (how->skips_null)
		about |= SHADOW_SKIPS;
	if (how->is_run)
		what.low = NULL;
	add_note(engine, d, shadow(engine, reference->region, about), &what, how->kind);
}

void summary_note_free(struct engine *engine, struct disjunct *d, const struct region *region)
{
	struct reference all = {
		.low = linear_constant(engine->terms, 0),
		.high = linear_constant(engine->terms, 1),
	};

	if (engine->summary && engine_is_outside(engine, d, region))
		add_note(engine, d, shadow(engine, region, NOTE_FREED), &all,
			 CONTRACT_KIND_NONE);
}

/* -------------------------------------------------------------------- printing */

static bool takes_pointer(const struct ir_function *f, unsigned parameter)
{
	const struct ir_type *type = &f->parameter_types[parameter];

	return type->type_class == IR_TYPE_POINTER || type->bits == 64;
}

/* Does CONTRACT tell where the parameter is stored? */
static bool says_stored(const struct contract *contract, unsigned parameter)
{
	unsigned i;

	for (i = 0; i < contract->effect_count; i++) {
		const struct contract_effect *e = &contract->effects[i];

		if (e->verb == CONTRACT_STORES && e->value.root == CONTRACT_PARAMETER &&
		    e->value.parameter == parameter)
			return true;
	}
	return false;
}

/* Did a parameter that may carry a reference get to somebody unknown? */
static bool is_open(const struct ir_function *f, const struct contract *contract,
		    const struct function_effect *effect)
{
	unsigned i;

	for (i = 0; i < f->parameter_count; i++) {
		uint64_t bit = (uint64_t)1 << (i < 63 ? i : 63);

		if (takes_pointer(f, i) &&
		    (effect->escaping & bit ||
		     (effect->stored & bit && !says_stored(contract, i))))
			return true;
	}
	return false;
}

void summary_table_print(FILE *out, const struct summary_table *table,
			 const struct contract_set *contracts)
{
	unsigned i;

	for (i = 0; i < table->unit->function_count; i++) {
		const struct ir_function *f = table->unit->functions[i];
		struct contract contract;

		if (!f || !table->items[i].contract)
			continue;
		contract = *table->items[i].contract;
		if (is_open(f, &contract, &table->items[i].effect)) {
			contract.flags |= CONTRACT_UNKNOWN;
			contract.flags &= (uint16_t)~CONTRACT_NEUTRAL;
		}
		if (f->is_inline_in_header && contract.flags & CONTRACT_NEUTRAL)
			continue;
		contract_print(out, contracts, &contract);
	}
}
