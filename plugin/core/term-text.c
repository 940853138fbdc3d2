// SPDX-License-Identifier: GPL-2.0-or-later
/* Terms and regions as the user would write them, for messages and dumps. */
#include <string.h>

#include "term-table.h"

/* As in C. */
static const char *const operators[IR_OP_COUNT] = {
	[IR_MULTIPLY] = "*", [IR_DIVIDE] = "/", [IR_REMAINDER] = "%",
	[IR_SHIFT_LEFT] = "<<", [IR_SHIFT_RIGHT] = ">>",
	[IR_AND] = "&", [IR_OR] = "|", [IR_XOR] = "^",
	[IR_EQUAL] = "==", [IR_NOT_EQUAL] = "!=", [IR_LESS] = "<", [IR_LESS_EQUAL] = "<=",
	[IR_GREATER] = ">", [IR_GREATER_EQUAL] = ">=",
};

/* Is all of TEXT within its first parenthesis? */
static bool is_in_parentheses(const char *text)
{
	unsigned depth = 0;

	do {
		depth += *text == '(';
		depth -= *text == ')';
	} while (depth && *++text);
	return *text == ')' && !text[1];
}

static const char *in_parentheses(struct term_table *table, const char *text)
{
	return strchr(text, ' ') && !is_in_parentheses(text) ?
	       arena_printf(table->arena, "(%s)", text) : text;
}

static const char *operation_text(struct term_table *table, const struct symbol *s)
{
	const char *left = linear_text(table, s->left);
	const char *right = s->right ? linear_text(table, s->right) : "";
	const char *sign = operators[s->operation];
	bool is_product = s->operation == IR_MULTIPLY || s->operation == IR_DIVIDE ||
			  s->operation == IR_REMAINDER;

	if (s->operation == IR_MINIMUM || s->operation == IR_MAXIMUM)
		return arena_printf(table->arena, "%s(%s, %s)",
				    s->operation == IR_MINIMUM ? "min" : "max", left, right);
	if (!sign)
		return arena_printf(table->arena, "(%s %s %s)", left,
				    ir_op_text(s->operation), right);
	return arena_printf(table->arena, is_product ? "%s %s %s" : "(%s %s %s)",
			    in_parentheses(table, left), sign, in_parentheses(table, right));
}

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
		return operation_text(table, s);
	case SYMBOL_COMPARISON:
		return arena_printf(table->arena, "(%s %s 0)",
				    in_parentheses(table, linear_text(table, s->left)),
				    operators[s->operation]);
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

/* TEXT, and the terms of A that are taken away, or those that are not. */
static const char *add_terms(struct term_table *table, const char *text,
			     const struct linear *a, bool taken_away)
{
	unsigned i;

	for (i = 0; i < a->count; i++) {
		ir_integer c = a->terms[i].coefficient;
		const char *name = symbol_text(table, a->terms[i].symbol);
		const char *sign = taken_away ? (*text ? " - " : "-") : (*text ? " + " : "");
		ir_integer size = taken_away ? -c : c;

		if (taken_away != (c < 0))
			continue;
		text = size == 1 ? arena_printf(table->arena, "%s%s%s", text, sign, name) :
		       arena_printf(table->arena, "%s%s%s*%s", text, sign,
				    integer_text(table, size), in_parentheses(table, name));
	}
	return text;
}

const char *linear_text(struct term_table *table, const struct linear *a)
{
	const char *text;

	if (!a)
		return "?";
	if (!a->count)
		return integer_text(table, a->constant);
	text = add_terms(table, add_terms(table, "", a, false), a, true);
	if (a->constant)
		text = arena_printf(table->arena, "%s %c %s", text,
				    a->constant < 0 ? '-' : '+',
				    integer_text(table, a->constant < 0 ? -a->constant : a->constant));
	return text;
}

bool linear_is_ambiguous(struct term_table *table, const struct linear *a)
{
	unsigned i, k;

	for (i = 0; i < a->count; i++)
		for (k = 0; k < i; k++)
			if (!strcmp(symbol_text(table, a->terms[i].symbol),
				    symbol_text(table, a->terms[k].symbol)))
				return true;
	return false;
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
