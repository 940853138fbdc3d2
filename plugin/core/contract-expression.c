// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Places, expressions and conditions.
 *
 * Stars bind weaker than fields and tighter than brackets, so that `*pages' is
 * the array in both `*pages[0 .. n)' and `*pages[*]', and `*req->count' is
 * what the field points to, as in C.
 */
#include <string.h>

#include "contract-clause.h"
#include "contract-parser.h"

struct place_builder {
	struct contract_parser *parser;
	struct contract_place *place;
	struct token at;			/* the step that is being read */
	unsigned count;
	struct contract_step steps[STEP_LIMIT];
};

static void add_step(struct place_builder *builder, enum contract_step_kind kind,
		     const char *field)
{
	struct contract_parser *parser = builder->parser;

	if (builder->count == STEP_LIMIT) {
		parser_fail(parser, &builder->at, "a place has at most %d steps", STEP_LIMIT);
		return;
	}
	builder->steps[builder->count++] = (struct contract_step){
		.kind = kind,
		.field = field,
	};
}

static void add_dereferences(struct place_builder *builder, unsigned count)
{
	while (count--)
		add_step(builder, CONTRACT_DEREFERENCE, NULL);
}

static bool at_elements(const struct contract_parser *parser)
{
	return token_is(&parser->window[0], "[") && token_is(&parser->window[1], "*") &&
	       token_is(&parser->window[2], "]");
}

bool parser_at_range(const struct contract_parser *parser)
{
	return token_is(&parser->window[0], "[") && !at_elements(parser);
}

/* The fields and elements after a root, and STARS that stood before it. */
static void parse_steps(struct place_builder *builder, unsigned stars)
{
	struct contract_parser *parser = builder->parser;

	for (;;) {
		builder->at = parser->window[0];
		if (parser_accept(parser, "->")) {
			add_step(builder, CONTRACT_DEREFERENCE, NULL);
			add_step(builder, CONTRACT_FIELD,
				 parser_expect_name(parser, "a field after '->'"));
		} else if (parser_accept(parser, ".")) {
			add_step(builder, CONTRACT_FIELD,
				 parser_expect_name(parser, "a field after '.'"));
		} else if (at_elements(parser)) {
			parser_take(parser);
			parser_take(parser);
			parser_take(parser);
			add_dereferences(builder, stars);
			stars = 0;
			add_step(builder, CONTRACT_ELEMENTS, NULL);
		} else {
			break;
		}
	}
	add_dereferences(builder, stars);
}

static bool find_parameter(const struct contract_parser *parser,
			   const struct token *token, unsigned *parameter)
{
	const struct contract_head *head = parser->head;
	unsigned i;

	for (i = 0; i < head->parameter_count; i++) {
		if (token_is(token, head->parameters[i])) {
			*parameter = i;
			return true;
		}
	}
	return false;
}

static bool is_language_word(const struct token *token)
{
	size_t i;

	for (i = 0; i < CONTRACT_WORD_COUNT; i++) {
		if (token_is(token, contract_words[i]))
			return true;
	}
	return false;
}

static void fail_no_parameter(struct contract_parser *parser, const struct token *token)
{
	const struct contract_head *head = parser->head;
	const char *close;

	if (is_language_word(token)) {
		parser_expected(parser, "a parameter, 'return' or 'global'");
		return;
	}
	if (parser->is_attribute && token->kind == TOKEN_NAME) {
		parser_fail(parser, token,
			    "'%.*s' is not known here: in an attribute the parameters are "
			    "$1, $2, ...", (int)token->length, token->text);
		return;
	}
	if (token->kind == TOKEN_PARAMETER) {
		parser_fail(parser, token, "there is no '%.*s': '%s' has %u parameter%s",
			    (int)token->length, token->text, head->function,
			    head->parameter_count, head->parameter_count == 1 ? "" : "s");
		return;
	}
	close = closest_name(token->text, token->length, head->parameters,
			     head->parameter_count, sizeof(*head->parameters));
	parser_fail(parser, token, "'%.*s' is not a parameter of '%s'%s%s%s",
		    (int)token->length, token->text, head->function,
		    close ? "; did you mean '" : "", close ? close : "", close ? "'?" : "");
}

static void parse_root(struct contract_parser *parser, struct contract_place *place)
{
	struct token token = parser->window[0];
	unsigned parameter;

	if (parser_accept(parser, "return")) {
		place->root = CONTRACT_RETURN;
	} else if (parser_accept(parser, "global")) {
		place->root = CONTRACT_GLOBAL;
		place->name = parser_expect_name(parser, "the name of a variable after 'global'");
	} else if (token.kind != TOKEN_NAME && token.kind != TOKEN_PARAMETER) {
		parser_expected(parser, "a parameter, 'return' or 'global'");
	} else if (find_parameter(parser, &token, &parameter)) {
		parser_take(parser);
		place->root = CONTRACT_PARAMETER;
		place->parameter = (uint8_t)parameter;
	} else {
		fail_no_parameter(parser, &token);
	}
}

static void build_place(struct place_builder *builder)
{
	struct contract_parser *parser = builder->parser;
	struct token open;
	unsigned stars = 0;

	while (stars < STEP_LIMIT && parser_accept(parser, "*"))
		stars++;
	open = parser->window[0];
	if (parser_accept(parser, "(")) {
		parser_enter(parser, &open);
		build_place(builder);
		parser_expect(parser, ")", "')'");
		parser_leave(parser);
	} else {
		parse_root(parser, builder->place);
	}
	parse_steps(builder, stars);
}

static void finish_place(struct place_builder *builder)
{
	builder->place->step_count = builder->count;
	builder->place->steps = parser_keep(builder->parser, builder->steps, builder->count,
					    sizeof(builder->steps[0]));
}

void parse_place(struct contract_parser *parser, struct contract_place *place)
{
	struct place_builder builder = { .parser = parser, .place = place };

	memset(place, 0, sizeof(*place));
	build_place(&builder);
	finish_place(&builder);
}

static struct contract_expression *new_expression(struct contract_parser *parser,
						  enum contract_operator op)
{
	struct contract_expression *expression =
		ARENA_NEW(parser->arena, struct contract_expression);

	expression->op = op;
	return expression;
}

/* `(*bio)->bi_flags': what was in parentheses is the start of a place. */
static const struct contract_expression *
continue_place(struct contract_parser *parser, const struct contract_expression *start)
{
	struct contract_expression *expression = new_expression(parser, CONTRACT_PLACE);
	struct place_builder builder = { .parser = parser, .place = &expression->place };

	expression->place = start->place;
	builder.count = start->place.step_count;
	if (builder.count)
		memcpy(builder.steps, start->place.steps,
		       builder.count * sizeof(builder.steps[0]));
	parse_steps(&builder, 0);
	finish_place(&builder);
	return expression;
}

static const struct contract_expression *parse_parentheses(struct contract_parser *parser)
{
	struct token open = parser_take(parser);
	const struct contract_expression *expression;

	parser_enter(parser, &open);
	expression = parse_expression(parser, false);
	parser_expect(parser, ")", "')'");
	parser_leave(parser);
	if (parser->has_failed)
		return NULL;
	if (expression->op == CONTRACT_PLACE &&
	    (token_is(&parser->window[0], "->") || token_is(&parser->window[0], ".") ||
	     at_elements(parser)))
		return continue_place(parser, expression);
	return expression;
}

static const struct contract_expression *parse_negative(struct contract_parser *parser,
							bool may_be_errno)
{
	struct token minus = parser_take(parser);
	struct contract_expression *expression;

	if (parser_accept(parser, "errno")) {
		if (!may_be_errno)
			parser_fail(parser, &minus,
				    "'-errno' stands only at the lower end of 'returns'");
		return new_expression(parser, CONTRACT_ERRNO);
	}
	if (parser->window[0].kind != TOKEN_NUMBER) {
		parser_expected(parser, may_be_errno ? "'errno' or a number after '-'" :
				"a number after '-'");
		return NULL;
	}
	expression = new_expression(parser, CONTRACT_NUMBER);
	expression->number = -parser_take(parser).number;
	return expression;
}

/* BIO_PAGE_PINNED: the kernel writes its constants in capitals. */
static bool is_constant_name(const struct token *token)
{
	bool has_letter = false;
	size_t i;

	for (i = 0; i < token->length; i++) {
		if (token->text[i] >= 'a' && token->text[i] <= 'z')
			return false;
		has_letter |= token->text[i] >= 'A' && token->text[i] <= 'Z';
	}
	return token->kind == TOKEN_NAME && has_letter;
}

static const struct contract_expression *parse_place_value(struct contract_parser *parser)
{
	struct contract_expression *expression = new_expression(parser, CONTRACT_PLACE);

	parse_place(parser, &expression->place);
	return expression;
}

static const struct contract_expression *parse_word(struct contract_parser *parser)
{
	struct contract_expression *expression;
	unsigned parameter;

	if (token_is(&parser->window[0], "pages") && token_is(&parser->window[1], "(")) {
		parser_take(parser);
		expression = new_expression(parser, CONTRACT_PAGES);
		struct token open = parser_take(parser);

		parser_enter(parser, &open);
		expression->left = parse_expression(parser, false);
		parser_expect(parser, ")", "')' after the bytes in 'pages('");
		parser_leave(parser);
		return expression;
	}
	if (parser_accept(parser, "some"))
		return new_expression(parser, CONTRACT_SOME);
	if (parser_accept(parser, "PAGE_SIZE"))
		return new_expression(parser, CONTRACT_PAGE_SIZE);
	if (is_constant_name(&parser->window[0]) &&
	    !find_parameter(parser, &parser->window[0], &parameter)) {
		struct token name = parser_take(parser);

		expression = new_expression(parser, CONTRACT_NAME);
		expression->name = parser_intern(parser, &name);
		return expression;
	}
	return parse_place_value(parser);
}

static const struct contract_expression *parse_primary(struct contract_parser *parser,
						       bool may_be_errno)
{
	struct contract_expression *expression;

	switch (parser->window[0].kind) {
	case TOKEN_NUMBER:
		expression = new_expression(parser, CONTRACT_NUMBER);
		expression->number = parser_take(parser).number;
		return expression;
	case TOKEN_NAME:
		return parse_word(parser);
	case TOKEN_PARAMETER:
		return parse_place_value(parser);
	case TOKEN_PUNCTUATOR:
		if (token_is(&parser->window[0], "*"))
			return parse_place_value(parser);
		if (token_is(&parser->window[0], "("))
			return parse_parentheses(parser);
		if (token_is(&parser->window[0], "-"))
			return parse_negative(parser, may_be_errno);
		break;
	}
	parser_expected(parser, "a number, a constant or a parameter");
	return NULL;
}

/* As in C: a higher level binds tighter; all associate to the left. */
static const struct {
	const char *text;
	uint8_t op, level;
} binary_operators[] = {
	{ "<<", CONTRACT_SHIFT_LEFT, 0 },
	{ "+", CONTRACT_ADD, 1 },
	{ "-", CONTRACT_SUBTRACT, 1 },
	{ "*", CONTRACT_MULTIPLY, 2 },
};

#define TIGHTEST_LEVEL	2

static bool accept_operator(struct contract_parser *parser, unsigned level, uint8_t *op)
{
	size_t i;

	for (i = 0; i < sizeof(binary_operators) / sizeof(binary_operators[0]); i++) {
		if (binary_operators[i].level == level &&
		    parser_accept(parser, binary_operators[i].text)) {
			*op = binary_operators[i].op;
			return true;
		}
	}
	return false;
}

static const struct contract_expression *parse_level(struct contract_parser *parser,
						     unsigned level, bool may_be_errno)
{
	const struct contract_expression *left;
	struct contract_expression *expression;
	uint8_t op;

	if (level > TIGHTEST_LEVEL)
		return parse_primary(parser, may_be_errno);
	left = parse_level(parser, level + 1, may_be_errno);
	for (;;) {
		struct token operator_token = parser->window[0];

		if (!accept_operator(parser, level, &op))
			return left;
		if (left && left->op == CONTRACT_ERRNO)
			parser_fail(parser, &operator_token,
				    "'-errno' is no number to calculate with");
		expression = new_expression(parser, op);
		expression->left = left;
		expression->right = parse_level(parser, level + 1, false);
		left = expression;
	}
}

const struct contract_expression *parse_expression(struct contract_parser *parser,
						   bool may_be_errno)
{
	return parse_level(parser, 0, may_be_errno);
}

static void parse_is(struct contract_parser *parser, struct contract_test *test,
		     const struct token *is)
{
	if (test->left && test->left->op != CONTRACT_PLACE)
		parser_fail(parser, is, "only a place can be compared by 'is'");
	if (token_is(&parser->window[0], "not"))
		parser_fail(parser, &parser->window[0],
			    "'not' stands before the test: 'not ... is ...'");
	if (parser_accept(parser, "error"))
		test->kind = CONTRACT_IS_ERROR;
	else if (parser_accept(parser, "null"))
		test->kind = CONTRACT_IS_NULL;
	else
		parser_expected(parser, "'error' or 'null' after 'is'");
}

static void parse_comparison(struct contract_parser *parser, struct contract_test *test)
{
	static const struct {
		const char *text;
		uint8_t relation;
	} relations[] = {
		{ "==", CONTRACT_EQUAL }, { "!=", CONTRACT_NOT_EQUAL },
		{ "<", CONTRACT_LESS }, { "<=", CONTRACT_LESS_EQUAL },
		{ ">", CONTRACT_GREATER }, { ">=", CONTRACT_GREATER_EQUAL },
	};
	struct token token;
	size_t i;

	test->left = parse_expression(parser, false);
	token = parser->window[0];
	if (parser_accept(parser, "is")) {
		parse_is(parser, test, &token);
		return;
	}
	for (i = 0; i < sizeof(relations) / sizeof(relations[0]); i++) {
		if (parser_accept(parser, relations[i].text)) {
			test->kind = CONTRACT_COMPARE;
			test->relation = relations[i].relation;
			test->right = parse_expression(parser, false);
			return;
		}
	}
	parser_expected(parser, "a comparison or 'is'");
}

/* flag(place, bit), mask(place, bits) */
static void parse_bits(struct contract_parser *parser, struct contract_test *test,
		       enum contract_test_kind kind)
{
	parser_take(parser);
	parser_take(parser);
	test->kind = kind;
	test->left = parse_place_value(parser);
	parser_expect(parser, ",", kind == CONTRACT_FLAG ? "',' and the number of a bit" :
		      "',' and a mask");
	test->right = parse_expression(parser, false);
	parser_expect(parser, ")", "')'");
}

static void parse_predicate(struct contract_parser *parser, struct contract_test *test)
{
	test->kind = CONTRACT_PREDICATE;
	test->name = parser_expect_name(parser, "a predicate");
	parser_take(parser);
	test->left = parse_place_value(parser);
	parser_expect(parser, ")", "')'");
}

static void parse_test(struct contract_parser *parser, struct contract_test *test)
{
	const struct token *first = &parser->window[0];
	bool is_call;

	test->negated = parser_accept(parser, "not");
	is_call = first->kind == TOKEN_NAME && token_is(&parser->window[1], "(");
	if (is_call && token_is(first, "flag"))
		parse_bits(parser, test, CONTRACT_FLAG);
	else if (is_call && token_is(first, "mask"))
		parse_bits(parser, test, CONTRACT_MASK);
	else if (is_call && !token_is(first, "pages"))
		parse_predicate(parser, test);
	else
		parse_comparison(parser, test);
}

const struct contract_test *parse_condition(struct contract_parser *parser, unsigned *count)
{
	struct contract_test tests[TEST_LIMIT] = { 0 };

	*count = 0;
	do {
		if (*count == TEST_LIMIT) {
			parser_fail(parser, &parser->window[0],
				    "a condition has at most %d tests", TEST_LIMIT);
			break;
		}
		parse_test(parser, &tests[(*count)++]);
	} while (parser_accept(parser, "and"));
	return parser_keep(parser, tests, *count, sizeof(tests[0]));
}
