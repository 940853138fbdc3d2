// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Leaks through a cell: what nobody gives back.
 *
 *	static int fill(struct umem *umem)	{ ... pin_user_pages(..., umem->pages) ... }
 *	static void drop(struct umem *umem)	{ kvfree(umem->pages); kfree(umem); }
 *
 * If the record is private to the unit, all who can get at its pages are in the unit.
 * When none of them gives back, hands on, returns or copies a page that it finds there,
 * and one of them frees what names the pages, they are lost.
 *
 * A driver of several files has its records in a header beside them, and another file may
 * give the pages back, but hardly without the array that was made for them.  So for pages
 * of the first kind it is enough if their array is allocated where they are taken, and
 * freed where neither that function, nor who calls it, nor whom these call, calls into
 * another file of the directory or through a pointer.
 *
 * The pages of one acquire may be in several cells, and one of them is enough to give
 * them back; so what is asked is asked of all cells with pages of that acquire, its
 * origin.  A release that is of no cell and no known pages may be of any.
 */
#include <string.h>

#include "cell-table.h"
#include "story.h"
#include "term-table.h"

/* What the cells keep of an acquire, by its location. */
struct cell_origin *cell_origin_at(struct cell_table *table, ir_location location)
{
	struct cell_origin *origin;

	for (origin = table->origins; origin; origin = origin->next)
		if (origin->location == location)
			return origin;
	origin = ARENA_NEW(table->unit->arena, struct cell_origin);
	origin->location = location;
	origin->next = table->origins;
	table->origins = origin;
	return origin;
}

bool cell_follows_pages(const struct engine *engine)
{
	return engine->plan->has_own_records || engine->cells->has_objects ||
	       engine->cells->follows_all;
}

struct cell_origin *cell_origin_of(struct cell_table *table, const struct event *event)
{
	while (event && event->kind != EVENT_ACQUIRE)
		event = event->previous;
	return event ? cell_origin_at(table, event->location) : NULL;
}

void cell_add_origins(struct cell_table *table, struct cell *cell,
		      const struct kind_knowledge *knowledge)
{
	struct cell_origin *origin;
	unsigned k, i;

	for (k = 0; k < CONTRACT_KIND_LIMIT; k++) {
		origin = cell_origin_of(table, knowledge->provenance[k]);
		if (!origin)
			continue;
		origin->kinds |= (uint8_t)(1u << k);
		if (!origin->event || origin->event->kind == EVENT_ACQUIRE)
			origin->event = knowledge->provenance[k];
		for (i = 0; i < cell->origin_count && cell->origins[i] != origin; i++)
			;
		if (i == CELL_ORIGINS)
			cell->is_taken = cell->is_handed_on = cell->is_shown = true;
		else if (i == cell->origin_count)
			cell->origins[cell->origin_count++] = origin;
	}
}

void cell_lend_origins(struct cell_table *table, const struct kind_knowledge *knowledge)
{
	struct cell_origin *origin;
	unsigned k;

	for (k = 0; k < CONTRACT_KIND_LIMIT; k++) {
		origin = cell_origin_of(table, knowledge->provenance[k]);
		if (origin)
			origin->is_lost = true;
	}
}

static void lose_origins(struct cell_table *table, const struct kind_knowledge *knowledge,
			 bool is_harmless)
{
	struct cell_origin *origin;
	unsigned k;

	cell_lend_origins(table, knowledge);
	for (k = 0; k < CONTRACT_KIND_LIMIT; k++) {
		origin = cell_origin_of(table, knowledge->provenance[k]);
		if (!origin)
			continue;
		origin->is_astray = true;
		origin->is_unseen |= !is_harmless;
	}
}

void cell_lose_origins(struct cell_table *table, const struct kind_knowledge *knowledge)
{
	lose_origins(table, knowledge, knowledge->is_told);
}

/* How pages, or a value that they can be found by, went somewhere. */
struct loss {
	bool is_lent;		/* to where cells tell of them */
	bool is_followed;	/* ... by a name that all functions have for it */
	/* As a number, or by a function that is known not to: nobody dirties them for that. */
	bool is_harmless;
};

static void take_cells(struct engine *engine, const struct disjunct *d,
		       const struct region *region, struct loss loss)
{
	struct cell *cells[CELL_NAMES];
	unsigned count = cell_get_all(engine, d, region, cells), i;

	if (!count)
		count = cell_get_object(engine, d, region, cells);
	for (i = 0; i < count; i++) {
		cells[i]->is_taken = cells[i]->is_handed_on = true;
		cells[i]->is_shown |= !loss.is_lent && !loss.is_harmless;
	}
}

static void lose_state(struct engine *engine, const struct disjunct *d,
		       const struct region *region, struct loss loss)
{
	const struct region_state *state = disjunct_region(d, region);
	struct kind_knowledge knowledge = { 0 };

	if (!state || !state->kinds)
		return;
	memcpy(knowledge.provenance, state->provenance, sizeof(knowledge.provenance));
	if (loss.is_followed)
		return;
	if (loss.is_lent)
		cell_lend_origins(engine->cells, &knowledge);
	else
		lose_origins(engine->cells, &knowledge, loss.is_harmless);
}

static void lose_symbol(struct engine *engine, const struct disjunct *d, symbol_id id,
			struct loss loss, unsigned depth)
{
	const struct symbol *s = symbol_get(engine->terms, id);
	unsigned i;

	while (s->kind == SYMBOL_PREVIOUS)
		s = symbol_get(engine->terms, s->base);
	lose_state(engine, d, region_pointee(engine->terms, id), loss);
	if (s->kind == SYMBOL_LOADED) {
		lose_state(engine, d, s->region, loss);
		if (ir_type_is_of_pages(&s->type)) {
			take_cells(engine, d, s->region, loss);
			take_cells(engine, d, region_pointee(engine->terms, s->id), loss);
		}
	} else if (s->kind == SYMBOL_MERGED && ir_type_is_of_pages(&s->type)) {
		engine->cells->is_unclear = true;
	} else if (s->kind == SYMBOL_ADDRESS && s->region->kind == REGION_FIELD &&
		   plan_is_own_record(engine->plan, engine->unit, s->region->record)) {
		take_cells(engine, d, s->region, loss);
	} else if (s->kind == SYMBOL_OPERATION && depth) {
		loss.is_harmless = true;
		for (i = 0; s->left && i < s->left->count; i++)
			lose_symbol(engine, d, s->left->terms[i].symbol, loss, depth - 1);
		for (i = 0; s->right && i < s->right->count; i++)
			lose_symbol(engine, d, s->right->terms[i].symbol, loss, depth - 1);
	}
}

static void lose(struct engine *engine, const struct disjunct *d, const struct linear *value,
		 struct loss loss)
{
	unsigned i;

	if (!cell_follows_pages(engine))
		return;
	cell_note_shared(engine, d, value);
	for (i = 0; value && i < value->count; i++)
		lose_symbol(engine, d, value->terms[i].symbol, loss, 3);
}

void cell_note_lost(struct engine *engine, const struct disjunct *d, const struct linear *value)
{
	struct loss loss = { 0 };

	lose(engine, d, value, loss);
}

void cell_note_kept(struct engine *engine, const struct disjunct *d, const struct linear *value)
{
	struct loss loss = { .is_harmless = true };

	lose(engine, d, value, loss);
}

void cell_note_lent(struct engine *engine, const struct disjunct *d, const struct region *region,
		    const struct linear *value)
{
	struct cell *cells[CELL_NAMES];
	struct loss loss = { .is_lent = true,
			     .is_followed = cell_get_all(engine, d, region, cells) != 0 };

	lose(engine, d, value, loss);
}

void cell_note_moved(struct engine *engine, const struct disjunct *d, const struct region *region)
{
	struct loss nowhere = { 0 };

	if (!cell_follows_pages(engine))
		return;
	take_cells(engine, d, region, nowhere);
	lose_state(engine, d, region, nowhere);
}

void cell_note_stray_release(struct engine *engine, const struct region *region,
			     contract_kind kind)
{
	const struct region *base = region_base(region);
	const struct symbol *s = base->kind == REGION_POINTEE ?
		symbol_get(engine->terms, base->symbol) : NULL;

	/* Its callers give it what they have, and are followed. */
	if (s && s->kind == SYMBOL_PARAMETER && cell_is_seen_from_callers(engine))
		return;
	if (kind == CONTRACT_KIND_NONE)
		engine->cells->is_unclear = true;
	else
		engine->cells->stray_kinds |= (uint8_t)(1u << kind);
}

/* ------------------------------------------------------------------------ frees */

/* The tag of the record that REGION is, by a member that somebody named; NULL: unknown. */
static const char *tag_of(struct engine *engine, const struct region *region)
{
	const struct term_hash *regions = &engine->terms->regions;
	uint32_t i;

	for (i = 0; i < regions->size; i++) {
		const struct region *member = regions->slots[i];

		if (member && member->kind == REGION_FIELD && member->parent == region &&
		    *member->record)
			return member->record;
	}
	return NULL;
}

void cell_note_free(struct engine *engine, const struct frame *frame, const struct disjunct *d,
		    const struct region *region, ir_location location)
{
	struct cell_table *table = engine->cells;
	const struct region_state *state = disjunct_region(d, region);
	struct cell *cells[CELL_NAMES];
	struct cell_free *f;
	unsigned count, i;

	if (!engine->plan->has_own_records || (state && state->is_allocated))
		return;
	while (frame->caller && frame->function->is_inline_in_header) {
		location = frame->caller->function->instructions[frame->call].location;
		frame = frame->caller;
	}
	f = ARENA_NEW(table->unit->arena, struct cell_free);
	f->location = location;
	f->function = frame->function->index;
	f->root = engine->root->index;
	f->record = tag_of(engine, region);
	f->next = table->frees;
	table->frees = f;
	count = cell_get_all(engine, d, region, cells);
	for (i = 0; i < count; i++)
		if (!cells[i]->freed)
			cells[i]->freed = f;
}

/* ---------------------------------------------------------------------- judging */

bool cell_split_name(const struct cell_table *table, const struct cell *cell,
		     const char **record, const char **field)
{
	const char *dot = strchr(cell->name, '.'), *end = strchr(cell->name, '[');
	char *text;

	if (!dot || strchr(dot + 1, '.') || (end && end < dot) || (end && end[3]))
		return false;
	text = arena_strdup(table->unit->arena, cell->name);
	text[dot - cell->name] = 0;
	if (end)
		text[end - cell->name] = 0;
	*record = intern(table->unit->strings, text);
	*field = intern(table->unit->strings, text + (dot - cell->name) + 1);
	return true;
}

/* The record that CELL's name starts with; NULL: it is none. */
static const char *owner_of(const struct cell_table *table, const struct cell *cell)
{
	size_t length = strcspn(cell->name, ".[");

	return cell->name[length] != '.' ? NULL :
		intern(table->unit->strings, arena_printf(table->unit->arena, "%.*s", (int)length,
							  cell->name));
}

static bool names_field(const struct ir_place *place, const char *record, const char *field)
{
	unsigned i;

	for (i = 0; place && i < place->step_count; i++)
		if (place->steps[i].kind == IR_STEP_FIELD && place->steps[i].record == record &&
		    place->steps[i].field == field)
			return true;
	return false;
}

static bool uses_field(const struct ir_function *function, const char *record, const char *field)
{
	ir_value v;

	for (v = 1; v < function->value_count; v++) {
		const struct ir_instruction *i = &function->instructions[v];

		switch (i->op) {
		case IR_ADDRESS:
		case IR_LOAD:
		case IR_STORE:
		case IR_COPY_MEMORY:
			if (names_field(i->u.place, record, field) ||
			    names_field(i->source, record, field))
				return true;
			break;
		default:
			break;
		}
	}
	return false;
}

bool cell_is_all_seen(const struct cell_table *table, const struct plan *plan,
		      const char *record, const char *field)
{
	unsigned i;

	for (i = 0; i < table->unit->function_count; i++) {
		const struct ir_function *f = table->unit->functions[i];

		if (f && f->block_count && uses_field(f, record, field) &&
		    (!plan->matters[i] || !plan->effects[i].is_known))
			return false;
	}
	return true;
}

/* Is nothing taken out of CELL, by anybody who can get at it? */
static bool is_left_alone(const struct cell_table *table, const struct cell *cell,
			  const struct plan *plan)
{
	const struct cell *tail = cell->tail ? cell->tail : cell;
	const char *record, *field;

	if (cell->is_taken || tail->is_taken)
		return false;
	if (cell_is_unread(table, cell))
		return true;
	if (!cell_split_name(table, tail, &record, &field))
		return cell_is_hidden(table, cell, plan) &&
		       (tail == cell || cell_is_hidden(table, tail, plan));
	return plan_is_own_record(plan, table->unit, record) &&
	       !contract_set_is_container(table->contracts, record) &&
	       cell_is_all_seen(table, plan, record, field);
}

static bool has_origin(const struct cell *cell, const struct cell_origin *origin)
{
	unsigned i;

	for (i = 0; i < cell->origin_count; i++)
		if (cell->origins[i] == origin)
			return true;
	return false;
}

/* Or are ORIGIN's pages given back by who has taken them, and no references in cells? */
static bool is_kept(const struct cell_origin *origin)
{
	return origin->is_kept || (origin->is_blurred && !origin->is_returned);
}

/* Wherever pages of CELL are: is nothing taken out of it? */
static bool is_never_taken(const struct cell_table *table, const struct cell *cell,
			   const struct plan *plan)
{
	const struct cell *other;
	unsigned i;

	for (i = 0; i < cell->origin_count; i++) {
		if (cell->origins[i]->is_lost || !is_kept(cell->origins[i]))
			return false;
		for (other = table->first; other; other = other->next)
			if (has_origin(other, cell->origins[i]) &&
			    !is_left_alone(table, other, plan))
				return false;
	}
	return cell->origin_count != 0;
}

/* Where what names the pages of CELL, in RECORD, is freed; NULL: nowhere. */
static const struct cell_free *freed_at(const struct cell_table *table, const struct cell *cell,
					const char *record)
{
	const struct cell_free *f, *found = cell->freed;

	for (f = table->frees; f && !found; f = f->next)
		if (f->record == record)
			found = f;
	return found;
}

/* The same of a record that files beside this one see into, which nobody asks. */
static const struct cell_free *freed_alone(const struct cell_table *table,
					   const struct cell *cell)
{
	const struct cell_free *f = cell->freed;

	return f && cell->kinds == 1 && !cell->is_reused &&
	       !table->unit->functions[f->root]->is_asking ? f : NULL;
}

static void report_leak(struct cell_table *table, const struct cell *cell, unsigned kind,
			const struct cell_free *freed, const struct analysis_options *options,
			struct finding_list *findings)
{
	struct arena *arena = table->unit->arena;
	struct engine engine = { .unit = table->unit, .options = options, .findings = findings };
	struct frame frame = { .function = table->unit->functions[freed->function] };
	const struct contract_kind_info *info = contract_set_kind(table->contracts,
								  (contract_kind)kind);
	struct story story;

	story_begin(&story, &engine);
	story_add_chain(&story, cell->provenance[kind]);
	story_end(&story, &frame, freed->location,
		  "freed here, and with it all that tells which pages are held");
	story_report(&story, FINDING_LEAK, &frame, freed->location, cell->origins[0]->location,
		     arena_printf(arena, "no function gives back the %s in '%s' before it is freed;"
				  " '%s' is missing", info->description, cell->name,
				  info->release),
		     NULL, NULL);
}

void cell_judge_leak(struct cell_table *table, const struct cell *cell, const struct plan *plan,
		     const struct analysis_options *options, struct finding_list *findings)
{
	const struct cell_free *freed;
	const char *record = owner_of(table, cell);
	unsigned kind = 0;

	if (!cell->is_held || cell->is_foreign || cell->is_shared || !cell->kinds ||
	    cell->kinds & (cell->kinds - 1) || cell->kinds & table->stray_kinds ||
	    table->is_unclear || !record || !plan_is_own_record(plan, table->unit, record))
		return;
	freed = ir_unit_is_private_record(table->unit, record) ? freed_at(table, cell, record) :
								 freed_alone(table, cell);
	if (!freed || !is_never_taken(table, cell, plan))
		return;
	while (!(cell->kinds >> kind & 1))
		kind++;
	report_leak(table, cell, kind, freed, options, findings);
}
