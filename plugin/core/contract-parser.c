// SPDX-License-Identifier: GPL-2.0-or-later
/* What all parse functions use. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "contract-parser.h"

#define FOUND_LENGTH_LIMIT	40	/* of the text that is quoted in a message */

bool token_is(const struct token *token, const char *text)
{
	return token->kind != TOKEN_STRING && token->kind != TOKEN_BAD &&
	       token->kind != TOKEN_END && strlen(text) == token->length &&
	       memcmp(token->text, text, token->length) == 0;
}

struct token parser_take(struct contract_parser *parser)
{
	struct token token = parser->window[0];

	memmove(&parser->window[0], &parser->window[1],
		(PARSER_WINDOW - 1) * sizeof(token));
	parser->window[PARSER_WINDOW - 1] = scanner_next(&parser->scanner);
	return token;
}

void parser_start(struct contract_parser *parser, const char *text, size_t length)
{
	unsigned i;

	scanner_init(&parser->scanner, parser->arena, text, length);
	for (i = 0; i < PARSER_WINDOW; i++)
		parser_take(parser);
}

/* Only ends from here on. */
static void stop_text(struct contract_parser *parser)
{
	unsigned i;

	parser->scanner.at = parser->scanner.end;
	for (i = 0; i < PARSER_WINDOW; i++)
		parser_take(parser);
}

void parser_fail(struct contract_parser *parser, const struct token *token,
		 const char *format, ...)
{
	struct contract_error *error = parser->error;
	char message[512];
	va_list arguments;

	if (parser->has_failed)
		return;
	parser->has_failed = true;
	va_start(arguments, format);
	vsnprintf(message, sizeof(message), format, arguments);
	va_end(arguments);
	error->file = parser->file;
	error->line = token->line;
	error->column = token->column;
	error->message = arena_strdup(parser->arena, message);
	stop_text(parser);
}

static const char *describe_token(struct contract_parser *parser, const struct token *token)
{
	int length = token->length > FOUND_LENGTH_LIMIT ? FOUND_LENGTH_LIMIT :
							  (int)token->length;
	const char *rest = token->length > FOUND_LENGTH_LIMIT ? "..." : "";

	if (token->kind == TOKEN_END)
		return parser->is_attribute ? "the end of the attribute" : "the end of the file";
	if (token->kind == TOKEN_STRING)
		return arena_printf(parser->arena, "\"%.*s%s\"", length, token->text, rest);
	return arena_printf(parser->arena, "'%.*s%s'", length, token->text, rest);
}

void parser_expected(struct contract_parser *parser, const char *what)
{
	struct token token = parser->window[0];

	if (parser->has_failed)
		return;
	if (token.kind == TOKEN_BAD)
		parser_fail(parser, &token, "%s", token.message);
	else
		parser_fail(parser, &token, "expected %s, found %s", what,
			    describe_token(parser, &token));
}

bool parser_accept(struct contract_parser *parser, const char *text)
{
	if (!token_is(&parser->window[0], text))
		return false;
	parser_take(parser);
	return true;
}

void parser_expect(struct contract_parser *parser, const char *text, const char *what)
{
	if (!parser_accept(parser, text))
		parser_expected(parser, what);
}

const char *parser_intern(struct contract_parser *parser, const struct token *token)
{
	return intern_n(parser->strings, token->text, token->length);
}

static const char *expect_kind_of_token(struct contract_parser *parser,
					enum token_kind kind, const char *what)
{
	struct token token = parser->window[0];

	if (token.kind != kind) {
		parser_expected(parser, what);
		return "";
	}
	parser_take(parser);
	return parser_intern(parser, &token);
}

const char *parser_expect_name(struct contract_parser *parser, const char *what)
{
	return expect_kind_of_token(parser, TOKEN_NAME, what);
}

const char *parser_expect_string(struct contract_parser *parser, const char *what)
{
	return expect_kind_of_token(parser, TOKEN_STRING, what);
}

const void *parser_keep(struct contract_parser *parser, const void *things,
			unsigned count, size_t size)
{
	if (!count)
		return NULL;
	return memcpy(arena_alloc(parser->arena, count * size), things, count * size);
}

void parser_enter(struct contract_parser *parser, const struct token *open)
{
	if (++parser->depth > PARSER_DEPTH_LIMIT)
		parser_fail(parser, open, "parentheses are nested more than %d deep",
			    PARSER_DEPTH_LIMIT);
}

void parser_leave(struct contract_parser *parser)
{
	parser->depth--;
}
