// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * From each function to the variables whose initialisers refer to it, as the
 * symbol table knows them; so no initialiser is read that is not concerned.
 */
#include "static-callees.h"

struct collector {
	struct lower_unit *unit;
	tree field;		/* the member that is initialised; elements of arrays keep it */
	const char *record;	/* that it is a member of */
};

static void collect_value(const struct collector *collector, tree value)
{
	uint32_t *index;

	STRIP_NOPS(value);
	if (TREE_CODE(value) != ADDR_EXPR || !collector->field || !DECL_NAME(collector->field))
		return;
	index = collector->unit->functions.get(TREE_OPERAND(value, 0));
	if (index)
		ir_unit_add_static_callee(collector->unit->ir, collector->record,
					  IDENTIFIER_POINTER(DECL_NAME(collector->field)), *index);
}

/* The collector for member FIELD.  Unnamed records are named as in places. */
static struct collector enter(const struct collector *outer, tree field)
{
	struct collector inner = *outer;
	const char *tag = lower_record_tag(DECL_CONTEXT(field));

	if (tag)
		inner.record = tag;
	else if (outer->field && DECL_NAME(outer->field))
		inner.record = IDENTIFIER_POINTER(DECL_NAME(outer->field));
	inner.field = field;
	return inner;
}

static void collect(const struct collector *collector, tree value)
{
	unsigned HOST_WIDE_INT i;
	tree index, element;

	if (TREE_CODE(value) != CONSTRUCTOR) {
		collect_value(collector, value);
		return;
	}
	FOR_EACH_CONSTRUCTOR_ELT(CONSTRUCTOR_ELTS(value), i, index, element) {
		struct collector inner = index && TREE_CODE(index) == FIELD_DECL ?
					 enter(collector, index) : *collector;

		collect(&inner, element);
	}
}

static void collect_from(struct lower_unit *unit, tree variable)
{
	struct collector collector = { unit, NULL_TREE, "unnamed" };
	tree value = DECL_INITIAL(variable);

	if (value && value != error_mark_node)
		collect(&collector, value);
}

void static_callees_collect(struct lower_unit *unit, const vec<cgraph_node *> &selection)
{
	hash_set<tree> seen;
	ipa_ref *reference;

	for (unsigned i = 0; i < selection.length(); i++) {
		for (unsigned k = 0; selection[i]->iterate_referring(k, reference); k++) {
			varpool_node *variable = dyn_cast<varpool_node *>(reference->referring);

			if (variable && !seen.add(variable->decl))
				collect_from(unit, variable->decl);
		}
	}
}
