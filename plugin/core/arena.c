// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Memory comes from libiberty in blobs, and is cut from the front of the newest, where
 * it is zeroed a bit ahead: much of a blob may never be asked for.  A request that would
 * waste most of a blob gets one of its own, put behind the newest, so that the room left
 * there is not lost.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libiberty/libiberty.h>

#include "arena.h"

#define BLOB_SIZE_FIRST		((size_t)4 << 10)
#define BLOB_SIZE_LIMIT		((size_t)256 << 10)
#define ZEROED_SIZE		((size_t)1 << 10)
#define ARENA_ALIGNMENT		_Alignof(max_align_t)

struct blob {
	struct blob *next;
	_Alignas(max_align_t) char memory[];
};

struct arena {
	struct blob *blobs;		/* newest first */
	char *free, *end;		/* room left in the newest */
	char *zeroed;			/* ... of which what is before this is zero */
	size_t blob_size;		/* of the next one */
	size_t used;
};

struct arena *arena_new(void)
{
	struct arena *arena = xcalloc(1, sizeof(*arena));

	arena->blob_size = BLOB_SIZE_FIRST;
	return arena;
}

void arena_free(struct arena *arena)
{
	struct blob *blob, *next;

	if (!arena)
		return;
	for (blob = arena->blobs; blob; blob = next) {
		next = blob->next;
		free(blob);
	}
	free(arena);
}

static struct blob *blob_new(size_t size)
{
	return xmalloc(sizeof(struct blob) + size);
}

static void *arena_alloc_large(struct arena *arena, size_t size)
{
	struct blob *blob = xcalloc(1, sizeof(struct blob) + size);

	if (arena->blobs) {
		blob->next = arena->blobs->next;
		arena->blobs->next = blob;
	} else {
		arena->blobs = blob;
	}
	return blob->memory;
}

static void arena_add_blob(struct arena *arena)
{
	struct blob *blob = blob_new(arena->blob_size);

	blob->next = arena->blobs;
	arena->blobs = blob;
	arena->free = arena->zeroed = blob->memory;
	arena->end = blob->memory + arena->blob_size;
	if (arena->blob_size < BLOB_SIZE_LIMIT)
		arena->blob_size *= 2;
}

/* The next SIZE bytes of the newest blob are zero. */
static void arena_zero(struct arena *arena, size_t size)
{
	size_t wanted = (size_t)(arena->free - arena->zeroed) + size;
	size_t left = (size_t)(arena->end - arena->zeroed);

	if (wanted < ZEROED_SIZE)
		wanted = left < ZEROED_SIZE ? left : ZEROED_SIZE;
	memset(arena->zeroed, 0, wanted);
	arena->zeroed += wanted;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	void *memory;

	if (size > SIZE_MAX / 2)
		xmalloc_failed(size);
	if (!size)
		size = 1;	/* an address all the same: memcpy() and friends want one */
	size = (size + ARENA_ALIGNMENT - 1) & ~(ARENA_ALIGNMENT - 1);
	arena->used += size;
	if ((size_t)(arena->end - arena->free) < size) {
		if (size > arena->blob_size / 4)
			return arena_alloc_large(arena, size);
		arena_add_blob(arena);
	}
	if ((size_t)(arena->zeroed - arena->free) < size)
		arena_zero(arena, size);
	memory = arena->free;
	arena->free += size;
	return memory;
}

char *arena_strndup(struct arena *arena, const char *text, size_t length)
{
	char *copy = arena_alloc(arena, length + 1);

	if (length)
		memcpy(copy, text, length);
	return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
	return arena_strndup(arena, text, strlen(text));
}

char *arena_join(struct arena *arena, const char *a, const char *b, const char *c)
{
	size_t in_a = strlen(a), in_b = strlen(b), in_c = strlen(c);
	char *text = arena_alloc(arena, in_a + in_b + in_c + 1);

	memcpy(text, a, in_a);
	memcpy(text + in_a, b, in_b);
	memcpy(text + in_a + in_b, c, in_c);
	return text;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list arguments;
	char *text;
	int length;

	va_start(arguments, format);
	length = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	if (length < 0)
		return arena_alloc(arena, 1);

	text = arena_alloc(arena, (size_t)length + 1);
	va_start(arguments, format);
	vsnprintf(text, (size_t)length + 1, format, arguments);
	va_end(arguments);
	return text;
}

size_t arena_used(const struct arena *arena)
{
	return arena->used;
}

/* Open addressing; a table that was outgrown stays behind in the arena. */
struct intern {
	struct arena *arena;
	size_t count, mask;
	struct intern_slot {
		uint32_t hash;
		uint32_t length;
		const char *text;
	} *slots;
};

#define INTERN_SLOTS_FIRST	64

struct intern *intern_new(struct arena *arena)
{
	struct intern *table = ARENA_NEW(arena, struct intern);

	table->arena = arena;
	table->mask = INTERN_SLOTS_FIRST - 1;
	table->slots = ARENA_ARRAY(arena, struct intern_slot, INTERN_SLOTS_FIRST);
	return table;
}

/* FNV-1a */
static uint32_t hash_bytes(const char *text, size_t length)
{
	uint32_t hash = 2166136261u;

	while (length--)
		hash = (hash ^ (unsigned char)*text++) * 16777619u;
	return hash;
}

static void intern_grow(struct intern *table)
{
	struct intern_slot *old = table->slots;
	size_t i, old_count = table->mask + 1;

	table->mask = old_count * 2 - 1;
	table->slots = ARENA_ARRAY(table->arena, struct intern_slot, old_count * 2);
	for (i = 0; i < old_count; i++) {
		size_t at = old[i].hash & table->mask;

		if (!old[i].text)
			continue;
		while (table->slots[at].text)
			at = (at + 1) & table->mask;
		table->slots[at] = old[i];
	}
}

const char *intern_n(struct intern *table, const char *text, size_t length)
{
	uint32_t hash = hash_bytes(text, length);
	struct intern_slot *slot;
	size_t at;

	if (length > UINT32_MAX)
		xmalloc_failed(length);
	for (at = hash & table->mask; table->slots[at].text; at = (at + 1) & table->mask) {
		slot = &table->slots[at];
		if (slot->hash == hash && slot->length == length &&
		    memcmp(slot->text, text, length) == 0)
			return slot->text;
	}

	slot = &table->slots[at];
	slot->hash = hash;
	slot->length = (uint32_t)length;
	slot->text = arena_strndup(table->arena, text, length);
	text = slot->text;
	if (++table->count > table->mask / 2)
		intern_grow(table);
	return text;
}

const char *intern(struct intern *table, const char *text)
{
	return intern_n(table, text, strlen(text));
}
