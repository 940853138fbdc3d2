/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Making up a program, statement by statement:
 *
 *	test = conditional(g, STATEMENT_IF, null_test(VAR_PAGE, IR_EQUAL));
 *	outer = enter(g, &test->body);
 *	add(g, STATEMENT_BREAK);
 *	leave(g, outer);
 */
#ifndef GENERATE_H
#define GENERATE_H

#include "program.h"

struct generator {
	struct arena *arena;
	struct program *program;
	struct function *function;
	uint64_t state;
	struct statement **end;		/* where the next statement goes */
	enum kind kind;			/* that the function is mostly about */
	bool has_goto[LABEL_LIMIT];
	bool has_helper;
};

/* Each of 0 .. LIMIT - 1 alike; true PERCENT times in a hundred. */
unsigned below(struct generator *g, unsigned limit);
bool chance(struct generator *g, unsigned percent);

struct expression constant(int number);
struct expression variable(enum variable plus);
struct expression difference(enum variable plus, enum variable minus);
struct expression offset(enum variable plus, int number);

extern const struct condition unknown;
struct condition comparison(struct expression a, enum ir_op op, struct expression b);
struct condition null_test(enum variable pointer, enum ir_op op);

struct statement *add(struct generator *g, enum statement_kind kind);
void set(struct generator *g, enum variable variable, struct expression e);
struct statement *call(struct generator *g, enum callee callee);
void call_on(struct generator *g, enum callee callee, enum variable source);

/* Statements added from now on are inside BODY; hand the result to leave(). */
struct statement **enter(struct generator *g, struct statement **body);
void leave(struct generator *g, struct statement **outer);
/* IF or WHILE. */
struct statement *conditional(struct generator *g, enum statement_kind kind,
			      struct condition condition);

#endif /* GENERATE_H */
