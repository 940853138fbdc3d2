// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The files of a driver: may another file of the directory be asked while a function runs,
 * or the functions that lead to it?  See cell-leak.c.
 *
 * All functions of the unit are looked at, also those that are not lowered.
 */
#include "lower.h"

/* Does the call get a pointer? */
static bool has_pointer(const gcall *call)
{
	for (unsigned i = 0; call && i < gimple_call_num_args(call); i++)
		if (POINTER_TYPE_P(TREE_TYPE(gimple_call_arg(call, i))))
			return true;
	return false;
}

static bool is_beside(cgraph_node *callee)
{
	return !callee->has_gimple_body_p() &&
		(!binding_is_in_header(callee->decl) || binding_is_in_near_header(callee->decl));
}

/* Answers, which are the same for all functions that are looked at. */
typedef hash_map<cgraph_node *, bool> answers;

/* Does NODE itself call into another file of the directory, or through a pointer? */
static bool find_asks(cgraph_node *node)
{
	for (cgraph_edge *e = node->indirect_calls; e; e = e->next_callee)
		if (has_pointer(e->call_stmt))
			return true;
	for (cgraph_edge *e = node->callees; e; e = e->next_callee)
		if (has_pointer(e->call_stmt) && is_beside(e->callee))
			return true;
	return false;
}

static bool asks(cgraph_node *node, answers *known)
{
	bool is_known;
	bool &answer = known->get_or_insert(node, &is_known);

	if (!is_known)
		answer = find_asks(node);
	return answer;
}

static bool is_asked(cgraph_node *node, answers *known)
{
	hash_set<cgraph_node *> seen;
	auto_vec<cgraph_node *> around;
	unsigned callers;

	seen.add(node);
	around.safe_push(node);
	for (unsigned i = 0; i < around.length(); i++)
		for (cgraph_edge *e = around[i]->callers; e; e = e->next_caller)
			if (!seen.add(e->caller))
				around.safe_push(e->caller);
	callers = around.length();
	for (unsigned i = 0; i < around.length(); i++) {
		if (asks(around[i], known))
			return true;
		/* What a header that all include calls knows nothing of the driver. */
		if (i >= callers && binding_is_in_header(around[i]->decl) &&
		    !binding_is_in_near_header(around[i]->decl))
			continue;
		for (cgraph_edge *e = around[i]->callees; e; e = e->next_callee)
			if (e->callee->has_gimple_body_p() && !seen.add(e->callee))
				around.safe_push(e->callee);
	}
	return false;
}

void lower_near(struct lower_unit *unit, const vec<cgraph_node *> &selection)
{
	answers known;

	if (!unit->ir->near_record_count)
		return;
	for (unsigned i = 0; i < selection.length(); i++) {
		uint32_t index = *unit->functions.get(selection[i]->decl) - 1;

		unit->ir->functions[index]->is_asking = is_asked(selection[i], &known);
	}
}
