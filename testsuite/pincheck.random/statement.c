// SPDX-License-Identifier: GPL-2.0-or-later
/* Random numbers, and statements made in one line; see generate.h. */
#include "generate.h"

/* splitmix64 */
static uint64_t random_number(struct generator *g)
{
	uint64_t z = g->state += 0x9e3779b97f4a7c15;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return z ^ (z >> 31);
}

unsigned below(struct generator *g, unsigned limit)
{
	return random_number(g) % limit;
}

bool chance(struct generator *g, unsigned percent)
{
	return below(g, 100) < percent;
}

/* ---------------------------------------------------------------- statements */

struct expression constant(int number)
{
	return (struct expression){ .constant = number };
}

struct expression variable(enum variable plus)
{
	return (struct expression){ .plus = plus };
}

struct expression difference(enum variable plus, enum variable minus)
{
	return (struct expression){ .plus = plus, .minus = minus };
}

struct expression offset(enum variable plus, int number)
{
	return (struct expression){ .plus = plus, .constant = number };
}

struct condition comparison(struct expression a, enum ir_op op, struct expression b)
{
	return (struct condition){ .kind = CONDITION_COMPARE, .op = op, .a = a, .b = b };
}

struct condition null_test(enum variable pointer, enum ir_op op)
{
	return (struct condition){ .kind = CONDITION_NULL, .op = op, .pointer = pointer };
}

const struct condition unknown = { .kind = CONDITION_UNKNOWN };

struct statement *add(struct generator *g, enum statement_kind kind)
{
	struct statement *s = ARENA_NEW(g->arena, struct statement);

	s->kind = kind;
	s->location = g->program->location_count++;
	*g->end = s;
	g->end = &s->next;
	return s;
}

void set(struct generator *g, enum variable variable, struct expression e)
{
	struct statement *s = add(g, STATEMENT_SET);

	s->variable = variable;
	s->a = e;
}

struct statement *call(struct generator *g, enum callee callee)
{
	struct statement *s = add(g, STATEMENT_CALL);

	s->callee = callee;
	return s;
}

void call_on(struct generator *g, enum callee callee, enum variable source)
{
	call(g, callee)->source = source;
}

struct statement **enter(struct generator *g, struct statement **body)
{
	struct statement **outer = g->end;

	g->end = body;
	return outer;
}

void leave(struct generator *g, struct statement **outer)
{
	g->end = outer;
}

struct statement *conditional(struct generator *g, enum statement_kind kind,
				     struct condition condition)
{
	struct statement *s = add(g, kind);

	s->condition = condition;
	return s;
}
