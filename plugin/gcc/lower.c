// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The driver: one function after the other, its blocks in reverse postorder, so
 * that every value but those of phis is defined before it is used.
 */
#include "lower.h"

#include "operation.h"

static void make_edges(struct lowering *low, basic_block to)
{
	edge from;
	edge_iterator i;

	FOR_EACH_EDGE(from, i, to->preds) {
		if (from->src == ENTRY_BLOCK_PTR_FOR_FN(low->fun))
			ir_builder_add_edge(low->builder, LOWER_ENTRY, low->blocks[to->index]);
		else if (low->blocks[from->src->index])
			ir_builder_add_edge(low->builder, low->blocks[from->src->index],
					    low->blocks[to->index]);
	}
}

static bool is_from_reachable(struct lowering *low, edge from)
{
	return from->src == ENTRY_BLOCK_PTR_FOR_FN(low->fun) || low->blocks[from->src->index];
}

static unsigned count_reachable_predecessors(struct lowering *low, basic_block block)
{
	unsigned count = 0;
	edge from;
	edge_iterator i;

	FOR_EACH_EDGE(from, i, block->preds)
		count += is_from_reachable(low, from);
	return count;
}

/* The parameters, those that are in memory stored to their variables. */
static void lower_parameters(struct lowering *low)
{
	unsigned n = 0;

	for (tree parameter = DECL_ARGUMENTS(low->fun->decl); parameter;
	     parameter = DECL_CHAIN(parameter), n++) {
		tree name = ssa_default_def(low->fun, parameter);
		const char *text = lower_variable_name(parameter);
		struct ir_instruction *instruction;
		ir_value value;

		value = lower_emit(low, IR_PARAMETER, lower_type(TREE_TYPE(parameter)), 0,
				   &instruction);
		instruction->u.parameter = n;
		if (text)
			instruction->text = lower_intern(low->unit, text);
		if (name)
			low->values[SSA_NAME_VERSION(name)] = value;
		else if (!is_gimple_reg(parameter) && is_gimple_reg_type(TREE_TYPE(parameter)))
			lower_store(low, parameter, value);
	}
}

static void lower_phis(struct lowering *low, basic_block block)
{
	unsigned count = count_reachable_predecessors(low, block);

	for (gphi_iterator i = gsi_start_phis(block); !gsi_end_p(i); gsi_next(&i)) {
		tree result = gimple_phi_result(i.phi());

		if (virtual_operand_p(result))
			continue;
		low->location = location_table_add(low->unit->locations,
						   gimple_location(i.phi()));
		lower_define(low, result, lower_emit(low, IR_PHI, lower_type(TREE_TYPE(result)),
						     count, NULL));
	}
}

static void fill_phi(struct lowering *low, gphi *phi)
{
	ir_value value = low->values[SSA_NAME_VERSION(gimple_phi_result(phi))];
	unsigned n = 0;

	for (unsigned i = 0; i < gimple_phi_num_args(phi); i++) {
		ir_value operand;

		if (!is_from_reachable(low, gimple_phi_arg_edge(phi, i)))
			continue;
		operand = lower_operand(low, gimple_phi_arg_def(phi, i));
		ir_builder_at(low->builder, value)->operands[n++] = operand;
	}
}

/* When every block is there: the operands may come from any of them. */
static void fill_phis(struct lowering *low, basic_block block)
{
	for (gphi_iterator i = gsi_start_phis(block); !gsi_end_p(i); gsi_next(&i))
		if (!virtual_operand_p(gimple_phi_result(i.phi())))
			fill_phi(low, i.phi());
}

static void lower_statement(struct lowering *low, gimple *statement)
{
	switch (gimple_code(statement)) {
	case GIMPLE_ASSIGN:
		lower_assignment(low, as_a<const gassign *>(statement));
		break;
	case GIMPLE_CALL:
		lower_call(low, as_a<gcall *>(statement));
		break;
	case GIMPLE_ASM:
		lower_asm(low, as_a<const gasm *>(statement));
		break;
	default:
		/* Labels and hints; what ends the block is lowered as its terminator. */
		break;
	}
}

static void lower_block(struct lowering *low, basic_block block)
{
	low->block = low->blocks[block->index];
	lower_phis(low, block);
	for (gimple_stmt_iterator i = gsi_start_nondebug_bb(block); !gsi_end_p(i);
	     gsi_next_nondebug(&i)) {
		low->location = location_table_add(low->unit->locations,
						   gimple_location(gsi_stmt(i)));
		lower_statement(low, gsi_stmt(i));
	}
	lower_terminator(low, block);
}

static void jump_to_first(struct lowering *low)
{
	basic_block first = single_succ(ENTRY_BLOCK_PTR_FOR_FN(low->fun));
	struct ir_instruction *instruction;

	low->block = LOWER_ENTRY;
	low->location = 0;
	lower_emit(low, IR_JUMP, lower_void_type(), 0, &instruction);
	instruction->u.targets[0] = low->blocks[first->index];
}

static void lower_blocks(struct lowering *low)
{
	int room = n_basic_blocks_for_fn(low->fun);
	int *order = XNEWVEC(int, room);
	int count = pre_and_rev_post_order_compute_fn(low->fun, NULL, order, false);

	ir_builder_add_block(low->builder);
	for (int i = 0; i < count; i++)
		low->blocks[order[i]] = ir_builder_add_block(low->builder);
	for (int i = 0; i < count; i++)
		make_edges(low, BASIC_BLOCK_FOR_FN(low->fun, order[i]));

	lower_parameters(low);
	for (int i = 0; i < count; i++)
		lower_block(low, BASIC_BLOCK_FOR_FN(low->fun, order[i]));
	for (int i = 0; i < count; i++)
		fill_phis(low, BASIC_BLOCK_FOR_FN(low->fun, order[i]));
	jump_to_first(low);
	free(order);
}

static void describe_parameters(struct lowering *low, struct ir_function *function)
{
	struct arena *arena = low->unit->ir->arena;
	tree parameter = DECL_ARGUMENTS(low->fun->decl);
	unsigned count = list_length(parameter);

	function->parameter_count = count;
	function->parameters = ARENA_ARRAY(arena, const char *, count);
	function->parameter_types = ARENA_ARRAY(arena, struct ir_type, count);
	for (unsigned i = 0; i < count; i++, parameter = DECL_CHAIN(parameter)) {
		function->parameters[i] =
			lower_intern(low->unit, DECL_NAME(parameter) ?
				     IDENTIFIER_POINTER(DECL_NAME(parameter)) : "");
		function->parameter_types[i] = lower_type(TREE_TYPE(parameter));
	}
}

/* Who takes the address of NODE, among them others than the functions of the page IR? */
static void describe_address(const struct lowering *low, cgraph_node *node,
			     struct ir_function *function)
{
	struct ipa_ref *reference;

	function->is_address_taken = node->address_taken;
	for (unsigned i = 0; node->iterate_referring(i, reference); i++) {
		bool is_told = is_a<cgraph_node *>(reference->referring);

		if (is_told && low->unit->functions.get(reference->referring->decl))
			continue;
		function->is_address_hidden = true;
		function->is_address_told |= is_told;
	}
}

static void describe(struct lowering *low, cgraph_node *node)
{
	struct ir_function *function = ir_builder_function(low->builder);
	tree decl = node->decl;

	function->location = location_table_add(low->unit->locations, DECL_SOURCE_LOCATION(decl));
	function->end_location = location_table_add(low->unit->locations,
						    low->fun->function_end_locus);
	function->return_type = lower_type(TREE_TYPE(TREE_TYPE(decl)));
	function->is_static = !TREE_PUBLIC(decl);
	describe_address(low, node, function);
	function->is_inline_in_header = DECL_DECLARED_INLINE_P(decl) && binding_is_in_header(decl);
	function->contract = binding_find(low->unit->binding, decl);
	if (!function->contract)
		function->contract = operation_contract(low->unit, node);
	describe_parameters(low, function);
}

static void lower_function(struct lower_unit *unit, cgraph_node *node)
{
	uint32_t index = *unit->functions.get(node->decl) - 1;
	struct ir_function *function;
	struct lowering low;

	low.unit = unit;
	low.fun = node->get_fun();
	low.builder = ir_builder_new(unit->ir, index);
	low.values = XCNEWVEC(ir_value, SSANAMES(low.fun)->length());
	low.blocks = XCNEWVEC(ir_block_id, last_basic_block_for_fn(low.fun));
	describe(&low, node);
	lower_blocks(&low);
	function = ir_builder_finish(low.builder);
	ir_function_prune(function);
	ir_function_order(unit->ir, function);
	free(low.values);
	free(low.blocks);
}

void lower_functions(struct lower_unit *unit, const vec<cgraph_node *> &selection)
{
	/* Some of GCC's predicates ask for the current function. */
	for (unsigned i = 0; i < selection.length(); i++) {
		push_cfun(selection[i]->get_fun());
		lower_function(unit, selection[i]);
		pop_cfun();
	}
	lower_private_records(unit);
	lower_near(unit, selection);
}
