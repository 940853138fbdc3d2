// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Tests that a macro has made before.
 *
 *	if (WARN_ON(count != n))	({ int found = count != n;
 *		return -EFAULT;		   if (found)
 *						report();
 *					   found; })
 *
 * The second test asks for what the first one has told the log of: the program's author
 * holds it for impossible.  Two tests that were written out are no such thing.
 */
#include "warned.h"

#define BLOCKS		24	/* from the one test to the other: WARN_ONCE() makes many */
#define LINES		3	/* of a condition that is longer than one */

/*
 * What CONDITION asks for being zero or not, through conversions and likely(); NULL if it
 * compares otherwise.  IS_ZERO: it is true where that is zero.
 */
static tree tested(const gcond *condition, bool *is_zero)
{
	enum tree_code code = gimple_cond_code(condition);
	tree value = gimple_cond_lhs(condition);
	gimple *definition;

	if ((code != EQ_EXPR && code != NE_EXPR) || !integer_zerop(gimple_cond_rhs(condition)))
		return NULL_TREE;
	*is_zero = code == EQ_EXPR;
	while (TREE_CODE(value) == SSA_NAME) {
		definition = SSA_NAME_DEF_STMT(value);
		if (gimple_call_builtin_p(definition, BUILT_IN_EXPECT)) {
			value = gimple_call_arg(definition, 0);
			continue;
		}
		if (!is_gimple_assign(definition))
			return value;
		code = gimple_assign_rhs_code(definition);
		if ((code == EQ_EXPR || code == NE_EXPR) &&
		    integer_zerop(gimple_assign_rhs2(definition)))
			*is_zero ^= code == EQ_EXPR;
		else if (!CONVERT_EXPR_CODE_P(code) && code != SSA_NAME)
			return value;
		value = gimple_assign_rhs1(definition);
	}
	return NULL_TREE;
}

/* The condition at the end of BLOCK, or NULL. */
static const gcond *condition_of(basic_block block)
{
	gimple_stmt_iterator last = gsi_last_nondebug_bb(block);

	return gsi_end_p(last) ? NULL : dyn_cast<const gcond *>(gsi_stmt(last));
}

/* The one test of VALUE that all ways to BLOCK come from; NULL: there is none. */
static basic_block test_before(basic_block block, tree value)
{
	basic_block seen[BLOCKS], first = NULL;
	unsigned count = 1, next;
	edge_iterator i;
	bool is_zero;
	edge into;

	seen[0] = block;
	for (next = 0; next < count; next++) {
		if (next && EDGE_COUNT(seen[next]->preds) == 0)
			return NULL;
		FOR_EACH_EDGE(into, i, seen[next]->preds) {
			const gcond *condition = condition_of(into->src);
			unsigned k = 0;

			if (condition && tested(condition, &is_zero) == value) {
				if (first && first != into->src)
					return NULL;
				first = into->src;
				continue;
			}
			while (k < count && seen[k] != into->src)
				k++;
			if (k == BLOCKS || into->src == block)
				return NULL;
			if (k == count)
				seen[count++] = into->src;
		}
	}
	return first;
}

/* The way out of TEST that nothing else leads to: there it is told; NULL: it is not clear. */
static edge reporting_edge(basic_block test)
{
	edge yes, no;

	extract_true_false_edges_from_block(test, &yes, &no);
	if (single_pred_p(yes->dest) == single_pred_p(no->dest))
		return NULL;
	return single_pred_p(yes->dest) ? yes : no;
}

/* Was FIRST written in a macro, where SECOND asks for its value? */
static bool is_of_macro(const gcond *first, const gcond *second)
{
	location_t where = LOCATION_LOCUS(gimple_location(first));
	location_t there = LOCATION_LOCUS(gimple_location(second));

	return where > BUILTINS_LOCATION && there > BUILTINS_LOCATION &&
		linemap_location_from_macro_expansion_p(line_table, where) &&
		abs(LOCATION_LINE(where) - LOCATION_LINE(there)) <= LINES;
}

unsigned warned_side(const gcond *condition, basic_block block)
{
	bool is_zero, was_zero;
	tree value = tested(condition, &is_zero);
	basic_block test = value && !single_pred_p(block) ? test_before(block, value) : NULL;
	edge reporting = test ? reporting_edge(test) : NULL;
	const gcond *first = reporting ? condition_of(test) : NULL;

	if (!first || !is_of_macro(first, condition))
		return 0;
	tested(first, &was_zero);
	was_zero ^= (reporting->flags & EDGE_FALSE_VALUE) != 0;
	return is_zero == was_zero ? 1 : 2;
}
