/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Arena: memory that is dropped whole.
 *
 * Everything the analysis builds for one translation unit (page IR, contracts
 * read from files, findings) lives in one arena; what it needs while it looks
 * at one function lives in a second one that is freed with the function.
 * Nothing in an arena is freed on its own, so nothing in it can dangle before
 * the arena goes.
 *
 * Allocation failure ends the process through xmalloc() of libiberty, which
 * is what GCC itself does.
 */
#ifndef PINCHECK_ARENA_H
#define PINCHECK_ARENA_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *arena);

/* SIZE zeroed bytes, aligned for any type.  Owned by ARENA. */
void *arena_alloc(struct arena *arena, size_t size);

/* Copy of the LENGTH bytes at TEXT and a final NUL.  Owned by ARENA. */
char *arena_strndup(struct arena *arena, const char *text, size_t length);
char *arena_strdup(struct arena *arena, const char *text);
/* A, B and C in one. */
char *arena_join(struct arena *arena, const char *a, const char *b, const char *c);
char *arena_printf(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Bytes handed out so far: what the analysis costs in memory. */
size_t arena_used(const struct arena *arena);

#define ARENA_NEW(arena, type) \
	((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count) \
	((type *)arena_alloc((arena), sizeof(type) * (size_t)(count)))

/*
 * Interned strings: equal text, equal pointer.  The table lives in the arena
 * it was made from, and so do the strings.
 */
struct intern;

struct intern *intern_new(struct arena *arena);
const char *intern(struct intern *table, const char *text);
const char *intern_n(struct intern *table, const char *text, size_t length);

#ifdef __cplusplus
}
#endif

#endif /* PINCHECK_ARENA_H */
