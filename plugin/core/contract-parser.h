/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Parser of the contract language, recursive descent; what its files share.
 *
 *	contract-parser.c	tokens and errors
 *	contract-parse.c	kinds, eras, containers, functions: a whole file; attributes
 *	contract-field.c	fields
 *	contract-clause.c	the clauses of one function
 *	contract-expression.c	places, expressions, conditions
 *	contract-spelling.c	"did you mean"
 *
 * Errors are sticky: parser_fail() records the first one and turns the rest of
 * the text into TOKEN_END, so that every loop over tokens ends by itself.  What
 * a parse function returns after that is never used (NULL, or zeroes).
 *
 * Nothing reaches the set before the whole text is parsed: kinds and eras are
 * copied into the parser first, and contracts are gathered in it.
 */
#ifndef PINCHECK_CONTRACT_PARSER_H
#define PINCHECK_CONTRACT_PARSER_H

#include "contract-scan.h"
#include "contract.h"

#define PARSER_WINDOW		3	/* `[', `*', `]' tells `[*]' from a range */
#define PARSER_DEPTH_LIMIT	32	/* parentheses in parentheses */
#define PARAMETER_LIMIT		32
#define STEP_LIMIT		16
#define TEST_LIMIT		16
#define EFFECT_LIMIT		64
#define ERA_TEST_LIMIT		16
#define FIELD_LIMIT		64	/* declared in one text */

/* What stands before the clauses: `function pin_user_page(page)'. */
struct contract_head {
	const char *function;
	unsigned parameter_count;
	bool is_variadic;
	const char *const *parameters;
	unsigned line, column;
};

struct contract_parser {
	struct arena *arena;
	struct intern *strings;
	const char *file;
	bool is_attribute;

	struct scanner scanner;
	struct token window[PARSER_WINDOW];	/* window[0] is the next token */
	unsigned depth;

	unsigned kind_count, era_count;
	struct contract_kind_info kinds[CONTRACT_KIND_LIMIT];
	struct contract_era eras[CONTRACT_ERA_LIMIT];
	bool is_new_kind[CONTRACT_KIND_LIMIT];	/* declared in this text */
	bool is_new_era[CONTRACT_ERA_LIMIT];
	unsigned container_count, container_room;	/* declared in this text */
	const char **containers;
	unsigned field_count;
	struct contract_field fields[FIELD_LIMIT];
	size_t contract_count, contract_room;
	struct contract *contracts;

	const struct contract_head *head;	/* whose clauses are parsed */

	bool has_failed;
	struct contract_error *error;
};

/* Fill the window with the first tokens of TEXT. */
void parser_start(struct contract_parser *parser, const char *text, size_t length);

/* The mistake is at TOKEN; the first one counts. */
void parser_fail(struct contract_parser *parser, const struct token *token,
		 const char *format, ...) __attribute__((format(printf, 3, 4)));
/* "expected WHAT, found ...", at the next token. */
void parser_expected(struct contract_parser *parser, const char *what);

struct token parser_take(struct contract_parser *parser);
bool token_is(const struct token *token, const char *text);
/* Take the next token if it is TEXT. */
bool parser_accept(struct contract_parser *parser, const char *text);
/* Take TEXT, or fail with "expected WHAT". */
void parser_expect(struct contract_parser *parser, const char *text, const char *what);
/* Take a name or a string, interned; "" after a failure. */
const char *parser_expect_name(struct contract_parser *parser, const char *what);
const char *parser_expect_string(struct contract_parser *parser, const char *what);
const char *parser_intern(struct contract_parser *parser, const struct token *token);
/* Copy of COUNT things of SIZE bytes, NULL for none. */
const void *parser_keep(struct contract_parser *parser, const void *things,
			unsigned count, size_t size);
/* Go in and out of parentheses. */
void parser_enter(struct contract_parser *parser, const struct token *open);
void parser_leave(struct contract_parser *parser);

/* contract-expression.c */
void parse_place(struct contract_parser *parser, struct contract_place *place);
/* MAY_BE_ERRNO: at the lower end of `returns'. */
const struct contract_expression *parse_expression(struct contract_parser *parser,
						   bool may_be_errno);
/* `[' ahead that opens a range, and not `[*]'. */
bool parser_at_range(const struct contract_parser *parser);
const struct contract_test *parse_condition(struct contract_parser *parser, unsigned *count);

/* The kind whose name comes next; BEHIND: the word before it. */
contract_kind parser_expect_kind(struct contract_parser *parser, const char *behind);
/* contract-field.c: from the word `field' on. */
void parse_field_declaration(struct contract_parser *parser);

/* contract-clause.c: all clauses of parser->head up to the first word that is none. */
void parse_clauses(struct contract_parser *parser, struct contract *contract);

/*
 * contract-spelling.c: of the COUNT names the one that NAME may be a misspelling
 * of, or NULL.  NAMES is the first of them, each STRIDE bytes after the other.
 */
const char *closest_name(const char *name, size_t length,
			 const char *const *names, unsigned count, size_t stride);

#endif /* PINCHECK_CONTRACT_PARSER_H */
