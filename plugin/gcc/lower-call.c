// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Calls, and asm statements.
 *
 * Most calls become IR_CALL.  A few functions are the compiler's or the C
 * library's way to say what is no call in C: hints are the value itself, and the
 * memory functions become operations on memory when the size is that of the object.
 */
#include "lower.h"

#include "operation.h"

/* Prefixes under which kernels and GCC hide the memory functions. */
static const char *const library_prefixes[] = { "__builtin_", "__underlying_", "__" };

/* Run-time checkers: no call of theirs does anything to the program. */
static const char *const checker_prefixes[] = {
	"__ubsan_", "__asan_", "__hwasan_", "__tsan_", "__sanitizer_",
};

static bool has_prefix(const char *text, const char *prefix)
{
	return !strncmp(text, prefix, strlen(prefix));
}

static const char *name_of(tree decl)
{
	return DECL_NAME(decl) ? IDENTIFIER_POINTER(DECL_NAME(decl)) : "";
}

static const char *library_name(const char *name)
{
	for (const char *prefix : library_prefixes)
		if (has_prefix(name, prefix))
			return name + strlen(prefix);
	return name;
}

static bool is_checker(const char *name)
{
	if (name[0] != '_' || name[1] != '_')
		return false;
	for (const char *prefix : checker_prefixes)
		if (has_prefix(name, prefix))
			return true;
	return false;
}

static void define_result(struct lowering *low, const gcall *call, ir_value value)
{
	tree left = gimple_call_lhs(call);

	if (left)
		lower_define(low, left, value);
}

/* The call has done nothing that is known: its result is, as OP tells, unknown or undefined. */
static void forget_result(struct lowering *low, const gcall *call, enum ir_op op = IR_UNKNOWN)
{
	tree left = gimple_call_lhs(call);

	if (!left)
		return;
	if (TREE_CODE(left) == SSA_NAME)
		lower_define(low, left,
			     lower_emit(low, op, lower_type(TREE_TYPE(left)), 0, NULL));
	else
		lower_place_effect(low, IR_UNINITIALIZED, lower_place(low, left));
}

static void result_is_argument(struct lowering *low, const gcall *call, unsigned n)
{
	if (gimple_call_lhs(call) && gimple_call_num_args(call) > n)
		define_result(low, call, lower_operand(low, gimple_call_arg(call, n)));
}

/* Is SIZE bytes just the object that POINTER points to? */
static bool is_size_of_target(tree pointer, tree size)
{
	tree type = TREE_TYPE(pointer);
	HOST_WIDE_INT target;

	if (TREE_CODE(pointer) == ADDR_EXPR)
		type = TREE_TYPE(TREE_OPERAND(pointer, 0));
	else if (POINTER_TYPE_P(type))
		type = TREE_TYPE(type);
	target = VOID_TYPE_P(type) ? 0 : lower_type_size(type);
	return target > 0 && tree_fits_shwi_p(size) && tree_to_shwi(size) == target;
}

/* Does SIZE, not being constant or larger than it, cover what POINTER points to? */
static bool is_array_of_targets(tree pointer, tree size)
{
	HOST_WIDE_INT target = lower_type_size(TREE_TYPE(TREE_TYPE(pointer)));

	if (!tree_fits_shwi_p(size))
		return TREE_CODE(pointer) == SSA_NAME;
	return target > 0 && tree_to_shwi(size) >= target && tree_to_shwi(size) % target == 0;
}

static void lower_memset(struct lowering *low, const gcall *call)
{
	tree pointer = gimple_call_arg(call, 0), size = gimple_call_arg(call, 2);
	bool is_zero = integer_zerop(gimple_call_arg(call, 1)) &&
		       (is_size_of_target(pointer, size) || is_array_of_targets(pointer, size));

	lower_place_effect(low, is_zero ? IR_ZERO : IR_HAVOC, lower_target(low, pointer));
	result_is_argument(low, call, 0);
}

/* Does POINTER point to pointers or records, among which pages may be? */
static bool is_of_pointers(tree pointer)
{
	tree type = TREE_TYPE(TREE_TYPE(pointer));

	while (TREE_CODE(type) == ARRAY_TYPE)
		type = TREE_TYPE(type);
	return POINTER_TYPE_P(type) || RECORD_OR_UNION_TYPE_P(type);
}

static void lower_memcpy(struct lowering *low, const gcall *call)
{
	tree to = gimple_call_arg(call, 0), from = gimple_call_arg(call, 1);
	tree size = gimple_call_arg(call, 2);
	struct ir_place *destination = lower_target(low, to), *source = NULL;
	struct ir_instruction *instruction;

	if ((is_size_of_target(to, size) && is_size_of_target(from, size)) ||
	    (POINTER_TYPE_P(TREE_TYPE(from)) && is_of_pointers(from)))
		source = lower_target(low, from);
	if (destination && source) {
		lower_emit(low, IR_COPY_MEMORY, lower_void_type(), 0, &instruction);
		instruction->u.place = destination;
		instruction->source = source;
	} else {
		lower_place_effect(low, IR_HAVOC, destination);
	}
	result_is_argument(low, call, 0);
}

static bool lower_memory_function(struct lowering *low, const gcall *call, const char *name)
{
	unsigned count = gimple_call_num_args(call);

	name = library_name(name);
	if (name[0] != 'm' || name[1] != 'e' || name[2] != 'm' || count < 3)
		return false;
	for (unsigned i = 0; i < 3; i++)
		if (!is_gimple_val(gimple_call_arg(call, i)))
			return false;
	if (!POINTER_TYPE_P(TREE_TYPE(gimple_call_arg(call, 0))))
		return false;
	if (!strcmp(name, "memset"))
		lower_memset(low, call);
	else if (!strcmp(name, "memcpy") || !strcmp(name, "memmove"))
		lower_memcpy(low, call);
	else
		return false;
	return true;
}

/* Builtins that are no call.  False: treat it as any other function. */
static bool lower_builtin(struct lowering *low, const gcall *call, tree decl)
{
	switch (DECL_FUNCTION_CODE(decl)) {
	case BUILT_IN_EXPECT:
	case BUILT_IN_EXPECT_WITH_PROBABILITY:
	case BUILT_IN_ASSUME_ALIGNED:
		result_is_argument(low, call, 0);
		return true;
	case BUILT_IN_CONSTANT_P:
		/* Both ways mean the same; the other is for numbers written down as such. */
		define_result(low, call, lower_operand(low, integer_zero_node));
		return true;
	case BUILT_IN_OBJECT_SIZE:
	case BUILT_IN_RETURN_ADDRESS:
	case BUILT_IN_FRAME_ADDRESS:
		forget_result(low, call);
		return true;
	case BUILT_IN_UNREACHABLE:
	case BUILT_IN_TRAP:
	case BUILT_IN_PREFETCH:
	case BUILT_IN_STACK_SAVE:
	case BUILT_IN_STACK_RESTORE:
		forget_result(low, call);
		return true;
	default:
		/* strlen(), __builtin_dynamic_object_size(): a number is all that comes of it. */
		if (!(gimple_call_flags(call) & (ECF_CONST | ECF_PURE)) ||
		    lower_type(gimple_call_return_type(call)).type_class != IR_TYPE_INTEGER)
			return false;
		forget_result(low, call);
		return true;
	}
}

/* UBSAN_CHECK_ADD and its like are the arithmetic that they check. */
static enum tree_code checked_operation(internal_fn fn)
{
	switch (fn) {
	case IFN_UBSAN_CHECK_ADD:	return PLUS_EXPR;
	case IFN_UBSAN_CHECK_SUB:	return MINUS_EXPR;
	case IFN_UBSAN_CHECK_MUL:	return MULT_EXPR;
	default:			return ERROR_MARK;
	}
}

static void lower_checked_arithmetic(struct lowering *low, const gcall *call,
				     enum tree_code code)
{
	static const enum ir_op ops[] = { IR_ADD, IR_SUBTRACT, IR_MULTIPLY };
	tree left = gimple_call_lhs(call);
	ir_value operands[2], value;
	struct ir_instruction *instruction;

	if (!left || lower_type(TREE_TYPE(left)).type_class != IR_TYPE_INTEGER) {
		forget_result(low, call);
		return;
	}
	for (unsigned i = 0; i < 2; i++)
		operands[i] = lower_operand(low, gimple_call_arg(call, i));
	value = lower_emit(low, ops[code == PLUS_EXPR ? 0 : code == MINUS_EXPR ? 1 : 2],
			   lower_type(TREE_TYPE(left)), 2, &instruction);
	instruction->operands[0] = operands[0];
	instruction->operands[1] = operands[1];
	lower_define(low, left, value);
}

static void lower_internal_call(struct lowering *low, const gcall *call)
{
	internal_fn fn = gimple_call_internal_fn(call);
	enum tree_code code = checked_operation(fn);

	if (fn == IFN_BUILTIN_EXPECT || fn == IFN_ANNOTATE)
		result_is_argument(low, call, 0);
	else if (code != ERROR_MARK)
		lower_checked_arithmetic(low, call, code);
	else
		forget_result(low, call, gcc_is_deferred_init(fn) ? IR_UNDEFINED : IR_UNKNOWN);
}

/* The function that DECL is another name of, if its body is in the unit. */
static uint32_t function_index(struct lower_unit *unit, tree decl)
{
	uint32_t *index = unit->functions.get(decl);
	cgraph_node *node;

	if (index)
		return *index;
	node = cgraph_node::get(decl);
	if (!node || !node->alias)
		return 0;
	index = unit->functions.get(node->ultimate_alias_target()->decl);
	return index ? *index : 0;
}

static struct ir_callee *lower_callee(struct lowering *low, const gcall *call)
{
	struct lower_unit *unit = low->unit;
	struct ir_callee *callee = ARENA_NEW(unit->ir->arena, struct ir_callee);
	tree decl = gimple_call_fndecl(call);

	if (!decl) {
		callee->contract = operation_called(unit, call);
		if (callee->contract)
			callee->name = callee->contract->function;
		else
			callee->pointer = lower_operand_with_text(low, gimple_call_fn(call));
		return callee;
	}
	callee->name = lower_intern(unit, name_of(decl));
	callee->contract = binding_find(unit->binding, decl);
	if (!callee->contract)
		callee->function = function_index(unit, decl);
	return callee;
}

static ir_value lower_argument(struct lowering *low, tree argument, bool with_text)
{
	if (lower_type(TREE_TYPE(argument)).type_class == IR_TYPE_OTHER)
		return lower_unknown(low, TREE_TYPE(argument));
	return with_text ? lower_operand_with_text(low, argument) : lower_operand(low, argument);
}

static void lower_plain_call(struct lowering *low, const gcall *call)
{
	struct ir_callee *callee = lower_callee(low, call);
	unsigned count = gimple_call_num_args(call);
	bool is_known = callee->contract || callee->function;
	auto_vec<ir_value, 8> operands;
	struct ir_instruction *instruction;
	tree left = gimple_call_lhs(call);
	ir_value value;

	for (unsigned i = 0; i < count; i++)
		operands.safe_push(lower_argument(low, gimple_call_arg(call, i), is_known));
	value = lower_emit(low, IR_CALL, lower_type(gimple_call_return_type(call)), count,
			   &instruction);
	instruction->u.callee = callee;
	for (unsigned i = 0; i < count; i++)
		instruction->operands[i] = operands[i];
	if (!left)
		return;
	if (is_gimple_reg_type(TREE_TYPE(left)))
		lower_define(low, left, value);
	else
		lower_place_effect(low, IR_HAVOC, lower_place(low, left));
}

void lower_call(struct lowering *low, gcall *call)
{
	tree decl;

	if (gimple_call_internal_p(call)) {
		lower_internal_call(low, call);
		return;
	}
	decl = gimple_call_fndecl(call);
	if (decl && fndecl_built_in_p(decl, BUILT_IN_NORMAL) && lower_builtin(low, call, decl))
		return;
	if (decl && is_checker(name_of(decl)))
		forget_result(low, call);
	else if (!decl || !lower_memory_function(low, call, name_of(decl)))
		lower_plain_call(low, call);
}

/* A pointer, or a number that may be one, as the arguments of xchg() on a per-cpu variable are. */
static bool is_pointer_sized(tree input)
{
	tree type = TREE_TYPE(input);

	return POINTER_TYPE_P(type) ||
	       (INTEGRAL_TYPE_P(type) && TYPE_PRECISION(type) == POINTER_SIZE);
}

/* A pointer that an asm gets may be in the memory that it writes, as that of xchg() is. */
static void lower_asm_inputs(struct lowering *low, const gasm *statement)
{
	bool writes_memory = false;
	struct ir_instruction *store;

	for (unsigned i = 0; i < gimple_asm_noutputs(statement); i++)
		writes_memory |= TREE_CODE(TREE_VALUE(gimple_asm_output_op(statement, i))) !=
				 SSA_NAME;
	for (unsigned i = 0; writes_memory && i < gimple_asm_ninputs(statement); i++) {
		tree input = TREE_VALUE(gimple_asm_input_op(statement, i));
		struct ir_place *place;

		if (TREE_CODE(input) != SSA_NAME || !is_pointer_sized(input))
			continue;
		place = ARENA_NEW(low->unit->ir->arena, struct ir_place);
		place->root = IR_ROOT_POINTER;
		place->pointer = lower_unknown(low, ptr_type_node);
		lower_emit(low, IR_STORE, lower_void_type(), 1, &store);
		store->operands[0] = lower_operand(low, input);
		store->u.place = place;
	}
}

/* What an asm writes is unknown.  That it reads a page does not matter. */
void lower_asm(struct lowering *low, const gasm *statement)
{
	lower_asm_inputs(low, statement);
	for (unsigned i = 0; i < gimple_asm_noutputs(statement); i++) {
		tree output = TREE_VALUE(gimple_asm_output_op(statement, i));

		if (TREE_CODE(output) == SSA_NAME)
			lower_define(low, output, lower_unknown(low, TREE_TYPE(output)));
		else
			lower_place_effect(low, IR_HAVOC, lower_place(low, output));
	}
}
