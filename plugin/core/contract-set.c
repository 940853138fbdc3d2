// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "contract-set.h"

#define ENTRIES_FIRST	64
#define SLOTS_FIRST	128
#define CONTAINERS_FIRST	16

struct contract_set *contract_set_on_tables(struct arena *arena,
					    const struct contract_tables *tables)
{
	struct contract_set *set = ARENA_NEW(arena, struct contract_set);

	set->arena = arena;
	set->embedded = tables;
	if (!tables)
		return set;
	set->kind_count = tables->kind_count;
	set->era_count = tables->era_count;
	if (tables->kind_count)
		memcpy(set->kinds, tables->kinds, tables->kind_count * sizeof(set->kinds[0]));
	if (tables->era_count)
		memcpy(set->eras, tables->eras, tables->era_count * sizeof(set->eras[0]));
	return set;
}

struct contract_set *contract_set_new(struct arena *arena)
{
	return contract_set_on_tables(arena, NULL);
}

static struct contract_slot *find_slot(const struct contract_set *set, const char *name,
				       uint32_t hash)
{
	uint32_t at = hash & set->slot_mask;

	while (set->slots[at].name &&
	       (set->slots[at].hash != hash || strcmp(set->slots[at].name, name) != 0))
		at = (at + 1) & set->slot_mask;
	return &set->slots[at];
}

static void grow_slots(struct contract_set *set)
{
	uint32_t i, old_count = set->slots ? set->slot_mask + 1 : 0;
	struct contract_slot *old = set->slots;

	set->slot_mask = old_count ? old_count * 2 - 1 : SLOTS_FIRST - 1;
	set->slots = ARENA_ARRAY(set->arena, struct contract_slot, set->slot_mask + 1);
	for (i = 0; i < old_count; i++) {
		if (old[i].name)
			*find_slot(set, old[i].name, old[i].hash) = old[i];
	}
}

static void grow_entries(struct contract_set *set, size_t count)
{
	struct contract_entry *old = set->entries;
	uint32_t room = set->entry_room ? set->entry_room : ENTRIES_FIRST;

	while (room < set->entry_count + count)
		room *= 2;
	if (room == set->entry_room)
		return;
	set->entries = ARENA_ARRAY(set->arena, struct contract_entry, room);
	set->entry_room = room;
	if (set->entry_count)
		memcpy(set->entries, old, set->entry_count * sizeof(*old));
}

void contract_set_add(struct contract_set *set, const struct contract *contracts,
		      size_t count)
{
	size_t i;

	grow_entries(set, count);
	for (i = 0; i < count; i++)
		set->entries[set->entry_count + i].contract = contracts[i];

	/* last one first, each in front of its chain: then the chain is in file order */
	for (i = count; i-- > 0;) {
		const char *name = contracts[i].function;
		uint32_t hash = contract_name_hash(name);
		uint32_t entry = set->entry_count + (uint32_t)i;
		struct contract_slot *slot;

		if (!set->slots || set->name_count > set->slot_mask / 2)
			grow_slots(set);
		slot = find_slot(set, name, hash);
		if (!slot->name) {
			slot->name = name;
			slot->hash = hash;
			set->name_count++;
		}
		set->entries[entry].next = slot->entry;
		slot->entry = entry + 1;
	}
	set->entry_count += (uint32_t)count;
}

/* First embedded contract of that name, or NULL. */
static inline const struct contract *find_embedded(const struct contract_set *set,
					    const char *function, uint32_t hash)
{
	const struct contract_tables *tables = set->embedded;
	uint16_t tag = (uint16_t)(hash >> 16);
	uint32_t at;

	if (!tables)
		return NULL;
	for (at = hash & tables->slot_mask; tables->slots[at].first;
	     at = (at + 1) & tables->slot_mask) {
		const struct contract *contract =
			&tables->contracts[tables->slots[at].first - 1];

		if (tables->slots[at].tag == tag && strcmp(contract->function, function) == 0)
			return contract;
	}
	return NULL;
}

/* First contract of that name that was read from a file, + 1. */
static uint32_t find_entry(const struct contract_set *set, const char *function,
			   uint32_t hash)
{
	return set->slots ? find_slot(set, function, hash)->entry : 0;
}

bool contract_has_name(const struct contract_set *set, const char *function)
{
	uint32_t hash = contract_name_hash(function);

	return find_embedded(set, function, hash) || find_entry(set, function, hash);
}

/* The contracts of one name, in the order in which they count. */
struct name_walk {
	const struct contract_set *set;
	uint32_t entry;				/* + 1 */
	const struct contract *embedded;
};

static struct name_walk walk_name(const struct contract_set *set, const char *function)
{
	uint32_t hash = contract_name_hash(function);

	return (struct name_walk){
		.set = set,
		.entry = find_entry(set, function, hash),
		.embedded = find_embedded(set, function, hash),
	};
}

static const struct contract *walk_next(struct name_walk *walk)
{
	const struct contract_tables *tables = walk->set->embedded;
	const struct contract *contract;

	if (walk->entry) {
		const struct contract_entry *entry = &walk->set->entries[walk->entry - 1];

		walk->entry = entry->next;
		return &entry->contract;
	}
	contract = walk->embedded;
	if (!contract)
		return NULL;
	walk->embedded++;
	if (walk->embedded == tables->contracts + tables->contract_count ||
	    strcmp(walk->embedded->function, contract->function) != 0)
		walk->embedded = NULL;
	return contract;
}

const struct contract *contract_find(const struct contract_set *set,
				     const char *function,
				     unsigned parameter_count, unsigned era)
{
	struct name_walk walk = walk_name(set, function);
	const struct contract *contract;

	while ((contract = walk_next(&walk))) {
		bool fits = contract->parameter_count == parameter_count ||
			    (contract->is_variadic &&
			     contract->parameter_count < parameter_count);

		if (fits && (contract->era_mask >> era & 1))
			return contract;
	}
	return NULL;
}

bool contract_has_same_head(const struct contract *a, const struct contract *b)
{
	return a->parameter_count == b->parameter_count &&
	       a->is_variadic == b->is_variadic && strcmp(a->function, b->function) == 0;
}

uint16_t contract_set_visible_eras(const struct contract_set *set,
				   const struct contract *contract)
{
	struct name_walk walk = walk_name(set, contract->function);
	uint16_t visible = contract->era_mask;
	const struct contract *other;

	while ((other = walk_next(&walk)) && other != contract) {
		if (contract_has_same_head(other, contract))
			visible &= (uint16_t)~other->era_mask;
	}
	return visible;
}

const struct contract *contract_set_at(const struct contract_set *set, size_t index)
{
	size_t embedded_count = set->embedded ? set->embedded->contract_count : 0;

	if (index < embedded_count)
		return &set->embedded->contracts[index];
	index -= embedded_count;
	return index < set->entry_count ? &set->entries[index].contract : NULL;
}

unsigned contract_set_kind_count(const struct contract_set *set)
{
	return set->kind_count;
}

const struct contract_kind_info *contract_set_kind(const struct contract_set *set,
						   contract_kind kind)
{
	return kind < set->kind_count ? &set->kinds[kind] : NULL;
}

unsigned contract_set_era_count(const struct contract_set *set)
{
	return set->era_count;
}

const struct contract_era *contract_set_era(const struct contract_set *set, unsigned era)
{
	return era < set->era_count ? &set->eras[era] : NULL;
}

unsigned contract_set_choose_era(const struct contract_set *set,
				 bool (*is_declared)(void *host, const char *function),
				 void *host)
{
	unsigned era, test;

	for (era = 0; era < set->era_count; era++) {
		const struct contract_era *candidate = &set->eras[era];

		for (test = 0; test < candidate->test_count; test++) {
			const struct contract_era_test *asked = &candidate->tests[test];

			if (is_declared(host, asked->function) != asked->declared)
				break;
		}
		if (test == candidate->test_count)
			return era;
	}
	return 0;
}

static bool has_string(const char *const *strings, unsigned count, const char *text)
{
	unsigned i;

	for (i = 0; i < count; i++) {
		if (*strings[i] == *text && strcmp(strings[i], text) == 0)
			return true;
	}
	return false;
}

bool contract_set_embeds_container(const struct contract_set *set, const char *record)
{
	return set->embedded && has_string(set->embedded->containers,
					   set->embedded->container_count, record);
}

bool contract_set_is_container(const struct contract_set *set, const char *record)
{
	return contract_set_embeds_container(set, record) ||
	       has_string(set->containers, set->container_count, record);
}

void contract_set_add_container(struct contract_set *set, const char *record)
{
	const char **old = set->containers;

	if (has_string(old, set->container_count, record))
		return;
	if (set->container_count == set->container_room) {
		set->container_room = old ? set->container_room * 2 : CONTAINERS_FIRST;
		set->containers = ARENA_ARRAY(set->arena, const char *, set->container_room);
		if (old)
			memcpy(set->containers, old, set->container_count * sizeof(*old));
	}
	set->containers[set->container_count++] = record;
}

void contract_set_add_fields(struct contract_set *set, const struct contract_field *fields,
			     unsigned count)
{
	struct contract_field *all;

	if (!count)
		return;
	all = ARENA_ARRAY(set->arena, struct contract_field, set->field_count + count);
	if (set->field_count)
		memcpy(all, set->fields, set->field_count * sizeof(*all));
	memcpy(all + set->field_count, fields, count * sizeof(*all));
	set->fields = all;
	set->field_count += count;
}

const struct contract_field *contract_set_field(const struct contract_set *set, unsigned index)
{
	if (index < set->field_count)
		return &set->fields[index];
	index -= set->field_count;
	return set->embedded && index < set->embedded->field_count ?
		&set->embedded->fields[index] : NULL;
}

bool contract_has_obligation(const struct contract *contract)
{
	unsigned i;

	for (i = 0; i < contract->effect_count; i++) {
		switch (contract->effects[i].verb) {
		case CONTRACT_ACQUIRES:
		case CONTRACT_FILLS:
		case CONTRACT_RELEASES:
		case CONTRACT_ADDS:
		case CONTRACT_TRANSFERS:
			return true;
		}
	}
	return false;
}
