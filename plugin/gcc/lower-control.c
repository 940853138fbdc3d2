// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The end of a block.  Where its last statement does not tell the successors
 * apart (asm goto, computed goto, setjmp) any of them may follow.
 */
#include "lower.h"
#include "warned.h"

static ir_block_id block_number(struct lowering *low, basic_block block)
{
	return low->blocks[block->index];
}

static void lower_condition(struct lowering *low, const gcond *condition, basic_block block)
{
	struct ir_instruction *instruction;
	edge yes, no;
	ir_value value;

	extract_true_false_edges_from_block(block, &yes, &no);
	value = lower_comparison(low, gimple_cond_code(condition), boolean_type_node,
				 gimple_cond_lhs(condition), gimple_cond_rhs(condition));
	lower_emit(low, IR_BRANCH, lower_void_type(), 1, &instruction);
	instruction->operands[0] = value;
	instruction->u.targets[0] = block_number(low, yes->dest);
	instruction->u.targets[1] = block_number(low, no->dest);
	instruction->warned = warned_side(condition, block);
}

static ir_integer case_bound(tree bound)
{
	if (TYPE_UNSIGNED(TREE_TYPE(bound)))
		return (ir_integer)wi::to_wide(bound).to_uhwi();
	return (ir_integer)wi::to_wide(bound).to_shwi();
}

static ir_block_id label_number(struct lowering *low, tree label)
{
	return block_number(low, label_to_block(low->fun, CASE_LABEL(label)));
}

static void lower_switch(struct lowering *low, const gswitch *statement)
{
	unsigned count = gimple_switch_num_labels(statement) - 1;
	struct ir_case *cases = ARENA_ARRAY(low->unit->ir->arena, struct ir_case, count);
	ir_value value = lower_operand(low, gimple_switch_index(statement));
	struct ir_instruction *instruction;

	/* Label 0 is the default. */
	for (unsigned i = 0; i < count; i++) {
		tree label = gimple_switch_label(statement, i + 1);

		cases[i].low = case_bound(CASE_LOW(label));
		cases[i].high = CASE_HIGH(label) ? case_bound(CASE_HIGH(label)) : cases[i].low;
		cases[i].target = label_number(low, label);
	}
	lower_emit(low, IR_SWITCH, lower_void_type(), 1, &instruction);
	instruction->operands[0] = value;
	instruction->u.select.count = count;
	instruction->u.select.cases = cases;
	instruction->u.select.otherwise =
		label_number(low, gimple_switch_default_label(statement));
}

static void lower_return(struct lowering *low, const greturn *statement)
{
	tree returned = statement ? gimple_return_retval(statement) : NULL_TREE;
	tree type = TREE_TYPE(TREE_TYPE(low->fun->decl));
	struct ir_instruction *instruction;
	ir_value value = IR_NO_VALUE;

	if (!VOID_TYPE_P(type))
		value = returned && is_gimple_reg_type(TREE_TYPE(returned)) ?
			lower_operand_with_text(low, returned) : lower_unknown(low, type);
	lower_emit(low, IR_RETURN, lower_void_type(), value ? 1 : 0, &instruction);
	if (value)
		instruction->operands[0] = value;
}

/* A block without a statement that ends it. */
static void lower_fall_through(struct lowering *low, basic_block block)
{
	struct ir_instruction *instruction;

	if (!EDGE_COUNT(block->succs)) {
		lower_emit(low, IR_UNREACHABLE, lower_void_type(), 0, NULL);
	} else if (!single_succ_p(block)) {
		lower_emit(low, IR_GOTO_ANY, lower_void_type(), 0, NULL);
	} else if (single_succ(block) == EXIT_BLOCK_PTR_FOR_FN(low->fun)) {
		lower_return(low, NULL);
	} else {
		lower_emit(low, IR_JUMP, lower_void_type(), 0, &instruction);
		instruction->u.targets[0] = block_number(low, single_succ(block));
	}
}

void lower_terminator(struct lowering *low, basic_block block)
{
	gimple_stmt_iterator last = gsi_last_nondebug_bb(block);
	gimple *statement = gsi_end_p(last) ? NULL : gsi_stmt(last);

	switch (statement ? gimple_code(statement) : GIMPLE_NOP) {
	case GIMPLE_COND:
		lower_condition(low, as_a<const gcond *>(statement), block);
		break;
	case GIMPLE_SWITCH:
		lower_switch(low, as_a<const gswitch *>(statement));
		break;
	case GIMPLE_RETURN:
		lower_return(low, as_a<const greturn *>(statement));
		break;
	case GIMPLE_GOTO:
		lower_emit(low, IR_GOTO_ANY, lower_void_type(), 0, NULL);
		break;
	default:
		lower_fall_through(low, block);
		break;
	}
}
