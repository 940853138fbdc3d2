// SPDX-License-Identifier: GPL-2.0-or-later
/* Cells: what goes in and what comes out; see cell.h. */
#include <string.h>

#include "cell-name.h"
#include "cell-table.h"

struct cell_table *cell_table_new(struct ir_unit *unit, const struct contract_set *contracts,
				  bool follows_all)
{
	struct cell_table *table = ARENA_NEW(unit->arena, struct cell_table);

	table->unit = unit;
	table->contracts = contracts;
	table->follows_all = follows_all;
	table->last = &table->first;
	table->last_release = &table->first_release;
	table->last_claim = &table->first_claim;
	cell_find_objects(table);
	return table;
}

struct cell *cell_get(struct cell_table *table, const char *name)
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

unsigned cell_get_all(struct engine *engine, const struct disjunct *d,
		      const struct region *region, struct cell *cells[CELL_NAMES])
{
	const char *names[CELL_NAMES];
	unsigned count = cell_names(engine, d, region, names), i;

	for (i = 0; i < count; i++)
		cells[i] = cell_get(engine->cells, names[i]);
	for (i = 0; i + 1 < count; i++)
		cells[i]->tail = cells[count - 1];
	return count;
}

void cell_add_source(struct cell_table *table, struct cell *cell, struct cell *from)
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

void cell_add_kinds(struct cell *cell, const struct kind_knowledge *knowledge)
{
	unsigned k;

	cell->kinds |= knowledge->kinds;
	cell->is_foreign |= knowledge->is_foreign;
	cell->is_shared |= knowledge->is_shared;
	cell->is_held |= knowledge->is_held;
	cell->is_put |= !knowledge->is_told;
	for (k = 0; k < CONTRACT_KIND_LIMIT; k++)
		if (!cell->provenance[k])
			cell->provenance[k] = knowledge->provenance[k];
}

bool cell_is_named(struct engine *engine, const struct disjunct *d, const struct region *region)
{
	struct cell *cells[CELL_NAMES];

	return cell_get_all(engine, d, region, cells) || cell_get_object(engine, d, region, cells);
}

void cell_note_kinds(struct engine *engine, const struct disjunct *d,
		     const struct region *region, const struct kind_knowledge *knowledge)
{
	struct cell *cells[CELL_NAMES];
	const struct region_state *state = disjunct_region(d, region);
	unsigned count = cell_get_all(engine, d, region, cells), i;

	for (i = 0; i < count; i++) {
		cell_add_kinds(cells[i], knowledge);
		cells[i]->is_reused |= !(state && state->is_allocated);
		cell_add_origins(engine->cells, cells[i], knowledge);
		cell_note_filling(engine, cells[i], knowledge->kinds);
	}
	if (count && knowledge->is_told)
		cells[count - 1]->is_placed = true;
	if (count)
		cell_note_keeping(engine, d, region, knowledge);
	if (!count && cell_get_object(engine, d, region, cells)) {
		cell_add_kinds(cells[0], knowledge);
		cell_add_origins(engine->cells, cells[0], knowledge);
		cell_lend_origins(engine->cells, knowledge);
	} else if (!count && engine_is_outside(engine, d, region) && !cell_is_seen_from_callers(engine))
		cell_lose_origins(engine->cells, knowledge);
}

/* Where the caller's pages come in; every caller is in the unit and is followed. */
bool cell_is_seen_from_callers(const struct engine *engine)
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

/*
 * S, a page or an array of them, is put into the cell NAME: does the cell where it was found
 * tell of it, or who calls?
 */
static bool note_found(struct engine *engine, const struct disjunct *d, const char *name,
		       const struct symbol *s, bool is_array)
{
	const char *from[CELL_NAMES];
	struct cell *cell;

	while (s->kind == SYMBOL_PREVIOUS)
		s = symbol_get(engine->terms, s->base);
	if (s->kind == SYMBOL_PARAMETER)
		return cell_is_seen_from_callers(engine);
	if (s->kind != SYMBOL_LOADED || !cell_names(engine, d, s->region, from))
		return false;
	cell = cell_get(engine->cells, is_array ? cell_name_pointee(engine, name) : name);
	cell_add_source(engine->cells, cell,
			cell_get(engine->cells, is_array ?
				 cell_name_pointee(engine, from[0]) : from[0]));
	return true;
}

static void note_unknown(struct engine *engine, const struct disjunct *d,
			 const char *name, const struct symbol *s, bool is_array)
{
	if (!note_found(engine, d, name, s, is_array))
		cell_get(engine->cells, is_array ? cell_name_pointee(engine, name) :
						   name)->is_foreign = true;
}

bool cell_note_found(struct engine *engine, const struct disjunct *d,
		     const struct region *region, const struct linear *page)
{
	const char *names[CELL_NAMES];
	symbol_id id = linear_as_symbol(page);
	const struct symbol *s = id ? symbol_get(engine->terms, id) : NULL;
	unsigned count, i;

	if (!s || s->type.pointee != IR_POINTEE_PAGE)
		return false;
	count = cell_names(engine, d, region, names);
	for (i = 0; i < count; i++)
		if (!note_found(engine, d, names[i], s, false))
			return false;
	return count != 0;
}

static bool is_local(const struct engine *engine, const struct region *region)
{
	const struct region *base = region_base(region);

	return base->kind == REGION_VARIABLE &&
	       !engine->unit->variables[base->variable].is_global;
}

/* VALUE is put into REGION, which has no name but, perhaps, in the function at hand. */
static void lose_stored(struct engine *engine, const struct disjunct *d,
			const struct region *region, const struct linear *value, bool is_number)
{
	struct cell *objects[CELL_NAMES];

	if (cell_get_object(engine, d, region, objects))
		cell_note_lent(engine, d, region, value);
	else if (is_number)
		cell_note_kept(engine, d, value);
	else
		cell_note_lost(engine, d, value);
}

void cell_note_copy(struct engine *engine, const struct disjunct *d, const struct region *region,
		    const struct linear *value, bool is_number)
{
	const char *names[CELL_NAMES];

	if (!cell_follows_pages(engine))
		return;
	if (!is_local(engine, region) && !cell_names(engine, d, region, names))
		lose_stored(engine, d, region, value, is_number);
}

void cell_note_array(struct engine *engine, const struct disjunct *d,
		     const struct region *region, const struct linear *pointer)
{
	const char *names[CELL_NAMES], *from[CELL_NAMES];
	unsigned count = cell_names(engine, d, region, names), i;
	const struct linear *offset;
	const struct region *array = region_of_pointer(engine->terms, pointer, &offset);
	bool has_name = array && cell_names(engine, d, array, from);
	struct cell *objects[CELL_NAMES];

	if (!count && cell_get_object(engine, d, region, objects))
		objects[0]->is_foreign = true;

	cell_note_lost(engine, d, pointer);
	for (i = 0; i < count; i++) {
		struct cell *cell = cell_get(engine->cells, names[i]);

		if (has_name)
			cell_add_source(engine->cells, cell, cell_get(engine->cells, from[0]));
		else
			cell->is_foreign = true;
	}
}

void cell_note_owner(struct engine *engine, const struct disjunct *d,
		     const struct region *region, const struct linear *pointer)
{
	symbol_id id = linear_as_symbol(pointer);
	const char *names[CELL_NAMES];
	const struct region *owned;
	unsigned i;

	if (!id || symbol_get(engine->terms, id)->kind == SYMBOL_LOADED)
		return;
	owned = region_pointee(engine->terms, id);
	for (i = 0; i < d->region_count; i++)
		if (region_base(d->regions[i]->region) == owned && d->regions[i]->kinds &&
		    d->regions[i]->region != owned)
			break;
	if (i == d->region_count || !cell_names(engine, d, region, names))
		return;
	for (; i < d->region_count; i++) {
		const struct region_state *state = d->regions[i];
		struct kind_knowledge knowledge = {
			.kinds = state->kinds, .is_foreign = state->is_foreign,
			.is_shared = state->is_shared,
		};

		if (region_base(state->region) != owned || state->region == owned ||
		    !state->kinds)
			continue;
		memcpy(knowledge.provenance, state->provenance, sizeof(knowledge.provenance));
		cell_note_kinds(engine, d, state->region, &knowledge);
	}
}

void cell_note_store(struct engine *engine, const struct disjunct *d,
		     const struct region *region, const struct linear *value, bool is_number)
{
	const char *names[CELL_NAMES];
	const struct region_state *state;
	struct kind_knowledge knowledge;
	const struct symbol *s;
	struct cell *cell, *objects[CELL_NAMES];
	unsigned count, i;
	symbol_id id = linear_as_symbol(value);

	if (!id)
		return;
	s = symbol_get(engine->terms, id);
	state = array_state(engine, d, value);
	if (s->type.pointee != IR_POINTEE_PAGE && s->type.pointee != IR_POINTEE_PAGES &&
	    !(state && state->kinds))
		return;
	count = cell_names(engine, d, region, names);
	if (!count && !is_local(engine, region))
		lose_stored(engine, d, region, value, is_number);
	page_kinds(engine, d, value, &knowledge);
	if (knowledge.kinds)
		return;		/* told by cell_note_kinds() */
	if (!count && cell_get_object(engine, d, region, objects))
		objects[0]->is_foreign = true;
	for (i = 0; i < count; i++) {
		if (state && state->kinds && !state->is_page) {
			knowledge.kinds = state->kinds;
			knowledge.is_foreign = state->is_foreign;
			knowledge.is_shared = state->is_shared;
			knowledge.is_held = state->holding_count != 0;
			memcpy(knowledge.provenance, state->provenance,
			       sizeof(knowledge.provenance));
			cell = cell_get(engine->cells, cell_name_pointee(engine, names[i]));
			cell_add_kinds(cell, &knowledge);
			cell->is_reused |= !state->is_allocated;
			cell->is_placed = true;
			cell_note_filling(engine, cell, knowledge.kinds);
			cell_add_origins(engine->cells, cell, &knowledge);
			if (i + 1 < count)
				cell->tail = cell_get(engine->cells,
						      cell_name_pointee(engine, names[count - 1]));
		} else if (!(state && state->is_allocated)) {
			note_unknown(engine, d, names[i], s,
				     s->type.pointee == IR_POINTEE_PAGES);
			cell_note_lost(engine, d, value);
		}
	}
	if (count && knowledge.kinds)
		cell_note_keeping(engine, d, region, &knowledge);
}

/* Where the page of REGION was found, if it is that or NULL; else REGION. */
static const struct region *found_in(const struct engine *engine, const struct region *region)
{
	const struct symbol *s = region->kind == REGION_POINTEE ?
		symbol_get(engine->terms, region->symbol) : NULL;

	return s && s->kind == SYMBOL_MERGED && s->base && s->type.pointee == IR_POINTEE_PAGE ?
		symbol_get(engine->terms, s->base)->region : region;
}

/* For &page, or an array of one, where the page was found that is in it. */
const struct region *cell_resting_place(struct engine *engine, const struct disjunct *d,
					const struct reference *reference)
{
	const struct linear *offset = reference->low ?
		linear_scale(engine->terms, reference->low, POINTER_SIZE) : NULL;
	const struct memory_entry *entry;
	struct reference single;

	if (reference->page || !offset ||
	    linear_add_constant(engine->terms, reference->low, 1) != reference->high)
		return found_in(engine, reference->region);
	entry = disjunct_memory(d, reference->region, offset);
	return entry && reference_of_page(engine, d, entry->value, &single) ?
		found_in(engine, single.region) : reference->region;
}

void cell_note_release(struct engine *engine, const struct frame *frame,
		       const struct disjunct *d, const struct reference *reference,
		       const struct release *how)
{
	struct cell_table *table = engine->cells;
	struct cell *cells[CELL_NAMES];
	struct cell_release *release;
	const struct region *place = cell_resting_place(engine, d, reference);
	unsigned count = cell_get_all(engine, d, place, cells), i;

	if (!count)
		count = cell_get_object(engine, d, place, cells);
	for (i = 0; i < count; i++) {
		cells[i]->is_taken = true;
		if (how->kind == CONTRACT_KIND_NONE)
			cells[i]->is_handed_on = cells[i]->is_shown = true;
		else
			cells[i]->released |= (uint8_t)(1u << how->kind);
	}
	if (!count)
		cell_note_stray_release(engine, place, how->kind);
	if (!count || how->is_transfer || how->kind == CONTRACT_KIND_NONE)
		return;
	for (release = table->first_release; release; release = release->next)
		if (release->location == how->location &&
		    release->cells[0] == cells[0]) {
			cell_note_site(table, release, frame, how->call);
			cell_note_tests(engine, d, release, place);
			return;
		}
	release = ARENA_NEW(table->unit->arena, struct cell_release);
	memcpy(release->cells, cells, sizeof(cells));
	release->cell_count = count;
	release->kind = how->kind;
	release->location = how->location;
	release->function = frame->function->index;
	release->releaser = how->function;
	release->contract = frame->function->instructions[how->call].u.callee->contract;
	release->what = how->text ? how->text :
		arena_strdup(table->unit->arena, region_text(engine->terms, reference->region));
	cell_note_site(table, release, frame, how->call);
	cell_note_tests(engine, d, release, place);
	*table->last_release = release;
	table->last_release = &release->next;
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
		fprintf(out, "%s%s%s%s%s", cell->is_foreign ? " unknown" : "",
			cell->is_shared ? " shared" : "", cell->is_held ? " held" : "",
			cell->is_taken ? " taken" : "", cell->freed ? " freed" : "");
		for (k = 0; k < cell->count_count; k++)
			fprintf(out, ", %s + %lld of them", cell->counts[k].text,
				(long long)cell->counts[k].constant);
		fprintf(out, "\n");
	}
	for (release = table->first_release; release; release = release->next)
		fprintf(out, "release of %s by %s as %s\n", release->cells[0]->name,
			release->releaser,
			contract_set_kind(table->contracts, release->kind)->name);
}
