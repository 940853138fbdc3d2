// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Pages of two kinds in one cell, and one release for all of them.
 *
 *	pool->pages[n++] = pinned;	...	pool->pages[n++] = alloc_page(...);
 *	for (i = 0; i < n; i++) unpin_user_page(pool->pages[i]);
 *
 * A cell with both kinds is no fault if something tells them apart: a test that decides
 * whether the release is come to, or another function, perhaps of another file, that gives
 * back the other kind.  So it is one only if the release is come to whenever its
 * function runs, and if the references of the other kind can be given back by nobody else:
 * all who can get at them are in the unit, none of them gives back that kind, hands on or
 * copies what it finds, and a function that puts them there leaves them there.
 */
#include <string.h>

#include "cell-table.h"
#include "interval.h"
#include "story.h"

#define GROUP_LIMIT	16

/* ------------------------------------------------------- what is left, what is lost */

void cell_share_place(struct engine *engine, const struct disjunct *d,
		      const struct region *region)
{
	struct cell_table *table = engine->cells;
	const char *names[CELL_NAMES];
	struct cell_object *place;
	unsigned count = 0, i;

	if (plan_takes_several_kinds(engine->plan))
		count = cell_names(engine, d, region, names);
	for (i = 0; i < count; i++) {
		for (place = table->shared_places; place; place = place->next)
			if (place->name == names[i])
				break;
		if (place)
			continue;
		place = ARENA_NEW(table->unit->arena, struct cell_object);
		place->name = names[i];
		place->next = table->shared_places;
		table->shared_places = place;
	}
}

static const struct symbol *pointer_symbol(struct engine *engine, const struct linear *value)
{
	symbol_id id = value && plan_takes_several_kinds(engine->plan) ? linear_as_symbol(value) : 0;
	const struct symbol *s = id ? symbol_get(engine->terms, id) : NULL;

	return s && s->type.type_class == IR_TYPE_POINTER && s->type.pointee == IR_POINTEE_OTHER ?
		s : NULL;
}

void cell_note_shared(struct engine *engine, const struct disjunct *d, const struct linear *value)
{
	const struct symbol *s = pointer_symbol(engine, value);

	while (s && s->kind == SYMBOL_PREVIOUS)
		s = symbol_get(engine->terms, s->base);
	if (s && (s->kind == SYMBOL_LOADED || s->kind == SYMBOL_ADDRESS))
		cell_share_place(engine, d, s->region);
}

void cell_note_borrowed(struct engine *engine, const struct disjunct *d,
			const struct region *region, const struct linear *value)
{
	const struct symbol *s = pointer_symbol(engine, value);
	const struct region_state *state;

	if (!s || s->kind == SYMBOL_FUNCTION)
		return;
	cell_note_shared(engine, d, value);
	state = disjunct_region(d, region_pointee(engine->terms, s->id));
	if (s->kind != SYMBOL_ADDRESS && !(state && state->is_allocated))
		cell_share_place(engine, d, region);
}

/* Is CELL at, or behind, a place that others have got? */
static bool is_at_shared_place(const struct cell_table *table, const struct cell *cell)
{
	const struct cell_object *place;

	for (place = table->shared_places; place; place = place->next)
		if (cell_is_behind(cell, place->name))
			return true;
	return false;
}

void cell_note_known_release(struct engine *engine, const struct kind_knowledge *knowledge,
			     contract_kind kind)
{
	const struct event *event;
	unsigned k;

	for (k = 0; k < CONTRACT_KIND_LIMIT; k++) {
		if (!(knowledge->kinds >> k & 1) || (kind != CONTRACT_KIND_NONE && kind != k))
			continue;
		event = knowledge->provenance[k];
		while (event && event->kind != EVENT_ACQUIRE)
			event = event->previous;
		if (event)
			cell_origin_of(engine->cells, event)->is_returned = true;
		/* The function that took them may give them back on a path that fails. */
		if (event && event->function != engine->root->index)
			cell_origin_of(engine->cells, event)->is_astray = true;
	}
}

static bool gave_back(const struct region_state *state, unsigned kind)
{
	unsigned i;

	for (i = 0; i < state->released_count; i++)
		if (state->released[i].kind == kind ||
		    state->released[i].kind == CONTRACT_KIND_NONE || state->released[i].is_transfer)
			return true;
	return false;
}

/* Is STATE about a page that was not got: a null pointer, or an error? */
static bool is_nothing(struct engine *engine, const struct disjunct *d,
		       const struct region_state *state)
{
	return state->is_page && state->region->kind == REGION_POINTEE &&
	       constraint_set_is_at_least(engine->solver, &d->constraints,
					  linear_constant(engine->terms, 0),
					  linear_symbol(engine->terms, state->region->symbol));
}

/* Are there references of KIND that STATE tells to be held? */
static bool holds(struct engine *engine, const struct disjunct *d,
		  const struct region_state *state, unsigned kind)
{
	unsigned i;

	for (i = 0; i < state->holding_count; i++) {
		const struct holding *h = &state->holdings[i];

		if (h->kind == kind && !h->is_doubtful && !is_empty(engine, d, h->low, h->high))
			return true;
	}
	return false;
}

void cell_note_left(struct engine *engine, const struct disjunct *d)
{
	unsigned r, k;

	for (r = 0; r < d->region_count; r++) {
		const struct region_state *state = d->regions[r];

		for (k = 0; state->kinds && k < CONTRACT_KIND_LIMIT; k++) {
			struct cell_origin *origin;

			if (!(state->kinds >> k & 1) || gave_back(state, k) ||
			    is_nothing(engine, d, state))
				continue;
			origin = cell_origin_of(engine->cells, state->provenance[k]);
			if (origin && !state->is_blurred)
				origin->is_left = true;
			/* Who calls it may give them back at once. */
			if (!origin || cell_is_seen_from_callers(engine))
				continue;
			origin->is_kept |= holds(engine, d, state, k);
			origin->is_blurred |= state->is_blurred;
		}
	}
}

/* ------------------------------------------------------------------------ judging */

/* A cell and those that are copied into it. */
struct group {
	unsigned count;
	const struct cell *cells[GROUP_LIMIT];
};

static bool group_has(const struct group *group, const struct cell *cell)
{
	unsigned i;

	for (i = 0; i < group->count; i++)
		if (group->cells[i] == cell)
			return true;
	return false;
}

/* False: there are too many. */
static bool group_add(struct group *group, const struct cell *cell)
{
	const struct cell_source *source;

	if (group_has(group, cell))
		return true;
	if (group->count == GROUP_LIMIT)
		return false;
	group->cells[group->count++] = cell;
	for (source = cell->sources; source; source = source->next)
		if (!group_add(group, source->from))
			return false;
	return true;
}

/* Are pages of CELL copied to where GROUP does not see them? */
static bool is_copied(const struct cell_table *table, const struct cell *cell,
		      const struct group *group)
{
	const struct cell_source *source;
	const struct cell *other;

	for (other = table->first; other; other = other->next)
		for (source = other->sources; source; source = source->next)
			if (source->from == cell && !group_has(group, other))
				return true;
	return false;
}

static bool is_followed(const struct plan *plan, const struct ir_function *function)
{
	return plan->matters[function->index] && plan->effects[function->index].is_known;
}

bool cell_is_in_record(const struct cell_table *table, const struct cell *cell,
		       const struct plan *plan, bool is_private)
{
	size_t record = strcspn(cell->name, "."), field;
	const char *names[2];

	if (!cell->name[record])
		return false;
	field = strcspn(cell->name + record + 1, ".[");
	names[0] = arena_printf(table->unit->arena, "%.*s", (int)record, cell->name);
	names[1] = arena_printf(table->unit->arena, "%.*s", (int)field, cell->name + record + 1);
	names[0] = intern(table->unit->strings, names[0]);
	return (is_private ? ir_unit_is_private_record(table->unit, names[0]) :
			     !contract_set_is_container(table->contracts, names[0])) &&
	       cell_is_all_seen(table, plan, names[0],
				intern(table->unit->strings, names[1]));
}

/* Can nobody give back pages of KIND that are in CELL? */
static bool is_confined(const struct cell_table *table, const struct cell *cell, unsigned kind,
			const struct plan *plan, const struct group *group)
{
	const struct cell *tail = cell->tail ? cell->tail : cell;

	if (cell->is_handed_on || tail->is_handed_on || is_copied(table, cell, group) ||
	    (cell->released | tail->released) >> kind & 1)
		return false;
	if (cell->root)
		return !cell->is_foreign && is_followed(plan, cell->root);
	return !is_at_shared_place(table, cell) && !is_at_shared_place(table, tail) &&
	       cell_is_in_record(table, tail, plan, true);
}

/* Wherever pages of ORIGIN are, can nobody give them back as what they are? */
static bool is_stuck(const struct cell_table *table, const struct cell_origin *origin,
		     unsigned kind, const struct plan *plan, const struct group *group)
{
	const struct cell *other;
	unsigned i;

	if (origin->kinds != 1u << kind || !origin->is_left || origin->is_astray)
		return false;
	for (i = 0; i < group->count; i++)
		if (!is_confined(table, group->cells[i], kind, plan, group))
			return false;
	for (other = table->first; other; other = other->next)
		for (i = 0; i < other->origin_count; i++)
			if (other->origins[i] == origin &&
			    !is_confined(table, other, kind, plan, group))
				return false;
	return true;
}

/* The acquire of pages of KIND in GROUP that nobody gives back; NULL: there is none. */
static const struct cell_origin *stuck_origin(const struct cell_table *table, unsigned kind,
					      const struct plan *plan, const struct group *group)
{
	unsigned c, i;

	for (c = 0; c < group->count; c++)
		for (i = 0; i < group->cells[c]->origin_count; i++)
			if (is_stuck(table, group->cells[c]->origins[i], kind, plan, group))
				return group->cells[c]->origins[i];
	return NULL;
}

static void report_mixed(struct cell_table *table, const struct cell_release *release,
			 const struct cell *cell, const struct cell_origin *origin, unsigned kind,
			 const struct analysis_options *options, struct finding_list *findings)
{
	struct arena *arena = table->unit->arena;
	struct engine engine = { .unit = table->unit, .options = options, .findings = findings };
	struct frame frame = { .function = table->unit->functions[release->function] };
	const struct contract_kind_info *other = contract_set_kind(table->contracts,
								   (contract_kind)kind);
	const struct contract_kind_info *as = contract_set_kind(table->contracts, release->kind);
	const char *name = cell_display_name(cell->name);
	const char *what = with_article(&engine, as->description);
	struct story story;

	story_begin(&story, &engine);
	story_add_chain(&story, cell->provenance[release->kind]);
	story_add_chain(&story, origin->event);
	story_end(&story, &frame, release->location,
		  arena_printf(arena, "both are found in '%s', and each is given back here as %s",
			       name, what));
	story_report(&story, FINDING_MIXED_CONTAINER, &frame, release->location, origin->location,
		     arena_printf(arena, "'%s' gives back all of '%s' as %s, but there may be %s "
				  "among them, and nothing tells them apart",
				  release->releaser, name, what,
				  with_article(&engine, other->description)),
		     NULL, NULL);
}

void cell_judge_mixed(struct cell_table *table, const struct cell_release *release,
		      const struct cell *cell, const struct plan *plan,
		      const struct analysis_options *options, struct finding_list *findings)
{
	struct group group = { 0 };
	const struct event *acquires[2];
	const struct cell_origin *origin;
	unsigned k;

	if (cell->is_foreign || cell->is_shared || !(cell->kinds >> release->kind & 1) ||
	    !(cell->kinds & (cell->kinds - 1)) || table->is_unclear ||
	    !options->enabled[FINDING_MIXED_CONTAINER] || !group_add(&group, cell))
		return;
	for (k = 0; k < CONTRACT_KIND_LIMIT; k++) {
		if (k == release->kind || !(cell->kinds >> k & 1))
			continue;
		if (table->stray_kinds >> k & 1)
			return;
		origin = stuck_origin(table, k, plan, &group);
		if (!origin)
			continue;
		acquires[0] = origin->event;
		acquires[1] = cell->provenance[release->kind];
		if (!cell_is_guarded(release, acquires)) {
			report_mixed(table, release, cell, origin, k, options, findings);
			return;
		}
	}
}
