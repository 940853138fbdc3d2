/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Embedded contracts: kernel-annotations/ as static tables of the plugin.
 *
 * plugin/cli/embed.c writes them as a C file at build time, look-up table
 * included, so that nothing is to be done when the plugin is loaded.
 */
#ifndef PINCHECK_CONTRACT_TABLES_H
#define PINCHECK_CONTRACT_TABLES_H

#include "contract.h"

/* `tag' is the upper half of the name's hash: tells most other names apart. */
struct contract_table_slot {
	uint16_t first;			/* contract + 1; 0: free */
	uint16_t tag;
};

struct contract_tables {
	unsigned kind_count, era_count, contract_count;
	uint32_t slot_mask;
	const struct contract_kind_info *kinds;
	const struct contract_era *eras;
	const struct contract *contracts;	/* those of one name side by side */
	const struct contract_table_slot *slots; /* open addressing, a quarter full at most */
};

/* In the generated file. */
extern const struct contract_tables contract_tables_embedded;

/* FNV-1a of a function's name. */
static inline uint32_t contract_name_hash(const char *name)
{
	uint32_t hash = 2166136261u;

	while (*name)
		hash = (hash ^ (unsigned char)*name++) * 16777619u;
	return hash;
}

#endif /* PINCHECK_CONTRACT_TABLES_H */
