// SPDX-License-Identifier: GPL-2.0-or-later
/* Terms and regions as the user would write them, for messages and dumps. */
#include <string.h>

#include "term-table.h"

static const char *symbol_text(struct term_table *table, symbol_id symbol)
{
	const struct symbol *s = symbol_get(table, symbol);

	if (s->text)
		return s->text;
	switch (s->kind) {
	case SYMBOL_ADDRESS:
		return arena_printf(table->arena, "&%s", region_text(table, s->region));
	case SYMBOL_LOADED:
		if (s->offset && !(linear_is_constant(s->offset) && !s->offset->constant)) {
			const struct linear *index = linear_divide_exact(table, s->offset, 8);

			return arena_printf(table->arena, "%s[%s]",
					    region_text(table, s->region),
					    linear_text(table, index ? index : s->offset));
		}
		return region_text(table, s->region);
	case SYMBOL_OPERATION:
		return arena_printf(table->arena, "(%s %s %s)",
				    linear_text(table, s->left), ir_op_text(s->operation),
				    s->right ? linear_text(table, s->right) : "");
	case SYMBOL_COMPARISON:
		return arena_printf(table->arena, "(%s %s 0)",
				    linear_text(table, s->left), ir_op_text(s->operation));
	case SYMBOL_PREVIOUS:
		return arena_printf(table->arena, "%s'", symbol_text(table, s->base));
	default:
		return arena_printf(table->arena, "$%u", symbol);
	}
}

static const char *integer_text(struct term_table *table, ir_integer value)
{
	if (value >= 0 && value >> 64 == 0)
		return arena_printf(table->arena, "%llu", (unsigned long long)value);
	if (value < 0 && -value >> 63 == 0)
		return arena_printf(table->arena, "-%llu", (unsigned long long)-value);
	return arena_printf(table->arena, "%s0x%llx%016llx", value < 0 ? "-" : "",
			    (unsigned long long)((value < 0 ? -value : value) >> 64),
			    (unsigned long long)(value < 0 ? -value : value));
}

const char *linear_text(struct term_table *table, const struct linear *a)
{
	const char *text = "";
	unsigned i;

	if (!a)
		return "?";
	for (i = 0; i < a->count; i++) {
		ir_integer c = a->terms[i].coefficient;
		const char *name = symbol_text(table, a->terms[i].symbol);
		ir_integer size = c < 0 ? -c : c;
		const char *sign = c < 0 ? (*text ? " - " : "-") : (*text ? " + " : "");

		if (size == 1)
			text = arena_printf(table->arena, "%s%s%s", text, sign, name);
		else
			text = arena_printf(table->arena, "%s%s%s*%s", text, sign,
					    integer_text(table, size), name);
	}
	if (!a->count)
		return integer_text(table, a->constant);
	if (a->constant)
		text = arena_printf(table->arena, "%s %c %s", text,
				    a->constant < 0 ? '-' : '+',
				    integer_text(table, a->constant < 0 ? -a->constant : a->constant));
	return text;
}

const char *region_text(struct term_table *table, const struct region *region)
{
	const char *parent;

	switch (region->kind) {
	case REGION_VARIABLE:
		return table->unit->variables[region->variable].name;
	case REGION_POINTEE:
		return symbol_text(table, region->symbol);
	case REGION_FIELD:
		parent = region_text(table, region->parent);
		return arena_printf(table->arena, "%s%s%s", parent,
				    region->parent->kind == REGION_POINTEE ? "->" : ".",
				    region->field);
	default:
		return arena_printf(table->arena, "%s[..]", region_text(table, region->parent));
	}
}
