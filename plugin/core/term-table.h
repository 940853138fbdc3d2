/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Inside of the term table, shared by linear.c, symbol.c, region.c and, for its
 * hash, constraint.c only.
 */
#ifndef PINCHECK_TERM_TABLE_H
#define PINCHECK_TERM_TABLE_H

#include "term.h"

/* Open hash of interned things: chains through an index array. */
struct term_hash {
	uint32_t size;			/* power of two */
	uint32_t count;
	const void **slots;
	uint32_t *hashes;
};

#define TERM_SUMS	1024		/* a power of two */
#define TERM_CONSTANTS	32

/* What add_scaled() was asked last of its place in the table, and what the result was. */
struct term_sum {
	const struct linear *a, *b, *result;
	ir_integer factor;
	symbol_id without;
};

struct term_table {
	struct arena *arena;
	const struct ir_unit *unit;
	struct term_hash linears, symbols, regions;
	uint32_t linear_count, region_count;
	uint32_t symbol_count, symbol_room;
	const struct symbol **by_id;
	/* by symbol; NULL until asked for */
	const struct linear **as_linear;
	const struct region **pointees;
	const struct linear *constants[TERM_CONSTANTS];	/* ... by number */
	struct term_sum *sums[TERM_SUMS];		/* NULL until used */
};

/* Slot of what IS_SAME recognises, or the free slot where it belongs. */
const void **term_hash_slot(struct arena *arena, struct term_hash *hash,
			    uint32_t value,
			    bool (*is_same)(const void *item, const void *key),
			    const void *key);

static inline uint32_t term_mix(uint32_t hash, uint64_t value)
{
	hash ^= (uint32_t)value ^ (uint32_t)(value >> 32);
	hash *= 0x9e3779b1u;
	return hash ^ (hash >> 15);
}

#endif /* PINCHECK_TERM_TABLE_H */
