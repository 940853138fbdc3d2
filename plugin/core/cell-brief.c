// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * References that are not made for what is done with the pages.
 *
 *	n = pin_user_pages_fast(addr, obj->nr, FOLL_WRITE, obj->pages);
 *	...
 *	return 0;			pins that stay need FOLL_LONGTERM
 *
 *	n = get_user_pages_fast(addr, 1, FOLL_WRITE, &page);
 *	...
 *	set_page_dirty_lock(page);	what writes to user pages has to pin them
 *	put_page(page);
 *
 * The contract of the acquire says which of them its references are not for: `brief', they
 * must not outlive the call; `unwritable', they do not keep a file system from writing the
 * page back meanwhile (Documentation/core-api/pin_user_pages.rst).
 *
 * Outliving: a function that no other one of the unit calls returns, and the pages rest in
 * a record that is not its own; or another such function, which takes no pages, gives back
 * what it finds where they were put.  That the call is over by then is another question, see
 * cell-keep.c.  What goes into an array of the caller is the caller's.
 *
 * Off by default: a driver with an MMU notifier in another file lets go in time.
 */
#include <string.h>

#include "cell-table.h"
#include "story.h"

void cell_note_time(struct engine *engine, ir_location location, const char *acquirer,
		    bool is_brief)
{
	struct cell_origin *origin = cell_origin_at(engine->cells, location);

	origin->acquirer = acquirer;
	if (is_brief)
		origin->is_brief = true;
	else
		origin->is_lasting = true;
}

void cell_note_unwritable(struct engine *engine, ir_location location, const char *acquirer)
{
	struct cell_origin *origin = cell_origin_at(engine->cells, location);

	origin->acquirer = acquirer;
	origin->is_unwritable = true;
}

/* Is RECORD (or NULL) one that is there when the function has returned? */
static bool is_there_after(const struct engine *engine, const struct region *record)
{
	const struct region *base = record ? region_base(record) : NULL;

	return base && (base->kind != REGION_VARIABLE ||
			engine->unit->variables[base->variable].is_global);
}

/* Is VALUE a page that was found in the array REGION? */
static bool is_out_of(const struct engine *engine, const struct linear *value,
		      const struct region *region)
{
	symbol_id id = linear_as_symbol(value);
	const struct symbol *s = id ? symbol_get(engine->terms, id) : NULL;

	return s && s->kind == SYMBOL_LOADED && s->region == region;
}

/* Where in a record that outlives the function pages of STATE rest; NULL: in none. */
static const struct region *resting_place(const struct engine *engine, const struct disjunct *d,
					  const struct region_state *state)
{
	unsigned i;

	if (is_there_after(engine, cell_record_of(engine, d, state->region)))
		return state->region;
	for (i = 0; i < d->memory_count; i++)
		if (d->memory[i].region->kind == REGION_FIELD &&
		    is_out_of(engine, d->memory[i].value, state->region) &&
		    is_there_after(engine, d->memory[i].region))
			return d->memory[i].region;
	return NULL;
}

/* It was made by the function, and has no name. */
static bool is_nameless(const char *place)
{
	return strchr(place, '$') != NULL;
}

void cell_note_outlived(struct engine *engine, const struct frame *frame,
			const struct disjunct *d, const struct region_state *state,
			const struct holding *holding, ir_location location)
{
	struct arena *arena = engine->unit->arena;
	const struct region *place;
	struct kind_knowledge knowledge = { 0 };
	struct cell_origin *origin;
	const char *text;

	if (!engine->options->enabled[FINDING_MISSING_LONGTERM] ||
	    cell_is_seen_from_callers(engine))
		return;
	origin = cell_origin_of(engine->cells, holding->acquired);
	place = origin && !origin->outlived ? resting_place(engine, d, state) : NULL;
	knowledge.provenance[0] = holding->acquired;
	if (place)
		cell_note_keeping(engine, d, place, &knowledge);
	text = place ? region_text(engine->terms, place) : NULL;
	if (!text)
		return;
	origin->place = is_nameless(text) ? NULL : arena_strdup(arena, text);
	text = arena_printf(arena, "'%s' returns here, and the pages stay taken",
			    frame->function->name);
	origin->outlived = engine_event(engine, frame, NULL, EVENT_STORE, location, text);
}

/* Are the pages of ORIGIN certainly still taken when the call is over? */
static bool is_kept(const struct cell_table *table, const struct cell_origin *origin)
{
	return (origin->is_found_again || origin->is_by_entry) && !cell_may_be_over(table, origin);
}

/*
 * The mark that somebody has set on pages of ORIGIN, as far as it is of no others.  Those that
 * are found somewhere later may have been watched by an MMU notifier until then, where one
 * may ask for that: the acquire takes them for a short time or a long one.
 */
static const struct event *find_mark(const struct cell_table *table,
				     const struct cell_origin *origin)
{
	struct cell_places places = { 0 };
	unsigned i;

	if (origin->dirtied || !cell_find_places(table, origin, &places))
		return origin->dirtied;
	if ((origin->is_brief || origin->is_lasting) &&
	    !(origin->is_found_again && is_kept(table, origin)))
		return NULL;
	for (i = 0; i < places.count; i++)
		if (places.cells[i]->dirtied && places.cells[i]->kinds == origin->kinds)
			return places.cells[i]->dirtied;
	return NULL;
}

/* A function that others may call, or nobody knows who. */
static bool is_root(const struct ir_function *function)
{
	return !function->is_static || function->is_address_taken;
}

static bool calls_one_of(const struct ir_function *function, const bool *set)
{
	ir_value v;

	for (v = 1; v < function->value_count; v++) {
		const struct ir_instruction *i = &function->instructions[v];

		if (i->op == IR_CALL && i->u.callee->function && set[i->u.callee->function - 1])
			return true;
	}
	return false;
}

/* FUNCTION and all those that lead to it, as a set of unit->functions indices. */
static bool *find_callers(const struct ir_unit *unit, uint32_t function)
{
	bool *set = ARENA_ARRAY(unit->arena, bool, unit->function_count + 1);
	bool is_changed = true;
	unsigned i;

	set[function] = true;
	while (is_changed) {
		is_changed = false;
		for (i = 0; i < unit->function_count; i++)
			if (!set[i] && unit->functions[i] && calls_one_of(unit->functions[i], set))
				set[i] = is_changed = true;
	}
	return set;
}

/* Does a function lead to LATER that others may call, and that takes no pages itself? */
static bool is_come_to_otherwise(const struct ir_unit *unit, const struct plan *plan,
				 uint32_t later)
{
	const bool *set = find_callers(unit, later);
	unsigned i;

	for (i = 0; i < unit->function_count; i++)
		if (set[i] && !plan->acquires[i] && is_root(unit->functions[i]))
			return true;
	return false;
}

/* A release of ORIGIN's pages in a later call, by the cells of records that they were put in. */
static const struct cell_release *find_later(const struct cell_table *table,
					     const struct plan *plan,
					     const struct cell_origin *origin)
{
	const struct cell_release *release;
	struct cell_places places = { 0 };
	unsigned i, p;

	if (!cell_find_places(table, origin, &places))
		return NULL;
	for (release = table->first_release; release; release = release->next)
		for (i = 0; i < release->cell_count; i++)
			for (p = 0; p < places.count; p++)
				if (release->cells[i] == places.cells[p] && !places.cells[p]->root &&
				    is_come_to_otherwise(table->unit, plan, release->function))
					return release;
	return NULL;
}

/* ORIGIN's pages are still taken when its function has returned. */
static void note_later(struct cell_table *table, const struct plan *plan,
		       struct cell_origin *origin)
{
	const struct cell_release *later;
	struct event *end;

	if (origin->outlived)
		return;
	later = find_later(table, plan, origin);
	if (!later)
		return;
	end = ARENA_NEW(table->unit->arena, struct event);
	end->kind = EVENT_STORE;
	end->location = later->location;
	end->function = later->function;
	end->text = "given back here, in a later call";
	origin->outlived = end;
}

static void report_brief(struct cell_table *table, const struct cell_origin *origin,
			 const struct event *end, const char *message,
			 const struct analysis_options *options, struct finding_list *findings)
{
	struct engine engine = { .unit = table->unit, .options = options, .findings = findings };
	struct frame frame = { .function = table->unit->functions[origin->acquired->function] };
	struct frame last = { .function = table->unit->functions[end->function] };
	struct story story;

	story_begin(&story, &engine);
	story_add_chain(&story, origin->event ? origin->event : origin->acquired);
	story_end(&story, &last, end->location, end->text);
	story_report(&story, FINDING_MISSING_LONGTERM, &frame, origin->location, origin->location,
		     message, NULL, NULL);
}

static const char *kept_text(struct arena *arena, const struct cell_origin *origin)
{
	if (!origin->place)
		return arena_printf(arena, "'%s' takes pages for a short time, but they are kept "
				    "when the call has ended", origin->acquirer);
	return arena_printf(arena, "'%s' takes pages for a short time, but '%s' has them when the "
			    "call has ended", origin->acquirer, origin->place);
}

static const char *written_text(struct arena *arena, const struct cell_origin *origin)
{
	return arena_printf(arena, "'%s' takes references that do not allow to write to the pages, "
			    "but they are marked dirty: pin them", origin->acquirer);
}

void cell_judge_brief(struct cell_table *table, const struct plan *plan,
		      const struct analysis_options *options, struct finding_list *findings)
{
	struct arena *arena = table->unit->arena;
	const struct event *mark;
	struct cell_origin *origin;

	if (!options->enabled[FINDING_MISSING_LONGTERM])
		return;
	for (origin = table->origins; origin; origin = origin->next) {
		bool is_brief = origin->is_brief && !origin->is_lasting;

		if (!origin->acquired)
			continue;
		if (is_brief)
			note_later(table, plan, origin);
		mark = origin->is_unwritable ? find_mark(table, origin) : NULL;
		if (mark)
			report_brief(table, origin, mark, written_text(arena, origin), options,
				     findings);
		else if (is_brief && origin->outlived && is_kept(table, origin))
			report_brief(table, origin, origin->outlived, kept_text(arena, origin),
				     options, findings);
	}
}
