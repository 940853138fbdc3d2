// SPDX-License-Identifier: GPL-2.0-or-later
/* After the last root: what was stored against what was released; see cell.h. */
#include <string.h>

#include "cell-table.h"
#include "story.h"

static void propagate(struct cell_table *table)
{
	const struct cell_source *source;
	struct kind_knowledge knowledge = { 0 };
	struct cell *cell;
	bool more = true;

	while (more) {
		more = false;
		for (cell = table->first; cell; cell = cell->next) {
			for (source = cell->sources; source; source = source->next) {
				uint8_t kinds = cell->kinds;
				bool is_foreign = cell->is_foreign;
				bool is_shared = cell->is_shared;

				knowledge.kinds = source->from->kinds;
				knowledge.is_foreign = source->from->is_foreign ||
						       !source->from->kinds;
				knowledge.is_shared = source->from->is_shared;
				memcpy(knowledge.provenance, source->from->provenance,
				       sizeof(knowledge.provenance));
				cell_add_kinds(cell, &knowledge);
				more |= kinds != cell->kinds ||
					is_foreign != cell->is_foreign ||
					is_shared != cell->is_shared;
			}
		}
	}
}

static void report_release(struct cell_table *table, const struct cell_release *release,
			   const struct cell *cell, const struct analysis_options *options,
			   struct finding_list *findings)
{
	struct arena *arena = table->unit->arena;
	const struct contract_kind_info *is, *as;
	struct engine engine = { .unit = table->unit, .options = options, .findings = findings };
	struct frame frame = { .function = table->unit->functions[release->function] };
	const char *name = cell_display_name(cell->name);
	struct story story;
	unsigned held = 0;

	while (!(cell->kinds >> held & 1))
		held++;
	is = contract_set_kind(table->contracts, (contract_kind)held);
	as = contract_set_kind(table->contracts, release->kind);
	story_begin(&story, &engine);
	story_add_chain(&story, cell->provenance[held]);
	story_end(&story, &frame, release->location,
		  arena_printf(arena, "found in '%s' and given back here as %s; use '%s'",
			       name, with_article(&engine, as->description),
			       is->release));
	story_report(&story, held == 0 ? FINDING_PUT_PINNED : FINDING_UNPIN_ORDINARY, &frame,
		     release->location, 0,
		     arena_printf(arena, "'%s' gives back '%s' as %s, but '%s' holds %s",
				  release->releaser, release->what,
				  with_article(&engine, as->description), name,
				  with_article(&engine, is->description)),
		     release->releaser,
		     contract_is_single_page(release->contract) ?
		     contract_kind_release_name(arena, is) : NULL);
}

/* The longest of the COUNT names that was stored to; NULL if none was. */
static const struct cell *stored_to(struct cell *const *cells, unsigned count)
{
	unsigned i;

	for (i = 0; i < count; i++)
		if (cells[i]->kinds || cells[i]->is_foreign)
			return cells[i];
	return NULL;
}

/* Does CLAIM go beyond a number of pages that CELL is known to have? */
static bool is_exceeded(const struct cell_table *table, const struct plan *plan,
			const struct cell *cell, const struct cell_claim *claim)
{
	unsigned i;

	if (cell->is_counted_before && cell->origin_count > 1)
		return false;
	for (i = 0; i < cell->origin_count; i++)
		if (cell->origins[i]->is_uncounted)
			return false;
	for (i = 0; i < cell->count_count; i++)
		if (cell->counts[i].text == claim->count.text &&
		    cell->counts[i].constant < claim->count.constant)
			return true;
	return claim->is_from_start && cell_is_appended(table, plan, cell, claim->count.text);
}

static void report_excess(struct engine *engine, const struct frame *frame,
			  const struct cell *cell, const struct cell_claim *claim)
{
	struct arena *arena = engine->unit->arena;
	struct story story;

	story_begin(&story, engine);
	story_add_chain(&story, cell->provenance[claim->kind]);
	story_end(&story, frame, claim->location,
		  arena_printf(arena, "there are no more pages in '%s' than were taken",
			       cell->name));
	story_report(&story, FINDING_OVER_RELEASE, frame, claim->location, 0,
		     arena_printf(arena, "'%s' gives back more than is held: '%s' goes beyond what"
				  " was put into '%s'", claim->releaser, claim->what, cell->name),
		     NULL, NULL);
}

static void judge_claim(struct cell_table *table, const struct cell_claim *claim,
			const struct plan *plan, const struct analysis_options *options,
			struct finding_list *findings)
{
	const struct cell *cell = stored_to(claim->cells, claim->cell_count);
	struct engine engine = { .unit = table->unit, .options = options, .findings = findings };
	struct frame frame = { .function = table->unit->functions[claim->function] };
	struct release how = { .location = claim->location, .function = claim->releaser,
			       .text = claim->what };
	struct released before = { .event = claim->before };

	if (!cell || cell->is_shared || !(cell->kinds >> claim->kind & 1) ||
	    plan->effects[claim->root].is_given_up ||
	    (cell->is_foreign && !(claim->is == CLAIM_EXCESS && !claim->kind &&
				    cell->is_told_by_kind)))
		return;
	if (claim->is == CLAIM_DOUBLE_RELEASE)
		verdict_double_release(&engine, &frame, claim->trail, NULL, &before, &how);
	else if (is_exceeded(table, plan, cell, claim))
		report_excess(&engine, &frame, cell, claim);
}

/* The kind that RELEASE is for is in CELL, perhaps others as well. */
static void judge_several(struct cell_table *table, const struct cell_release *release,
			  const struct cell *cell, const struct plan *plan,
			  const struct analysis_options *options, struct finding_list *findings)
{
	cell_judge_mixed(table, release, cell, plan, options, findings);
	cell_judge_guard(table, release, cell, options, findings);
}

void cell_table_solve(struct cell_table *table, const struct plan *plan,
		      const struct analysis_options *options, struct finding_list *findings)
{
	const struct cell_release *release;
	const struct cell_claim *claim;
	const struct cell *cell;

	cell_connect_objects(table);
	cell_forget_filled(table, plan);
	propagate(table);
	for (release = table->first_release; release; release = release->next) {
		cell = stored_to(release->cells, release->cell_count);
		if (plan->made_kinds >> release->kind & 1)
			continue;
		if (cell && !cell->is_foreign && !(cell->kinds >> release->kind & 1))
			report_release(table, release, cell, options, findings);
		else if (cell)
			judge_several(table, release, cell, plan, options, findings);
	}
	for (cell = table->first; cell; cell = cell->next)
		cell_judge_leak(table, cell, plan, options, findings);
	cell_judge_dirty(table, plan, options, findings);
	cell_judge_brief(table, plan, options, findings);
	for (claim = table->first_claim; claim; claim = claim->next)
		judge_claim(table, claim, plan, options, findings);
}
