// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Are pages certainly still taken when the call is over that has taken them?
 *
 *	int obj_get(struct obj *obj, ...)	{ ... pin ... obj->pages ... }
 *	void obj_put(struct obj *obj)		{ ... unpin ... obj->pages ... }
 *
 * Another file may call both in one function of its own, or the second one as soon as the
 * device is done.  So it has to be told where the pages go: into a record that is made
 * where they are taken, and has to be found again; into one element out of several of a
 * record that was there before; into a variable of the unit's; or wherever, by a function
 * that is called through a pointer only, by which a call from outside comes in.
 *
 * Even so the pages may be given back in time,
 *  - by what is called when a device has done its work: a function whose address is given
 *    away, which leads to the release.  A release that is put off by the function that does
 *    it otherwise is none of that;
 *  - because they are a window that moves: who takes pages has given back those before.
 */
#include "cell-table.h"

/* ---------------------------------------------------------------------- noting */

/* Is the record that REGION is in one element out of several, all of one outer record? */
static bool is_in_collection(const struct engine *engine, const struct region *region)
{
	const struct region *in, *field = NULL;

	for (in = region; in; in = in->parent) {
		bool is_named = in->record && *in->record;

		if (in->kind == REGION_PIECE && field && in->parent &&
		    in->parent->kind == REGION_FIELD && !linear_is_constant(in->offset))
			return true;
		/* The record of the page's own field is not named if a contract tells of it. */
		field = in->kind == REGION_FIELD && (in != region || is_named) &&
			!(is_named && contract_set_is_container(engine->contracts, in->record)) ?
			in : NULL;
	}
	return false;
}

/* What BASE was found in, if its address was loaded, and so on. */
static const struct region *outermost(const struct engine *engine, const struct region *base)
{
	const struct symbol *s;

	while (base->kind == REGION_POINTEE) {
		s = symbol_get(engine->terms, base->symbol);
		if (s->kind != SYMBOL_LOADED)
			break;
		base = region_base(s->region);
	}
	return base;
}

/* Is BASE allocated here, be it a page that has become a record? */
static bool is_made_here(const struct disjunct *d, const struct region *base)
{
	const struct region_state *state = disjunct_region(d, base);

	return state && (state->is_allocated || (state->is_page && state->holding_count));
}

/* Does a variable of the unit's point to BASE? */
static bool is_installed(const struct engine *engine, const struct disjunct *d,
			 const struct region *base)
{
	unsigned i;

	for (i = 0; base->kind == REGION_POINTEE && i < d->memory_count; i++) {
		const struct region *in = region_base(d->memory[i].region);

		if (in->kind == REGION_VARIABLE && engine->unit->variables[in->variable].is_global &&
		    linear_as_symbol(d->memory[i].value) == base->symbol)
			return true;
	}
	return false;
}

static bool is_found_again(const struct engine *engine, const struct disjunct *d,
			   const struct region *region)
{
	const struct region *record = cell_record_of(engine, d, region);
	const struct region *base = record ? region_base(record) : NULL;

	if (!base)
		return false;
	if (base->kind == REGION_VARIABLE)
		return engine->unit->variables[base->variable].is_global;
	return is_made_here(d, base) || is_made_here(d, outermost(engine, base)) ||
	       is_installed(engine, d, base) ||
	       is_in_collection(engine, region) || is_in_collection(engine, record);
}

/* A function whose address is in a table, and in nobody's hands. */
static bool is_entry(const struct ir_function *function)
{
	return function->is_static && function->is_address_hidden && !function->is_address_told;
}

void cell_note_keeping(struct engine *engine, const struct disjunct *d,
		       const struct region *region, const struct kind_knowledge *knowledge)
{
	bool is_found, is_by_entry;
	unsigned k;

	if (!engine->options->enabled[FINDING_MISSING_LONGTERM] ||
	    cell_is_seen_from_callers(engine))
		return;
	is_found = is_found_again(engine, d, region);
	is_by_entry = is_entry(engine->root);
	for (k = 0; (is_found || is_by_entry) && k < CONTRACT_KIND_LIMIT; k++) {
		struct cell_origin *origin = cell_origin_of(engine->cells,
							    knowledge->provenance[k]);

		if (!origin)
			continue;
		origin->is_found_again |= is_found;
		origin->is_by_entry |= is_by_entry;
	}
}

/* --------------------------------------------------------------------- judging */

/* Does FUNCTION call one of SET; or, if GIVES, tell somebody the address of one? */
static bool names_one_of(const struct ir_function *function, const bool *set, bool gives)
{
	ir_value v;

	for (v = 1; v < function->value_count; v++) {
		const struct ir_instruction *i = &function->instructions[v];
		uint32_t named = i->op == IR_CALL ? i->u.callee->function :
				 i->op == IR_FUNCTION && gives ? i->u.function : 0;

		if (named && set[named - 1])
			return true;
	}
	return false;
}

/* SET, by function, and all those that lead to it. */
static void add_callers(const struct ir_unit *unit, bool *set, bool gives)
{
	bool is_changed = true;
	unsigned i;

	while (is_changed) {
		is_changed = false;
		for (i = 0; i < unit->function_count; i++)
			if (!set[i] && unit->functions[i] &&
			    names_one_of(unit->functions[i], set, gives))
				set[i] = is_changed = true;
	}
}

static void add_callees(const struct ir_unit *unit, bool *set)
{
	bool is_changed = true;
	unsigned i;
	ir_value v;

	while (is_changed) {
		is_changed = false;
		for (i = 0; i < unit->function_count; i++) {
			const struct ir_function *f = set[i] ? unit->functions[i] : NULL;

			for (v = 1; f && v < f->value_count; v++) {
				uint32_t callee = f->instructions[v].op == IR_CALL ?
					f->instructions[v].u.callee->function : 0;

				if (callee && !set[callee - 1])
					set[callee - 1] = is_changed = true;
			}
		}
	}
}

static bool *new_set(const struct ir_unit *unit)
{
	return ARENA_ARRAY(unit->arena, bool, unit->function_count + 1);
}

static bool is_out_of(const struct cell_release *release, const struct cell_places *places)
{
	unsigned i, p;

	for (i = 0; i < release->cell_count; i++)
		for (p = 0; p < places->count; p++)
			if (release->cells[i] == places->cells[p])
				return true;
	return false;
}

/*
 * Is a function that leads to a release (AT_LAST) told to somebody, by one that does not
 * give back itself, or is about to take the pages (TAKING)?
 */
static bool is_called_back(const struct ir_unit *unit, const bool *at_last, const bool *by_name,
			   const bool *taking)
{
	unsigned i;
	ir_value v;

	for (i = 0; i < unit->function_count; i++) {
		const struct ir_function *f = unit->functions[i];

		if (f && at_last[i] && f->is_address_told)
			return true;
		for (v = 1; f && v < f->value_count; v++)
			if (f->instructions[v].op == IR_FUNCTION && f->instructions[v].u.function &&
			    at_last[f->instructions[v].u.function - 1] &&
			    (taking[i] || !by_name[i]))
				return true;
	}
	return false;
}

static unsigned position(const struct ir_block *block, ir_value value)
{
	unsigned i;

	for (i = 0; i < block->count && block->instructions[i] != value; i++)
		;
	return i;
}

/* Is there a way from the call FROM of F to the call TO? */
static bool comes_to(const struct ir_unit *unit, const struct ir_function *f, ir_value from,
		     ir_value to)
{
	const struct ir_block *block = &f->blocks[f->instructions[from].block];
	const bool *avoided = ARENA_ARRAY(unit->arena, bool, f->block_count + 1);
	unsigned s;

	if (f->instructions[to].block == block->id && position(block, from) < position(block, to))
		return true;
	for (s = 0; s < block->successor_count; s++)
		if (cell_site_leads_to(f, block->successors[s], f->instructions[to].block, avoided))
			return true;
	return false;
}

/* Does a function that has come to RELEASE take pages at ORIGIN then? */
static bool is_before_acquire(const struct ir_unit *unit, const struct cell_release *release,
			      const bool *taking, const struct cell_origin *origin)
{
	const struct cell_site *site;
	ir_value v;

	for (site = release->sites; site; site = site->next) {
		const struct ir_function *f = site->function;

		for (v = 1; v < f->value_count; v++) {
			const struct ir_instruction *i = &f->instructions[v];

			if (i->op == IR_CALL && v != site->call &&
			    (i->location == origin->location ||
			     (i->u.callee->function && taking[i->u.callee->function - 1])) &&
			    comes_to(unit, f, site->call, v))
				return true;
		}
	}
	return false;
}

bool cell_may_be_over(const struct cell_table *table, const struct cell_origin *origin)
{
	const struct ir_unit *unit = table->unit;
	bool *at_last = new_set(unit), *by_name = new_set(unit);
	bool *taking = new_set(unit), *around = new_set(unit);
	const struct cell_release *release;
	struct cell_places places = { 0 };

	if (!cell_find_places(table, origin, &places))
		return true;
	around[origin->acquired->function] = taking[origin->acquired->function] = true;
	add_callers(unit, taking, false);
	add_callers(unit, around, false);
	add_callees(unit, around);
	for (release = table->first_release; release; release = release->next) {
		if (!is_out_of(release, &places))
			continue;
		if (is_before_acquire(unit, release, taking, origin))
			return true;
		at_last[release->function] = by_name[release->function] = true;
	}
	add_callers(unit, at_last, true);
	add_callers(unit, by_name, false);
	return is_called_back(unit, at_last, by_name, around);
}
