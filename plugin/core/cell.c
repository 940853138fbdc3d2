// SPDX-License-Identifier: GPL-2.0-or-later
/* Cells: what goes in and what comes out; see cell.h. */
#include <string.h>

#include "cell.h"
#include "cell-name.h"
#include "story.h"

struct cell {
	struct cell *next;		/* in the order in which they were met */
	const char *name;
	uint8_t kinds;
	bool is_foreign;
	const struct event *provenance[CONTRACT_KIND_LIMIT];
	struct cell_source *sources;
};

/* Pages of another cell are copied into this one. */
struct cell_source {
	struct cell_source *next;
	struct cell *from;
};

struct cell_release {
	struct cell_release *next;
	struct cell *cells[CELL_NAMES];	/* the longest name first */
	unsigned cell_count;
	contract_kind kind;
	ir_location location;
	uint32_t function;
	const char *releaser, *what;
	const struct contract *contract;
};

struct cell_table {
	struct ir_unit *unit;
	const struct contract_set *contracts;
	struct cell *first, **last;
	struct cell_release *first_release, **last_release;
};

struct cell_table *cell_table_new(struct ir_unit *unit, const struct contract_set *contracts)
{
	struct cell_table *table = ARENA_NEW(unit->arena, struct cell_table);

	table->unit = unit;
	table->contracts = contracts;
	table->last = &table->first;
	table->last_release = &table->first_release;
	return table;
}

/* NAME is interned. */
static struct cell *cell_get(struct cell_table *table, const char *name)
{
	struct cell *cell;

	for (cell = table->first; cell; cell = cell->next)
		if (cell->name == name)
			return cell;
	cell = ARENA_NEW(table->unit->arena, struct cell);
	cell->name = name;
	*table->last = cell;
	table->last = &cell->next;
	return cell;
}

static void cell_add_source(struct cell_table *table, struct cell *cell, struct cell *from)
{
	struct cell_source *source;

	if (cell == from)
		return;
	for (source = cell->sources; source; source = source->next)
		if (source->from == from)
			return;
	source = ARENA_NEW(table->unit->arena, struct cell_source);
	source->from = from;
	source->next = cell->sources;
	cell->sources = source;
}

static void cell_add_kinds(struct cell *cell, const struct kind_knowledge *knowledge)
{
	unsigned k;

	cell->kinds |= knowledge->kinds;
	cell->is_foreign |= knowledge->is_foreign;
	for (k = 0; k < CONTRACT_KIND_LIMIT; k++)
		if (!cell->provenance[k])
			cell->provenance[k] = knowledge->provenance[k];
}

void cell_note_kinds(struct engine *engine, const struct disjunct *d,
		     const struct region *region, const struct kind_knowledge *knowledge)
{
	const char *names[CELL_NAMES];
	unsigned count = cell_names(engine, d, region, names), i;

	for (i = 0; i < count; i++)
		cell_add_kinds(cell_get(engine->cells, names[i]), knowledge);
}

/* Where the caller's pages come in; every caller is in the unit and is followed. */
static bool is_seen_from_callers(const struct engine *engine)
{
	return engine->root->is_static && !engine->root->is_address_taken;
}

/* What is known of the pages in the memory that VALUE points to, if an array. */
static const struct region_state *array_state(struct engine *engine, const struct disjunct *d,
					      const struct linear *value)
{
	symbol_id id = linear_as_symbol(value);

	return id ? disjunct_region(d, region_pointee(engine->terms, id)) : NULL;
}

static void note_unknown(struct engine *engine, const struct disjunct *d,
			 const char *name, const struct symbol *s, bool is_array)
{
	const char *from[CELL_NAMES];
	struct cell *cell;

	while (s->kind == SYMBOL_PREVIOUS)
		s = symbol_get(engine->terms, s->base);
	if (s->kind == SYMBOL_PARAMETER && is_seen_from_callers(engine))
		return;
	cell = cell_get(engine->cells, is_array ? cell_name_pointee(engine, name) : name);
	if (s->kind == SYMBOL_LOADED && cell_names(engine, d, s->region, from))
		cell_add_source(engine->cells, cell,
				cell_get(engine->cells, is_array ?
					 cell_name_pointee(engine, from[0]) : from[0]));
	else
		cell->is_foreign = true;
}

void cell_note_store(struct engine *engine, const struct disjunct *d,
		     const struct region *region, const struct linear *value)
{
	const char *names[CELL_NAMES];
	const struct region_state *state;
	struct kind_knowledge knowledge;
	const struct symbol *s;
	unsigned count, i;
	symbol_id id = linear_as_symbol(value);

	if (!id)
		return;
	s = symbol_get(engine->terms, id);
	state = array_state(engine, d, value);
	if (s->type.pointee != IR_POINTEE_PAGE && s->type.pointee != IR_POINTEE_PAGES &&
	    !(state && state->kinds))
		return;
	page_kinds(engine, d, value, &knowledge);
	if (knowledge.kinds)
		return;		/* told by cell_note_kinds() */
	count = cell_names(engine, d, region, names);
	for (i = 0; i < count; i++) {
		if (state && state->kinds && !state->is_page) {
			knowledge.kinds = state->kinds;
			knowledge.is_foreign = state->is_foreign;
			memcpy(knowledge.provenance, state->provenance,
			       sizeof(knowledge.provenance));
			cell_add_kinds(cell_get(engine->cells,
						cell_name_pointee(engine, names[i])),
				       &knowledge);
		} else if (!(state && state->is_allocated)) {
			note_unknown(engine, d, names[i], s,
				     s->type.pointee == IR_POINTEE_PAGES);
		}
	}
}

void cell_note_release(struct engine *engine, const struct frame *frame,
		       const struct disjunct *d, const struct reference *reference,
		       const struct release *how)
{
	struct cell_table *table = engine->cells;
	const char *names[CELL_NAMES];
	struct cell_release *release;
	unsigned count = cell_names(engine, d, reference->region, names), i;

	if (!count || how->is_transfer || how->kind == CONTRACT_KIND_NONE)
		return;
	for (release = table->first_release; release; release = release->next)
		if (release->location == how->location &&
		    release->cells[0]->name == names[0])
			return;
	release = ARENA_NEW(table->unit->arena, struct cell_release);
	for (i = 0; i < count; i++)
		release->cells[release->cell_count++] = cell_get(table, names[i]);
	release->kind = how->kind;
	release->location = how->location;
	release->function = frame->function->index;
	release->releaser = how->function;
	release->contract = frame->function->instructions[how->call].u.callee->contract;
	release->what = how->text ? how->text :
		arena_strdup(table->unit->arena, region_text(engine->terms, reference->region));
	*table->last_release = release;
	table->last_release = &release->next;
}

/* ------------------------------------------------------------------- solving */

static void propagate(struct cell_table *table)
{
	const struct cell_source *source;
	struct kind_knowledge knowledge;
	struct cell *cell;
	bool more = true;

	while (more) {
		more = false;
		for (cell = table->first; cell; cell = cell->next) {
			for (source = cell->sources; source; source = source->next) {
				uint8_t kinds = cell->kinds;
				bool is_foreign = cell->is_foreign;

				knowledge.kinds = source->from->kinds;
				knowledge.is_foreign = source->from->is_foreign ||
						       !source->from->kinds;
				memcpy(knowledge.provenance, source->from->provenance,
				       sizeof(knowledge.provenance));
				cell_add_kinds(cell, &knowledge);
				more |= kinds != cell->kinds || is_foreign != cell->is_foreign;
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
			       cell->name, with_article(&engine, as->description),
			       is->release));
	story_report(&story, held == 0 ? FINDING_PUT_PINNED : FINDING_UNPIN_ORDINARY, &frame,
		     release->location, 0,
		     arena_printf(arena, "'%s' gives back '%s' as %s, but '%s' holds %s",
				  release->releaser, release->what,
				  with_article(&engine, as->description), cell->name,
				  with_article(&engine, is->description)),
		     release->releaser,
		     contract_is_single_page(release->contract) ?
		     contract_kind_release_name(arena, is) : NULL);
}

void cell_table_solve(struct cell_table *table, const struct analysis_options *options,
		      struct finding_list *findings)
{
	const struct cell_release *release;
	unsigned i;

	propagate(table);
	for (release = table->first_release; release; release = release->next) {
		for (i = 0; i < release->cell_count; i++) {
			const struct cell *cell = release->cells[i];

			if (!cell->kinds && !cell->is_foreign)
				continue;	/* never stored to by this name */
			if (!cell->is_foreign && !(cell->kinds >> release->kind & 1))
				report_release(table, release, cell, options, findings);
			break;
		}
	}
}

void cell_table_print(FILE *out, const struct cell_table *table)
{
	const struct cell_release *release;
	const struct cell *cell;
	unsigned k;

	for (cell = table->first; cell; cell = cell->next) {
		fprintf(out, "cell %s:", cell->name);
		for (k = 0; k < CONTRACT_KIND_LIMIT; k++)
			if (cell->kinds >> k & 1)
				fprintf(out, " %s", contract_set_kind(table->contracts,
								      (contract_kind)k)->name);
		fprintf(out, "%s\n", cell->is_foreign ? " unknown" : "");
	}
	for (release = table->first_release; release; release = release->next)
		fprintf(out, "release of %s by %s as %s\n", release->cells[0]->name,
			release->releaser,
			contract_set_kind(table->contracts, release->kind)->name);
}
