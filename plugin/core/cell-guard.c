// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A flag beside a cell that tells which kind of pages is in it.
 *
 *	obj->is_user = true;	... pin_user_pages_fast(..., obj->pages) ...
 *	obj->is_user = false;	... obj->pages[i] = alloc_page(...) ...
 *
 *	if (obj->is_user)	put_page(obj->pages[i]);	the wrong side of it
 *
 * When a function that fills a cell returns, it is noted which fields of the same record
 * are known to be zero, or not, for each kind.  A flag is one that all who put pages of one
 * kind there leave set, and all who put the other kind there leave clear.  Where it
 * is known at a release, the other kind alone is in the cell.
 *
 * May miss: flags that are only set with one kind and were zero before, bits, and numbers
 * of which several are one kind.
 */
#include <string.h>

#include "cell-table.h"
#include "story.h"

static const struct cell_flag *find_flag(const struct cell_flags *flags, const char *field)
{
	unsigned i;

	for (i = 0; i < flags->count; i++)
		if (flags->items[i].field == field)
			return &flags->items[i];
	return NULL;
}

static void add_flag(struct engine *engine, const struct disjunct *d, struct cell_flags *flags,
		     const struct region *region, const struct linear *value)
{
	enum truth is_zero;

	if (flags->count == CELL_FLAGS || find_flag(flags, region->field))
		return;
	is_zero = constraint_set_test(engine->solver, &d->constraints, value, CONSTRAINT_ZERO);
	if (is_zero != TRUTH_YES && is_zero != TRUTH_NO)
		return;
	flags->items[flags->count].field = region->field;
	flags->items[flags->count++].is_set = is_zero == TRUTH_NO;
}

/* What D has stored into fields of RECORD and knows to be zero, or not. */
static void find_stored(struct engine *engine, const struct disjunct *d,
			const struct region *record, struct cell_flags *flags)
{
	unsigned i;

	for (i = 0; i < d->memory_count; i++) {
		const struct region *region = d->memory[i].region;

		if (region->kind == REGION_FIELD && region->parent == record &&
		    linear_is_constant(d->memory[i].offset) && !d->memory[i].offset->constant)
			add_flag(engine, d, flags, region, d->memory[i].value);
	}
}

/* What D has found in fields of RECORD when it started, and tested. */
static void find_tested(struct engine *engine, const struct disjunct *d,
			const struct region *record, struct cell_flags *flags)
{
	unsigned i, t;

	for (i = 0; i < d->constraints.count; i++) {
		const struct linear *a = d->constraints.items[i].linear;

		for (t = 0; t < a->count; t++) {
			const struct symbol *s = symbol_get(engine->terms, a->terms[t].symbol);

			if (s->kind == SYMBOL_LOADED && !s->extra &&
			    s->region->kind == REGION_FIELD && s->region->parent == record)
				add_flag(engine, d, flags, s->region,
					 linear_symbol(engine->terms, s->id));
		}
	}
}

/* FLAGS without what is not the same in OTHER. */
static void restrict_flags(struct cell_flags *flags, const struct cell_flags *other)
{
	unsigned i, kept = 0;

	for (i = 0; i < flags->count; i++) {
		const struct cell_flag *same = find_flag(other, flags->items[i].field);

		if (same && same->is_set == flags->items[i].is_set)
			flags->items[kept++] = flags->items[i];
	}
	flags->count = kept;
}

static void note_flags(struct cell_flags *flags, const struct cell_flags *found)
{
	if (flags->is_known) {
		restrict_flags(flags, found);
		return;
	}
	flags->is_known = true;
	flags->count = found->count;
	memcpy(flags->items, found->items, sizeof(flags->items));
}

void cell_note_filling(struct engine *engine, struct cell *cell, uint8_t kinds)
{
	unsigned k;

	for (k = 0; k < CONTRACT_KIND_LIMIT; k++) {
		struct cell_flags *flags = &cell->flags[k];

		if (!(kinds >> k & 1) || flags->filler == engine->root)
			continue;
		/* The function before has filled it, and has not said how. */
		if (flags->filler && !flags->is_told)
			flags->is_lost = true;
		flags->filler = engine->root;
		flags->is_told = false;
	}
}

/* On this path all that was put into STATE's region were null pointers, or errors. */
static bool is_empty_handed(struct engine *engine, const struct disjunct *d,
			    const struct region_state *state)
{
	bool is_found = false;
	unsigned i;

	for (i = 0; i < d->memory_count; i++) {
		if (d->memory[i].region != state->region)
			continue;
		is_found = true;
		if (!constraint_set_is_at_least(engine->solver, &d->constraints,
						linear_constant(engine->terms, 0),
						d->memory[i].value))
			return false;
	}
	return is_found && !state->holding_count;
}

void cell_note_flags(struct engine *engine, const struct disjunct *d)
{
	unsigned r, k, i;

	if (!plan_takes_several_kinds(engine->plan))
		return;
	for (r = 0; r < d->region_count; r++) {
		const struct region_state *state = d->regions[r];
		const struct region *record;
		struct cell *cells[CELL_NAMES];
		struct cell_flags found = { 0 };
		unsigned count;

		if (!state->kinds || state->is_page || state->released_count ||
		    is_empty_handed(engine, d, state))
			continue;
		record = cell_record_of(engine, d, state->region);
		count = record ? cell_get_all(engine, d, state->region, cells) : 0;
		if (count)
			find_stored(engine, d, record, &found);
		for (i = 0; i < count; i++)
			for (k = 0; k < CONTRACT_KIND_LIMIT; k++)
				if (state->kinds >> k & 1) {
					note_flags(&cells[i]->flags[k], &found);
					cells[i]->flags[k].is_told = true;
				}
	}
}

void cell_note_tests(struct engine *engine, const struct disjunct *d,
		     struct cell_release *release, const struct region *region)
{
	const struct region *record = cell_record_of(engine, d, region);
	struct cell_flags found = { 0 };

	/* Its callers come later, and know more. */
	if (cell_is_seen_from_callers(engine))
		return;
	/* What it has stored itself is about what comes. */
	if (record)
		find_tested(engine, d, record, &found);
	note_flags(&release->tests, &found);
}

/* ---------------------------------------------------------------------- judging */

static bool is_filler(const struct cell *cell, const struct ir_function *function)
{
	unsigned k;

	for (k = 0; k < CONTRACT_KIND_LIMIT; k++)
		if (cell->flags[k].filler == function)
			return true;
	return false;
}

/* Does nobody but those who fill CELL change FIELD of the record that CELL is in? */
static bool is_stable(const struct cell_table *table, const struct cell *cell, const char *field,
		      const struct ir_function *releaser)
{
	const char *record = intern(table->unit->strings,
				    arena_printf(table->unit->arena, "%.*s",
						 (int)strcspn(cell->name, "."), cell->name));
	unsigned f;
	ir_value v;

	if (!ir_unit_is_private_record(table->unit, record))
		return false;
	for (f = 0; f < table->unit->function_count; f++) {
		const struct ir_function *function = table->unit->functions[f];

		for (v = 1; function && v < function->value_count; v++) {
			const struct ir_instruction *i = &function->instructions[v];

			if (i->op == IR_ADDRESS && ir_place_ends_in(i->u.place, record, field))
				return false;
			if (i->op == IR_STORE && ir_place_ends_in(i->u.place, record, field) &&
			    function != releaser && !is_filler(cell, function))
				return false;
		}
	}
	return true;
}

static const struct cell_flag *flag_of(const struct cell *cell, unsigned kind, const char *field)
{
	const struct cell_flags *flags = &cell->flags[kind];

	return flags->is_known && flags->is_told && !flags->is_lost ?
		find_flag(flags, field) : NULL;
}

static void report_guard(struct cell_table *table, const struct cell_release *release,
			 const struct cell *cell, const struct cell_flag *test, unsigned kind,
			 const struct analysis_options *options, struct finding_list *findings)
{
	struct arena *arena = table->unit->arena;
	struct engine engine = { .unit = table->unit, .options = options, .findings = findings };
	struct frame frame = { .function = table->unit->functions[release->function] };
	const struct contract_kind_info *is = contract_set_kind(table->contracts,
								(contract_kind)kind);
	const struct contract_kind_info *as = contract_set_kind(table->contracts, release->kind);
	const char *how = test->is_set ? "set" : "clear";
	struct story story;

	story_begin(&story, &engine);
	story_add_chain(&story, cell->provenance[kind]);
	story_end(&story, &frame, release->location,
		  arena_printf(arena, "given back here, where '%s' is %s, as %s; use '%s'",
			       test->field, how, with_article(&engine, as->description),
			       is->release));
	story_report(&story, FINDING_WRONG_GUARD, &frame, release->location, 0,
		     arena_printf(arena, "'%s' gives back '%s' as %s, but where '%s' is %s '%s' "
				  "holds %s",
				  release->releaser, release->what,
				  with_article(&engine, as->description), test->field, how,
				  cell->name, with_article(&engine, is->description)),
		     NULL, NULL);
}

void cell_judge_guard(struct cell_table *table, const struct cell_release *release,
		      const struct cell *cell, const struct analysis_options *options,
		      struct finding_list *findings)
{
	const struct ir_function *releaser = table->unit->functions[release->function];
	unsigned i, k;

	if (cell->is_foreign || cell->is_shared || cell->sources || !release->tests.is_known)
		return;
	for (i = 0; i < release->tests.count; i++) {
		const struct cell_flag *test = &release->tests.items[i], *flag;

		flag = flag_of(cell, release->kind, test->field);
		if (!flag || flag->is_set == test->is_set ||
		    !is_stable(table, cell->tail ? cell->tail : cell, test->field, releaser))
			continue;
		for (k = 0; k < CONTRACT_KIND_LIMIT; k++) {
			flag = flag_of(cell, k, test->field);
			if (k == release->kind || !(cell->kinds >> k & 1) || !flag ||
			    flag->is_set != test->is_set)
				continue;
			report_guard(table, release, cell, test, k, options, findings);
			return;
		}
	}
}
