// SPDX-License-Identifier: GPL-2.0-or-later
/* Symbols and the table that interns them; see term.h. */
#include <stdlib.h>
#include <string.h>

#include <libiberty/libiberty.h>

#include "term-table.h"

#define FIRST_SIZE	64

static void hash_grow(struct arena *arena, struct term_hash *hash)
{
	struct term_hash old = *hash;
	uint32_t i, at;

	hash->size = old.size ? old.size * 2 : FIRST_SIZE;
	hash->slots = ARENA_ARRAY(arena, const void *, hash->size);
	hash->hashes = ARENA_ARRAY(arena, uint32_t, hash->size);
	for (i = 0; i < old.size; i++) {
		if (!old.slots[i])
			continue;
		at = old.hashes[i] & (hash->size - 1);
		while (hash->slots[at])
			at = (at + 1) & (hash->size - 1);
		hash->slots[at] = old.slots[i];
		hash->hashes[at] = old.hashes[i];
	}
}

const void **term_hash_slot(struct arena *arena, struct term_hash *hash,
			    uint32_t value,
			    bool (*is_same)(const void *item, const void *key),
			    const void *key)
{
	uint32_t at;

	if (hash->count * 2 >= hash->size)
		hash_grow(arena, hash);
	for (at = value & (hash->size - 1); hash->slots[at];
	     at = (at + 1) & (hash->size - 1))
		if (hash->hashes[at] == value && is_same(hash->slots[at], key))
			return &hash->slots[at];
	hash->hashes[at] = value;
	hash->count++;
	return &hash->slots[at];
}

struct term_table *term_table_new(struct arena *arena, const struct ir_unit *unit)
{
	struct term_table *table = ARENA_NEW(arena, struct term_table);

	table->arena = arena;
	table->unit = unit;
	table->symbol_count = 1;	/* symbol 0 is none */
	table->symbol_room = FIRST_SIZE;
	table->by_id = ARENA_ARRAY(arena, const struct symbol *, FIRST_SIZE);
	table->as_linear = ARENA_ARRAY(arena, const struct linear *, FIRST_SIZE);
	table->pointees = ARENA_ARRAY(arena, const struct region *, FIRST_SIZE);
	return table;
}

static uint32_t symbol_hash(const struct symbol *key)
{
	uint32_t hash = term_mix(0x811c9dc5u, key->kind | (uint32_t)key->operation << 8);

	hash = term_mix(hash, key->context);
	hash = term_mix(hash, key->instruction);
	hash = term_mix(hash, key->extra);
	hash = term_mix(hash, key->base);
	hash = term_mix(hash, key->left ? key->left->id + 1 : 0);
	hash = term_mix(hash, key->right ? key->right->id + 1 : 0);
	hash = term_mix(hash, key->region ? key->region->id + 1 : 0);
	return term_mix(hash, key->offset ? key->offset->id + 1 : 0);
}

static bool is_same_symbol(const void *item, const void *key)
{
	const struct symbol *a = item, *b = key;

	return a->kind == b->kind && a->operation == b->operation &&
	       a->context == b->context && a->instruction == b->instruction &&
	       a->extra == b->extra && a->base == b->base && a->left == b->left &&
	       a->right == b->right && a->region == b->region && a->offset == b->offset;
}

static void symbols_grow(struct term_table *table)
{
	const struct symbol **by_id = ARENA_ARRAY(table->arena, const struct symbol *,
						  2 * table->symbol_room);
	const struct linear **as_linear = ARENA_ARRAY(table->arena, const struct linear *,
						      2 * table->symbol_room);
	const struct region **pointees = ARENA_ARRAY(table->arena, const struct region *,
						     2 * table->symbol_room);

	memcpy(by_id, table->by_id, table->symbol_count * sizeof(*by_id));
	memcpy(as_linear, table->as_linear, table->symbol_count * sizeof(*as_linear));
	memcpy(pointees, table->pointees, table->symbol_count * sizeof(*pointees));
	table->pointees = pointees;
	table->by_id = by_id;
	table->as_linear = as_linear;
	table->symbol_room *= 2;
}

symbol_id symbol_intern(struct term_table *table, const struct symbol *key)
{
	const void **slot = term_hash_slot(table->arena, &table->symbols,
					   symbol_hash(key), is_same_symbol, key);
	struct symbol *symbol;

	if (*slot)
		return ((const struct symbol *)*slot)->id;
	if (table->symbol_count == table->symbol_room)
		symbols_grow(table);
	symbol = ARENA_NEW(table->arena, struct symbol);
	*symbol = *key;
	symbol->id = table->symbol_count++;
	table->by_id[symbol->id] = symbol;
	*slot = symbol;
	return symbol->id;
}

const struct symbol *symbol_get(const struct term_table *table, symbol_id symbol)
{
	return table->by_id[symbol];
}

uint32_t symbol_count(const struct term_table *table)
{
	return table->symbol_count;
}

void symbol_set_clear(struct symbol_set *set, const struct term_table *table)
{
	uint32_t room = 2 * table->symbol_count;

	if (table->symbol_count > set->room) {
		set->marks = XRESIZEVEC(uint32_t, set->marks, room);
		memset(set->marks + set->room, 0, (room - set->room) * sizeof(set->marks[0]));
		set->room = room;
	}
	set->round++;
}

void symbol_note_object(struct term_table *table, symbol_id symbol)
{
	((struct symbol *)table->by_id[symbol])->is_object = true;
}

void symbol_bounds(const struct term_table *table, symbol_id symbol,
		   ir_integer *low, ir_integer *high)
{
	const struct symbol *s = symbol_get(table, symbol);
	unsigned bits = s->type.bits ? s->type.bits : 64;

	if (s->kind == SYMBOL_COMPARISON) {
		*low = 0;
		*high = 1;
	} else if (s->type.type_class == IR_TYPE_INTEGER && s->type.is_signed) {
		*low = -((ir_integer)1 << (bits - 1));
		*high = ((ir_integer)1 << (bits - 1)) - 1;
	} else {
		*low = s->kind == SYMBOL_ADDRESS || s->kind == SYMBOL_FUNCTION;
		*high = ((ir_integer)1 << bits) - 1;
		/* An object does not lie among the error pointers. */
		if (s->kind == SYMBOL_ADDRESS || s->kind == SYMBOL_FUNCTION || s->is_object)
			*high -= 4096;
	}
}

bool symbol_mentions(const struct term_table *table, symbol_id symbol,
		     symbol_test test, void *argument, uint8_t *memo)
{
	const struct symbol *s = symbol_get(table, symbol);
	bool found;

	if (memo[symbol])
		return memo[symbol] == 2;
	memo[symbol] = 1;
	found = test(s, argument) ||
		linear_mentions(table, s->left, test, argument, memo) ||
		linear_mentions(table, s->right, test, argument, memo) ||
		linear_mentions(table, s->offset, test, argument, memo) ||
		(s->region && region_mentions(table, s->region, test, argument, memo)) ||
		(s->base && s->kind != SYMBOL_PREVIOUS &&
		 symbol_mentions(table, s->base, test, argument, memo));
	memo[symbol] = found ? 2 : 1;
	return found;
}
