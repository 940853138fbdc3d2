// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdbool.h>
#include <string.h>

#include "arena.h"
#include "unit.h"

static bool is_zero(const char *memory, size_t size)
{
	while (size--) {
		if (*memory++)
			return false;
	}
	return true;
}

/* What is handed out is zero, aligned, and nobody else's. */
static void memory_is_fresh(void)
{
	struct arena *arena = arena_new();
	bool zero = true, aligned = true, kept = true;
	unsigned char *pieces[300];
	size_t i;

	for (i = 0; i < 300; i++) {
		pieces[i] = arena_alloc(arena, i * 7);
		zero &= is_zero((char *)pieces[i], i * 7);
		aligned &= (uintptr_t)pieces[i] % _Alignof(max_align_t) == 0;
		memset(pieces[i], (int)(i & 0xff), i * 7);
	}
	for (i = 1; i < 300; i++)
		kept &= pieces[i][0] == (i & 0xff) && pieces[i][i * 7 - 1] == (i & 0xff);
	check(zero);
	check(aligned);
	check(kept);
	arena_free(arena);
}

/* A large piece does not take away the room for small ones. */
static void large_pieces_stand_apart(void)
{
	struct arena *arena = arena_new();
	char *first = arena_alloc(arena, 16);
	char *large = arena_alloc(arena, 1 << 20);
	char *second = arena_alloc(arena, 16);

	check(is_zero(large, 1 << 20));
	check(second == first + 16);
	check(arena_used(arena) == (1 << 20) + 32);
	arena_free(arena);
	arena_free(NULL);
}

static void text_is_copied(void)
{
	struct arena *arena = arena_new();
	char text[] = "pages";
	char *copy = arena_strdup(arena, text);
	char *part = arena_strndup(arena, text, 4);

	text[0] = 'P';
	check(strcmp(copy, "pages") == 0);
	check(strcmp(part, "page") == 0);
	check(strcmp(arena_strndup(arena, NULL, 0), "") == 0);
	check(strcmp(arena_printf(arena, "%s[%d]", copy, 7), "pages[7]") == 0);
	arena_free(arena);
}

static void equal_text_is_one_pointer(void)
{
	struct arena *arena = arena_new();
	struct intern *table = intern_new(arena);
	const char *names[1000];
	bool same = true, right = true;
	unsigned i;

	for (i = 0; i < 1000; i++)
		names[i] = intern(table, arena_printf(arena, "name%u", i));
	for (i = 0; i < 1000; i++) {
		const char *text = arena_printf(arena, "name%u and more", i);

		right &= strncmp(names[i], text, strlen(names[i])) == 0;
		same &= intern_n(table, text, strlen(names[i])) == names[i];
	}
	check(right);
	check(same);
	check(intern(table, "") == intern_n(table, "x", 0));
	check(intern_n(table, "a\0b", 3) != intern(table, "a"));
	arena_free(arena);
}

int main(void)
{
	memory_is_fresh();
	large_pieces_stand_apart();
	text_is_copied();
	equal_text_is_one_pointer();
	return 0;
}
