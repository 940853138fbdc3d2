// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Cells that grow by one page at a time:
 *
 *	batch->pages[batch->nr_pages++] = page;
 *
 * puts each page where the last one ends, and counts it, so that batch->pages[0 ..
 * batch->nr_pages) is all there is, and nobody owns what is behind it: the next page goes
 * there, and nobody looks.  That is told by the text of the store: the index is what was found
 * in the field that gets one more in the same block.  It is so for the unit if each page that
 * comes into the cell does so, and if the field gets nothing else but zero.
 *
 * `rec->pages[rec->last] = page' counts nothing, nor does a field that is counted down, for
 * pages that are given back one by one, say: it may be the index of the last page then.  A ring
 * starts at zero again, and has an older page where the next one goes; so only what is given
 * back from the first element on is compared.
 */
#include <stdlib.h>

#include <libiberty/libiberty.h>

#include "cell-table.h"
#include "engine.h"

static const struct ir_instruction *at(const struct ir_function *f, ir_value value)
{
	while (f->instructions[value].op == IR_CONVERT)
		value = f->instructions[value].operands[0];
	return &f->instructions[value];
}

static bool is_same_step(const struct ir_step *a, const struct ir_step *b)
{
	return a->kind == b->kind && a->kind != IR_STEP_UNKNOWN && a->record == b->record &&
	       a->field == b->field && a->index == b->index && a->constant == b->constant;
}

/* Are A and B fields of one record? */
static bool are_beside(const struct ir_place *a, const struct ir_place *b)
{
	unsigned last = a->step_count - 1, i;

	if (!a->step_count || a->step_count != b->step_count || a->root != b->root ||
	    (a->root == IR_ROOT_VARIABLE ? a->variable != b->variable : a->pointer != b->pointer))
		return false;
	for (i = 0; i < last; i++)
		if (!is_same_step(&a->steps[i], &b->steps[i]))
			return false;
	return a->steps[last].kind == IR_STEP_FIELD && b->steps[last].kind == IR_STEP_FIELD &&
	       a->steps[last].record == b->steps[last].record;
}

/* An element of an array that a record has: the place of `array', its field, and which one. */
struct element {
	struct ir_place array;
	ir_value index;
};

/* Is PLACE `(record->array)[index]', be the array in the record or elsewhere? */
static bool find_element(const struct ir_function *f, const struct ir_place *place,
			 struct element *element)
{
	const struct ir_instruction *i;
	const struct ir_step *last;

	if (!place->step_count && place->root == IR_ROOT_POINTER) {
		i = at(f, place->pointer);
		return i->op == IR_ADDRESS && i->u.place->step_count &&
		       find_element(f, i->u.place, element);
	}
	last = place->step_count ? &place->steps[place->step_count - 1] : NULL;
	if (!last || last->kind != IR_STEP_INDEX || !last->index || last->constant)
		return false;
	element->index = last->index;
	element->array = *place;
	element->array.step_count--;
	if (place->step_count > 1)
		return place->steps[place->step_count - 2].kind == IR_STEP_FIELD;
	i = place->root == IR_ROOT_POINTER ? at(f, place->pointer) : NULL;
	if (!i || i->op != IR_LOAD || !i->u.place->step_count)
		return false;
	element->array = *i->u.place;
	return true;
}

/* Is the store I to COUNTER, which was LOADed before in its block, one more? */
static bool adds_one(const struct ir_function *f, const struct ir_instruction *i,
		     const struct ir_place *counter, ir_block_id block)
{
	const struct ir_instruction *sum = at(f, i->operands[0]), *one, *loaded;

	if (sum->op != IR_ADD)
		return false;
	loaded = at(f, sum->operands[0]);
	one = at(f, sum->operands[1]);
	return loaded->op == IR_LOAD && loaded->block == block && !loaded->u.place->is_volatile &&
	       are_beside(loaded->u.place, counter) &&
	       ir_place_ends_in(loaded->u.place, counter->steps[counter->step_count - 1].record,
				counter->steps[counter->step_count - 1].field) &&
	       one->op == IR_CONSTANT && one->u.constant == 1;
}

/* The store in LOAD's block that makes what it has loaded one more, as the next to change it. */
static ir_value increment_of(const struct ir_function *f, const struct ir_instruction *load)
{
	const struct ir_block *block = &f->blocks[load->block];
	const struct ir_step *field = &load->u.place->steps[load->u.place->step_count - 1];
	bool is_behind = false;
	unsigned n;

	for (n = 0; n < block->count; n++) {
		const struct ir_instruction *i = &f->instructions[block->instructions[n]];

		is_behind |= i == load;
		if (!is_behind)
			continue;
		if (i->op == IR_CALL && !i->u.callee->contract)
			return IR_NO_VALUE;
		if (i->op == IR_STORE && ir_place_ends_in(i->u.place, field->record, field->field))
			return adds_one(f, i, load->u.place, load->block) ?
				block->instructions[n] : IR_NO_VALUE;
	}
	return IR_NO_VALUE;
}

/* If VALUE, a store, appends to an array: the store that counts; else none. */
static ir_value counted_by(const struct ir_function *f, ir_value value)
{
	const struct ir_instruction *store = &f->instructions[value], *load;
	struct element element;

	if (store->op != IR_STORE || !find_element(f, store->u.place, &element))
		return IR_NO_VALUE;
	load = at(f, element.index);
	if (load->op != IR_LOAD || load->block != store->block || load->u.place->is_volatile ||
	    !are_beside(load->u.place, &element.array))
		return IR_NO_VALUE;
	return increment_of(f, load);
}

void cell_note_placed(struct engine *engine, const struct frame *frame, const struct disjunct *d,
		      const struct region *region, uint32_t writer)
{
	const struct ir_function *f = frame ? frame->function : NULL;
	struct cell *cells[CELL_NAMES], *cell;
	unsigned count = cell_get_all(engine, d, region, cells);
	const struct ir_place *counter;
	ir_value counting;
	const char *field;

	if (!count)
		return;
	cell = cells[count - 1];
	counting = f ? counted_by(f, writer % (1u << WRITER_BITS)) : IR_NO_VALUE;
	counter = counting ? f->instructions[counting].u.place : NULL;
	field = counter ? counter->steps[counter->step_count - 1].field : NULL;
	cell->is_placed |= !field || (cell->appended && cell->appended != field);
	cell->appended = field;
}

/* ---------------------------------------------------------------------- judgement */

/* Does some store of VALUE's block append to what the store VALUE counts? */
static bool counts_a_page(const struct ir_function *f, ir_value value)
{
	const struct ir_block *block = &f->blocks[f->instructions[value].block];
	unsigned n;

	for (n = 0; n < block->count; n++)
		if (f->instructions[block->instructions[n]].op == IR_STORE &&
		    counted_by(f, block->instructions[n]) == value)
			return true;
	return false;
}

/* May FUNCTION give FIELD of RECORD another number than zero, or one more for a page? */
static bool counts_otherwise(const struct ir_function *f, const char *record, const char *field)
{
	ir_value v;

	for (v = 1; v < f->value_count; v++) {
		const struct ir_instruction *i = &f->instructions[v], *stored;

		switch (i->op) {
		case IR_STORE:
			stored = at(f, i->operands[0]);
			if (ir_place_ends_in(i->u.place, record, field) &&
			    !(stored->op == IR_CONSTANT && !stored->u.constant) &&
			    !counts_a_page(f, v))
				return true;
			break;
		case IR_ADDRESS:
		case IR_HAVOC:
		case IR_COPY_MEMORY:
			if (ir_place_ends_in(i->u.place, record, field))
				return true;
			break;
		default:
			break;
		}
	}
	return false;
}

/* Is the branch BRANCH gone by `INDEX < COUNTER', a field like that? */
static bool is_bound(const struct ir_function *f, const struct ir_instruction *branch,
		     const struct ir_instruction *index, const char *record, const char *counter)
{
	const struct ir_instruction *test = at(f, branch->operands[0]), *less, *more;

	if (test->op != IR_LESS && test->op != IR_GREATER)
		return false;
	less = at(f, test->operands[test->op == IR_GREATER]);
	more = at(f, test->operands[test->op == IR_LESS]);
	return less == index && more->op == IR_LOAD &&
	       ir_place_ends_in(more->u.place, record, counter);
}

/* Is BLOCK come to only where INDEX is less than COUNTER? */
static bool is_within(const struct ir_function *f, ir_block_id block,
		      const struct ir_instruction *index, const char *record, const char *counter)
{
	bool *avoided = XCNEWVEC(bool, f->block_count), is_bounded = false;
	ir_value v;

	for (v = 1; v < f->value_count; v++)
		if (f->instructions[v].op == IR_BRANCH &&
		    is_bound(f, &f->instructions[v], index, record, counter)) {
			avoided[f->instructions[v].u.targets[0]] = true;
			is_bounded = true;
		}
	is_bounded = is_bounded && !cell_site_leads_to(f, 0, block, avoided);
	free(avoided);
	return is_bounded;
}

/*
 * Is VALUE the array, or the address of an element that may not be one of those counted?  Who
 * gets it may put a page there.
 */
static bool shows_end(const struct ir_function *f, ir_value value, const char *record,
		      const char *array, const char *counter)
{
	const struct ir_instruction *i = at(f, value);
	struct element element;

	if (i->op != IR_LOAD && i->op != IR_ADDRESS)
		return false;
	if (ir_place_ends_in(i->u.place, record, array))
		return i->op == IR_ADDRESS || i->type.pointee == IR_POINTEE_PAGES;
	return i->op == IR_ADDRESS && find_element(f, i->u.place, &element) &&
	       ir_place_ends_in(&element.array, record, array) &&
	       !is_within(f, i->block, at(f, element.index), record, counter);
}

/* Is ARRAY of RECORD shown by I to somebody who is not known, or kept elsewhere? */
static bool is_shown(const struct ir_unit *unit, const struct ir_function *f,
		     const struct ir_instruction *i, const char *record, const char *array,
		     const char *counter)
{
	unsigned o;

	switch (i->op) {
	case IR_STORE:
		return (i->u.place->root == IR_ROOT_POINTER ||
			unit->variables[i->u.place->variable].is_global) &&
		       f->instructions[i->operands[0]].type.pointee == IR_POINTEE_PAGES &&
		       shows_end(f, i->operands[0], record, array, counter);
	case IR_CALL:
		for (o = 0; !i->u.callee->contract && o < i->operand_count; o++)
			if (shows_end(f, i->operands[o], record, array, counter))
				return true;
		return false;
	default:
		return false;
	}
}

/* Does F do no more with ARRAY and COUNTER of RECORD than to append, to count and to look? */
static bool only_appends(const struct ir_unit *unit, const struct ir_function *f,
			 const char *record, const char *array, const char *counter)
{
	ir_value v;

	if (counts_otherwise(f, record, counter))
		return false;
	for (v = 1; v < f->value_count; v++)
		if (is_shown(unit, f, &f->instructions[v], record, array, counter))
			return false;
	return true;
}

bool cell_is_appended(const struct cell_table *table, const struct plan *plan,
		      const struct cell *cell, const char *count)
{
	const struct ir_unit *unit = table->unit;
	const char *record, *array;
	unsigned f;

	if (cell->tail)
		cell = cell->tail;
	if (cell->appended != count || cell->is_placed || cell->sources || cell->is_counted ||
	    cell->is_counted_before || !cell_split_name(table, cell, &record, &array) ||
	    !cell_is_all_seen(table, plan, record, array))
		return false;
	for (f = 0; f < unit->function_count; f++)
		if (unit->functions[f] &&
		    !only_appends(unit, unit->functions[f], record, array, count))
			return false;
	return true;
}
