/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Contract: what a function does to page references.
 *
 * Written by hand for the kernel's own API (kernel-annotations/), given in the
 * source as an attribute, or inferred (then it is called a summary); this is the
 * one representation of all three.  In text:
 *
 *	function pin_user_pages_fast(start, nr_pages, gup_flags, pages)
 *		returns -errno .. nr_pages
 *		acquires pinned pages[0 .. return)
 *
 * The engine knows no kind and no function by name; all it knows of the kernel
 * is in these records.  The language is described in doc/contracts.md.
 *
 * Ownership: contracts are immutable.  The embedded ones are static tables of
 * the plugin; those read from files live in the arena of their set.
 */
#ifndef PINCHECK_CONTRACT_H
#define PINCHECK_CONTRACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "arena.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Index into contract_set.kinds. */
typedef uint8_t contract_kind;

#define CONTRACT_KIND_NONE	0xff	/* `any' in text: whatever kind is held */
#define CONTRACT_KIND_LIMIT	8

struct contract_kind_info {
	const char *name;		/* "pinned" */
	const char *description;	/* "user-pinned page" */
	const char *release;		/* "unpin_user_page()", what to call instead */
};

/*
 * Era: which page API a translation unit is written against, told from what
 * its headers declare:
 *
 *	era pin			when declared pin_user_pages
 *	era put_user_page	when declared put_user_page and not declared pin_user_pages
 */
#define CONTRACT_ERA_LIMIT	16

struct contract_era {
	const char *name;
	unsigned test_count;
	const struct contract_era_test {
		const char *function;
		bool declared;		/* or: not declared */
	} *tests;
};

/*
 * Place: where references are, seen from a call.  A parameter, the returned
 * value or a global, then steps: `*pages', `sgt->sgl[*].page_link'.
 */
enum contract_root {
	CONTRACT_PARAMETER,		/* index `parameter' */
	CONTRACT_RETURN,
	CONTRACT_GLOBAL,		/* variable `name' */
};

enum contract_step_kind {
	CONTRACT_DEREFERENCE,		/* `*p', and the arrow of `p->f' */
	CONTRACT_FIELD,			/* `.f' */
	CONTRACT_ELEMENTS,		/* `[*]': all elements */
};

struct contract_step {
	uint8_t kind;			/* enum contract_step_kind */
	const char *field;
};

struct contract_place {
	uint8_t root;			/* enum contract_root */
	uint8_t parameter;
	const char *name;
	unsigned step_count;
	const struct contract_step *steps;
};

/* Integer expression in what the call passes and gives back. */
enum contract_operator {
	CONTRACT_NUMBER,		/* `number' */
	CONTRACT_NAME,			/* enum constant or macro-like constant of the kernel, `name' */
	CONTRACT_PLACE,			/* value at `place': `nr_pages', `return', `*pinned', `vec->nr' */
	CONTRACT_PAGE_SIZE,		/* PAGE_SIZE */
	CONTRACT_ADD, CONTRACT_SUBTRACT, CONTRACT_MULTIPLY,
	CONTRACT_SHIFT_LEFT,		/* `1 << order' */
	CONTRACT_PAGES,			/* pages(left): ceil(left / PAGE_SIZE) */
	CONTRACT_ERRNO,			/* `-errno': some value of -4095 .. -1; lower end of returns only */
	CONTRACT_SOME,			/* `some': unknown, at least one */
};

struct contract_expression {
	uint8_t op;			/* enum contract_operator */
	int64_t number;
	const char *name;
	struct contract_place place;
	const struct contract_expression *left, *right;
};

/* Condition of a `when': a conjunction of tests. */
enum contract_test_kind {
	CONTRACT_COMPARE,		/* left <relation> right */
	CONTRACT_FLAG,			/* flag(place, bit): bit number `right' of `left' is set */
	CONTRACT_MASK,			/* mask(place, bits): any of the bits `right' of `left' set */
	CONTRACT_IS_ERROR,		/* `ptr is error': IS_ERR() */
	CONTRACT_IS_NULL,		/* `ptr is null' */
	CONTRACT_PREDICATE,		/* will_pin(iter): the predicate `name' of `left' */
};

enum contract_relation {
	CONTRACT_EQUAL, CONTRACT_NOT_EQUAL, CONTRACT_LESS,
	CONTRACT_LESS_EQUAL, CONTRACT_GREATER, CONTRACT_GREATER_EQUAL,
};

struct contract_test {
	uint8_t kind;			/* enum contract_test_kind */
	uint8_t relation;		/* enum contract_relation */
	bool negated;			/* `not ...' */
	const char *name;
	const struct contract_expression *left, *right;
};

/*
 * Effect: one clause.  `place' is what it is about; with a range it is the
 * elements [low .. high) of the array that `place' points to, without one it is
 * the page that the value at `place' is a pointer (or number) of.
 */
enum contract_verb {
	/* acquires KIND place[low .. high): the caller owes one release for each */
	CONTRACT_ACQUIRES,
	/* releases KIND place[low .. high) */
	CONTRACT_RELEASES,
	/* adds KIND place: one reference more on a page that is held already (get_page) */
	CONTRACT_ADDS,
	/* takes KIND place: acquires it in units that acquire by other calls; elsewhere
	 * gives it (alloc_page) */
	CONTRACT_TAKES,
	/* gives KIND place: a page of that kind, and whether it is given back is not asked */
	CONTRACT_GIVES,
	/* fills place, in every element: pages of whatever kind, which somebody has to give back */
	CONTRACT_FILLS,
	/* stores `value' in place (elements with a range: copies low..high of value) */
	CONTRACT_STORES,
	/* returns same value: the same page (or array) under another type or number */
	CONTRACT_RETURNS_SAME,
	/* returns another value: another element of the same array or list (sg_next) */
	CONTRACT_RETURNS_ANOTHER,
	/* returns inside value: an address of the page's contents, which carries no reference */
	CONTRACT_RETURNS_INSIDE,
	/* returns place: loaded from there (sg_page) */
	CONTRACT_RETURNS_PLACE,
	/* returns low .. high: range of the returned integer */
	CONTRACT_RETURNS_RANGE,
	/* returns true when ...: and false otherwise */
	CONTRACT_RETURNS_TRUE,
	/* sets place to expression `low': *pinned = ..., *pages = new memory */
	CONTRACT_SETS,
	/* limits expression `high' to expression `low': it is not more */
	CONTRACT_LIMITS,
	/* requires KIND place */
	CONTRACT_REQUIRES,
	/* uses place: the page must still be held by somebody */
	CONTRACT_USES,
	/* transfers place: ownership leaves with the call, nobody here must release */
	CONTRACT_TRANSFERS,
	/* keeps place: the pointer is remembered, its references stay ours (sg_set_page) */
	CONTRACT_KEEPS,
	/* allocates place [zeroed]: fresh memory, place is `return' or `*out' */
	CONTRACT_ALLOCATES,
	/* frees place: the memory it points to is gone */
	CONTRACT_FREES,
	/* dirties place */
	CONTRACT_DIRTIES,
	/* writes place: its pages are taken to be written to, and have to be dirtied */
	CONTRACT_WRITES,
	/* brief place: the references taken there must not outlive the call */
	CONTRACT_BRIEF,
	/* unwritable place: ... and do not allow to write to the pages */
	CONTRACT_UNWRITABLE,
};

enum contract_effect_flags {
	CONTRACT_HAS_RANGE	= 1 << 0,	/* [low .. high) */
	CONTRACT_SKIPS_NULL	= 1 << 1,	/* `skipping null': NULL elements are passed over */
	CONTRACT_ZEROED		= 1 << 2,	/* allocates ... zeroed */
	CONTRACT_RUN		= 1 << 3,	/* `run high': `high' consecutive struct pages from place on */
	CONTRACT_TIMES		= 1 << 4,	/* `times high': `high' references on the one page */
	CONTRACT_OR_NULL	= 1 << 5,	/* `or null': may be NULL, then there is no reference */
	CONTRACT_OR_ERROR	= 1 << 6,	/* `or error': may be ERR_PTR, then there is no reference */
	CONTRACT_IGNORES_NULL	= 1 << 7,	/* `unless null': nothing happens when place is NULL */
};

struct contract_effect {
	uint8_t verb;			/* enum contract_verb */
	contract_kind kind;
	uint16_t flags;			/* enum contract_effect_flags */
	struct contract_place place;
	struct contract_place value;	/* STORES, RETURNS_SAME: what */
	const struct contract_expression *low, *high;
	unsigned test_count;		/* when ... */
	const struct contract_test *tests;
};

enum contract_flags {
	/* takes, gives back and remembers no page reference; keeps no pointer */
	CONTRACT_NEUTRAL	= 1 << 0,
	CONTRACT_NORETURN	= 1 << 1,
	/* takes over what it is passed if it likes: as if there were no contract */
	CONTRACT_UNKNOWN	= 1 << 2,
};

struct contract {
	const char *function;
	uint16_t flags;			/* enum contract_flags */
	uint16_t era_mask;		/* bit n: holds in era n; all ones: in each */
	uint8_t parameter_count;
	bool is_variadic;		/* `...' last; more arguments may follow */
	const char *const *parameters;
	unsigned effect_count;
	const struct contract_effect *effects;
};

/*
 * Set of contracts: kinds, eras and contracts by name.  Several contracts may
 * have one name, for different eras or different numbers of parameters; the
 * first that fits is taken.
 */
struct contract_set;

/* A mistake in contract text, in the manner of GCC. */
struct contract_error {
	const char *file;
	unsigned line, column;		/* 1..; 0: the file cannot be read */
	const char *message;		/* what is wrong, and what was expected */
};

/* New set, empty; it and all that is read into it live in ARENA. */
struct contract_set *contract_set_new(struct arena *arena);

/* New set holding the embedded tables (kernel-annotations/ as of build time). */
struct contract_set *contract_set_embedded(struct arena *arena);

/*
 * Read contract text.  FILE is its name for messages.  A function that was
 * there before from another file is replaced, as the user's word counts more.
 * On a mistake returns -1, fills ERROR and leaves the set as it was.
 */
int contract_set_parse(struct contract_set *set, const char *file,
		       const char *text, size_t length, struct contract_error *error);

/* The same for the file at PATH. */
int contract_set_read(struct contract_set *set, const char *path,
		      struct contract_error *error);

/* The clauses of one attribute, arguments as $1, $2, ...; PARAMETER_COUNT of FUNCTION. */
const struct contract *contract_parse_clauses(struct contract_set *set,
					      const char *function,
					      unsigned parameter_count,
					      const char *text,
					      struct contract_error *error);

/* All of the set as text that contract_set_parse() reads back to the same. */
void contract_set_print(FILE *out, const struct contract_set *set);
/* The same without what is embedded: only what was read from files. */
void contract_set_print_read(FILE *out, const struct contract_set *set);
void contract_print(FILE *out, const struct contract_set *set,
		    const struct contract *contract);

/* The contract of FUNCTION with PARAMETER_COUNT parameters in ERA, or NULL. */
const struct contract *contract_find(const struct contract_set *set,
				     const char *function,
				     unsigned parameter_count, unsigned era);
/* Is there any contract of that name?  Cheap: asked for every declaration. */
bool contract_has_name(const struct contract_set *set, const char *function);

unsigned contract_set_kind_count(const struct contract_set *set);
const struct contract_kind_info *contract_set_kind(const struct contract_set *set,
						   contract_kind kind);
unsigned contract_set_era_count(const struct contract_set *set);
const struct contract_era *contract_set_era(const struct contract_set *set, unsigned era);
/*
 * The era of a unit: the first whose tests hold.  IS_DECLARED is asked for
 * function names.  0 if none holds.
 */
unsigned contract_set_choose_era(const struct contract_set *set,
				 bool (*is_declared)(void *host, const char *function),
				 void *host);

/*
 * Container: a record that all of the kernel puts pages into (scatterlist, bio_vec),
 * so that one of them says nothing about another; declared by
 *
 *	container scatterlist, bio_vec
 */
bool contract_set_is_container(const struct contract_set *set, const char *record);

/*
 * Field: where pages of one kind rest, whoever put them there; the record and the fields
 * from there on, declared by
 *
 *	field vm_fault.page, sk_msg.sg.data.page_link holds ordinary
 *	field pipe_buffer.page holds one ordinary
 */
#define CONTRACT_FIELD_STEPS	6

struct contract_field {
	const char *record;
	const char *steps[CONTRACT_FIELD_STEPS];	/* NULL behind the last one */
	contract_kind kind;
	bool is_one;		/* each place has one reference, and no more */
};

/* For INDEX from 0 on, those read from files first; NULL at the end. */
const struct contract_field *contract_set_field(const struct contract_set *set, unsigned index);

/* Is it about the one page that is its only argument, as put_page() is? */
bool contract_is_single_page(const struct contract *contract);
/* Is what is returned the address of fresh memory, be it as a number? */
bool contract_allocates_result(const struct contract *contract);
/* Does it nothing but free memory? */
bool contract_frees_only(const struct contract *contract);
/* Has CONTRACT, or NULL, a clause of VERB, under whatever condition? */
bool contract_has_verb(const struct contract *contract, enum contract_verb verb);
/* Does VERB say no more than what the function returns? */
bool contract_verb_is_result(enum contract_verb verb);
/* Does CONTRACT ask whether the result is null, and nowhere whether it is an error? */
bool contract_fails_by_null(const struct contract *contract);
/* "unpin_user_page" of "unpin_user_page()"; in ARENA. */
const char *contract_kind_release_name(struct arena *arena,
				       const struct contract_kind_info *kind);

/* Does it take or give references that somebody must give back? */
bool contract_has_obligation(const struct contract *contract);

#ifdef __cplusplus
}
#endif

#endif /* PINCHECK_CONTRACT_H */
