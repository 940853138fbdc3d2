/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Inside of a set of contracts; for the files that fill and print it.
 *
 * A set has two layers.  Below are the embedded tables, static and ready for
 * look-up; above is what was read from files, empty in most compilations.  A
 * contract of the upper layer hides those of the same name and parameters that
 * were there before it, for the eras that it holds in:
 *
 *	embedded	get_user_pages(4 parameters), each era
 *	user's file	get_user_pages(4 parameters), era pin	<- found in era pin
 *
 * so nothing is ever removed from a set.
 */
#ifndef PINCHECK_CONTRACT_SET_H
#define PINCHECK_CONTRACT_SET_H

#include "contract-tables.h"
#include "contract.h"

/* A contract that was read from a file. */
struct contract_entry {
	struct contract contract;
	uint32_t next;		/* entry of the same name to look at next, + 1; 0: none */
};

/* First entry of a name; the text is interned, NULL: free. */
struct contract_slot {
	const char *name;
	uint32_t hash;
	uint32_t entry;		/* + 1 */
};

struct contract_set {
	struct arena *arena;
	struct intern *strings;			/* made when the first file is read */
	const struct contract_tables *embedded;	/* or NULL */

	unsigned kind_count, era_count;
	struct contract_kind_info kinds[CONTRACT_KIND_LIMIT];
	struct contract_era eras[CONTRACT_ERA_LIMIT];
	uint16_t read_kinds, read_eras;		/* bit n: kind or era n comes from a file */

	unsigned container_count, container_room;	/* read from files, each once */
	const char **containers;

	unsigned field_count;			/* read from files */
	const struct contract_field *fields;

	uint32_t entry_count, entry_room;
	struct contract_entry *entries;		/* in the order of the files */
	uint32_t name_count, slot_mask;
	struct contract_slot *slots;		/* open addressing */
};

/* New set on top of TABLES. */
struct contract_set *contract_set_on_tables(struct arena *arena,
					    const struct contract_tables *tables);

/* Add the COUNT contracts of one file, names interned, in front of what is there. */
void contract_set_add(struct contract_set *set, const struct contract *contracts,
		      size_t count);

/* Add a container of a file, its name interned.  Said twice is said once. */
void contract_set_add_container(struct contract_set *set, const char *record);

/* Is it among the containers of the embedded tables? */
bool contract_set_embeds_container(const struct contract_set *set, const char *record);

/* Add the COUNT fields of one file, behind those of the files before. */
void contract_set_add_fields(struct contract_set *set, const struct contract_field *fields,
			     unsigned count);

/* Eras in which contract number INDEX is found; 0 if it is hidden altogether. */
uint16_t contract_set_visible_eras(const struct contract_set *set,
				   const struct contract *contract);

/* Contracts embedded and read, in order, for INDEX from 0 on; NULL at the end. */
const struct contract *contract_set_at(const struct contract_set *set, size_t index);

/* The same function: one name, one list of parameters. */
bool contract_has_same_head(const struct contract *a, const struct contract *b);

#endif /* PINCHECK_CONTRACT_SET_H */
