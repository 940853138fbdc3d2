// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * How many pages are in a cell, by the numbers that are kept beside it.
 *
 *	umem->pages = pages;		when this function returns, pages[0 .. pinned)
 *	umem->npages = pinned;		is held: the cell umem.pages[*] has `.npages'
 *
 * Another function that gives back umem->pages[0 .. umem->npages + 1) gives back one
 * too many, if the functions that fill the cell agree.  A number is told by the record
 * that the array belongs to, so that it is the same in all functions: a field of that
 * record, be it of a record inside it, or what is computed from one.  It is looked at where
 * a function returns, and where somebody unknown gets at the record, who may change all
 * that is in it; then for numbers that are stored at one place of the unit only.
 *
 * May miss: counts that are kept in another record, that are computed from several
 * numbers, or that only the caller knows.
 */
#include <string.h>

#include "cell-table.h"
#include "declared.h"
#include "interval.h"

#define DESCRIPTION_DEPTH	3

const struct region *cell_record_of(const struct engine *engine, const struct disjunct *d,
				    const struct region *region)
{
	const struct symbol *s;
	unsigned i;

	if (region->kind == REGION_FIELD)
		return region->parent;
	if (region->kind != REGION_POINTEE)
		return NULL;
	s = symbol_get(engine->terms, region->symbol);
	while (s->kind == SYMBOL_PREVIOUS)
		s = symbol_get(engine->terms, s->base);
	if (s->kind == SYMBOL_LOADED)
		return s->region->kind == REGION_FIELD ? s->region->parent : NULL;
	for (i = 0; i < d->memory_count; i++)
		if (linear_as_symbol(d->memory[i].value) == region->symbol &&
		    d->memory[i].region->kind == REGION_FIELD)
			return d->memory[i].region->parent;
	return NULL;
}

static const char *describe(struct engine *engine, const struct linear *a,
			    const struct region *record, unsigned depth, ir_integer *constant);

/* The way from RECORD to the field REGION in it, `base.size'; NULL: it is not in there. */
static const char *describe_field(struct engine *engine, const struct region *region,
				  const struct region *record)
{
	const char *text = NULL;

	for (; region && region->kind == REGION_FIELD; region = region->parent) {
		text = text ? arena_printf(engine->arena, "%s.%s", region->field, text) :
			      region->field;
		if (region->parent == record)
			return text;
	}
	return NULL;
}

static const char *describe_symbol(struct engine *engine, const struct symbol *s,
				   const struct region *record, unsigned depth)
{
	ir_integer plus = 0, ignored = 0;
	const char *left, *right = "";

	if (s->kind == SYMBOL_LOADED && linear_is_constant(s->offset) && !s->offset->constant)
		return describe_field(engine, s->region, record);
	if (s->kind != SYMBOL_OPERATION || !depth || !s->left)
		return NULL;
	left = describe(engine, s->left, record, depth - 1, &plus);
	if (s->right && linear_is_constant(s->right))
		right = arena_printf(engine->arena, "%lld", (long long)s->right->constant);
	else if (s->right)
		right = describe(engine, s->right, record, depth - 1, &ignored);
	if (!left || !right || ignored)
		return NULL;
	return arena_printf(engine->arena, "%u.%u(%s + %lld, %s)", s->operation, s->extra,
			    left, (long long)plus, right);
}

/* A without *CONSTANT in words that do not depend on the function; NULL if there are none. */
static const char *describe(struct engine *engine, const struct linear *a,
			    const struct region *record, unsigned depth, ir_integer *constant)
{
	const struct symbol *s;
	const char *text;

	*constant = a->constant;
	if (a->count != 1)
		return NULL;
	s = symbol_get(engine->terms, a->terms[0].symbol);
	text = describe_symbol(engine, s, record, depth);
	if (!text || a->terms[0].coefficient == 1)
		return text;
	return arena_printf(engine->arena, "%lld %s", (long long)a->terms[0].coefficient, text);
}

/* ------------------------------------------------------------- what is put there */

struct counts {
	unsigned count;
	struct cell_count items[CELL_COUNTS];
};

static void add_count(struct engine *engine, struct counts *counts, const char *text,
		      ir_integer constant)
{
	unsigned i;

	if (!text || counts->count == CELL_COUNTS)
		return;
	text = intern(engine->unit->strings, text);
	for (i = 0; i < counts->count; i++)
		if (counts->items[i].text == text && counts->items[i].constant == constant)
			return;
	counts->items[counts->count].text = text;
	counts->items[counts->count++].constant = constant;
}

/* The number that HIGH is, or is computed from. */
static const struct symbol *root_of(const struct engine *engine, const struct linear *high)
{
	const struct symbol *s = symbol_get(engine->terms, high->terms[0].symbol);

	while (s->kind == SYMBOL_OPERATION && s->left->count == 1)
		s = symbol_get(engine->terms, s->left->terms[0].symbol);
	return s;
}

/* Is the start of the description TEXT what RECORD has in its field still? */
static bool was_not_stored(const struct disjunct *d, const struct linear *high,
			   const struct engine *engine)
{
	const struct symbol *s = root_of(engine, high);

	return s->kind != SYMBOL_LOADED || !disjunct_memory(d, s->region, s->offset);
}

static void add_computed(struct engine *engine, const struct disjunct *d,
			 const struct region *record, const struct linear *high,
			 struct counts *counts)
{
	ir_integer constant;
	const char *text = high ? describe(engine, high, record, DESCRIPTION_DEPTH, &constant) :
				  NULL;

	if (text && was_not_stored(d, high, engine))
		add_count(engine, counts, text, constant);
}

/* What the path has found HIGH to be equal to. */
static void add_equals(struct engine *engine, const struct disjunct *d,
		       const struct region *record, const struct linear *high,
		       struct counts *counts)
{
	symbol_id symbol = high->count && high->terms[0].coefficient == 1 ?
		high->terms[0].symbol : 0;
	unsigned i;

	for (i = 0; symbol && i < d->constraints.count; i++) {
		const struct constraint *c = &d->constraints.items[i];
		ir_integer factor = linear_coefficient(c->linear, symbol);
		const struct linear *other;

		if (c->relation == CONSTRAINT_NOT_ZERO || (factor != 1 && factor != -1))
			continue;
		other = linear_subtract(engine->terms, high,
					linear_scale(engine->terms, c->linear, factor));
		/* A loop that went on until there were enough. */
		if (other && (c->relation == CONSTRAINT_ZERO ||
			      (at_least(engine, d, high, other) &&
			       at_least(engine, d, other, high))))
			add_computed(engine, d, record, other, counts);
	}
}

/* How many stores of FUNCTION give a field like REGION a number that is no constant? */
static unsigned stores_in(const struct ir_function *function, const struct region *region)
{
	unsigned count = 0;
	ir_value v;

	for (v = 1; function && v < function->value_count; v++) {
		const struct ir_instruction *i = &function->instructions[v];

		count += i->op == IR_STORE &&
			 ir_place_ends_in(i->u.place, region->record, region->field) &&
			 function->instructions[i->operands[0]].op != IR_CONSTANT;
	}
	return count;
}

/* The same of the unit. */
static unsigned stores_of(const struct ir_unit *unit, const struct region *region)
{
	unsigned count = 0, f;

	for (f = 0; f < unit->function_count; f++)
		count += stores_in(unit->functions[f], region);
	return count;
}

/* What in RECORD, or computed from it, is HIGH? */
static void find_counts(struct engine *engine, const struct disjunct *d,
			const struct region *record, const struct linear *high,
			bool is_passing, struct counts *counts)
{
	unsigned i;

	if (!is_passing) {
		add_computed(engine, d, record, high, counts);
		add_equals(engine, d, record, high, counts);
	}
	for (i = 0; i < d->memory_count; i++) {
		const struct memory_entry *e = &d->memory[i];
		const char *text = describe_field(engine, e->region, record);
		const struct linear *rest;
		ir_integer constant = 0;

		if (!text || linear_is_constant(e->value) || !linear_is_constant(e->offset) ||
		    e->offset->constant)
			continue;
		rest = linear_subtract(engine->terms, high, e->value);
		if (rest && linear_is_constant(rest))
			constant = rest->constant;
		else if (!at_least(engine, d, high, e->value) ||
			 !at_least(engine, d, e->value, high))
			continue;
		if (!is_passing || stores_of(engine->unit, e->region) <= 1)
			add_count(engine, counts, text, constant);
	}
}

static void restrict_counts(struct cell *cell, const struct counts *counts)
{
	unsigned i, j, kept = 0;

	if (!cell->is_counted) {
		cell->is_counted = true;
		cell->count_count = counts->count;
		memcpy(cell->counts, counts->items, sizeof(cell->counts));
		return;
	}
	for (i = 0; i < cell->count_count; i++)
		for (j = 0; j < counts->count; j++)
			if (cell->counts[i].text == counts->items[j].text &&
			    cell->counts[i].constant == counts->items[j].constant) {
				cell->counts[kept++] = cell->counts[i];
				break;
			}
	cell->count_count = kept;
}

/* All that STATE holds, or may hold, is pages[0 .. high): high; NULL: it is not known. */
static const struct linear *filled_up_to(const struct region_state *state)
{
	const struct holding *h = state->holdings;

	if (state->is_blurred)
		return state->handed_high && !linear_is_constant(state->handed_high) &&
		       linear_is_constant(state->handed_low) &&
		       !state->handed_low->constant ?
			state->handed_high : NULL;
	return !state->is_page && state->holding_count == 1 && linear_is_constant(h->low) &&
	       !h->low->constant && !linear_is_constant(h->high) ? h->high : NULL;
}

/* The acquires of the pages [0 .. HIGH) in STATE: were all told of by their own function? */
static bool is_told(struct engine *engine, const struct region_state *state,
		    const struct linear *high)
{
	const struct cell_origin *origin;
	symbol_id id = linear_as_symbol(high);
	bool found = false;
	unsigned k;

	/* None was put behind those that one call has taken. */
	if (!id || symbol_get(engine->terms, id)->kind != SYMBOL_RESULT)
		return false;
	for (k = 0; k < CONTRACT_KIND_LIMIT; k++) {
		origin = cell_origin_of(engine->cells, state->provenance[k]);
		if (origin && !origin->is_counted)
			return false;
		found |= origin != NULL;
	}
	return found;
}

static bool is_counted_by(const struct cell *cell, const struct region *field)
{
	unsigned k;

	for (k = 0; k < cell->count_count; k++)
		if (field->kind == REGION_FIELD && strstr(cell->counts[k].text, field->field))
			return true;
	return false;
}

/* Has one of the functions that took the pages of STATE the INDEX? */
static bool is_taker(const struct region_state *state, uint32_t index)
{
	const struct event *event;
	unsigned k;

	for (k = 0; k < CONTRACT_KIND_LIMIT; k++) {
		event = state->provenance[k];
		while (event && event->kind != EVENT_ACQUIRE)
			event = event->previous;
		if (event && event->function == index)
			return true;
	}
	return false;
}

/*
 * Does the root itself store a number in RECORD by which the pages of CELLS are counted?  Or may
 * it, by another function than those that took STATE's pages, and have told of them?
 */
static bool stores_counts(const struct engine *engine, const struct disjunct *d,
			  const struct region_state *state, const struct region *record,
			  struct cell *const *cells, unsigned count)
{
	unsigned i, c, f;

	for (i = 0; i < d->memory_count; i++)
		for (c = 0; c < count; c++) {
			const struct region *field = d->memory[i].region;

			if (region_base(field) != region_base(record) ||
			    !is_counted_by(cells[c], field))
				continue;
			for (f = 0; f < engine->unit->function_count; f++)
				if (!is_taker(state, f) &&
				    stores_in(engine->unit->functions[f], field))
					return true;
		}
	return false;
}

static void set_counted(struct engine *engine, const struct region_state *state, bool is_counted)
{
	const struct event *event;
	unsigned k;

	for (k = 0; k < CONTRACT_KIND_LIMIT; k++) {
		struct cell_origin *origin = cell_origin_of(engine->cells, state->provenance[k]);

		if (!origin)
			continue;
		origin->is_uncounted = !is_counted;
		for (event = state->provenance[k]; event->kind != EVENT_ACQUIRE;)
			event = event->previous;
		origin->is_counted |= is_counted && event->function == engine->root->index;
	}
}

/*
 * How many pages of STATE are there, by the record they are in?  A function that leaves
 * that to its callers is followed from all of them, and what it has told itself they need
 * not tell again.
 */
static void note_filled(struct engine *engine, const struct disjunct *d,
			const struct region_state *state, bool is_passing)
{
	const struct linear *high = filled_up_to(state);
	const struct region *record = high ? cell_record_of(engine, d, state->region) : NULL;
	struct cell *cells[CELL_NAMES];
	struct counts counts = { 0 };
	unsigned count = record ? cell_get_all(engine, d, state->region, cells) : 0, i;

	if (!count)
		return;
	find_counts(engine, d, record, high, is_passing, &counts);
	for (i = 0; i < count; i++)
		cells[i]->is_counted_before |= is_passing || !counts.count;
	if (!counts.count && (is_passing || is_told(engine, state, high)) &&
	    !stores_counts(engine, d, state, record, cells, count))
		return;
	if (counts.count || cell_is_seen_from_callers(engine))
		set_counted(engine, state, counts.count != 0);
	for (i = 0; i < count; i++)
		if (counts.count || !cell_is_seen_from_callers(engine))
			restrict_counts(cells[i], &counts);
}

void cell_note_exit(struct engine *engine, const struct disjunct *d)
{
	unsigned r;

	for (r = 0; r < d->region_count; r++)
		note_filled(engine, d, d->regions[r], false);
}

void cell_note_handed(struct engine *engine, const struct disjunct *d,
		      const struct region_state *state)
{
	if (state->holding_count)
		note_filled(engine, d, state, true);
}

/* ------------------------------------------------------------ what is given back */

/* A loop goes over X as long as X < bound: the least such bound; NULL if there is none. */
static const struct linear *bound_of(struct engine *engine, const struct disjunct *d,
				     symbol_id x)
{
	const struct linear *bound = NULL, *at = linear_symbol(engine->terms, x);
	unsigned i;

	for (i = 0; i < d->constraints.count; i++) {
		const struct constraint *c = &d->constraints.items[i];
		const struct linear *limit;

		if (!linear_coefficient(c->linear, x))
			continue;
		if (c->relation != CONSTRAINT_AT_LEAST_ZERO)
			return NULL;	/* some rounds are not like others */
		if (linear_coefficient(c->linear, x) != -1)
			continue;
		limit = linear_add(engine->terms, c->linear, at);
		if (!limit || linear_is_constant(limit))
			continue;
		if (bound && !at_least(engine, d, limit, bound))
			return NULL;
		bound = linear_add_constant(engine->terms, limit, 1);
	}
	return bound;
}

static bool is_tested(const struct disjunct *d, const struct linear *page)
{
	symbol_id symbol = page ? linear_as_symbol(page) : 0;
	unsigned i;

	for (i = 0; symbol && i < d->constraints.count; i++)
		if (linear_coefficient(d->constraints.items[i].linear, symbol))
			return true;
	return false;
}

/* How far does the release go, once the loop it is in has ended? */
static const struct linear *end_of_release(struct engine *engine, const struct disjunct *d,
					   const struct reference *reference)
{
	const struct linear *bound;
	symbol_id x;

	if (!reference->page)
		return reference->high;
	if (reference->low->count != 1 || reference->low->terms[0].coefficient != 1 ||
	    !verdict_starts_in_a_loop(engine, reference->low) || is_tested(d, reference->page))
		return NULL;
	x = reference->low->terms[0].symbol;
	bound = bound_of(engine, d, x);
	return bound ? linear_add_constant(engine->terms, bound, reference->low->constant) : NULL;
}

/* Is that by which pages are counted what is in its field, and was not counted on? */
static bool is_current(const struct engine *engine, const struct disjunct *d,
		       const struct linear *high)
{
	const struct symbol *s = root_of(engine, high);

	return s->kind != SYMBOL_LOADED || engine_is_content(d, s);
}

void cell_note_count(struct engine *engine, const struct frame *frame, const struct disjunct *d,
		     const struct reference *reference, const struct release *how)
{
	const struct region *record = cell_record_of(engine, d, reference->region);
	const struct linear *high;
	struct cell_claim *claim;
	ir_integer constant;
	const char *text;

	if (!reference->low || !reference->high)
		return;
	high = end_of_release(engine, d, reference);
	if (promise_exceeded(engine, frame, d, reference->region, high, how) || !record)
		return;
	text = high ? describe(engine, high, record, DESCRIPTION_DEPTH, &constant) : NULL;
	if (!text || constant <= 0 || !is_current(engine, d, high))
		return;
	claim = cell_claim_new(engine, frame, d, reference->region, how, CLAIM_EXCESS);
	if (!claim)
		return;
	claim->count.text = intern(engine->unit->strings, text);
	claim->count.constant = constant;
	claim->is_from_start = reference->page ||
		(linear_is_constant(reference->low) && !reference->low->constant);
}
