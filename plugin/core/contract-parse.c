// SPDX-License-Identifier: GPL-2.0-or-later
/* Contract files: kinds, eras, containers, fields and functions; and attributes. */
#include <string.h>

#include "contract-clause.h"
#include "contract-parser.h"
#include "contract-set.h"

/* kind NAME "description" release "call" */
static void parse_kind_declaration(struct contract_parser *parser)
{
	struct contract_kind_info info = { 0 };
	struct token name;
	unsigned i;

	parser_take(parser);
	name = parser->window[0];
	info.name = parser_expect_name(parser, "the name of a kind");
	info.description = parser_expect_string(parser, "what the kind is, as a string");
	parser_expect(parser, "release", "'release' and what gives such a reference back");
	info.release = parser_expect_string(parser,
		"the call that gives such a reference back, as a string");

	if (token_is(&name, "any"))
		parser_fail(parser, &name, "'any' means all kinds, and cannot be the name of one");
	for (i = 0; i < parser->kind_count; i++) {
		if (strcmp(parser->kinds[i].name, info.name) == 0)
			break;
	}
	if (i < parser->kind_count && parser->is_new_kind[i])
		parser_fail(parser, &name, "kind '%s' is declared twice", info.name);
	if (i == CONTRACT_KIND_LIMIT)
		parser_fail(parser, &name, "there are at most %d kinds", CONTRACT_KIND_LIMIT);
	if (parser->has_failed)
		return;
	if (i == parser->kind_count)
		parser->kind_count++;
	parser->kinds[i] = info;
	parser->is_new_kind[i] = true;
}

static void parse_era_tests(struct contract_parser *parser, struct contract_era *era)
{
	struct contract_era_test tests[ERA_TEST_LIMIT];

	do {
		struct contract_era_test *test = &tests[era->test_count];

		if (era->test_count == ERA_TEST_LIMIT) {
			parser_fail(parser, &parser->window[0],
				    "an era has at most %d tests", ERA_TEST_LIMIT);
			return;
		}
		test->declared = !parser_accept(parser, "not");
		parser_expect(parser, "declared", test->declared ?
			      "'declared' or 'not declared'" : "'declared' after 'not'");
		test->function = parser_expect_name(parser,
						    "the name of a function after 'declared'");
		era->test_count++;
	} while (parser_accept(parser, "and"));
	era->tests = parser_keep(parser, tests, era->test_count, sizeof(tests[0]));
}

/* era NAME when [not] declared NAME and ... */
static void parse_era_declaration(struct contract_parser *parser)
{
	struct contract_era era = { 0 };
	struct token name;
	unsigned i;

	parser_take(parser);
	name = parser->window[0];
	era.name = parser_expect_name(parser, "the name of an era");
	parser_expect(parser, "when", "'when' after the name of the era");
	parse_era_tests(parser, &era);

	for (i = 0; i < parser->era_count; i++) {
		if (strcmp(parser->eras[i].name, era.name) == 0)
			break;
	}
	if (i < parser->era_count && parser->is_new_era[i])
		parser_fail(parser, &name, "era '%s' is declared twice", era.name);
	if (i == CONTRACT_ERA_LIMIT)
		parser_fail(parser, &name, "there are at most %d eras", CONTRACT_ERA_LIMIT);
	if (parser->has_failed)
		return;
	if (i == parser->era_count)
		parser->era_count++;
	parser->eras[i] = era;
	parser->is_new_era[i] = true;
}

static void add_container(struct contract_parser *parser, const char *name)
{
	const char **old = parser->containers;

	if (parser->container_count == parser->container_room) {
		parser->container_room = parser->container_room ? parser->container_room * 2 : 16;
		parser->containers = ARENA_ARRAY(parser->arena, const char *,
						 parser->container_room);
		if (old)
			memcpy(parser->containers, old, parser->container_count * sizeof(*old));
	}
	parser->containers[parser->container_count++] = name;
}

/* container NAME, NAME */
static void parse_container_declaration(struct contract_parser *parser)
{
	parser_take(parser);
	do {
		struct token token = parser->window[0];
		const char *name = parser_expect_name(parser, "the name of a struct or typedef");
		unsigned i;

		/* interned: equal names are equal pointers */
		for (i = 0; i < parser->container_count; i++) {
			if (parser->containers[i] == name)
				parser_fail(parser, &token, "container '%s' is declared twice",
					    name);
		}
		if (!parser->has_failed)
			add_container(parser, name);
	} while (parser_accept(parser, ","));
}

static void check_parameter(struct contract_parser *parser, const struct contract_head *head,
			    const char *const *parameters, unsigned count,
			    const struct token *token)
{
	/* words that stand where a parameter can stand */
	static const char *const reserved[] = {
		"return", "global", "some", "same", "another", "inside", "true", "not", "PAGE_SIZE",
	};
	size_t i;

	for (i = 0; i < sizeof(reserved) / sizeof(reserved[0]); i++) {
		if (token_is(token, reserved[i]))
			parser_fail(parser, token,
				    "'%s' is a word of the language: call the parameter otherwise",
				    reserved[i]);
	}
	for (i = 0; i < count; i++) {
		if (token_is(token, parameters[i]))
			parser_fail(parser, token, "'%s' has two parameters named '%s'",
				    head->function, parameters[i]);
	}
	if (token->kind == TOKEN_PARAMETER && token->number != count + 1)
		parser_fail(parser, token, "'%.*s' stands at position %u",
			    (int)token->length, token->text, count + 1);
}

/* From after `(' to `)'. */
static void parse_parameters(struct contract_parser *parser, struct contract_head *head)
{
	const char *parameters[PARAMETER_LIMIT];
	unsigned count = 0;

	if (parser_accept(parser, ")"))
		return;
	do {
		struct token token = parser->window[0];

		if (parser_accept(parser, "...")) {
			head->is_variadic = true;
			break;
		}
		if (count == PARAMETER_LIMIT) {
			parser_fail(parser, &token, "a function has at most %d parameters",
				    PARAMETER_LIMIT);
			return;
		}
		if (token.kind != TOKEN_NAME && token.kind != TOKEN_PARAMETER) {
			parser_expected(parser, "a parameter");
			return;
		}
		check_parameter(parser, head, parameters, count, &token);
		parser_take(parser);
		parameters[count++] = parser_intern(parser, &token);
	} while (parser_accept(parser, ","));
	parser_expect(parser, ")", head->is_variadic ? "')' after '...'" :
		      "',' or ')' after the parameter (a name, without its type)");
	head->parameter_count = count;
	head->parameters = parser_keep(parser, parameters, count, sizeof(parameters[0]));
}

/* NAME, or for what is called through a field RECORD.NAME */
static const char *parse_function_name(struct contract_parser *parser)
{
	const char *name = parser_expect_name(parser, "the name of a function");

	if (!name || !parser_accept(parser, "."))
		return name;
	return intern(parser->strings, arena_printf(parser->arena, "%s.%s", name,
			parser_expect_name(parser, "the name of a field")));
}

static void parse_head(struct contract_parser *parser, struct contract_head *head)
{
	memset(head, 0, sizeof(*head));
	head->line = parser->window[0].line;
	head->column = parser->window[0].column;
	head->function = parse_function_name(parser);
	parser_expect(parser, "(", "'(' and the parameters");
	if (!parser->has_failed)
		parse_parameters(parser, head);
}

/* All heads that share their clauses. */
static struct contract_head *parse_heads(struct contract_parser *parser, size_t *count)
{
	struct contract_head *heads = NULL;
	size_t room = 0;

	*count = 0;
	do {
		if (*count == room) {
			struct contract_head *old = heads;

			room = room ? room * 2 : 2;
			heads = ARENA_ARRAY(parser->arena, struct contract_head, room);
			if (old)
				memcpy(heads, old, *count * sizeof(*old));
		}
		parse_head(parser, &heads[(*count)++]);
	} while (parser_accept(parser, ","));
	return heads;
}

static uint16_t parse_era_name(struct contract_parser *parser)
{
	struct token name = parser->window[0];
	const char *close;
	unsigned i;

	if (name.kind != TOKEN_NAME) {
		parser_expected(parser, "the name of an era");
		return 0;
	}
	for (i = 0; i < parser->era_count; i++) {
		if (parser_accept(parser, parser->eras[i].name))
			return (uint16_t)(1u << i);
	}
	close = closest_name(name.text, name.length, &parser->eras[0].name,
			     parser->era_count, sizeof(parser->eras[0]));
	parser_fail(parser, &name, "unknown era '%.*s'%s%s%s", (int)name.length, name.text,
		    close ? "; did you mean '" : "", close ? close : "", close ? "'?" : "");
	return 0;
}

/* in era NAME, NAME: may be left out, then it is each */
static uint16_t parse_eras(struct contract_parser *parser)
{
	uint16_t mask = 0;

	if (!parser_accept(parser, "in"))
		return UINT16_MAX;
	parser_expect(parser, "era", "'era' after 'in'");
	do {
		struct token name = parser->window[0];
		uint16_t era = parse_era_name(parser);

		if (mask & era)
			parser_fail(parser, &name, "era '%.*s' is named twice",
				    (int)name.length, name.text);
		mask |= era;
	} while (parser_accept(parser, ","));
	return mask;
}

static void add_contract(struct contract_parser *parser, const struct contract *contract)
{
	const struct contract_head *head = parser->head;
	struct contract *old = parser->contracts;
	size_t i;

	for (i = 0; i < parser->contract_count; i++) {
		if (contract_has_same_head(&old[i], contract) &&
		    (old[i].era_mask & contract->era_mask)) {
			struct token at = { .line = head->line, .column = head->column };

			parser_fail(parser, &at,
				    "'%s' with these parameters is described twice",
				    head->function);
			return;
		}
	}
	if (parser->contract_count == parser->contract_room) {
		parser->contract_room = parser->contract_room ? parser->contract_room * 2 : 16;
		parser->contracts = ARENA_ARRAY(parser->arena, struct contract,
						parser->contract_room);
		if (old)
			memcpy(parser->contracts, old, parser->contract_count * sizeof(*old));
	}
	parser->contracts[parser->contract_count++] = *contract;
}

/* Something that starts neither a clause nor a declaration. */
static void fail_no_clause(struct contract_parser *parser, const char *expected)
{
	struct token token = parser->window[0];
	const char *close = NULL;

	if (token.kind == TOKEN_NAME)
		close = closest_name(token.text, token.length, contract_words,
				     CONTRACT_WORD_COUNT, sizeof(contract_words[0]));
	if (close && !token_is(&token, close))
		parser_fail(parser, &token, "expected %s, found '%.*s'; did you mean '%s'?",
			    expected, (int)token.length, token.text, close);
	else
		parser_expected(parser, expected);
}

/* The clauses for HEAD; they must be at the start of the window. */
static void parse_body(struct contract_parser *parser, const struct contract_head *head,
		       struct contract *contract)
{
	contract->function = head->function;
	contract->parameter_count = (uint8_t)head->parameter_count;
	contract->is_variadic = head->is_variadic;
	contract->parameters = head->parameters;
	parser->head = head;
	parse_clauses(parser, contract);
	if (!contract->effect_count && !contract->flags && !parser->has_failed)
		fail_no_clause(parser, parser->is_attribute ? "a clause" :
			       "a clause ('neutral' if it does nothing to references)");
}

/* function HEAD, HEAD in era NAME clauses: the clauses are read for each head anew */
static void parse_function(struct contract_parser *parser)
{
	struct contract_head *heads;
	struct contract_parser start;
	size_t count, i;
	uint16_t eras;

	parser_take(parser);
	heads = parse_heads(parser, &count);
	eras = parse_eras(parser);
	start = *parser;
	for (i = 0; i < count && !parser->has_failed; i++) {
		struct contract contract = { .era_mask = eras };

		parser->scanner = start.scanner;
		memcpy(parser->window, start.window, sizeof(start.window));
		parse_body(parser, &heads[i], &contract);
		if (!parser->has_failed)
			add_contract(parser, &contract);
	}
}

static void parse_file(struct contract_parser *parser)
{
	const char *expected = "'function', 'kind', 'era', 'container' or 'field'";

	while (parser->window[0].kind != TOKEN_END) {
		if (token_is(&parser->window[0], "kind")) {
			parse_kind_declaration(parser);
		} else if (token_is(&parser->window[0], "era")) {
			parse_era_declaration(parser);
		} else if (token_is(&parser->window[0], "container")) {
			parse_container_declaration(parser);
		} else if (token_is(&parser->window[0], "field")) {
			parse_field_declaration(parser);
		} else if (token_is(&parser->window[0], "function")) {
			parse_function(parser);
			expected = "a clause or 'function'";
		} else {
			fail_no_clause(parser, expected);
		}
	}
}

static void parser_init(struct contract_parser *parser, struct contract_set *set,
			const char *file, struct contract_error *error)
{
	memset(parser, 0, sizeof(*parser));
	if (!set->strings)
		set->strings = intern_new(set->arena);
	parser->arena = set->arena;
	parser->strings = set->strings;
	parser->file = arena_strdup(set->arena, file);
	parser->kind_count = set->kind_count;
	parser->era_count = set->era_count;
	memcpy(parser->kinds, set->kinds, sizeof(set->kinds));
	memcpy(parser->eras, set->eras, sizeof(set->eras));
	parser->error = error;
}

static void commit(const struct contract_parser *parser, struct contract_set *set)
{
	unsigned i;

	set->kind_count = parser->kind_count;
	set->era_count = parser->era_count;
	memcpy(set->kinds, parser->kinds, sizeof(set->kinds));
	memcpy(set->eras, parser->eras, sizeof(set->eras));
	for (i = 0; i < CONTRACT_KIND_LIMIT; i++)
		set->read_kinds |= (uint16_t)(parser->is_new_kind[i] << i);
	for (i = 0; i < CONTRACT_ERA_LIMIT; i++)
		set->read_eras |= (uint16_t)(parser->is_new_era[i] << i);
	for (i = 0; i < parser->container_count; i++)
		contract_set_add_container(set, parser->containers[i]);
	contract_set_add_fields(set, parser->fields, parser->field_count);
	contract_set_add(set, parser->contracts, parser->contract_count);
}

int contract_set_parse(struct contract_set *set, const char *file,
		       const char *text, size_t length, struct contract_error *error)
{
	struct contract_parser parser;

	parser_init(&parser, set, file, error);
	parser_start(&parser, text, length);
	parse_file(&parser);
	if (parser.has_failed)
		return -1;
	commit(&parser, set);
	return 0;
}

const struct contract *contract_parse_clauses(struct contract_set *set,
					      const char *function,
					      unsigned parameter_count,
					      const char *text,
					      struct contract_error *error)
{
	struct contract *contract = ARENA_NEW(set->arena, struct contract);
	struct contract_head head = { .parameter_count = parameter_count };
	struct contract_parser parser;
	const char **parameters;
	unsigned i;

	parser_init(&parser, set, "", error);
	parser.is_attribute = true;
	parser_start(&parser, text, strlen(text));
	if (parameter_count > PARAMETER_LIMIT) {
		parser_fail(&parser, &parser.window[0],
			    "a function with a contract has at most %d parameters",
			    PARAMETER_LIMIT);
		return NULL;
	}

	parameters = ARENA_ARRAY(set->arena, const char *, parameter_count);
	for (i = 0; i < parameter_count; i++)
		parameters[i] = intern(set->strings,
				       arena_printf(set->arena, "$%u", i + 1));
	head.function = intern(set->strings, function);
	head.parameters = parameters;
	contract->era_mask = UINT16_MAX;
	parse_body(&parser, &head, contract);
	if (parser.window[0].kind != TOKEN_END)
		fail_no_clause(&parser, "a clause or the end of the attribute");
	return parser.has_failed ? NULL : contract;
}
