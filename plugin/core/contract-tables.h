/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Embedded contracts: kernel-annotations/ as static tables of the plugin.
 *
 * plugin/cli/embed.c writes them as a C file at build time, look-up table
 * included, so that nothing is to be done when the plugin is loaded.
 */
#ifndef PINCHECK_CONTRACT_TABLES_H
#define PINCHECK_CONTRACT_TABLES_H

#include <string.h>

#include "contract.h"

/* `tag' is the upper half of the name's hash: tells most other names apart. */
struct contract_table_slot {
	uint16_t first;			/* contract + 1; 0: free */
	uint16_t tag;
};

struct contract_tables {
	unsigned kind_count, era_count, container_count, field_count, contract_count;
	uint32_t slot_mask;
	const struct contract_kind_info *kinds;
	const struct contract_era *eras;
	const char *const *containers;
	const struct contract_field *fields;
	const struct contract *contracts;	/* those of one name side by side */
	const struct contract_table_slot *slots; /* open addressing, a quarter full at most */
};

/* In the generated file. */
extern const struct contract_tables contract_tables_embedded;

/*
 * Hash of a function's name, eight bytes at a time, as it is asked for with every
 * declaration of a unit: half the instructions of a hash that goes by bytes.  It
 * depends on the byte order, which is that of the machine that builds the tables.
 */
static inline uint32_t contract_name_hash(const char *name)
{
	const uint64_t multiplier = 0x9e3779b97f4a7c15u;	/* 2^64 / golden ratio */
	size_t length = strlen(name);
	uint64_t hash = length, word = 0;
	uint32_t half;

	if (length >= 8) {
		/* the last eight bytes at the end, some of them for the second time */
		const char *last = name + length - 8;

		for (; name < last; name += 8) {
			memcpy(&word, name, 8);
			hash = (hash ^ word) * multiplier;
			hash ^= hash >> 32;
		}
		memcpy(&word, last, 8);
	} else if (length >= 4) {
		memcpy(&half, name + length - 4, 4);
		memcpy(&word, name, 4);
		word ^= (uint64_t)half << 32;
	} else {
		while (length--)
			word = word << 8 | (unsigned char)name[length];
	}
	hash = (hash ^ word) * multiplier;
	return (uint32_t)(hash >> 32);
}

#endif /* PINCHECK_CONTRACT_TABLES_H */
