/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Page IR: what pincheck keeps of a translation unit.
 *
 * A small flat SSA form.  One instruction defines at most one value, and the
 * value is named by the number of the instruction.  The host (the GCC plugin)
 * builds it from GIMPLE; the analysis sees nothing else.  Source like
 *
 *	n = pin_user_pages_fast(addr, nr, 0, pages);
 *	if (n < 0)
 *		return n;
 *	obj->pages = pages;
 *
 * becomes
 *
 *	%5 = call pin_user_pages_fast(%1, %2, %4, %3)	: i32	# n
 *	%6 = compare lt %5, %4				: u1
 *	branch %6 ? block 2 : block 3
 *	...
 *	store *%7.{obj}pages = %3
 *
 * Invariants (checked by ir_check() in test builds):
 *  - a value is defined once, and its definition dominates its uses; a phi's
 *    operand dominates the end of the predecessor it comes from;
 *  - the phis stand first in their block, with one operand for each
 *    predecessor, in the order of ir_block.predecessors;
 *  - every block ends in exactly one terminator, and its successors are those
 *    that the terminator names;
 *  - block 0 is the entry and has no predecessor.
 *
 * What the host does not understand becomes IR_UNKNOWN: any value at all.
 * Statements without meaning for pages are left out altogether.
 *
 * Ownership: everything is in the unit's arena.  Strings are interned in the
 * unit's table, so equal names are equal pointers.  Locations are numbers of
 * the host's; the core only hands them back.
 */
#ifndef PINCHECK_IR_H
#define PINCHECK_IR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "arena.h"

#ifdef __cplusplus
extern "C" {
#endif

struct contract;

typedef __int128 ir_integer;	/* holds every value of a 64-bit C type */
typedef uint32_t ir_value;	/* number of the defining instruction, 0: none */
typedef uint32_t ir_block_id;
typedef uint32_t ir_location;	/* the host's, 0: unknown */

#define IR_NO_VALUE	0u

enum ir_type_class {
	IR_TYPE_VOID,		/* no value */
	IR_TYPE_INTEGER,	/* also bool, enum, character */
	IR_TYPE_POINTER,	/* integer of pointer width, unsigned */
	IR_TYPE_OTHER,		/* aggregate, float, vector: not followed */
};

/* What a pointer points to, as far as the analysis cares. */
enum ir_pointee {
	IR_POINTEE_OTHER,
	IR_POINTEE_PAGE,	/* struct page *, struct folio *, struct user_page * */
	IR_POINTEE_PAGES,	/* pointer to a pointer to a page: an array of pages */
	IR_POINTEE_FUNCTION,
};

struct ir_type {
	uint8_t type_class;	/* enum ir_type_class */
	uint8_t bits;		/* width of an integer or pointer */
	uint8_t is_signed;
	uint8_t pointee;	/* enum ir_pointee, of a pointer */
};

/* A page, or an array of pointers to pages. */
static inline bool ir_type_is_of_pages(const struct ir_type *type)
{
	return type->pointee == IR_POINTEE_PAGE || type->pointee == IR_POINTEE_PAGES;
}

enum ir_op {
#define IR_OP(name, text) IR_##name,
#include "ir-op.def"
#undef IR_OP
	IR_OP_COUNT
};

/*
 * Place: a piece of memory, `root' and the steps from there.
 *
 *	umem->chunk[i].plist	root pointer %umem, field chunk, ...
 *
 * There is no dereference among the steps; `umem->chunk' is loaded first and
 * is the root of the next place.
 */
enum ir_step_kind {
	IR_STEP_FIELD,		/* member `field' of record `record' */
	IR_STEP_INDEX,		/* element `index' (value) or `constant' */
	IR_STEP_UNKNOWN,	/* somewhere inside; offset not understood */
};

struct ir_step {
	enum ir_step_kind kind;
	/* FIELD: interned.  Unnamed records get the name of the member or
	 * typedef that they are reached by; unnamed members are skipped. */
	const char *record;
	const char *field;
	bool in_union;		/* FIELD: shares its memory with other members of a union */
	uint64_t position;	/* FIELD: 1 + bytes from the start of the record; 0: not known */
	/* INDEX */
	ir_value index;		/* IR_NO_VALUE: the constant alone */
	int64_t constant;	/* added to index */
	uint64_t size;		/* bytes of one element */
	uint64_t count;		/* of all elements; 0: not known, or open at its end */
};

enum ir_root {
	IR_ROOT_VARIABLE,	/* unit->variables[variable] */
	IR_ROOT_POINTER,	/* what the value `pointer' points to */
};

struct ir_place {
	enum ir_root root;
	uint32_t variable;
	ir_value pointer;
	bool is_volatile;		/* LOAD: read by READ_ONCE(), say */
	unsigned step_count;
	struct ir_step *steps;
};

struct ir_variable {
	const char *name;
	bool is_global;		/* static storage */
	const char *record;	/* tag of its (element) type, NULL if none */
	unsigned pointers;	/* it is that many pointers, one behind the other; 0: something else */
};

/* Who is called. */
struct ir_callee {
	const char *name;		/* NULL: through a pointer */
	uint32_t function;		/* unit->functions index + 1; 0: no body here */
	const struct contract *contract; /* NULL: none */
	ir_value pointer;		/* indirect: the pointer that is called */
};

struct ir_case {
	ir_integer low, high;		/* inclusive */
	ir_block_id target;
};

struct ir_instruction {
	enum ir_op op;
	struct ir_type type;
	ir_block_id block;
	ir_location location;
	/*
	 * As the user would write it, for messages: `pages[i]', `umem->pgs',
	 * `n'; NULL where nothing short can be said.
	 */
	const char *text;

	unsigned operand_count;
	ir_value *operands;

	union {
		ir_integer constant;		/* CONSTANT */
		unsigned parameter;		/* PARAMETER: 0.. */
		uint32_t function;		/* FUNCTION: unit->functions index + 1, 0: extern */
		struct ir_place *place;		/* ADDRESS LOAD STORE ZERO CLOBBER COPY_MEMORY (destination) */
		struct ir_callee *callee;	/* CALL */
		struct {
			unsigned count;
			struct ir_case *cases;
			ir_block_id otherwise;
		} select;			/* SWITCH */
		ir_block_id targets[2];		/* JUMP: [0]; BRANCH: [0] true, [1] false */
	} u;
	struct ir_place *source;		/* COPY_MEMORY */
	/* BRANCH: the program has told the log that its condition is true (1), or false (2) */
	uint8_t warned;
};

struct ir_block {
	ir_block_id id;
	unsigned count;			/* of instructions */
	ir_value *instructions;		/* the last one is the terminator */
	unsigned predecessor_count, successor_count;
	ir_block_id *predecessors, *successors;
	/* set by ir_function_order() */
	unsigned order;			/* position in reverse postorder */
	bool is_loop_head;
};

struct ir_function {
	const char *name;
	ir_location location, end_location;
	unsigned parameter_count;
	const char **parameters;	/* names, "" where unnamed */
	struct ir_type *parameter_types;
	struct ir_type return_type;
	bool is_static;			/* no caller outside the unit, address may be taken */
	bool is_address_taken;
	bool is_address_hidden;		/* ... by a variable, or a function that is not here */
	bool is_address_told;		/* ... by a function that is not here */
	bool is_inline_in_header;	/* declared inline, body in a header */
	const struct contract *contract;	/* that its callers go by; NULL: none */
	/*
	 * It, a function that leads to it, or one that these call, calls into another file of
	 * the directory, or through a pointer.  Told of units with near records.
	 */
	bool is_asking;
	unsigned value_count;		/* instructions[1 .. value_count) */
	struct ir_instruction *instructions;
	unsigned block_count;
	struct ir_block *blocks;
	ir_block_id *reverse_postorder;	/* set by ir_function_order() */
	uint32_t index;			/* in unit->functions */
};

/* A function found in a static initialiser: `.release = foo' in a `struct ops'. */
struct ir_static_callee {
	const char *record, *field;	/* interned */
	uint32_t function;		/* unit->functions index + 1 */
};

struct ir_unit {
	struct arena *arena;
	struct intern *strings;
	unsigned page_size;		/* of the target kernel, 4096 where unknown */
	unsigned pointer_bits;
	unsigned function_count;
	struct ir_function **functions;
	unsigned variable_count;
	struct ir_variable *variables;
	unsigned static_callee_count;
	struct ir_static_callee *static_callees;
	/*
	 * Records (interned names) whose definition is in the main file: no other
	 * unit can see into them.
	 */
	unsigned private_record_count;
	const char **private_records;
	/* Those whose definition is in a header beside it: only units there see into them. */
	unsigned near_record_count;
	const char **near_records;
};

/*
 * Building.  The host makes instructions in any order and the blocks with
 * them; ir_builder keeps the growing arrays and copies them to the unit's
 * arena in ir_builder_finish().
 */
struct ir_builder;

struct ir_unit *ir_unit_new(struct arena *arena);
uint32_t ir_unit_add_variable(struct ir_unit *unit, const struct ir_variable *variable);
/* Take the next function number before its body is lowered, so that calls can name it. */
uint32_t ir_unit_reserve_function(struct ir_unit *unit, const char *name);
void ir_unit_add_static_callee(struct ir_unit *unit, const char *record,
			       const char *field, uint32_t function);

/* NAME, interned, is defined in the main file.  Said twice is said once. */
void ir_unit_add_private_record(struct ir_unit *unit, const char *name);
bool ir_unit_is_private_record(const struct ir_unit *unit, const char *name);
/* The same of a header beside it. */
void ir_unit_add_near_record(struct ir_unit *unit, const char *name);
bool ir_unit_is_near_record(const struct ir_unit *unit, const char *name);

struct ir_builder *ir_builder_new(struct ir_unit *unit, uint32_t function);
struct ir_function *ir_builder_function(struct ir_builder *builder);
ir_block_id ir_builder_add_block(struct ir_builder *builder);
void ir_builder_add_edge(struct ir_builder *builder, ir_block_id from, ir_block_id to);
/* Append to BLOCK.  The pointer is good until the next call with this builder. */
ir_value ir_builder_add(struct ir_builder *builder, ir_block_id block, enum ir_op op,
			struct ir_type type, unsigned operand_count,
			struct ir_instruction **instruction);
struct ir_instruction *ir_builder_at(struct ir_builder *builder, ir_value value);
/* Hands the function over to the unit and frees the builder. */
struct ir_function *ir_builder_finish(struct ir_builder *builder);

/* Take out the values that no call, no write to memory and no terminator depends on. */
void ir_function_prune(struct ir_function *function);

/* Number the blocks in reverse postorder and mark the loop heads (targets of retreating edges). */
void ir_function_order(struct ir_unit *unit, struct ir_function *function);

/* First violated invariant as text in ARENA, or NULL. */
const char *ir_check(const struct ir_unit *unit, const struct ir_function *function,
		     struct arena *arena);

void ir_print_function(FILE *out, const struct ir_unit *unit,
		       const struct ir_function *function);
/* Does PLACE have an index that is no constant? */
bool ir_place_varies(const struct ir_function *function, const struct ir_place *place);
/* Is PLACE, in whatever object, FIELD of RECORD, both of the unit's strings?  NULL is no place. */
bool ir_place_ends_in(const struct ir_place *place, const char *record, const char *field);
void ir_print_unit(FILE *out, const struct ir_unit *unit);
const char *ir_op_text(enum ir_op op);

#ifdef __cplusplus
}
#endif

#endif /* PINCHECK_IR_H */
