/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Terms: what the analysis knows a value by.
 *
 * Every scalar, pointers included, is a linear expression over symbols:
 *
 *	pages + pinned * 8		array + 8*pinned
 *	npages - ret			npages - ret
 *	page_to_pfn(p) << PAGE_SHIFT	4096*p	(page_to_pfn() returns the same page)
 *
 * A symbol stands for a number that the function cannot say more about: a
 * parameter, the result of a call, what was in memory before.  Operations that
 * are not linear give a symbol of their own, and the same operation on the same
 * operands gives the same symbol (Herbrand equivalence), so that
 * DIV_ROUND_UP(bytes + off, PAGE_SIZE) computed twice is one number.
 *
 * Memory is named by regions.  A region is a variable, what a symbol points to,
 * a member of a region, or a piece of a region at a byte offset; a pointer is
 * the address of a region plus an offset.
 *
 * Terms, symbols and regions are immutable and interned: pointer equality is
 * equality.  All belong to the term table and go with its arena.
 *
 * Arithmetic is that of the integers; where C's conversions and wrap-around
 * differ, those who make terms say so (evaluate.c).  Expressions that grow
 * beyond LINEAR_TERM_LIMIT symbols or 2^96 are given up: the functions return
 * NULL, and the caller makes a symbol of it.
 */
#ifndef PINCHECK_TERM_H
#define PINCHECK_TERM_H

#include "arena.h"
#include "ir.h"

#define LINEAR_TERM_LIMIT	8

typedef uint32_t symbol_id;

struct linear_term {
	symbol_id symbol;
	ir_integer coefficient;		/* never 0 */
};

struct linear {
	ir_integer constant;
	uint32_t hash;
	uint32_t id;			/* order of creation; deterministic */
	uint32_t count;
	uint32_t signature;		/* a bit for each symbol: see symbol_signature() */
	struct linear_term terms[];	/* by ascending symbol */
};

/* Expressions whose signatures have no bit in common have no symbol in common. */
static inline uint32_t symbol_signature(symbol_id symbol)
{
	return 1u << (symbol % 32);
}

enum symbol_kind {
	SYMBOL_PARAMETER,	/* parameter `instruction' of the root function */
	SYMBOL_RESULT,		/* of instruction `instruction' in `context'; a pointer
				 * into the array at `base', if that is known */
	SYMBOL_LOADED,		/* content of `region' at `offset' since `version' */
	SYMBOL_MERGED,		/* values of `instruction' where paths meet, or memory;
				 * `operation': at the head of a loop; pointers
				 * into one array: `base' */
	SYMBOL_OPERATION,	/* `operation' on left, right */
	SYMBOL_COMPARISON,	/* 1 if left `operation' 0, else 0 */
	SYMBOL_ADDRESS,		/* address of `region' */
	SYMBOL_PREVIOUS,	/* `base' in an earlier round of a loop */
	SYMBOL_FUNCTION,	/* address of function `instruction' */
};

struct region;

struct symbol {
	symbol_id id;
	uint8_t kind;			/* enum symbol_kind */
	uint8_t operation;		/* enum ir_op */
	struct ir_type type;		/* bounds its value */
	uint32_t context;		/* inlining context, 0: the root function */
	uint32_t instruction;
	uint32_t extra;			/* tells apart what one instruction makes */
	symbol_id base;
	const struct linear *left, *right;
	const struct region *region;
	const struct linear *offset;
	const char *text;		/* for messages; not part of the identity */
	ir_location location;		/* where it came to be; not part of the identity */
	bool is_object;			/* NULL or an object, no error; not part of the identity */
};

enum region_kind {
	REGION_VARIABLE,	/* variable of the unit, in a call context if local */
	REGION_POINTEE,		/* what the symbol points to */
	REGION_FIELD,		/* member of parent */
	REGION_PIECE,		/* parent at byte `offset' (not constant 0) */
};

struct region {
	uint32_t id;
	uint8_t kind;			/* enum region_kind */
	bool in_union;
	uint32_t variable, context;
	symbol_id symbol;
	const struct region *parent;
	const struct region *base;	/* the outermost one: itself, if it has no parent */
	const char *record, *field;
	uint64_t position;		/* of a field; see struct ir_step */
	const struct linear *offset;
};

struct term_table;

struct term_table *term_table_new(struct arena *arena, const struct ir_unit *unit);

/* Linear expressions. */
const struct linear *linear_constant(struct term_table *table, ir_integer value);
const struct linear *linear_symbol(struct term_table *table, symbol_id symbol);
const struct linear *linear_add(struct term_table *table, const struct linear *a,
				const struct linear *b);
const struct linear *linear_subtract(struct term_table *table, const struct linear *a,
				     const struct linear *b);
const struct linear *linear_scale(struct term_table *table, const struct linear *a,
				  ir_integer factor);
const struct linear *linear_add_constant(struct term_table *table,
					 const struct linear *a, ir_integer value);
/* A / DIVISOR where every coefficient is divisible, else NULL. */
const struct linear *linear_divide_exact(struct term_table *table,
					 const struct linear *a, ir_integer divisor);
/* A with BY in place of SYMBOL. */
const struct linear *linear_substitute(struct term_table *table, const struct linear *a,
				       symbol_id symbol, const struct linear *by);

static inline bool linear_is_constant(const struct linear *a)
{
	return a->count == 0;
}

/* The symbol that A is, with factor 1 and nothing added; 0 if it is not one. */
static inline symbol_id linear_as_symbol(const struct linear *a)
{
	return a->count == 1 && a->constant == 0 && a->terms[0].coefficient == 1 ?
		a->terms[0].symbol : 0;
}

ir_integer linear_coefficient(const struct linear *a, symbol_id symbol);

/* A set of symbols: those with marks[symbol] == round.  What is of earlier rounds is not in it. */
struct symbol_set {
	uint32_t round, room;
	uint32_t *marks;		/* on the heap */
};

/* SET becomes empty, with room for all symbols that TABLE has so far. */
void symbol_set_clear(struct symbol_set *set, const struct term_table *table);

static inline void symbol_set_add(struct symbol_set *set, symbol_id symbol)
{
	set->marks[symbol] = set->round;
}

/* Symbols that have come since it was cleared are not in SET. */
static inline bool symbol_set_has(const struct symbol_set *set, symbol_id symbol)
{
	return symbol < set->room && set->marks[symbol] == set->round;
}

/* Symbols.  KEY's identity fields decide; a new symbol keeps its text. */
symbol_id symbol_intern(struct term_table *table, const struct symbol *key);
const struct symbol *symbol_get(const struct term_table *table, symbol_id symbol);
uint32_t symbol_count(const struct term_table *table);
/* SYMBOL, of which nothing was asked yet, is NULL or an object, and no error. */
void symbol_note_object(struct term_table *table, symbol_id symbol);
/* Least and greatest value by type. */
void symbol_bounds(const struct term_table *table, symbol_id symbol,
		   ir_integer *low, ir_integer *high);

/*
 * The pointer to the array that POINTER, an element of it, was made from by walking
 * along; 0: not known.
 */
symbol_id symbol_array(const struct term_table *table, const struct linear *pointer);

/* Regions. */
const struct region *region_variable(struct term_table *table, uint32_t variable,
				     uint32_t context);
const struct region *region_pointee(struct term_table *table, symbol_id symbol);
const struct region *region_field(struct term_table *table, const struct region *parent,
				  const struct ir_step *step);
/*
 * The field STEP of the record that starts OFFSET bytes from REGION, be it in REGION or, as
 * container_of() finds it, around it.  NULL: too far.
 */
const struct region *region_member(struct term_table *table, const struct region *region,
				   const struct linear *offset, const struct ir_step *step);
/* PARENT itself at offset 0. */
const struct region *region_piece(struct term_table *table, const struct region *parent,
				  const struct linear *offset);
/* The region that everything inside REGION belongs to: no field, no piece. */
static inline const struct region *region_base(const struct region *region)
{
	return region->base;
}
bool region_is_inside(const struct region *inner, const struct region *outer);

/* Address of REGION + OFFSET; NULL if too large. */
const struct linear *region_address(struct term_table *table,
				    const struct region *region,
				    const struct linear *offset);
/*
 * What POINTER points to: the region and, through OFFSET, the bytes from its
 * start.  NULL if no one symbol of it is the pointer.
 */
const struct region *region_of_pointer(struct term_table *table,
				       const struct linear *pointer,
				       const struct linear **offset);

/*
 * Does it mention a symbol for which IS_MENTIONED says so, at any depth?  The
 * answers are remembered in MEMO (symbol_count() bytes, zeroed; 1 no, 2 yes).
 */
typedef bool (*symbol_test)(const struct symbol *symbol, void *argument);
bool symbol_mentions(const struct term_table *table, symbol_id symbol,
		     symbol_test test, void *argument, uint8_t *memo);
bool linear_mentions(const struct term_table *table, const struct linear *a,
		     symbol_test test, void *argument, uint8_t *memo);
bool region_mentions(const struct term_table *table, const struct region *region,
		     symbol_test test, void *argument, uint8_t *memo);

/* `pages[0]', `umem->pgs', `ret'; in the table's arena. */
const char *linear_text(struct term_table *table, const struct linear *a);
/* Would the text call two numbers, as of a variable that was set anew, by one name? */
bool linear_is_ambiguous(struct term_table *table, const struct linear *a);
const char *region_text(struct term_table *table, const struct region *region);

#endif /* PINCHECK_TERM_H */
