// SPDX-License-Identifier: GPL-2.0-or-later
/* Functions in fields; see operation.h. */
#include "operation.h"

struct walk {
	operation_visitor visit;
	void *argument;
	tree field;		/* the member that is initialised; elements of arrays keep it */
	const char *record;	/* that it is a member of */
};

static void visit_value(const struct walk *walk, tree value)
{
	STRIP_NOPS(value);
	if (TREE_CODE(value) == ADDR_EXPR && walk->field && DECL_NAME(walk->field) &&
	    TREE_CODE(TREE_OPERAND(value, 0)) == FUNCTION_DECL)
		walk->visit(walk->argument, walk->record,
			    IDENTIFIER_POINTER(DECL_NAME(walk->field)), TREE_OPERAND(value, 0));
}

/* The walk inside member FIELD.  Unnamed records are named as in places. */
static struct walk enter(const struct walk *outer, tree field)
{
	struct walk inner = *outer;
	const char *tag = lower_record_tag(DECL_CONTEXT(field));

	if (tag)
		inner.record = tag;
	else if (outer->field && DECL_NAME(outer->field))
		inner.record = IDENTIFIER_POINTER(DECL_NAME(outer->field));
	inner.field = field;
	return inner;
}

static void visit_all(const struct walk *walk, tree value)
{
	unsigned HOST_WIDE_INT i;
	tree index, element;

	if (TREE_CODE(value) != CONSTRUCTOR) {
		visit_value(walk, value);
		return;
	}
	FOR_EACH_CONSTRUCTOR_ELT(CONSTRUCTOR_ELTS(value), i, index, element) {
		struct walk inner = index && TREE_CODE(index) == FIELD_DECL ?
				    enter(walk, index) : *walk;

		visit_all(&inner, element);
	}
}

void operation_visit(tree variable, operation_visitor visit, void *argument)
{
	const struct walk walk = { visit, argument, NULL_TREE, "unnamed" };
	tree value = DECL_INITIAL(variable);

	if (value && value != error_mark_node)
		visit_all(&walk, value);
}

/* ------------------------------------------------------------------- contracts */

struct search {
	struct binding *binding;
	tree function;
	const struct contract *found;
};

static const struct contract *contract_of_field(struct binding *binding, const char *record,
						const char *field, int parameters)
{
	char *name = concat(record, ".", field, NULL);
	const struct contract *contract = parameters < 0 ? NULL :
		contract_find(binding->contracts, name, parameters, binding->era);

	free(name);
	return contract;
}

static void look_at(void *argument, const char *record, const char *field, tree function)
{
	struct search *search = (struct search *)argument;

	if (function == search->function && !search->found)
		search->found = contract_of_field(search->binding, record, field,
						  binding_parameter_count(function));
}

/* The field that REFERENCE is; false: none that contracts can name. */
static bool is_named_field(tree reference, const char **record, const char **field)
{
	tree decl;

	if (TREE_CODE(reference) != COMPONENT_REF)
		return false;
	decl = TREE_OPERAND(reference, 1);
	*record = lower_record_tag(DECL_CONTEXT(decl));
	if (!*record || !DECL_NAME(decl))
		return false;
	*field = IDENTIFIER_POINTER(DECL_NAME(decl));
	return true;
}

/* STATEMENT mentions the address of the function: does it put that into a field? */
static void look_at_statement(struct search *search, gimple *statement)
{
	const char *record, *field;

	if (statement && gimple_assign_single_p(statement) &&
	    TREE_CODE(gimple_assign_rhs1(statement)) == ADDR_EXPR &&
	    TREE_OPERAND(gimple_assign_rhs1(statement), 0) == search->function &&
	    is_named_field(gimple_assign_lhs(statement), &record, &field))
		look_at(search, record, field, search->function);
}

const struct contract *operation_contract(struct lower_unit *unit, cgraph_node *node)
{
	struct search search = { unit->binding, node->decl, NULL };
	ipa_ref *reference;

	for (unsigned i = 0; !search.found && node->iterate_referring(i, reference); i++) {
		varpool_node *variable = dyn_cast<varpool_node *>(reference->referring);

		if (variable)
			operation_visit(variable->decl, look_at, &search);
		else
			look_at_statement(&search, reference->stmt);
	}
	return search.found;
}

const struct contract *operation_called(struct lower_unit *unit, const gcall *call)
{
	tree pointer = gimple_call_fn(call);
	const char *record, *field;
	gimple *definition;

	if (!pointer || TREE_CODE(pointer) != SSA_NAME)
		return NULL;
	definition = SSA_NAME_DEF_STMT(pointer);
	if (!gimple_assign_single_p(definition) ||
	    !is_named_field(gimple_assign_rhs1(definition), &record, &field))
		return NULL;
	return contract_of_field(unit->binding, record, field, gimple_call_num_args(call));
}
