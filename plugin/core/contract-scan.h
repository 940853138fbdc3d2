/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Scanner of the contract language: text to tokens, one at a time.
 *
 *	pages[0 .. return)	->	pages  [  0  ..  return  )
 *
 * No word is reserved here; the parser knows from where a name stands whether
 * it is a keyword or a parameter.  What is no token becomes TOKEN_BAD with the
 * reason, and the parser reports it when it gets there, so that mistakes are
 * reported in the order of the text.
 */
#ifndef PINCHECK_CONTRACT_SCAN_H
#define PINCHECK_CONTRACT_SCAN_H

#include "arena.h"

enum token_kind {
	TOKEN_END,		/* again and again */
	TOKEN_NAME,		/* identifier */
	TOKEN_PARAMETER,	/* $1 */
	TOKEN_NUMBER,		/* 12, 0x10 */
	TOKEN_STRING,		/* "text", `text' is without the quotes */
	TOKEN_PUNCTUATOR,
	TOKEN_BAD,
};

/* `text' points into the text that is scanned. */
struct token {
	uint8_t kind;			/* enum token_kind */
	unsigned line, column;		/* 1.., in bytes */
	const char *text;
	size_t length;
	int64_t number;			/* of NUMBER */
	const char *message;		/* of BAD */
};

struct scanner {
	struct arena *arena;		/* for messages */
	const char *at, *end;
	const char *line_start;
	unsigned line;
};

void scanner_init(struct scanner *scanner, struct arena *arena,
		  const char *text, size_t length);
struct token scanner_next(struct scanner *scanner);

#endif /* PINCHECK_CONTRACT_SCAN_H */
