/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Random programs: small kernel functions as trees of statements.
 *
 *	ret = pin_pages(n, pages);
 *	if (ret < 0)
 *		return ret;
 *	for (i = 0; i < ret; i++)
 *		unpin_page(pages[i]);
 *
 * generate.c makes them up from a seed, lower.c turns them into page IR as the
 * plugin would, interpret.c executes that IR, and print.c writes them as C.  A
 * tree can be made smaller, which the IR cannot: to shrink a program is to mark
 * statements as removed and lower it again.
 *
 * All functions have the same parameters and the same variables; what a function
 * does not use is pruned from its IR.
 *
 * Ownership: a program and all of its statements are in the arena it was made in.
 */
#ifndef PROGRAM_H
#define PROGRAM_H

#include "contract.h"
#include "ir.h"

enum variable {
	VAR_NONE,
	/* parameters, in this order */
	VAR_OBJ, VAR_PAGES, VAR_PAGE, VAR_N, VAR_FLAG,
	/* local */
	VAR_SPARE, VAR_RET, VAR_DONE, VAR_I, VAR_ERR,
	VAR_COUNT
};
#define PARAMETER_COUNT	5

/* Functions that the programs call; callees[] tells their contracts. */
enum callee {
	CALLEE_PIN_PAGES,	/* -errno .. nr pages are pinned */
	CALLEE_GET_PAGES,	/* the same with ordinary references and an unsigned long count */
	CALLEE_PIN_EXACTLY,	/* never fails */
	CALLEE_UNPIN_PAGES,
	CALLEE_PUT_PAGES,
	CALLEE_UNPIN_PAGE,
	CALLEE_PUT_PAGE,
	CALLEE_PIN_PAGE,	/* a page or NULL */
	CALLEE_DUMP_PAGE,	/* the same with an ordinary reference */
	CALLEE_GET_PAGE,	/* one ordinary reference more */
	CALLEE_LOOK_AT,		/* uses the page */
	CALLEE_ALLOC,		/* an array or NULL */
	CALLEE_ALLOC_ZEROED,
	CALLEE_FREE,
	CALLEE_CONSUME,		/* nothing is known about it */
	CALLEE_COUNT
};

/* What a callee does, as far as making up and executing a call goes. */
enum callee_action {
	ACTION_ACQUIRE_ARRAY, ACTION_RELEASE_ARRAY, ACTION_RELEASE_PAGE,
	ACTION_ACQUIRE_PAGE, ACTION_ADD, ACTION_USE, ACTION_ALLOCATE, ACTION_FREE,
	ACTION_UNKNOWN,
};

enum kind { PINNED, ORDINARY, KIND_COUNT };

struct callee_info {
	const char *name;
	enum callee_action action;
	enum kind kind;
	bool is_exact;		/* ACQUIRE_ARRAY: all or nothing less */
	bool skips_null;	/* RELEASE_ARRAY */
	bool is_zeroed;		/* ALLOCATE */
	struct ir_type count_type, result_type;
};
extern const struct callee_info callees[CALLEE_COUNT];

/* The contracts of all callees, as text. */
extern const char program_contracts[];

/* plus + also - minus + constant; variables may be VAR_NONE, `also' needs `plus' */
struct expression {
	enum variable plus, also, minus;
	int constant;
};

enum condition_kind {
	CONDITION_COMPARE,	/* a <op> b, with C's conversions */
	CONDITION_NULL,		/* variable `pointer' <op> NULL */
	CONDITION_UNKNOWN,	/* something that has nothing to do with pages */
};

struct condition {
	enum condition_kind kind;
	enum ir_op op;
	enum variable pointer;
	struct expression a, b;
};

enum statement_kind {
	STATEMENT_SET,		/* variable = a */
	STATEMENT_MOVE,		/* variable = source, pages; VAR_NONE: NULL */
	STATEMENT_CALL,		/* variable = callee(...): array + a, b elements; page `source' */
	STATEMENT_FOLLOW,	/* variable = helper(obj, pages + a, source, b, flag) */
	STATEMENT_LOAD,		/* variable = pages[a] */
	STATEMENT_STORE,	/* pages[a] = source */
	STATEMENT_KEEP,		/* obj->page = source, or obj->pages = pages */
	STATEMENT_IF,
	STATEMENT_WHILE,
	STATEMENT_BREAK,
	STATEMENT_GOTO,		/* label, forwards */
	STATEMENT_LABEL,	/* at the top of the function alone */
	STATEMENT_RETURN,	/* a, or `source' of a function that returns a page */
};

struct statement {
	struct statement *next;
	enum statement_kind kind;
	unsigned location;	/* 1.., unlike in the whole program */
	bool is_removed;
	bool is_flat;		/* IF, when shrinking: the body without the condition */
	enum variable variable, source;
	enum callee callee;
	struct expression a, b;
	struct condition condition;
	unsigned label;
	struct statement *body, *otherwise;
};

#define LABEL_LIMIT	4

enum array_mode {
	ARRAY_LOCAL,		/* struct page *local[8]; pages stands for it */
	ARRAY_HEAP,		/* pages is set by a call of alloc */
	ARRAY_PARAMETER,	/* pages is a parameter */
};

struct function {
	const char *name;
	enum array_mode array;
	bool returns_page;
	struct ir_type types[VAR_COUNT];
	struct statement *body;
};

#define FUNCTION_LIMIT	3
#define LOCATION_LIMIT	256

/* functions[0] is the program proper, the others are helpers that it may call. */
struct program {
	unsigned long seed;
	unsigned function_count;
	struct function functions[FUNCTION_LIMIT];
	unsigned location_count;	/* locations are 1 .. location_count - 1 */
};

/* The program of SEED. */
struct program *program_generate(struct arena *arena, unsigned long seed);

/* PROGRAM as page IR in ARENA; the contracts of its callees come from CONTRACTS. */
struct ir_unit *program_lower(struct arena *arena, const struct program *program,
			      const struct contract_set *contracts);

/* PROGRAM as C, with the locations in front. */
void program_print(FILE *out, const struct program *program);

extern const struct ir_type type_int, type_long, type_unsigned_long, type_page, type_pages,
			    type_pointer, type_bool, type_void;

/* The type in which C computes with A and B. */
struct ir_type common_type(struct ir_type a, struct ir_type b);

#endif /* PROGRAM_H */
