// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Operands, and the few ways to emit an instruction.
 */
#include "lower.h"

ir_value lower_emit(struct lowering *low, enum ir_op op, struct ir_type type,
		    unsigned operand_count, struct ir_instruction **instruction)
{
	struct ir_instruction *emitted;
	ir_value value = ir_builder_add(low->builder, low->block, op, type, operand_count,
					&emitted);

	emitted->location = low->location;
	if (instruction)
		*instruction = emitted;
	return value;
}

/* Into the entry block, where what is true of the whole function stands. */
static ir_value emit_in_entry(struct lowering *low, enum ir_op op, struct ir_type type,
			      struct ir_instruction **instruction)
{
	return ir_builder_add(low->builder, LOWER_ENTRY, op, type, 0, instruction);
}

ir_value lower_unknown(struct lowering *low, tree type)
{
	return lower_emit(low, IR_UNKNOWN, lower_type(type), 0, NULL);
}

static ir_integer integer_of(tree constant)
{
	if (TYPE_UNSIGNED(TREE_TYPE(constant)) || POINTER_TYPE_P(TREE_TYPE(constant)))
		return (ir_integer)wi::to_wide(constant).to_uhwi();
	return (ir_integer)wi::to_wide(constant).to_shwi();
}

static const char *integer_text(struct lowering *low, tree constant)
{
	ir_integer number = integer_of(constant);

	if (POINTER_TYPE_P(TREE_TYPE(constant)) && number == 0)
		return "NULL";
	if (number < -4095 || number > 65536)
		return NULL;
	return arena_printf(low->unit->ir->arena, "%d", (int)number);
}

static ir_value emit_integer(struct lowering *low, tree constant)
{
	struct ir_type type = lower_type(TREE_TYPE(constant));
	struct ir_instruction *instruction;
	ir_value value;

	if (type.type_class == IR_TYPE_OTHER)
		return emit_in_entry(low, IR_UNKNOWN, type, NULL);
	value = emit_in_entry(low, IR_CONSTANT, type, &instruction);
	instruction->u.constant = integer_of(constant);
	instruction->text = integer_text(low, constant);
	return value;
}

static ir_value emit_function(struct lowering *low, tree decl, tree type)
{
	struct ir_instruction *instruction;
	uint32_t *index = low->unit->functions.get(decl);
	ir_value value = emit_in_entry(low, IR_FUNCTION, lower_type(type), &instruction);

	instruction->u.function = index ? *index : 0;
	instruction->text = lower_intern(low->unit, IDENTIFIER_POINTER(DECL_NAME(decl)));
	return value;
}

/* The pointer to a page that &folio->page is under another type; NULL_TREE: it is none. */
static tree same_page(tree address)
{
	tree reference = TREE_OPERAND(address, 0);

	if (lower_type(TREE_TYPE(address)).pointee != IR_POINTEE_PAGE)
		return NULL_TREE;
	while (TREE_CODE(reference) == COMPONENT_REF &&
	       integer_zerop(byte_position(TREE_OPERAND(reference, 1))))
		reference = TREE_OPERAND(reference, 0);
	if (TREE_CODE(reference) != MEM_REF || !integer_zerop(TREE_OPERAND(reference, 1)) ||
	    lower_type(TREE_TYPE(TREE_OPERAND(reference, 0))).pointee != IR_POINTEE_PAGE)
		return NULL_TREE;
	return TREE_OPERAND(reference, 0);
}

/* &reference, in the block being filled. */
static ir_value emit_address(struct lowering *low, tree address)
{
	tree reference = TREE_OPERAND(address, 0);
	struct ir_type type = lower_type(TREE_TYPE(address));
	struct ir_instruction *instruction;
	struct ir_place *place;
	ir_value value;

	if (TREE_CODE(reference) == FUNCTION_DECL)
		return emit_function(low, reference, TREE_TYPE(address));
	if (same_page(address))
		return lower_operand(low, same_page(address));
	place = lower_place(low, reference);
	if (!place)
		return lower_emit(low, IR_UNKNOWN, type, 0, NULL);
	if (place->root == IR_ROOT_POINTER && !place->step_count)
		return place->pointer;
	value = lower_emit(low, IR_ADDRESS, type, 0, &instruction);
	instruction->u.place = place;
	return value;
}

static ir_value emit_constant(struct lowering *low, tree operand)
{
	ir_block_id block = low->block;
	ir_location location = low->location;
	ir_value value;

	if (TREE_CODE(operand) == INTEGER_CST)
		return emit_integer(low, operand);
	if (TREE_CODE(operand) != ADDR_EXPR)
		return emit_in_entry(low, IR_UNKNOWN, lower_type(TREE_TYPE(operand)), NULL);
	low->block = LOWER_ENTRY;
	low->location = 0;
	value = emit_address(low, operand);
	low->block = block;
	low->location = location;
	return value;
}

static ir_value constant_value(struct lowering *low, tree operand)
{
	ir_value *known = low->constants.get(operand);
	ir_value value;

	if (known)
		return *known;
	value = emit_constant(low, operand);
	low->constants.put(operand, value);
	return value;
}

/* A name without a definition so far: an uninitialised variable. */
static ir_value undefined_value(struct lowering *low, tree name)
{
	bool is_variable = SSA_NAME_IS_DEFAULT_DEF(name) && SSA_NAME_VAR(name) &&
			   VAR_P(SSA_NAME_VAR(name));
	ir_value value = emit_in_entry(low, is_variable ? IR_UNDEFINED : IR_UNKNOWN,
				       lower_type(TREE_TYPE(name)), NULL);

	low->values[SSA_NAME_VERSION(name)] = value;
	return value;
}

ir_value lower_operand(struct lowering *low, tree operand)
{
	if (TREE_CODE(operand) == SSA_NAME) {
		ir_value value = low->values[SSA_NAME_VERSION(operand)];

		return value ? value : undefined_value(low, operand);
	}
	if (is_gimple_min_invariant(operand))
		return constant_value(low, operand);
	if (TREE_CODE(operand) == ADDR_EXPR)
		return emit_address(low, operand);
	return lower_load(low, operand);
}

ir_value lower_operand_with_text(struct lowering *low, tree operand)
{
	ir_value value = lower_operand(low, operand);
	struct ir_instruction *definition = ir_builder_at(low->builder, value);

	if (!definition->text)
		definition->text = lower_text(low, operand);
	return value;
}

ir_value lower_load(struct lowering *low, tree reference)
{
	struct ir_type type = lower_type(TREE_TYPE(reference));
	struct ir_place *place = NULL;
	struct ir_instruction *instruction;
	ir_value value;

	if (type.type_class != IR_TYPE_OTHER)
		place = lower_place(low, reference);
	if (!place)
		return lower_emit(low, IR_UNKNOWN, type, 0, NULL);
	place->is_volatile = TREE_THIS_VOLATILE(reference);
	value = lower_emit(low, IR_LOAD, type, 0, &instruction);
	instruction->u.place = place;
	if (type.type_class == IR_TYPE_POINTER)
		instruction->text = lower_text(low, reference);
	return value;
}

void lower_store(struct lowering *low, tree reference, ir_value value)
{
	struct ir_place *place = lower_place(low, reference);
	struct ir_instruction *instruction;

	if (!place)
		return;
	if (ir_builder_at(low->builder, value)->type.type_class == IR_TYPE_OTHER) {
		lower_place_effect(low, IR_HAVOC, place);
		return;
	}
	lower_emit(low, IR_STORE, lower_void_type(), 1, &instruction);
	instruction->operands[0] = value;
	instruction->u.place = place;
	instruction->text = lower_text(low, reference);
}

void lower_place_effect(struct lowering *low, enum ir_op op, struct ir_place *place)
{
	struct ir_instruction *instruction;

	if (!place)
		return;
	lower_emit(low, op, lower_void_type(), 0, &instruction);
	instruction->u.place = place;
}

void lower_define(struct lowering *low, tree left, ir_value value)
{
	struct ir_instruction *definition;

	if (TREE_CODE(left) != SSA_NAME) {
		lower_store(low, left, value);
		return;
	}
	low->values[SSA_NAME_VERSION(left)] = value;
	definition = ir_builder_at(low->builder, value);
	/* Constants are shared by all who use them. */
	if (SSA_NAME_VAR(left) && !definition->text && definition->block != LOWER_ENTRY) {
		const char *name = lower_variable_name(SSA_NAME_VAR(left));

		if (name)
			definition->text = lower_intern(low->unit, name);
	}
}
