// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Assignments: arithmetic on values, loads, stores and copies of memory.
 */
#include "lower.h"

static bool is_number(struct ir_type type)
{
	return type.type_class == IR_TYPE_INTEGER || type.type_class == IR_TYPE_POINTER;
}

/* IR_NONE: not an operation of the IR. */
static enum ir_op binary_op(enum tree_code code)
{
	switch (code) {
	case PLUS_EXPR:		return IR_ADD;
	case MINUS_EXPR:
	case POINTER_DIFF_EXPR:	return IR_SUBTRACT;
	case MULT_EXPR:		return IR_MULTIPLY;
	case TRUNC_DIV_EXPR:
	case EXACT_DIV_EXPR:	return IR_DIVIDE;
	case TRUNC_MOD_EXPR:	return IR_REMAINDER;
	case LSHIFT_EXPR:	return IR_SHIFT_LEFT;
	case RSHIFT_EXPR:	return IR_SHIFT_RIGHT;
	case BIT_AND_EXPR:
	case TRUTH_AND_EXPR:	return IR_AND;
	case BIT_IOR_EXPR:
	case TRUTH_OR_EXPR:	return IR_OR;
	case BIT_XOR_EXPR:
	case TRUTH_XOR_EXPR:	return IR_XOR;
	case MIN_EXPR:		return IR_MINIMUM;
	case MAX_EXPR:		return IR_MAXIMUM;
	case EQ_EXPR:		return IR_EQUAL;
	case NE_EXPR:		return IR_NOT_EQUAL;
	case LT_EXPR:		return IR_LESS;
	case LE_EXPR:		return IR_LESS_EQUAL;
	case GT_EXPR:		return IR_GREATER;
	case GE_EXPR:		return IR_GREATER_EQUAL;
	default:		return IR_NONE;
	}
}

static ir_value emit_unary(struct lowering *low, enum ir_op op, struct ir_type type,
			   ir_value operand)
{
	struct ir_instruction *instruction;
	ir_value value = lower_emit(low, op, type, 1, &instruction);

	instruction->operands[0] = operand;
	return value;
}

static ir_value emit_binary(struct lowering *low, enum ir_op op, tree type, tree left,
			    tree right)
{
	struct ir_type lowered = lower_type(type);
	struct ir_instruction *instruction;
	ir_value value, operands[2];

	if (!is_number(lowered) || !is_number(lower_type(TREE_TYPE(left))) ||
	    !is_number(lower_type(TREE_TYPE(right))))
		return lower_unknown(low, type);
	operands[0] = lower_operand(low, left);
	operands[1] = lower_operand(low, right);
	value = lower_emit(low, op, lowered, 2, &instruction);
	instruction->operands[0] = operands[0];
	instruction->operands[1] = operands[1];
	return value;
}

ir_value lower_comparison(struct lowering *low, enum tree_code code, tree type, tree left,
			  tree right)
{
	enum ir_op op = TREE_CODE_CLASS(code) == tcc_comparison ? binary_op(code) : IR_NONE;

	return op ? emit_binary(low, op, type, left, right) : lower_unknown(low, type);
}

/* A cast.  One that changes nothing the IR knows of is the value itself. */
static ir_value lower_cast(struct lowering *low, tree type, tree operand)
{
	struct ir_type to = lower_type(type), from = lower_type(TREE_TYPE(operand));

	if (!is_number(to) || !is_number(from))
		return lower_unknown(low, type);
	if (!memcmp(&to, &from, sizeof(to)))
		return lower_operand(low, operand);
	return emit_unary(low, IR_CONVERT, to, lower_operand(low, operand));
}

static ir_value lower_sum_value(struct lowering *low, tree type, tree pointer, tree offset)
{
	struct ir_place *place = lower_sum(low, pointer, offset, type);
	struct ir_instruction *instruction;
	ir_value value = lower_emit(low, IR_ADDRESS, lower_type(type), 0, &instruction);

	instruction->u.place = place;
	return value;
}

static ir_value lower_select(struct lowering *low, tree type, tree condition, tree yes, tree no)
{
	struct ir_type lowered = lower_type(type);
	struct ir_instruction *instruction;
	ir_value operands[3], value;

	if (!is_number(lowered))
		return lower_unknown(low, type);
	if (COMPARISON_CLASS_P(condition))
		operands[0] = lower_comparison(low, TREE_CODE(condition), TREE_TYPE(condition),
					       TREE_OPERAND(condition, 0),
					       TREE_OPERAND(condition, 1));
	else
		operands[0] = lower_operand(low, condition);
	operands[1] = lower_operand(low, yes);
	operands[2] = lower_operand(low, no);
	value = lower_emit(low, IR_SELECT, lowered, 3, &instruction);
	for (unsigned i = 0; i < 3; i++)
		instruction->operands[i] = operands[i];
	return value;
}

static ir_value lower_unary(struct lowering *low, enum tree_code code, tree type, tree operand)
{
	struct ir_type lowered = lower_type(type);

	switch (code) {
	CASE_CONVERT:
		return lower_cast(low, type, operand);
	case NEGATE_EXPR:
	case BIT_NOT_EXPR:
		if (!is_number(lowered))
			break;
		return emit_unary(low, code == NEGATE_EXPR ? IR_NEGATE : IR_COMPLEMENT,
				  lowered, lower_operand(low, operand));
	default:
		break;
	}
	return lower_unknown(low, type);
}

static ir_value lower_single(struct lowering *low, tree type, tree right)
{
	if (TREE_CODE(right) == VIEW_CONVERT_EXPR &&
	    is_gimple_val(TREE_OPERAND(right, 0)))
		return lower_cast(low, type, TREE_OPERAND(right, 0));
	if (TREE_CODE(right) == SSA_NAME || is_gimple_min_invariant(right))
		return lower_cast(low, type, right);
	if (TREE_CODE(right) == CONSTRUCTOR)
		return lower_unknown(low, type);
	return lower_operand(low, right);
}

static ir_value lower_right(struct lowering *low, const gassign *assign)
{
	tree type = TREE_TYPE(gimple_assign_lhs(assign));
	enum tree_code code = gimple_assign_rhs_code(assign);
	tree first = gimple_assign_rhs1(assign);
	ir_value value;
	enum ir_op op;

	switch (gimple_assign_rhs_class(assign)) {
	case GIMPLE_SINGLE_RHS:
		return lower_single(low, type, first);
	case GIMPLE_UNARY_RHS:
		return lower_unary(low, code, type, first);
	case GIMPLE_BINARY_RHS:
		if (code == POINTER_PLUS_EXPR)
			return lower_sum_value(low, type, first, gimple_assign_rhs2(assign));
		op = binary_op(code);
		value = op == IR_AND ? lower_masked_fields(low, assign) : IR_NO_VALUE;
		if (value != IR_NO_VALUE)
			return value;
		return op ? emit_binary(low, op, type, first, gimple_assign_rhs2(assign))
			  : lower_unknown(low, type);
	case GIMPLE_TERNARY_RHS:
		if (code == COND_EXPR)
			return lower_select(low, type, first, gimple_assign_rhs2(assign),
					    gimple_assign_rhs3(assign));
		return lower_unknown(low, type);
	default:
		return lower_unknown(low, type);
	}
}

/* Aggregates: `*a = *b', `*a = {}', the end of a variable's life. */
static void lower_copy(struct lowering *low, tree left, tree right)
{
	struct ir_place *source, *destination = lower_place(low, left);
	struct ir_instruction *instruction;

	if (!destination)
		return;
	if (TREE_CODE(right) == CONSTRUCTOR) {
		lower_place_effect(low, CONSTRUCTOR_NELTS(right) ? IR_HAVOC : IR_ZERO, destination);
		return;
	}
	source = lower_place(low, right);
	if (!source) {
		lower_place_effect(low, IR_HAVOC, destination);
		return;
	}
	lower_emit(low, IR_COPY_MEMORY, lower_void_type(), 0, &instruction);
	instruction->u.place = destination;
	instruction->source = source;
}

/* GCC fills a variable that the source leaves alone: `_1 = .DEFERRED_INIT (...); page = _1;'. */
static bool is_left_alone(const gassign *assign)
{
	tree right = gimple_assign_rhs1(assign);
	gimple *definition;

	if (!gimple_assign_single_p(assign) || TREE_CODE(right) != SSA_NAME)
		return false;
	definition = SSA_NAME_DEF_STMT(right);
	return is_gimple_call(definition) && gimple_call_internal_p(definition) &&
	       gcc_is_deferred_init(gimple_call_internal_fn(definition));
}

void lower_assignment(struct lowering *low, const gassign *assign)
{
	tree left = gimple_assign_lhs(assign);

	if (gimple_clobber_p(assign))
		lower_place_effect(low, IR_CLOBBER, lower_place(low, left));
	else if (TREE_CODE(left) != SSA_NAME && is_left_alone(assign))
		lower_place_effect(low, IR_UNINITIALIZED, lower_place(low, left));
	else if (TREE_CODE(left) != SSA_NAME && !is_gimple_reg_type(TREE_TYPE(left)))
		lower_copy(low, left, gimple_assign_rhs1(assign));
	else
		lower_define(low, left, lower_right(low, assign));
}
