/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lowering: GIMPLE in SSA form to page IR.
 *
 * GIMPLE names every value by an SSA name and every piece of memory by a
 * reference tree; the IR has values and places.  The names are carried over one
 * to one, a reference is taken apart into a root and steps:
 *
 *	_1 = (long unsigned int) i_7;		%9 = convert %7		: u64
 *	_2 = _1 * 8;				(part of the next one)
 *	_3 = obj_5->pages;			%11 = load *%5.{obj}pages : pages
 *	_4 = _3 + _2;				%12 = address *%11[%9 x8] : pages
 *	put_page (*_4);				%13 = load *%12		: page
 *						call put_page contract: %13
 *
 * What has no meaning for pages, or is not understood, becomes a value of which
 * nothing is known (IR_UNKNOWN) or memory of which nothing is known (IR_HAVOC);
 * no tree code is an error.
 *
 * Block 0 of the IR is GCC's entry block.  It holds the parameters and every
 * constant, so that a constant has one number however often it is used and the
 * operands of phis need no block of their own.
 *
 * Nothing here outlives the pass: trees and statements stay in these structs,
 * the IR has interned names and numbers.
 */
#ifndef PINCHECK_LOWER_H
#define PINCHECK_LOWER_H

#include "gcc-compat.h"

#include "binding.h"
#include "ir.h"
#include "location-table.h"

/* The block of the IR that is GCC's entry block. */
#define LOWER_ENTRY	0u

/* A unit while it is lowered. */
struct lower_unit {
	struct ir_unit *ir;
	struct binding *binding;
	struct location_table *locations;
	hash_map<tree, uint32_t> functions;	/* declaration -> index + 1 */
	hash_map<tree, uint32_t> variables;	/* declaration -> index */
	hash_set<tree> records;			/* whose fields are used, main variants */
	auto_vec<const char *> private_names;	/* of those defined in the main file */
	auto_vec<const char *> near_names;	/* ... in headers beside it */
	hash_set<const char *> shared_names;	/* of those defined in other headers */
};

/* A function while it is lowered. */
struct lowering {
	struct lower_unit *unit;
	function *fun;
	struct ir_builder *builder;
	ir_value *values;			/* by SSA version, 0: not yet */
	ir_block_id *blocks;			/* by index of the basic block, 0: unreachable */
	hash_map<tree, ir_value> constants;
	ir_block_id block = 0;			/* the one being filled */
	ir_location location = 0;		/* of the statement being lowered */
};

/* Lower what `selection' has chosen.  The functions have their numbers already. */
void lower_functions(struct lower_unit *unit, const vec<cgraph_node *> &selection);

/* lower-type.c */
struct ir_type lower_type(tree type);
struct ir_type lower_void_type(void);
struct ir_type lower_boolean_type(void);
/* Width of one object of TYPE in bytes, 0 where it is not constant. */
HOST_WIDE_INT lower_type_size(tree type);
/* Tag or typedef name of a record or union, NULL if it has none. */
const char *lower_record_tag(tree type);
const char *lower_intern(struct lower_unit *unit, const char *text);
/* FIELD of the record that the IR calls NAME, interned, is used. */
void lower_note_record(struct lower_unit *unit, tree field, const char *name);
/* When everything is lowered: tell the IR which of these records are private. */
void lower_private_records(struct lower_unit *unit);
/* ... and whether other files of the directory are asked. */
void lower_near(struct lower_unit *unit, const vec<cgraph_node *> &selection);

/* lower-place.c */
/* The memory that REFERENCE names; NULL if that is no memory the IR can name. */
struct ir_place *lower_place(struct lowering *low, tree reference);
/* What POINTER points to, as one whole object of the pointed-to type. */
struct ir_place *lower_target(struct lowering *low, tree pointer);
/* POINTER + OFFSET bytes as a place; RESULT is the type of the sum. */
struct ir_place *lower_sum(struct lowering *low, tree pointer, tree offset, tree result);

/* lower-operand.c */
/* A value of GIMPLE: SSA name, constant, address, or register-like memory. */
ir_value lower_operand(struct lowering *low, tree operand);
/* The same, and where it has no text yet, one that a user would recognise. */
ir_value lower_operand_with_text(struct lowering *low, tree operand);
ir_value lower_unknown(struct lowering *low, tree type);
ir_value lower_emit(struct lowering *low, enum ir_op op, struct ir_type type,
		    unsigned operand_count, struct ir_instruction **instruction);
ir_value lower_load(struct lowering *low, tree reference);
void lower_store(struct lowering *low, tree reference, ir_value value);
/* IR_ZERO, IR_CLOBBER, IR_HAVOC.  No place, no effect. */
void lower_place_effect(struct lowering *low, enum ir_op op, struct ir_place *place);
/* LEFT = VALUE, be it a name or memory. */
void lower_define(struct lowering *low, tree left, ir_value value);

/* lower-expression.c */
void lower_assignment(struct lowering *low, const gassign *assign);
ir_value lower_comparison(struct lowering *low, enum tree_code code, tree type,
			  tree left, tree right);

/* lower-bits.c */
/* What a mask selects of bits of a record, as its fields; IR_NO_VALUE: something else. */
ir_value lower_masked_fields(struct lowering *low, const gassign *assign);

/* lower-call.c */
void lower_call(struct lowering *low, gcall *call);
void lower_asm(struct lowering *low, const gasm *statement);

/* lower-control.c */
void lower_terminator(struct lowering *low, basic_block block);

/* lower-text.c */
/* As the user wrote it, in the unit's arena; NULL where nothing short can be said. */
const char *lower_text(struct lowering *low, tree expression);
/* The name of a variable the user wrote, not one of a macro or of GCC. */
const char *lower_variable_name(tree decl);

#endif /* PINCHECK_LOWER_H */
