// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Expressions as the user wrote them: the temporaries of GIMPLE are replaced by
 * what they were computed from, to a small depth.
 *
 *	_1 = obj_5->pages;  _2 = _1 + _3;  _4 = *_2;	obj->pages[i]
 *
 * An expression that needs more than a message can bear gets no text at all.
 */
#include "lower.h"

#define TEXT_LIMIT	64
#define DEPTH_LIMIT	6

struct text {
	unsigned length;
	bool is_broken;		/* too long, or not to be said */
	char data[TEXT_LIMIT];
};

static void put_expression(struct text *text, tree expression, unsigned depth);

static void put(struct text *text, const char *piece)
{
	size_t length = strlen(piece);

	if (text->is_broken || text->length + length >= TEXT_LIMIT) {
		text->is_broken = true;
		return;
	}
	memcpy(text->data + text->length, piece, length + 1);
	text->length += length;
}

static void put_number(struct text *text, HOST_WIDE_INT number)
{
	char digits[32];

	snprintf(digits, sizeof(digits), "%ld", (long)number);
	put(text, digits);
}

/* Is DECL declared by the text of a macro, rather than by what it was passed? */
static bool is_of_macro(tree decl)
{
	location_t location = DECL_SOURCE_LOCATION(decl);
	expanded_location spelled, used;

	if (!linemap_location_from_macro_expansion_p(line_table, location))
		return false;
	spelled = expand_location(linemap_resolve_location(line_table, location,
							   LRK_SPELLING_LOCATION, NULL));
	used = expand_location(linemap_resolve_location(line_table, location,
							LRK_MACRO_EXPANSION_POINT, NULL));
	return spelled.line != used.line || spelled.file != used.file;
}

/* Macros of the kernel name their helpers so, and GCC its own. */
const char *lower_variable_name(tree decl)
{
	const char *name;

	if (!DECL_NAME(decl) || DECL_ARTIFICIAL(decl) || DECL_IGNORED_P(decl) || is_of_macro(decl))
		return NULL;
	name = IDENTIFIER_POINTER(DECL_NAME(decl));
	return name[0] == '_' && name[1] == '_' ? NULL : name;
}

static gimple *definition_of(tree name)
{
	return SSA_NAME_IS_DEFAULT_DEF(name) ? NULL : SSA_NAME_DEF_STMT(name);
}

/* POINTER is `base + index * size' by way of a temporary. */
static bool is_element(tree pointer, tree *base, tree *index)
{
	gassign *sum, *scaled;

	if (TREE_CODE(pointer) != SSA_NAME ||
	    (SSA_NAME_VAR(pointer) && lower_variable_name(SSA_NAME_VAR(pointer))))
		return false;
	sum = dyn_cast<gassign *>(SSA_NAME_DEF_STMT(pointer));
	if (!sum || gimple_assign_rhs_code(sum) != POINTER_PLUS_EXPR)
		return false;
	*base = gimple_assign_rhs1(sum);
	*index = gimple_assign_rhs2(sum);
	if (TREE_CODE(*index) != SSA_NAME)
		return false;
	scaled = dyn_cast<gassign *>(SSA_NAME_DEF_STMT(*index));
	if (scaled && gimple_assign_rhs_code(scaled) == MULT_EXPR)
		*index = gimple_assign_rhs1(scaled);
	return true;
}

/* OPERAND where a suffix such as `->' or `[' binds to it. */
static void put_primary(struct text *text, tree operand, unsigned depth)
{
	struct text inner = {};

	put_expression(&inner, operand, depth);
	if (inner.is_broken) {
		text->is_broken = true;
		return;
	}
	if (strpbrk(inner.data, " *&-") && !strstr(inner.data, "->")) {
		put(text, "(");
		put(text, inner.data);
		put(text, ")");
	} else {
		put(text, inner.data);
	}
}

static void put_element(struct text *text, tree base, tree index, unsigned depth)
{
	put_primary(text, base, depth);
	put(text, "[");
	put_expression(text, index, depth);
	put(text, "]");
}

/* *POINTER; ARROW if a member of it follows.  True if that wrote the arrow. */
static bool put_dereference(struct text *text, tree reference, bool arrow, unsigned depth)
{
	tree pointer = TREE_OPERAND(reference, 0), offset = TREE_OPERAND(reference, 1);
	HOST_WIDE_INT size = lower_type_size(TREE_TYPE(reference));
	tree base, index;

	if (TREE_CODE(pointer) == ADDR_EXPR && integer_zerop(offset)) {
		put_expression(text, TREE_OPERAND(pointer, 0), depth);
		return false;
	}
	if (!integer_zerop(offset)) {
		if (!tree_fits_shwi_p(offset) || size <= 0 || tree_to_shwi(offset) % size)
			text->is_broken = true;
		put_primary(text, pointer, depth);
		put(text, "[");
		put_number(text, size > 0 ? tree_to_shwi(offset) / size : 0);
		put(text, "]");
		return false;
	}
	if (is_element(pointer, &base, &index)) {
		put_element(text, base, index, depth);
		return false;
	}
	if (!arrow)
		put(text, "*");
	put_primary(text, pointer, depth);
	if (arrow)
		put(text, "->");
	return arrow;
}

static void put_member(struct text *text, tree reference, unsigned depth)
{
	tree record = TREE_OPERAND(reference, 0), field = TREE_OPERAND(reference, 1);
	bool has_arrow = false;

	/* Unnamed members do not show in the source. */
	while (TREE_CODE(record) == COMPONENT_REF && !DECL_NAME(TREE_OPERAND(record, 1)))
		record = TREE_OPERAND(record, 0);
	if (TREE_CODE(record) == MEM_REF)
		has_arrow = put_dereference(text, record, true, depth);
	else
		put_expression(text, record, depth);
	if (!DECL_NAME(field)) {
		text->is_broken = true;
		return;
	}
	if (!has_arrow)
		put(text, ".");
	put(text, IDENTIFIER_POINTER(DECL_NAME(field)));
}

static const char *operator_text(enum tree_code code)
{
	switch (code) {
	case PLUS_EXPR:
	case POINTER_PLUS_EXPR:	return " + ";
	case MINUS_EXPR:
	case POINTER_DIFF_EXPR:	return " - ";
	case MULT_EXPR:		return " * ";
	case TRUNC_DIV_EXPR:	return " / ";
	case BIT_AND_EXPR:	return " & ";
	case BIT_IOR_EXPR:	return " | ";
	case LSHIFT_EXPR:	return " << ";
	case RSHIFT_EXPR:	return " >> ";
	default:		return NULL;
	}
}

static void put_binary(struct text *text, const gassign *assign, unsigned depth)
{
	enum tree_code code = gimple_assign_rhs_code(assign);
	tree left = gimple_assign_rhs1(assign), right = gimple_assign_rhs2(assign);
	const char *op = operator_text(code);
	tree base, index;

	if (!op) {
		text->is_broken = true;
		return;
	}
	if (code == POINTER_PLUS_EXPR && is_element(gimple_assign_lhs(assign), &base, &index))
		right = index;
	else if (code == POINTER_PLUS_EXPR)
		text->is_broken = true;
	put_expression(text, left, depth);
	/* x - 1 is x + -1, unsigned. */
	if (code == PLUS_EXPR && TREE_CODE(right) == INTEGER_CST &&
	    wi::to_wide(right).to_shwi() < 0) {
		put(text, " - ");
		put_number(text, -wi::to_wide(right).to_shwi());
		return;
	}
	put(text, op);
	put_expression(text, right, depth);
}

static void put_call(struct text *text, const gcall *call, unsigned depth)
{
	tree decl = gimple_call_fndecl(call);

	if (!decl || !DECL_NAME(decl)) {
		text->is_broken = true;
		return;
	}
	put(text, IDENTIFIER_POINTER(DECL_NAME(decl)));
	put(text, "(");
	for (unsigned i = 0; i < gimple_call_num_args(call); i++) {
		if (i)
			put(text, ", ");
		put_expression(text, gimple_call_arg(call, i), depth);
	}
	put(text, ")");
}

static void put_name(struct text *text, tree name, unsigned depth)
{
	const char *variable = SSA_NAME_VAR(name) ? lower_variable_name(SSA_NAME_VAR(name)) : NULL;
	gimple *definition = definition_of(name);
	const gassign *assign;

	if (variable) {
		put(text, variable);
		return;
	}
	if (!definition) {
		text->is_broken = true;
		return;
	}
	if (const gcall *call = dyn_cast<gcall *>(definition)) {
		put_call(text, call, depth);
		return;
	}
	assign = dyn_cast<gassign *>(definition);
	if (assign && gimple_assign_rhs_class(assign) == GIMPLE_BINARY_RHS)
		put_binary(text, assign, depth);
	else if (assign && (gimple_assign_single_p(assign) ||
			    CONVERT_EXPR_CODE_P(gimple_assign_rhs_code(assign))))
		put_expression(text, gimple_assign_rhs1(assign), depth);
	else
		text->is_broken = true;
}

static void put_address(struct text *text, tree address, unsigned depth)
{
	tree reference = TREE_OPERAND(address, 0);

	if (TREE_CODE(reference) == STRING_CST) {
		text->is_broken = true;
		return;
	}
	/* An array is its own address. */
	if (TREE_CODE(reference) == ARRAY_REF && integer_zerop(TREE_OPERAND(reference, 1)))
		reference = TREE_OPERAND(reference, 0);
	else if (TREE_CODE(reference) != FUNCTION_DECL &&
		 TREE_CODE(TREE_TYPE(reference)) != ARRAY_TYPE)
		put(text, "&");
	put_expression(text, reference, depth);
}

static void put_integer(struct text *text, tree constant)
{
	if (!tree_fits_shwi_p(constant))
		text->is_broken = true;
	else if (POINTER_TYPE_P(TREE_TYPE(constant)) && integer_zerop(constant))
		put(text, "NULL");
	else
		put_number(text, tree_to_shwi(constant));
}

static void put_expression(struct text *text, tree expression, unsigned depth)
{
	const char *name;

	if (text->is_broken || depth++ > DEPTH_LIMIT) {
		text->is_broken = true;
		return;
	}
	switch (TREE_CODE(expression)) {
	case SSA_NAME:
		put_name(text, expression, depth);
		break;
	case INTEGER_CST:
		put_integer(text, expression);
		break;
	case VAR_DECL:
	case PARM_DECL:
		name = lower_variable_name(expression);
		text->is_broken |= !name;
		put(text, name ? name : "");
		break;
	case FUNCTION_DECL:
		put(text, IDENTIFIER_POINTER(DECL_NAME(expression)));
		break;
	case ADDR_EXPR:
		put_address(text, expression, depth);
		break;
	case COMPONENT_REF:
		put_member(text, expression, depth);
		break;
	case ARRAY_REF:
		put_element(text, TREE_OPERAND(expression, 0), TREE_OPERAND(expression, 1), depth);
		break;
	case MEM_REF:
		put_dereference(text, expression, false, depth);
		break;
	default:
		text->is_broken = true;
		break;
	}
}

const char *lower_text(struct lowering *low, tree expression)
{
	struct text text = {};

	put_expression(&text, expression, 0);
	if (text.is_broken || !text.length)
		return NULL;
	return intern_n(low->unit->ir->strings, text.data, text.length);
}
