// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Bit-fields that GCC has folded away.
 *
 *	if (q->pinned && q->mode == 5)		_1 = BIT_FIELD_REF <*q, 8, 80>;
 *						_2 = _1 & 29;
 *						if (_2 == 21)
 *
 * Already the parser reads flags that lie together as one number, and masks what it
 * wants; a record of nothing but flags is read as it is, VIEW_CONVERT_EXPR <q->flags>.
 * The IR has the fields, which is how they are stored: _2 is q->pinned + 4 * q->mode.
 * Little-endian targets alone, and of fields with a sign those of one bit.
 */
#include "lower.h"

/* The fields that a mask selects. */
struct selection {
	tree record;			/* the reference */
	HOST_WIDE_INT start, size;	/* in bits: what was read of it */
	unsigned HOST_WIDE_INT mask;
	auto_vec<tree, 4> fields;
};

/* The statement that reads what is masked in STATEMENT, with no store between the two. */
static gassign *reader(const gimple *statement, tree masked)
{
	gimple *definition = TREE_CODE(masked) == SSA_NAME ? SSA_NAME_DEF_STMT(masked) : NULL;
	gimple_stmt_iterator i;

	if (!definition || !gimple_assign_single_p(definition) ||
	    gimple_bb(definition) != gimple_bb(statement))
		return NULL;
	for (i = gsi_for_stmt(definition); !gsi_end_p(i); gsi_next(&i)) {
		if (gsi_stmt(i) == statement)
			return as_a<gassign *>(definition);
		if (gimple_vdef(gsi_stmt(i)))
			return NULL;
	}
	return NULL;
}

/* Take FIELD off the mask, if that asks for it.  False: for a part of it. */
static bool select_field(struct selection *s, tree field)
{
	HOST_WIDE_INT start, width;
	unsigned HOST_WIDE_INT bits;

	/* Behind a member whose size varies, or such a one: not what is read by a constant. */
	if (!tree_fits_shwi_p(bit_position(field)) || !DECL_SIZE(field) ||
	    !tree_fits_shwi_p(DECL_SIZE(field)))
		return true;
	start = int_bit_position(field) - s->start;
	width = tree_to_shwi(DECL_SIZE(field));
	if (start + width <= 0 || start >= s->size || !width)
		return true;
	if (start < 0 || start + width > s->size || width >= HOST_BITS_PER_WIDE_INT)
		return false;
	bits = ((HOST_WIDE_INT_1U << width) - 1) << start;
	if (!(s->mask & bits))
		return true;
	if ((s->mask & bits) != bits || !DECL_NAME(field) ||
	    !INTEGRAL_TYPE_P(TREE_TYPE(field)) ||
	    (!TYPE_UNSIGNED(TREE_TYPE(field)) && width > 1))
		return false;
	s->mask &= ~bits;
	s->fields.safe_push(field);
	return true;
}

static bool select_all(struct selection *s)
{
	tree field;

	for (field = TYPE_FIELDS(TREE_TYPE(s->record)); field; field = DECL_CHAIN(field))
		if (TREE_CODE(field) == FIELD_DECL && !select_field(s, field))
			return false;
	return !s->mask && !s->fields.is_empty();
}

static ir_value emit(struct lowering *low, enum ir_op op, tree type, ir_value left, ir_value right)
{
	struct ir_instruction *instruction;
	ir_value value = lower_emit(low, op, lower_type(type), right ? 2 : 1, &instruction);

	instruction->operands[0] = left;
	if (right)
		instruction->operands[1] = right;
	return value;
}

/* The bits of FIELD: a set one with a sign is -1. */
static ir_value emit_bits(struct lowering *low, tree type, tree field, tree reference)
{
	ir_value value = lower_load(low, reference);

	if (!TYPE_UNSIGNED(TREE_TYPE(field)))
		value = emit(low, IR_NOT_EQUAL, boolean_type_node, value,
			     lower_operand(low, build_zero_cst(TREE_TYPE(field))));
	return emit(low, IR_CONVERT, type, value, 0);
}

/* FIELD, where it is in what was read. */
static ir_value emit_field(struct lowering *low, const struct selection *s, tree type, tree field)
{
	HOST_WIDE_INT shift = int_bit_position(field) - s->start;
	tree reference = build3(COMPONENT_REF, TREE_TYPE(field), s->record, field, NULL_TREE);
	ir_value value = emit_bits(low, type, field, reference);

	return shift ? emit(low, IR_MULTIPLY, type, value,
			    lower_operand(low, build_int_cst(type, HOST_WIDE_INT_1 << shift))) :
		       value;
}

/* Is READ bits of a record?  Which ones? */
static bool find_bits(struct selection *s, tree read)
{
	if (!read || (TREE_CODE(read) != BIT_FIELD_REF && TREE_CODE(read) != VIEW_CONVERT_EXPR) ||
	    TREE_CODE(TREE_TYPE(TREE_OPERAND(read, 0))) != RECORD_TYPE)
		return false;
	s->record = TREE_OPERAND(read, 0);
	if (TREE_CODE(read) == VIEW_CONVERT_EXPR) {
		s->start = 0;
		s->size = 8 * lower_type_size(TREE_TYPE(read));
	} else {
		s->size = tree_to_shwi(TREE_OPERAND(read, 1));
		s->start = tree_to_shwi(TREE_OPERAND(read, 2));
	}
	return true;
}

ir_value lower_masked_fields(struct lowering *low, const gassign *assign)
{
	tree type = TREE_TYPE(gimple_assign_lhs(assign)), mask = gimple_assign_rhs2(assign);
	ir_value sum = IR_NO_VALUE;
	const gassign *definition;
	struct selection s;

	if (BYTES_BIG_ENDIAN || TREE_CODE(mask) != INTEGER_CST || !tree_fits_uhwi_p(mask) ||
	    !TYPE_UNSIGNED(type))
		return IR_NO_VALUE;
	definition = reader(assign, gimple_assign_rhs1(assign));
	if (!find_bits(&s, definition ? gimple_assign_rhs1(definition) : NULL_TREE))
		return IR_NO_VALUE;
	s.mask = tree_to_uhwi(mask);
	if (!select_all(&s))
		return IR_NO_VALUE;
	for (tree field : s.fields) {
		ir_value value = emit_field(low, &s, type, field);

		sum = sum == IR_NO_VALUE ? value : emit(low, IR_ADD, type, sum, value);
	}
	return sum;
}
