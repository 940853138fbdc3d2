// SPDX-License-Identifier: GPL-2.0-or-later
/* Regions of memory and the pointers to them; see term.h. */
#include <string.h>

#include "term-table.h"

static uint32_t region_hash(const struct region *key)
{
	uint32_t hash = term_mix(0x811c9dc5u, key->kind);

	hash = term_mix(hash, key->variable);
	hash = term_mix(hash, key->context);
	hash = term_mix(hash, key->symbol);
	hash = term_mix(hash, key->parent ? key->parent->id + 1 : 0);
	hash = term_mix(hash, key->offset ? key->offset->id + 1 : 0);
	/* Names by content: addresses would make the order of the table differ. */
	if (key->field) {
		const char *p;

		for (p = key->field; *p; p++)
			hash = term_mix(hash, (unsigned char)*p);
	}
	return hash;
}

static bool is_same_region(const void *item, const void *key)
{
	const struct region *a = item, *b = key;

	return a->kind == b->kind && a->variable == b->variable &&
	       a->context == b->context && a->symbol == b->symbol &&
	       a->parent == b->parent && a->field == b->field &&
	       a->offset == b->offset;
}

static const struct region *region_intern(struct term_table *table,
					  const struct region *key)
{
	const void **slot = term_hash_slot(table->arena, &table->regions,
					   region_hash(key), is_same_region, key);
	struct region *region;

	if (*slot) {
		region = (struct region *)*slot;
		/* A contract names the member alone; the code knows whose it is. */
		if (key->record && *key->record && !*region->record)
			region->record = key->record;
		if (key->position)
			region->position = key->position;
		return region;
	}
	region = ARENA_NEW(table->arena, struct region);
	*region = *key;
	region->base = key->parent ? key->parent->base : region;
	region->id = table->region_count++;
	*slot = region;
	return region;
}

const struct region *region_variable(struct term_table *table, uint32_t variable,
				     uint32_t context)
{
	struct region key = { .kind = REGION_VARIABLE, .variable = variable };

	if (!table->unit->variables[variable].is_global)
		key.context = context;
	return region_intern(table, &key);
}

const struct region *region_pointee(struct term_table *table, symbol_id symbol)
{
	const struct symbol *s = symbol_get(table, symbol);
	struct region key = { .kind = REGION_POINTEE, .symbol = symbol };

	if (s->kind == SYMBOL_ADDRESS)
		return s->region;
	if (!table->pointees[symbol])
		table->pointees[symbol] = region_intern(table, &key);
	return table->pointees[symbol];
}

const struct region *region_field(struct term_table *table, const struct region *parent,
				  const struct ir_step *step)
{
	struct region key = {
		.kind = REGION_FIELD, .in_union = step->in_union, .parent = parent,
		.record = step->record, .field = step->field, .position = step->position,
	};

	return region_intern(table, &key);
}

/*
 * The record RECORD that REGION is in, if it starts OFFSET bytes from REGION: no record is
 * inside of one like itself.  NULL: it is in none.
 */
static const struct region *region_around(const struct region *region,
					  const struct linear *offset, const char *record)
{
	ir_integer at = offset->constant;

	if (!linear_is_constant(offset) || at > 0)
		return NULL;
	for (; region->kind == REGION_FIELD && region->position; region = region->parent) {
		at += region->position - 1;
		if (!at && region->record == record)
			return region->parent;
	}
	return NULL;
}

const struct region *region_member(struct term_table *table, const struct region *region,
				   const struct linear *offset, const struct ir_step *step)
{
	const struct region *record = region_around(region, offset, step->record);

	if (!record)
		record = region_piece(table, region, offset);
	return record ? region_field(table, record, step) : NULL;
}

const struct region *region_piece(struct term_table *table, const struct region *parent,
				  const struct linear *offset)
{
	struct region key = { .kind = REGION_PIECE, .parent = parent };

	if (parent->kind == REGION_PIECE) {
		key.parent = parent->parent;
		offset = linear_add(table, parent->offset, offset);
		if (!offset)
			return NULL;
	}
	if (linear_is_constant(offset) && offset->constant == 0)
		return key.parent;
	key.offset = offset;
	return region_intern(table, &key);
}

bool region_is_inside(const struct region *inner, const struct region *outer)
{
	for (; inner; inner = inner->parent)
		if (inner == outer)
			return true;
	return false;
}

const struct linear *region_address(struct term_table *table,
				    const struct region *region,
				    const struct linear *offset)
{
	struct symbol key = {
		.kind = SYMBOL_ADDRESS, .region = region,
		.type = { IR_TYPE_POINTER, 64, false, IR_POINTEE_OTHER },
	};

	if (region->kind == REGION_PIECE)
		return region_address(table, region->parent,
				      linear_add(table, region->offset, offset));
	if (region->kind == REGION_POINTEE)
		return linear_add(table, linear_symbol(table, region->symbol), offset);
	return linear_add(table, linear_symbol(table, symbol_intern(table, &key)), offset);
}

/* The one symbol of POINTER that it is a pointer by; 0: none, or several. */
static symbol_id pointer_symbol(const struct term_table *table, const struct linear *pointer)
{
	symbol_id best = 0;
	bool best_is_pointer = false;
	unsigned i;

	for (i = 0; i < pointer->count; i++) {
		const struct symbol *s = symbol_get(table, pointer->terms[i].symbol);
		bool is_pointer = s->type.type_class == IR_TYPE_POINTER;

		if (pointer->terms[i].coefficient != 1)
			continue;
		if (is_pointer && best_is_pointer)
			return 0;	/* a sum of pointers: which is it? */
		if (is_pointer || (!best && pointer->count == 1)) {
			best = s->id;
			best_is_pointer = is_pointer;
		}
	}
	return best;
}

const struct region *region_of_pointer(struct term_table *table,
				       const struct linear *pointer,
				       const struct linear **offset)
{
	symbol_id symbol = pointer_symbol(table, pointer);

	if (!symbol)
		return NULL;
	*offset = linear_subtract(table, pointer, linear_symbol(table, symbol));
	return *offset ? region_pointee(table, symbol) : NULL;
}

symbol_id symbol_array(const struct term_table *table, const struct linear *pointer)
{
	symbol_id id = pointer_symbol(table, pointer);
	const struct symbol *s;

	if (!id)
		return 0;
	s = symbol_get(table, id);
	while (s->kind == SYMBOL_PREVIOUS)
		s = symbol_get(table, s->base);
	return s->base ? s->base : s->id;
}

bool region_mentions(const struct term_table *table, const struct region *region,
		     symbol_test test, void *argument, uint8_t *memo)
{
	for (; region; region = region->parent) {
		if (region->kind == REGION_POINTEE &&
		    symbol_mentions(table, region->symbol, test, argument, memo))
			return true;
		if (region->offset &&
		    linear_mentions(table, region->offset, test, argument, memo))
			return true;
	}
	return false;
}
