// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * From each function to the variables whose initialisers refer to it, as the
 * symbol table knows them; so no initialiser is read that is not concerned.
 */
#include "static-callees.h"

#include "operation.h"

static void collect(void *argument, const char *record, const char *field, tree function)
{
	struct lower_unit *unit = (struct lower_unit *)argument;
	uint32_t *index = unit->functions.get(function);

	if (index)
		ir_unit_add_static_callee(unit->ir, record, field, *index);
}

void static_callees_collect(struct lower_unit *unit, const vec<cgraph_node *> &selection)
{
	hash_set<tree> seen;
	ipa_ref *reference;

	for (unsigned i = 0; i < selection.length(); i++) {
		for (unsigned k = 0; selection[i]->iterate_referring(k, reference); k++) {
			varpool_node *variable = dyn_cast<varpool_node *>(reference->referring);

			if (variable && !seen.add(variable->decl))
				operation_visit(variable->decl, collect, unit);
		}
	}
}
