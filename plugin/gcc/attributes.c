// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A text is parsed where it stands, so that a mistake is an error at the
 * declaration, and once more, joined with the others of its function, when the
 * contract is asked for.  Nobody reads those of fields and variables.
 */
#include "attributes.h"

#include "binding.h"

#define ATTRIBUTE_NAME	"pincheck"

/* GCC's attribute handlers get no argument of ours. */
static struct contract_set *attribute_contracts;

static const char *clauses_of(tree arguments)
{
	tree text = arguments ? TREE_VALUE(arguments) : NULL_TREE;

	return text && TREE_CODE(text) == STRING_CST ? TREE_STRING_POINTER(text) : NULL;
}

static void check_clauses(tree decl, const char *clauses)
{
	struct contract_error error;
	int count = binding_parameter_count(decl);

	if (contract_parse_clauses(attribute_contracts, IDENTIFIER_POINTER(DECL_NAME(decl)),
				   count < 0 ? 0 : count, clauses, &error))
		return;
	error_at(DECL_SOURCE_LOCATION(decl),
		 "attribute %qs of %qD, column %u of the text: %s",
		 ATTRIBUTE_NAME, decl, error.column, error.message);
}

static tree handle_attribute(tree *node, tree name, tree arguments, int, bool *no_add_attrs)
{
	const char *clauses = clauses_of(arguments);
	tree decl = *node;

	if (!clauses) {
		error_at(DECL_SOURCE_LOCATION(decl),
			 "attribute %qE takes one string, the clauses of a contract", name);
		*no_add_attrs = true;
	} else if (TREE_CODE(decl) == FUNCTION_DECL) {
		check_clauses(decl, clauses);
	} else {
		if (TREE_CODE(decl) != FIELD_DECL && !VAR_P(decl))
			warning_at(DECL_SOURCE_LOCATION(decl), OPT_Wattributes,
				   "attribute %qE is for functions, fields and variables; ignored",
				   name);
		*no_add_attrs = true;
	}
	return NULL_TREE;
}

static struct attribute_spec attribute = {
	ATTRIBUTE_NAME, 1, 1, true, false, false, false, handle_attribute, NULL,
};

static void on_attributes(void *, void *)
{
	register_attribute(&attribute);
}

void attributes_register(struct contract_set *contracts)
{
	attribute_contracts = contracts;
	register_callback(ATTRIBUTE_NAME, PLUGIN_ATTRIBUTES, on_attributes, NULL);
}

void attributes_remove(void)
{
	cgraph_node *node;

	FOR_EACH_FUNCTION(node)
		if (DECL_ATTRIBUTES(node->decl))
			DECL_ATTRIBUTES(node->decl) =
				remove_attribute(ATTRIBUTE_NAME, DECL_ATTRIBUTES(node->decl));
}

bool attribute_is_on(tree decl)
{
	return lookup_attribute(ATTRIBUTE_NAME, DECL_ATTRIBUTES(decl)) != NULL_TREE;
}

const struct contract *attribute_contract(struct contract_set *contracts, tree decl)
{
	struct contract_error error;
	int count = binding_parameter_count(decl);
	std::string clauses;

	for (tree list = lookup_attribute(ATTRIBUTE_NAME, DECL_ATTRIBUTES(decl)); list;
	     list = lookup_attribute(ATTRIBUTE_NAME, TREE_CHAIN(list))) {
		clauses += clauses_of(TREE_VALUE(list));
		clauses += '\n';
	}
	return contract_parse_clauses(contracts, IDENTIFIER_POINTER(DECL_NAME(decl)),
				      count < 0 ? 0 : count, clauses.c_str(), &error);
}
