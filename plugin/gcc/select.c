// SPDX-License-Identifier: GPL-2.0-or-later
#include "select.h"

/*
 * A unit with more functions than this to look at keeps those that handle pages
 * themselves and their callers.  No unit of the kernel comes near it.
 */
#define FUNCTION_LIMIT	5000u

struct selection {
	struct binding *binding;
	hash_set<cgraph_node *> chosen;
	auto_vec<cgraph_node *> queue;
};

bool select_concerns_unit(struct binding *binding)
{
	cgraph_node *node;

	FOR_EACH_FUNCTION(node) {
		const struct contract *contract;

		if (!binding_is_candidate(binding, node->decl))
			continue;
		contract = binding_find(binding, node->decl);
		if (contract && contract_has_obligation(contract))
			return true;
	}
	return false;
}

static bool is_page_effect(const struct contract_effect *effect)
{
	switch (effect->verb) {
	case CONTRACT_ACQUIRES:
	case CONTRACT_RELEASES:
	case CONTRACT_ADDS:
	case CONTRACT_GIVES:
	case CONTRACT_STORES:
	case CONTRACT_REQUIRES:
	case CONTRACT_TRANSFERS:
	case CONTRACT_DIRTIES:
		return true;
	default:
		return false;
	}
}

static bool has_page_effect(const struct contract *contract)
{
	for (unsigned i = 0; i < contract->effect_count; i++)
		if (is_page_effect(&contract->effects[i]))
			return true;
	return false;
}

/*
 * A body that can be lowered.  A contract stands for the body of a header; what
 * this file defines is looked at all the same, only its callers take the contract.
 */
static bool has_body(struct selection *selection, cgraph_node *node)
{
	function *fun = node->get_fun();

	if (!node->has_gimple_body_p() || !fun || !fun->cfg || node->alias || node->thunk ||
	    !gimple_in_ssa_p(fun))
		return false;
	return !binding_is_in_header(node->decl) ||
	       !binding_find(selection->binding, node->decl);
}

static bool handles_pages(struct selection *selection, cgraph_node *node)
{
	for (cgraph_edge *edge = node->callees; edge; edge = edge->next_callee) {
		const struct contract *contract =
			binding_find(selection->binding, edge->callee->decl);

		if (contract && has_page_effect(contract))
			return true;
	}
	return false;
}

static void choose(struct selection *selection, cgraph_node *node)
{
	if (has_body(selection, node) && !selection->chosen.add(node))
		selection->queue.safe_push(node);
}

static bool passes_pointers(tree decl)
{
	if (POINTER_TYPE_P(TREE_TYPE(TREE_TYPE(decl))))
		return true;
	for (tree parameter = DECL_ARGUMENTS(decl); parameter; parameter = DECL_CHAIN(parameter))
		if (POINTER_TYPE_P(TREE_TYPE(parameter)))
			return true;
	return false;
}

static void choose_callers_of(struct selection *selection, cgraph_node *node)
{
	for (cgraph_edge *edge = node->callers; edge; edge = edge->next_caller)
		choose(selection, edge->caller);
}

static void choose_callers(struct selection *selection)
{
	ipa_ref *alias;

	for (unsigned i = 0; i < selection->queue.length(); i++) {
		cgraph_node *node = selection->queue[i];

		choose_callers_of(selection, node);
		FOR_EACH_ALIAS(node, alias)
			if (cgraph_node *other = dyn_cast<cgraph_node *>(alias->referring))
				choose_callers_of(selection, other);
	}
}

static void choose_callees(struct selection *selection)
{
	for (unsigned i = 0; i < selection->queue.length(); i++) {
		cgraph_node *node = selection->queue[i];

		for (cgraph_edge *edge = node->callees; edge; edge = edge->next_callee) {
			cgraph_node *callee = edge->callee->ultimate_alias_target();

			if (selection->queue.length() < FUNCTION_LIMIT &&
			    passes_pointers(callee->decl))
				choose(selection, callee);
		}
	}
}

void select_functions(struct binding *binding, vec<cgraph_node *> *functions)
{
	struct selection selection;
	cgraph_node *node;

	selection.binding = binding;
	FOR_EACH_FUNCTION_WITH_GIMPLE_BODY(node)
		if (handles_pages(&selection, node))
			choose(&selection, node);
	choose_callers(&selection);
	choose_callees(&selection);

	/* In the unit's order, which is that of the call graph from its end. */
	FOR_EACH_FUNCTION_WITH_GIMPLE_BODY(node)
		if (selection.chosen.contains(node))
			functions->safe_push(node);
	functions->qsort([](const void *a, const void *b) {
		return (*(cgraph_node *const *)a)->order - (*(cgraph_node *const *)b)->order;
	});
}
