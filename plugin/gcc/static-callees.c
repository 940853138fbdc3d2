// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * From each function to the variables whose initialisers refer to it, as the
 * symbol table knows them; so no initialiser is read that is not concerned.
 */
#include "static-callees.h"

static void collect_value(struct lower_unit *unit, tree field, tree value)
{
	const char *record = field ? lower_record_tag(DECL_CONTEXT(field)) : NULL;
	uint32_t *index;

	STRIP_NOPS(value);
	if (TREE_CODE(value) != ADDR_EXPR || !record || !DECL_NAME(field))
		return;
	index = unit->functions.get(TREE_OPERAND(value, 0));
	if (index)
		ir_unit_add_static_callee(unit->ir, record,
					  IDENTIFIER_POINTER(DECL_NAME(field)), *index);
}

/* FIELD is the member that VALUE is the initialiser of; elements of arrays keep it. */
static void collect(struct lower_unit *unit, tree field, tree value)
{
	unsigned HOST_WIDE_INT i;
	tree index, element;

	if (TREE_CODE(value) != CONSTRUCTOR) {
		collect_value(unit, field, value);
		return;
	}
	FOR_EACH_CONSTRUCTOR_ELT(CONSTRUCTOR_ELTS(value), i, index, element)
		collect(unit, index && TREE_CODE(index) == FIELD_DECL ? index : field, element);
}

void static_callees_collect(struct lower_unit *unit, const vec<cgraph_node *> &selection)
{
	hash_set<tree> seen;
	ipa_ref *reference;

	for (unsigned i = 0; i < selection.length(); i++) {
		for (unsigned k = 0; selection[i]->iterate_referring(k, reference); k++) {
			varpool_node *variable = dyn_cast<varpool_node *>(reference->referring);

			if (!variable || seen.add(variable->decl))
				continue;
			if (DECL_INITIAL(variable->decl) &&
			    DECL_INITIAL(variable->decl) != error_mark_node)
				collect(unit, NULL_TREE, DECL_INITIAL(variable->decl));
		}
	}
}
