// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Pages that are taken to be written to, and that nobody marks dirty.
 *
 *	pin_user_pages_fast(addr, 1, FOLL_WRITE, &page);
 *	batch->pages[batch->nr++] = page;
 *	...
 *	unpin_user_pages(batch->pages, batch->nr);	what was written may be lost
 *
 * Pages that are given back after a failure need not be dirty, and no analysis can
 * tell what a device has written.  So it is a fault only if nobody ever dirties the pages
 * of an acquire: they are given back clean wherever they are given back, go nowhere but into
 * records of the kernel's drivers, and all of the unit's functions that know those were
 * followed to their end.  That another unit dirties what this one takes and gives back
 * is not thought of.
 *
 * Off by default.  May miss: all where one way of giving back is dirty, or may be.
 */
#include <string.h>

#include "cell-table.h"
#include "story.h"

bool cell_follows_writes(const struct engine *engine)
{
	return analysis_follows_writes(engine->options);
}

/* ---------------------------------------------------------------------- noting */

void cell_note_write(struct engine *engine, ir_location location)
{
	cell_origin_at(engine->cells, location)->is_written = true;
}

void cell_note_acquire(struct engine *engine, const struct region_state *before,
		       const struct event *event, contract_kind kind)
{
	struct cell_origin *origin;

	if (!cell_follows_writes(engine))
		return;
	origin = cell_origin_of(engine->cells, event);
	if (origin && !origin->acquired)
		origin->acquired = event;
	/* Two acquires in one array: the array remembers the later one alone. */
	if (before && before->kinds >> kind & 1 &&
	    (before->holding_count || before->is_blurred))
		cell_note_confused(engine, before->provenance[kind], event);
}

void cell_note_confused(struct engine *engine, const struct event *a, const struct event *b)
{
	struct cell_origin *x, *y;

	if (!cell_follows_writes(engine) || a == b || !a || !b)
		return;
	x = cell_origin_of(engine->cells, a);
	y = cell_origin_of(engine->cells, b);
	if (x && y && x != y)
		x->is_unseen = y->is_unseen = true;
}

static void dirty_origin(struct engine *engine, const struct event *event,
			 const struct event *mark)
{
	struct cell_origin *origin = cell_origin_of(engine->cells, event);

	if (origin && !origin->dirtied)
		origin->dirtied = mark;
}

static void dirty_state(struct engine *engine, const struct region_state *state,
			const struct event *mark)
{
	unsigned i;

	for (i = 0; state && i < CONTRACT_KIND_LIMIT; i++)
		dirty_origin(engine, state->provenance[i], mark);
	for (i = 0; state && i < state->holding_count; i++)
		dirty_origin(engine, state->holdings[i].acquired, mark);
}

/* Is REGION what a caller has passed, who is followed himself? */
static bool is_from_followed_caller(const struct engine *engine, const struct region *region)
{
	const struct region *base = region_base(region);
	const struct symbol *s = base->kind == REGION_POINTEE ?
		symbol_get(engine->terms, base->symbol) : NULL;

	return s && s->kind == SYMBOL_PARAMETER && cell_is_seen_from_callers(engine);
}

void cell_note_dirty(struct engine *engine, const struct frame *frame,
		     const struct disjunct *d, const struct reference *reference,
		     ir_location location)
{
	symbol_id id = reference->page ? linear_as_symbol(reference->page) : 0;
	struct cell *cells[CELL_NAMES];
	const struct region *place = cell_resting_place(engine, d, reference);
	const struct event *mark = engine_event(engine, frame, NULL, EVENT_STORE, location,
						"marked dirty here");
	struct kind_knowledge knowledge;
	unsigned count, i;

	engine->effect.is_open = true;
	reference_kinds(engine, d, reference, &knowledge);
	for (i = 0; i < CONTRACT_KIND_LIMIT; i++)
		dirty_origin(engine, knowledge.provenance[i], mark);
	dirty_state(engine, disjunct_region(d, reference->region), mark);
	if (id)
		dirty_state(engine, disjunct_region(d, region_pointee(engine->terms, id)), mark);
	count = cell_get_all(engine, d, place, cells);
	if (!count)
		count = cell_get_object(engine, d, place, cells);
	for (i = 0; i < count; i++)
		if (!cells[i]->dirtied)
			cells[i]->dirtied = mark;
	if (!count && !knowledge.kinds && !is_from_followed_caller(engine, place))
		engine->cells->is_dirtied_anywhere = true;
}

void cell_note_dirty_somewhere(struct engine *engine)
{
	engine->effect.is_open = true;
	engine->cells->is_dirtied_anywhere = true;
}

void cell_note_use(struct engine *engine, const struct kind_knowledge *knowledge)
{
	struct cell_origin *origin;
	unsigned k;

	for (k = 0; k < CONTRACT_KIND_LIMIT; k++) {
		origin = cell_origin_of(engine->cells, knowledge->provenance[k]);
		if (origin)
			origin->is_used = true;
	}
}

void cell_note_passed(struct engine *engine, const struct disjunct *d,
		      const struct linear *value)
{
	struct kind_knowledge knowledge;

	if (!cell_follows_writes(engine) || linear_is_constant(value))
		return;
	page_kinds(engine, d, value, &knowledge);
	cell_note_use(engine, &knowledge);
}

void cell_note_clean(struct engine *engine, const struct frame *frame,
		     const struct kind_knowledge *knowledge, const struct release *how)
{
	struct cell_origin *origin;
	struct cell_clean *clean;

	if (!cell_follows_writes(engine) || how->kind == CONTRACT_KIND_NONE || how->is_transfer)
		return;
	origin = cell_origin_of(engine->cells, knowledge->provenance[how->kind]);
	if (!origin)
		return;
	for (clean = origin->cleans; clean; clean = clean->next)
		if (clean->location == how->location)
			return;
	clean = ARENA_NEW(engine->unit->arena, struct cell_clean);
	clean->location = how->location;
	clean->function = frame->function->index;
	clean->releaser = how->function;
	clean->what = how->text;
	clean->next = origin->cleans;
	origin->cleans = clean;
}

void cell_note_unfollowed(struct engine *engine, const struct ir_callee *callee)
{
	if (callee->function && engine->plan->acquires[callee->function - 1])
		engine->cells->is_unfollowed = true;
}

/* --------------------------------------------------------------------- judging */

static bool add_place(struct cell_places *places, const struct cell *cell)
{
	unsigned i;

	for (i = 0; i < places->count; i++)
		if (places->cells[i] == cell)
			return true;
	if (places->count == CELL_PLACES)
		return false;
	places->cells[places->count++] = cell;
	return true;
}

bool cell_find_places(const struct cell_table *table, const struct cell_origin *origin,
		      struct cell_places *places)
{
	const struct cell_source *source;
	const struct cell *cell;
	unsigned i, before;

	for (cell = table->first; cell; cell = cell->next)
		for (i = 0; i < cell->origin_count; i++)
			if (cell->origins[i] == origin && !add_place(places, cell))
				return false;
	do {
		before = places->count;
		for (cell = table->first; cell; cell = cell->next)
			for (source = cell->sources; source; source = source->next)
				for (i = 0; i < before; i++)
					if (places->cells[i] == source->from &&
					    !add_place(places, cell))
						return false;
	} while (places->count != before);
	return true;
}

/*
 * Is it seen what is done with CELL, and does nobody dirty it?  Another unit that knows the
 * record may, but leaves giving back to this one?  A function that a contract tells of,
 * which puts the pages into a table for a device, does not make them its own.
 */
static bool is_kept_clean(const struct cell_table *table, const struct cell *cell,
			  const struct plan *plan)
{
	const struct cell *tail = cell->tail ? cell->tail : cell;

	if (cell->dirtied || tail->dirtied)
		return false;
	return !cell->is_put ||
	       (!cell->is_shown && !tail->is_shown && !cell->root &&
		cell_is_in_record(table, tail, plan, false));
}

/*
 * Is AT a better place for the report than BEFORE?  Where pages are given back that another
 * function has taken it is no failure; otherwise it is rather the later one.
 */
static bool is_better(const struct cell_origin *origin, const struct cell_clean *at,
		      const struct cell_clean *before)
{
	bool is_elsewhere = at->function != origin->acquired->function;

	if (before && is_elsewhere != (before->function != origin->acquired->function))
		return is_elsewhere;
	return !before || at->location > before->location;
}

/* Where pages of ORIGIN, or of PLACES, are given back; NULL: nowhere. */
static const struct cell_clean *find_clean(const struct cell_table *table,
					   const struct cell_origin *origin,
					   const struct cell_places *places)
{
	const struct cell_release *release;
	const struct cell_clean *clean, *last = NULL;
	struct cell_clean *found;
	unsigned i, p;

	for (clean = origin->cleans; clean; clean = clean->next)
		if (is_better(origin, clean, last))
			last = clean;
	for (release = table->first_release; release; release = release->next)
		for (i = 0; i < release->cell_count; i++)
			for (p = 0; p < places->count; p++) {
				if (release->cells[i] != places->cells[p])
					continue;
				found = ARENA_NEW(table->unit->arena, struct cell_clean);
				found->location = release->location;
				found->function = release->function;
				found->releaser = release->releaser;
				found->what = release->what;
				if (is_better(origin, found, last))
					last = found;
			}
	return last;
}

static bool was_all_followed(const struct cell_table *table, const struct plan *plan)
{
	unsigned i;

	for (i = 0; i < table->unit->function_count; i++)
		if (table->unit->functions[i] && plan->matters[i] && !plan->effects[i].is_known)
			return false;
	return !table->is_unfollowed && !table->is_unclear && !table->is_dirtied_anywhere;
}

static void report_clean(struct cell_table *table, const struct cell_origin *origin,
			 const struct cell_clean *clean, const struct analysis_options *options,
			 struct finding_list *findings)
{
	struct arena *arena = table->unit->arena;
	struct engine engine = { .unit = table->unit, .options = options, .findings = findings };
	struct frame frame = { .function = table->unit->functions[clean->function] };
	struct story story;

	story_begin(&story, &engine);
	story_add_chain(&story, origin->event ? origin->event : origin->acquired);
	story_end(&story, &frame, clean->location, "given back here, and not marked dirty before");
	story_report(&story, FINDING_NOT_DIRTIED, &frame, clean->location, origin->location,
		     arena_printf(arena, "'%s' gives back '%s' clean, but they were taken to be "
				  "written to, and nobody marks them dirty", clean->releaser,
				  clean->what ? clean->what : "the pages"),
		     NULL, NULL);
}

void cell_judge_dirty(struct cell_table *table, const struct plan *plan,
		      const struct analysis_options *options, struct finding_list *findings)
{
	const struct cell_origin *origin;
	const struct cell_clean *clean;
	unsigned i;

	if (!options->enabled[FINDING_NOT_DIRTIED] || !was_all_followed(table, plan))
		return;
	for (origin = table->origins; origin; origin = origin->next) {
		struct cell_places places = { 0 };

		if (!origin->is_written || origin->dirtied || origin->is_unseen ||
		    !origin->acquired || !cell_find_places(table, origin, &places) ||
		    (!places.count && !origin->is_used))
			continue;
		for (i = 0; i < places.count; i++)
			if (!is_kept_clean(table, places.cells[i], plan))
				break;
		clean = i == places.count ? find_clean(table, origin, &places) : NULL;
		if (clean)
			report_clean(table, origin, clean, options, findings);
	}
}
