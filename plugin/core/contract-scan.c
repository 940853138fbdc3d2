// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdbool.h>
#include <string.h>

#include "contract-scan.h"

void scanner_init(struct scanner *scanner, struct arena *arena,
		  const char *text, size_t length)
{
	scanner->arena = arena;
	scanner->at = text;
	scanner->end = text + length;
	scanner->line_start = text;
	scanner->line = 1;
}

/* The C locale's classes: a contract means the same everywhere. */
static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || is_digit(c);
}

static void skip_blanks(struct scanner *scanner)
{
	while (scanner->at < scanner->end) {
		switch (*scanner->at) {
		case '\n':
			scanner->line++;
			scanner->line_start = scanner->at + 1;
			break;
		case ' ':
		case '\t':
		case '\r':
			break;
		case '#':
			while (scanner->at + 1 < scanner->end && scanner->at[1] != '\n')
				scanner->at++;
			break;
		default:
			return;
		}
		scanner->at++;
	}
}

/* Letters and digits after the first SKIP characters. */
static void scan_name(struct scanner *scanner, struct token *token, size_t skip)
{
	const char *at = scanner->at + skip;

	while (at < scanner->end && is_name_char(*at))
		at++;
	token->length = (size_t)(at - token->text);
}

static void token_set_bad(struct token *token, const char *message)
{
	token->kind = TOKEN_BAD;
	token->message = message;
}

static int digit_value(char c)
{
	if (is_digit(c))
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return 16;
}

/* TOKEN covers all letters and digits in a row; SKIP of them are a prefix. */
static void scan_digits(struct scanner *scanner, struct token *token,
			size_t skip, int base)
{
	int64_t value = 0;
	size_t i;

	for (i = skip; i < token->length; i++) {
		int digit = digit_value(token->text[i]);

		if (digit >= base) {
			token_set_bad(token, arena_printf(scanner->arena,
				"'%.*s' is not a number", (int)token->length, token->text));
			return;
		}
		if (value > (INT64_MAX - digit) / base) {
			token_set_bad(token, arena_printf(scanner->arena,
				"number '%.*s' is too large",
				(int)token->length, token->text));
			return;
		}
		value = value * base + digit;
	}
	token->number = value;
}

static void scan_number(struct scanner *scanner, struct token *token)
{
	token->kind = TOKEN_NUMBER;
	scan_name(scanner, token, 0);
	if (token->length > 2 && token->text[0] == '0' &&
	    (token->text[1] == 'x' || token->text[1] == 'X'))
		scan_digits(scanner, token, 2, 16);
	else if (token->length > 1 && token->text[0] == '0')
		token_set_bad(token, arena_printf(scanner->arena,
			"'%.*s' is not a number: write it decimal, or hexadecimal with '0x'",
			(int)token->length, token->text));
	else
		scan_digits(scanner, token, 0, 10);
}

static void scan_parameter(struct scanner *scanner, struct token *token)
{
	token->kind = TOKEN_PARAMETER;
	scan_name(scanner, token, 1);
	if (token->length < 2 || token->text[1] == '0') {
		token_set_bad(token, "expected the number of a parameter after '$', from 1 on");
		return;
	}
	scan_digits(scanner, token, 1, 10);
}

static void scan_string(struct scanner *scanner, struct token *token)
{
	const char *at = scanner->at + 1;

	while (at < scanner->end && *at != '"' && *at != '\n')
		at++;
	if (at == scanner->end || *at == '\n') {
		token_set_bad(token, "the string is not closed: no '\"' on this line");
		return;
	}
	token->kind = TOKEN_STRING;
	token->text++;
	token->length = (size_t)(at - token->text);
	scanner->at += 2;
}

static const char *stray_message(struct scanner *scanner, char c)
{
	static const struct {
		char stray;
		const char *hint;
	} hints[] = {
		{ '=', "equality is '=='" },
		{ '!', "negation is 'not', inequality is '!='" },
		{ '&', "conditions are joined by 'and'" },
		{ '|', "write one clause for each alternative" },
		{ '/', "a comment begins with '#'" },
		{ ';', "clauses are not separated" },
		{ '{', "clauses are not enclosed" },
		{ '\'', "strings are in '\"'" },
	};
	size_t i;

	for (i = 0; i < sizeof(hints) / sizeof(hints[0]); i++) {
		if (hints[i].stray == c)
			return arena_printf(scanner->arena, "stray '%c': %s", c, hints[i].hint);
	}
	if (c > ' ' && c <= '~')
		return arena_printf(scanner->arena, "stray '%c'", c);
	return arena_printf(scanner->arena, "stray byte 0x%02x", (unsigned char)c);
}

static void scan_punctuator(struct scanner *scanner, struct token *token)
{
	/* the longer ones first */
	static const char *const punctuators[] = {
		"...", "..", ".", "->", "-", "<<", "<=", "<", ">=", ">", "==", "!=",
		"(", ")", "[", "]", ",", "*", "+",
	};
	size_t i, room = (size_t)(scanner->end - scanner->at);

	for (i = 0; i < sizeof(punctuators) / sizeof(punctuators[0]); i++) {
		size_t length = strlen(punctuators[i]);

		if (length <= room && memcmp(scanner->at, punctuators[i], length) == 0) {
			token->kind = TOKEN_PUNCTUATOR;
			token->length = length;
			return;
		}
	}
	token_set_bad(token, stray_message(scanner, *scanner->at));
}

struct token scanner_next(struct scanner *scanner)
{
	struct token token = { .kind = TOKEN_END };

	skip_blanks(scanner);
	token.line = scanner->line;
	token.column = (unsigned)(scanner->at - scanner->line_start) + 1;
	token.text = scanner->at;
	if (scanner->at == scanner->end)
		return token;

	if (is_digit(*scanner->at)) {
		scan_number(scanner, &token);
	} else if (is_name_char(*scanner->at)) {
		token.kind = TOKEN_NAME;
		scan_name(scanner, &token, 0);
	} else if (*scanner->at == '$') {
		scan_parameter(scanner, &token);
	} else if (*scanner->at == '"') {
		scan_string(scanner, &token);
	} else {
		scan_punctuator(scanner, &token);
	}

	/* nothing after a bad token makes sense */
	if (token.kind == TOKEN_BAD)
		scanner->at = scanner->end;
	else
		scanner->at += token.length;
	return token;
}
