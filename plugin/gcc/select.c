// SPDX-License-Identifier: GPL-2.0-or-later
#include "select.h"

#include "lower.h"

/*
 * A unit with more functions than this to look at keeps those that handle pages
 * themselves and their callers.  No unit of the kernel comes near it.
 */
#define FUNCTION_LIMIT	5000u

#define NUMBER_DEPTH	6u	/* steps from a page to its number, or to its address */

struct selection {
	struct binding *binding;
	hash_set<cgraph_node *> chosen;
	auto_vec<cgraph_node *> queue;
	hash_set<tree> numbers;		/* parameters that are numbers of pages */
	hash_set<tree> page_fields;	/* that chosen functions use */
	hash_set<tree> page_owners;	/* records that have them, main variants */
	hash_set<tree> page_containers;	/* records that contracts store pages in */
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
	case CONTRACT_TAKES:
	case CONTRACT_GIVES:
	case CONTRACT_FILLS:
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

/* Does its contract say that it gives back pages of the first kind?  See promise-kept.c. */
static bool has_promised(struct selection *selection, cgraph_node *node)
{
	const struct contract *contract = binding_find(selection->binding, node->decl);

	if (!contract || binding_is_in_header(node->decl))
		return false;
	for (unsigned i = 0; i < contract->effect_count; i++)
		if (contract->effects[i].verb == CONTRACT_RELEASES &&
		    contract->effects[i].kind == 0)
			return true;
	return false;
}

static bool handles_pages(struct selection *selection, cgraph_node *node)
{
	if (has_promised(selection, node))
		return true;
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

static bool returns_argument(struct selection *selection, gimple *statement)
{
	tree callee = is_gimple_call(statement) ? gimple_call_fndecl(statement) : NULL_TREE;
	const struct contract *contract = callee ? binding_find(selection->binding, callee) : NULL;

	for (unsigned i = 0; contract && i < contract->effect_count; i++)
		if (contract->effects[i].verb == CONTRACT_RETURNS_SAME)
			return true;
	return false;
}

/* Is VALUE, a number as large as a pointer, made from the pointer to a page, or such a number? */
static bool is_number_of_page(struct selection *selection, tree value, unsigned depth)
{
	gimple *from;

	if (!value || TREE_CODE(value) != SSA_NAME || !depth)
		return false;
	if (POINTER_TYPE_P(TREE_TYPE(value)))
		return lower_type(TREE_TYPE(value)).pointee == IR_POINTEE_PAGE;
	if (lower_type(TREE_TYPE(value)).bits != POINTER_SIZE)
		return false;
	if (SSA_NAME_IS_DEFAULT_DEF(value))
		return SSA_NAME_VAR(value) && selection->numbers.contains(SSA_NAME_VAR(value));
	from = SSA_NAME_DEF_STMT(value);
	if (!is_gimple_assign(from) && !returns_argument(selection, from))
		return false;
	for (unsigned i = 1; i < gimple_num_ops(from); i++)
		if (is_number_of_page(selection, gimple_op(from, i), depth - 1))
			return true;
	return false;
}

/* Does EDGE pass the number of a page?  The parameters that get one are remembered. */
static bool passes_number_of_page(struct selection *selection, cgraph_edge *edge, tree decl)
{
	tree parameter = DECL_ARGUMENTS(decl);
	bool passes = false;

	for (unsigned i = 0; edge->call_stmt && parameter &&
	     i < gimple_call_num_args(edge->call_stmt); i++) {
		if (is_number_of_page(selection, gimple_call_arg(edge->call_stmt, i),
				      NUMBER_DEPTH)) {
			selection->numbers.add(parameter);
			passes = true;
		}
		parameter = DECL_CHAIN(parameter);
	}
	return passes;
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

static void choose_callees_of(struct selection *selection, cgraph_node *node)
{
	for (cgraph_edge *edge = node->callees; edge; edge = edge->next_callee) {
		cgraph_node *callee = edge->callee->ultimate_alias_target();
		bool passes_number = passes_number_of_page(selection, edge, callee->decl);

		if (selection->queue.length() < FUNCTION_LIMIT &&
		    (passes_number || passes_pointers(callee->decl)))
			choose(selection, callee);
	}
}

/*
 * Of the chosen functions from number FIRST on.  One that was looked at may turn out later
 * to pass on the number of a page.
 */
static void choose_callees(struct selection *selection, unsigned first)
{
	size_t numbers;

	do {
		numbers = selection->numbers.elements();
		for (unsigned i = first; i < selection->queue.length(); i++)
			choose_callees_of(selection, selection->queue[i]);
	} while (selection->numbers.elements() != numbers);
}

/* The records, of those that all of the kernel uses, that STATEMENT stores pages into. */
static bool note_page_containers(struct selection *selection, gimple *statement)
{
	tree callee = is_gimple_call(statement) ? gimple_call_fndecl(statement) : NULL_TREE;
	const struct contract *contract = callee ? binding_find(selection->binding, callee) : NULL;
	bool stores = contract_has_verb(contract, CONTRACT_STORES);

	for (unsigned i = 0; stores && i < gimple_call_num_args(statement); i++) {
		tree type = TREE_TYPE(gimple_call_arg(statement, i));

		if (POINTER_TYPE_P(type) && TREE_CODE(TREE_TYPE(type)) == RECORD_TYPE)
			selection->page_containers.add(TYPE_MAIN_VARIANT(TREE_TYPE(type)));
	}
	return false;
}

/* Is TYPE such a container, in FIELD of a record of the main file? */
static bool is_private_container(struct selection *selection, tree field, tree type)
{
	const char *tag = TREE_CODE(type) == RECORD_TYPE &&
			  selection->page_containers.contains(TYPE_MAIN_VARIANT(type)) ?
		lower_record_tag(type) : NULL;

	return tag && contract_set_is_container(selection->binding->contracts, tag) &&
	       !binding_is_in_header(field);
}

/* Does FIELD hold pointers to pages, or to arrays of them, or what is made to hold such? */
static bool is_page_field(struct selection *selection, tree field)
{
	tree type = TREE_TYPE(field);
	const char *tag;
	int pointee;

	while (TREE_CODE(type) == ARRAY_TYPE)
		type = TREE_TYPE(type);
	if (is_private_container(selection, field, type))
		return true;
	if (!POINTER_TYPE_P(type))
		return false;
	pointee = lower_type(type).pointee;
	if (pointee != IR_POINTEE_PAGE && pointee != IR_POINTEE_PAGES)
		return false;
	tag = lower_record_tag(DECL_CONTEXT(field));
	return !tag || !contract_set_is_container(selection->binding->contracts, tag);
}

/* The reference to a page field in OPERAND, be it a value, an address or an element. */
static tree find_page_field(struct selection *selection, tree operand)
{
	if (operand && TREE_CODE(operand) == ADDR_EXPR)
		operand = TREE_OPERAND(operand, 0);
	for (; operand && handled_component_p(operand); operand = TREE_OPERAND(operand, 0))
		if (TREE_CODE(operand) == COMPONENT_REF &&
		    is_page_field(selection, TREE_OPERAND(operand, 1)))
			return operand;
	return NULL_TREE;
}

/* The field that REFERENCE names, and all records around it. */
static void note_page_field(struct selection *selection, tree reference)
{
	selection->page_fields.add(TREE_OPERAND(reference, 1));
	for (; handled_component_p(reference); reference = TREE_OPERAND(reference, 0))
		if (TREE_CODE(reference) == COMPONENT_REF)
			selection->page_owners.add(
				TYPE_MAIN_VARIANT(TREE_TYPE(TREE_OPERAND(reference, 0))));
}

/* A test for any_statement() that never ends the walk. */
static bool note_page_fields(struct selection *selection, gimple *statement)
{
	for (unsigned i = 0; i < gimple_num_ops(statement); i++) {
		tree reference = find_page_field(selection, gimple_op(statement, i));

		if (reference)
			note_page_field(selection, reference);
	}
	return false;
}

/* Is a record freed here that has a page field? */
static bool frees_page_owner(struct selection *selection, gimple *statement)
{
	tree callee = is_gimple_call(statement) ? gimple_call_fndecl(statement) : NULL_TREE;
	const struct contract *contract = callee ? binding_find(selection->binding, callee) : NULL;

	if (!contract_has_verb(contract, CONTRACT_FREES))
		return false;
	for (unsigned i = 0; i < gimple_call_num_args(statement); i++) {
		tree type = TREE_TYPE(gimple_call_arg(statement, i));

		if (POINTER_TYPE_P(type) &&
		    selection->page_owners.contains(TYPE_MAIN_VARIANT(TREE_TYPE(type))))
			return true;
	}
	return false;
}

/* Does STATEMENT touch what chosen functions keep pages in? */
static bool shares_pages(struct selection *selection, gimple *statement)
{
	for (unsigned i = 0; i < gimple_num_ops(statement); i++) {
		tree reference = find_page_field(selection, gimple_op(statement, i));

		if (reference &&
		    selection->page_fields.contains(TREE_OPERAND(reference, 1)))
			return true;
	}
	return frees_page_owner(selection, statement);
}

static bool any_statement(struct selection *selection, cgraph_node *node,
			  bool (*test)(struct selection *, gimple *))
{
	basic_block block;

	FOR_EACH_BB_FN(block, node->get_fun())
		for (gimple_stmt_iterator i = gsi_start_nondebug_bb(block); !gsi_end_p(i);
		     gsi_next_nondebug(&i))
			if (test(selection, gsi_stmt(i)))
				return true;
	return false;
}

/* Is what the caller has passed put into such a field? */
static bool stores_parameter(struct selection *selection, gimple *statement)
{
	tree value = gimple_assign_single_p(statement) ? gimple_assign_rhs1(statement) : NULL_TREE;

	return value && TREE_CODE(value) == SSA_NAME && SSA_NAME_IS_DEFAULT_DEF(value) &&
	       gimple_store_p(statement) && shares_pages(selection, statement);
}

/* Who calls one that does, of those before number COUNT: the pages may be from there. */
static void choose_fillers(struct selection *selection, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		if (!TREE_PUBLIC(selection->queue[i]->decl) &&
		    any_statement(selection, selection->queue[i], stores_parameter))
			choose_callers_of(selection, selection->queue[i]);
}

/* The functions that share page fields with those that are chosen, and their callees. */
static void choose_sharers(struct selection *selection)
{
	unsigned chosen = selection->queue.length();
	cgraph_node *node;

	for (unsigned i = 0; i < chosen; i++)
		any_statement(selection, selection->queue[i], note_page_containers);
	for (unsigned i = 0; i < chosen; i++)
		any_statement(selection, selection->queue[i], note_page_fields);
	if (selection->page_fields.is_empty())
		return;
	FOR_EACH_FUNCTION_WITH_GIMPLE_BODY(node) {
		if (selection->queue.length() >= FUNCTION_LIMIT)
			break;
		if (!selection->chosen.contains(node) && has_body(selection, node) &&
		    any_statement(selection, node, shares_pages))
			choose(selection, node);
	}
	choose_fillers(selection, selection->queue.length());
	choose_callees(selection, chosen);
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
	choose_callees(&selection, 0);
	choose_sharers(&selection);

	/* In the unit's order, which is that of the call graph from its end. */
	FOR_EACH_FUNCTION_WITH_GIMPLE_BODY(node)
		if (selection.chosen.contains(node))
			functions->safe_push(node);
	functions->qsort([](const void *a, const void *b) {
		return (*(cgraph_node *const *)a)->order - (*(cgraph_node *const *)b)->order;
	});
}
