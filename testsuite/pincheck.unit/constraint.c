// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The solver against enumeration: on small boxes every definite answer has to
 * be right, and nearly every question that has an answer has to get one.
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "constraint.h"
#include "unit.h"

#define EDGE		8
#define WIDTH		(2 * EDGE + 1)
#define MOST_SYMBOLS	4
#define MOST_POINTS	(WIDTH * WIDTH * WIDTH * WIDTH)

static struct arena *arena;
static struct term_table *terms;
static struct solver *solver;
static struct constraint_set set;

static void start(void)
{
	static const struct ir_unit unit;

	arena = arena_new();
	terms = term_table_new(arena, &unit);
	solver = solver_new(terms, 200000);
	set.count = 0;
}

static void finish(void)
{
	solver_free(solver);
	arena_free(arena);
}

static symbol_id new_symbol(unsigned bits, bool is_signed)
{
	struct symbol key = {
		.kind = SYMBOL_PARAMETER, .instruction = symbol_count(terms),
		.type = { IR_TYPE_INTEGER, bits, is_signed, IR_POINTEE_OTHER },
	};

	return symbol_intern(terms, &key);
}

static symbol_id new_operation(enum ir_op op, const struct linear *left,
			       const struct linear *right)
{
	struct symbol key = {
		.kind = SYMBOL_OPERATION, .operation = (uint8_t)op, .left = left, .right = right,
		.type = { IR_TYPE_INTEGER, 64, true, IR_POINTEE_OTHER },
	};

	return symbol_intern(terms, &key);
}

/* a * x + b * y + c */
static const struct linear *sum(ir_integer a, symbol_id x, ir_integer b, symbol_id y,
				ir_integer c)
{
	const struct linear *left = linear_scale(terms, linear_symbol(terms, x), a);
	const struct linear *right = linear_scale(terms, linear_symbol(terms, y), b);

	return linear_add_constant(terms, linear_add(terms, left, right), c);
}

static const struct linear *one(ir_integer a, symbol_id x, ir_integer c)
{
	return linear_add_constant(terms, linear_scale(terms, linear_symbol(terms, x), a), c);
}

static bool add(const struct linear *a, enum constraint_relation relation)
{
	return constraint_set_add(solver, &set, a, relation);
}

static enum truth test(const struct linear *a, enum constraint_relation relation)
{
	return constraint_set_test(solver, &set, a, relation);
}

/* ------------------------------------------------------ random conjunctions */

static uint64_t seed;

static unsigned below(unsigned limit)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed >> 33) % limit;
}

struct point {
	signed char value[MOST_SYMBOLS];
};

static struct point points[MOST_POINTS];
static unsigned point_count, symbols_used;
static symbol_id symbols[MOST_SYMBOLS];

static void all_points(void)
{
	unsigned total = 1, i, k, rest;

	for (i = 0; i < symbols_used; i++)
		total *= WIDTH;
	for (point_count = 0; point_count < total; point_count++)
		for (rest = point_count, k = 0; k < symbols_used; k++, rest /= WIDTH)
			points[point_count].value[k] = (signed char)((int)(rest % WIDTH) - EDGE);
}

/* The symbols have to be numbered from symbols[0]. */
static int value_at(const struct linear *a, const struct point *point)
{
	int value = (int)a->constant;
	unsigned i;

	for (i = 0; i < a->count; i++)
		value += (int)a->terms[i].coefficient *
			 point->value[a->terms[i].symbol - symbols[0]];
	return value;
}

static bool holds_at(const struct linear *a, enum constraint_relation relation,
		     const struct point *point)
{
	int value = value_at(a, point);

	if (relation == CONSTRAINT_AT_LEAST_ZERO)
		return value >= 0;
	return (value == 0) == (relation == CONSTRAINT_ZERO);
}

static unsigned count_points(const struct linear *a, enum constraint_relation relation)
{
	unsigned i, count = 0;

	for (i = 0; i < point_count; i++)
		count += holds_at(a, relation, &points[i]);
	return count;
}

static void keep_points(const struct linear *a, enum constraint_relation relation)
{
	unsigned i, kept = 0;

	for (i = 0; i < point_count; i++)
		if (holds_at(a, relation, &points[i]))
			points[kept++] = points[i];
	point_count = kept;
}

static const struct linear *random_linear(unsigned largest)
{
	const struct linear *a = linear_constant(terms, (int)below(25) - 12);
	unsigned i, terms_used = 1 + below(symbols_used);

	for (i = 0; i < terms_used; i++)
		a = linear_add(terms, a, one((int)below(2 * largest + 1) - (int)largest,
					     symbols[below(symbols_used)], 0));
	return a;
}

struct tally {
	unsigned decidable, decided, wrong;
};

/* ANSWER for what holds on COUNT of the points. */
static void tally_answer(struct tally *tally, enum truth answer, unsigned count)
{
	enum truth right = count == point_count ? TRUTH_YES : count ? TRUTH_UNKNOWN : TRUTH_NO;

	if (answer != TRUTH_UNKNOWN && answer != right)
		tally->wrong++;
	if (right != TRUTH_UNKNOWN) {
		tally->decidable++;
		tally->decided += answer == right;
	}
}

static void random_round(struct tally *tally, unsigned largest, unsigned relations)
{
	unsigned i, constraints = 1 + below(5);

	start();
	for (i = 0; i < symbols_used; i++) {
		symbols[i] = new_symbol(32, true);
		add(one(1, symbols[i], EDGE), CONSTRAINT_AT_LEAST_ZERO);
		add(one(-1, symbols[i], EDGE), CONSTRAINT_AT_LEAST_ZERO);
	}
	all_points();
	for (i = 0; i < constraints; i++) {
		const struct linear *a = random_linear(largest);
		enum constraint_relation relation = below(relations);
		unsigned count = count_points(a, relation);

		tally_answer(tally, test(a, relation), count);
		if (!count)
			continue;
		tally->wrong += !add(a, relation);
		keep_points(a, relation);
	}
	for (i = 0; i < 8; i++) {
		const struct linear *a = random_linear(largest);
		enum constraint_relation relation = below(3);

		tally_answer(tally, test(a, relation), count_points(a, relation));
	}
	finish();
}

static struct tally random_rounds(unsigned rounds, unsigned symbol_total, unsigned largest,
				  unsigned relations)
{
	struct tally tally = { 0 };

	seed = 1 + symbol_total * 16 + largest;
	symbols_used = symbol_total;
	while (rounds--)
		random_round(&tally, largest, relations);
	if (tally.wrong || tally.decided * 100 < tally.decidable * 95)
		printf("%u symbols, factors to %u: %u of %u decided, %u wrong\n", symbol_total,
		       largest, tally.decided, tally.decidable, tally.wrong);
	return tally;
}

static bool is_good(struct tally tally)
{
	return !tally.wrong && tally.decidable > 100 &&
	       tally.decided * 100 >= tally.decidable * 95;
}

static void agrees_with_enumeration(void)
{
	check(is_good(random_rounds(1000, 2, 1, 3)));
	check(is_good(random_rounds(1000, 2, 5, 3)));
	check(is_good(random_rounds(400, 3, 1, 3)));
	check(is_good(random_rounds(400, 3, 4, 2)));
	check(is_good(random_rounds(30, 4, 1, 2)));
	check(is_good(random_rounds(30, 4, 3, 2)));
}

/* ------------------------------------------------------------------- edges */

#define POWER(n) ((ir_integer)1 << (n))

static void bounds_come_from_types(void)
{
	symbol_id word, byte;

	start();
	word = new_symbol(64, false);
	byte = new_symbol(8, true);
	check(test(one(1, word, 0), CONSTRAINT_AT_LEAST_ZERO) == TRUTH_YES);
	check(test(one(-1, word, POWER(64) - 1), CONSTRAINT_AT_LEAST_ZERO) == TRUTH_YES);
	check(test(one(-1, word, POWER(64) - 2), CONSTRAINT_AT_LEAST_ZERO) == TRUTH_UNKNOWN);
	check(test(one(1, word, -POWER(64)), CONSTRAINT_AT_LEAST_ZERO) == TRUTH_NO);
	check(test(one(1, word, -POWER(64)), CONSTRAINT_ZERO) == TRUTH_NO);
	check(test(one(1, byte, 129), CONSTRAINT_NOT_ZERO) == TRUTH_YES);
	check(test(one(1, byte, 128), CONSTRAINT_NOT_ZERO) == TRUTH_UNKNOWN);
	check(test(sum(1, word, 1, byte, 128), CONSTRAINT_AT_LEAST_ZERO) == TRUTH_YES);
	check(test(sum(1, word, 1, byte, 127), CONSTRAINT_AT_LEAST_ZERO) == TRUTH_UNKNOWN);
	finish();
}

static void large_numbers_do_not_wrap(void)
{
	symbol_id a, b;

	start();
	a = new_symbol(64, true);
	b = new_symbol(64, false);
	check(test(one(POWER(32), a, POWER(95)), CONSTRAINT_AT_LEAST_ZERO) == TRUTH_YES);
	check(test(one(POWER(32), a, POWER(95) - 1), CONSTRAINT_AT_LEAST_ZERO) ==
	      TRUTH_UNKNOWN);
	check(test(one(-POWER(32), b, POWER(96)), CONSTRAINT_AT_LEAST_ZERO) == TRUTH_YES);
	/* 2^31 * a + b = 1 and a >= 1: b is too small then */
	check(add(sum(POWER(31), a, 1, b, -1), CONSTRAINT_ZERO));
	check(test(one(1, a, -1), CONSTRAINT_AT_LEAST_ZERO) == TRUTH_NO);
	check(test(one(1, b, 0), CONSTRAINT_ZERO) == TRUTH_NO);
	/* what is too large is not known, not wrong */
	check(test(NULL, CONSTRAINT_ZERO) == TRUTH_UNKNOWN);
	check(linear_add_constant(terms, linear_symbol(terms, a), POWER(100)) == NULL);
	check(add(sum(POWER(40), a, -POWER(39) + 1, b, POWER(96)), CONSTRAINT_AT_LEAST_ZERO));
	check(test(sum(POWER(39) - 1, a, -POWER(40) + 7, b, -POWER(96)),
		   CONSTRAINT_AT_LEAST_ZERO) != TRUTH_YES);
	finish();
}

static void divisions_are_defined(void)
{
	symbol_id x, q, r;

	start();
	x = new_symbol(64, false);
	q = new_operation(IR_DIVIDE, one(1, x, 4095), linear_constant(terms, 4096));
	r = new_operation(IR_DIVIDE, one(1, x, 0), linear_constant(terms, 4096));
	/* the pages that hold x bytes: x <= 4096 * q <= x + 4095 */
	check(test(sum(4096, q, -1, x, 0), CONSTRAINT_AT_LEAST_ZERO) == TRUTH_YES);
	check(test(sum(-4096, q, 1, x, 4095), CONSTRAINT_AT_LEAST_ZERO) == TRUTH_YES);
	check(test(sum(-4096, q, 1, x, 4094), CONSTRAINT_AT_LEAST_ZERO) == TRUTH_UNKNOWN);
	check(test(sum(1, q, -1, r, 0), CONSTRAINT_AT_LEAST_ZERO) == TRUTH_YES);
	check(test(sum(1, r, -1, q, 1), CONSTRAINT_AT_LEAST_ZERO) == TRUTH_YES);
	check(add(one(1, x, -1), CONSTRAINT_AT_LEAST_ZERO));
	check(add(one(-1, x, 4096), CONSTRAINT_AT_LEAST_ZERO));
	check(test(one(1, q, -1), CONSTRAINT_ZERO) == TRUTH_YES);
	check(test(one(1, r, -1), CONSTRAINT_ZERO) == TRUTH_UNKNOWN);
	check(add(one(1, x, -4096), CONSTRAINT_NOT_ZERO));
	check(test(one(1, r, 0), CONSTRAINT_ZERO) == TRUTH_YES);
	finish();
}

static void division_by_a_power_of_two_beyond_a_word(void)
{
	symbol_id x, q;

	start();
	x = new_symbol(64, true);
	q = new_operation(IR_DIVIDE, one(1, x, 0), linear_constant(terms, POWER(40)));
	check(test(sum(1, x, -POWER(40), q, 0), CONSTRAINT_AT_LEAST_ZERO) == TRUTH_YES);
	check(test(one(1, q, POWER(23)), CONSTRAINT_AT_LEAST_ZERO) == TRUTH_YES);
	check(test(one(1, q, POWER(23) - 1), CONSTRAINT_AT_LEAST_ZERO) == TRUTH_UNKNOWN);
	check(add(one(1, x, 0), CONSTRAINT_AT_LEAST_ZERO));
	check(test(one(1, q, 0), CONSTRAINT_AT_LEAST_ZERO) == TRUTH_YES);
	finish();
}

static void extremes_are_defined(void)
{
	symbol_id x, y, low, high, mask;

	start();
	x = new_symbol(32, false);
	y = new_symbol(32, false);
	low = new_operation(IR_MINIMUM, linear_symbol(terms, x), linear_symbol(terms, y));
	high = new_operation(IR_MAXIMUM, linear_symbol(terms, x), linear_symbol(terms, y));
	mask = new_operation(IR_AND, linear_symbol(terms, x), linear_constant(terms, 12));
	check(test(sum(1, x, -1, low, 0), CONSTRAINT_AT_LEAST_ZERO) == TRUTH_YES);
	check(test(sum(1, high, -1, low, 0), CONSTRAINT_AT_LEAST_ZERO) == TRUTH_YES);
	check(test(sum(1, y, -1, high, -1), CONSTRAINT_AT_LEAST_ZERO) == TRUTH_NO);
	check(test(sum(1, y, -1, high, 0), CONSTRAINT_AT_LEAST_ZERO) == TRUTH_UNKNOWN);
	check(test(one(-1, mask, 12), CONSTRAINT_AT_LEAST_ZERO) == TRUTH_YES);
	check(test(one(1, mask, 0), CONSTRAINT_AT_LEAST_ZERO) == TRUTH_YES);
	check(add(one(-1, x, 7), CONSTRAINT_AT_LEAST_ZERO));
	check(test(one(-1, low, 7), CONSTRAINT_AT_LEAST_ZERO) == TRUTH_YES);
	finish();
}

static void what_is_not_zero_sharpens(void)
{
	symbol_id x, y, z;

	start();
	x = new_symbol(32, false);
	y = new_symbol(32, true);
	z = new_symbol(32, true);
	check(add(one(1, x, 0), CONSTRAINT_NOT_ZERO));
	check(test(one(1, x, -1), CONSTRAINT_AT_LEAST_ZERO) == TRUTH_YES);
	check(add(one(-1, x, 1), CONSTRAINT_NOT_ZERO));
	check(test(one(1, x, -2), CONSTRAINT_AT_LEAST_ZERO) == TRUTH_YES);
	check(test(one(3, x, -3), CONSTRAINT_ZERO) == TRUTH_NO);
	/* y <= z, y != z: y < z, and what follows from that */
	check(add(sum(-1, y, 1, z, 0), CONSTRAINT_AT_LEAST_ZERO));
	check(add(sum(1, y, -1, z, 0), CONSTRAINT_NOT_ZERO));
	check(test(sum(1, z, -1, y, -1), CONSTRAINT_AT_LEAST_ZERO) == TRUTH_YES);
	check(add(one(1, y, -5), CONSTRAINT_AT_LEAST_ZERO));
	check(test(one(1, z, -6), CONSTRAINT_AT_LEAST_ZERO) == TRUTH_YES);
	/* in the middle it says only itself */
	check(add(one(1, z, -9), CONSTRAINT_NOT_ZERO));
	check(test(one(1, z, -9), CONSTRAINT_ZERO) == TRUTH_NO);
	check(test(one(1, z, -9), CONSTRAINT_AT_LEAST_ZERO) == TRUTH_UNKNOWN);
	finish();
}

/* ------------------------------------------------------------------ memory */

/* A set that lost or changed a constraint is another set. */
static void answers_follow_the_set(void)
{
	struct constraint_set empty = { 0 };
	symbol_id x, y;

	start();
	x = new_symbol(32, true);
	y = new_symbol(32, true);
	check(add(sum(1, x, -1, y, 0), CONSTRAINT_AT_LEAST_ZERO));
	check(add(one(1, y, -3), CONSTRAINT_AT_LEAST_ZERO));
	check(test(one(1, x, -3), CONSTRAINT_AT_LEAST_ZERO) == TRUTH_YES);
	check(test(one(-1, x, 2), CONSTRAINT_AT_LEAST_ZERO) == TRUTH_NO);
	check(test(one(2, x, -5), CONSTRAINT_AT_LEAST_ZERO) == TRUTH_YES);
	check(constraint_set_test(solver, &empty, one(1, x, -3),
				  CONSTRAINT_AT_LEAST_ZERO) == TRUTH_UNKNOWN);
	set.items[1].relation = CONSTRAINT_NOT_ZERO;
	check(test(one(1, x, -3), CONSTRAINT_AT_LEAST_ZERO) == TRUTH_UNKNOWN);
	set.items[1].relation = CONSTRAINT_ZERO;
	check(test(one(1, x, -3), CONSTRAINT_AT_LEAST_ZERO) == TRUTH_YES);
	check(constraint_set_is_equal(solver, &set, linear_symbol(terms, y),
				      linear_constant(terms, 3)));
	check(constraint_set_is_at_least(solver, &set, linear_symbol(terms, x),
					 linear_symbol(terms, y)));
	check(!constraint_set_is_greater(solver, &set, linear_symbol(terms, x),
					 linear_symbol(terms, y)));
	finish();
}

/* More symbols and constraints than there is room for: less is known, nothing wrong. */
static void long_chains_stay_right(void)
{
	symbol_id chain[60];
	bool all_unknown = true;
	unsigned i;

	start();
	for (i = 0; i < 60; i++)
		chain[i] = new_symbol(32, true);
	for (i = 1; i < 60; i++)
		check(add(sum(1, chain[i], -1, chain[i - 1], -1), CONSTRAINT_AT_LEAST_ZERO));
	check(set.count == CONSTRAINT_LIMIT);
	check(test(sum(1, chain[59], -1, chain[50], -9), CONSTRAINT_AT_LEAST_ZERO) ==
	      TRUTH_YES);
	check(test(sum(1, chain[59], -1, chain[50], -10), CONSTRAINT_AT_LEAST_ZERO) ==
	      TRUTH_UNKNOWN);
	for (i = 0; i < 10; i++)
		all_unknown &= test(sum(1, chain[i], -1, chain[59], 0), CONSTRAINT_ZERO) ==
			       TRUTH_UNKNOWN;
	check(all_unknown);
	finish();
}

int main(void)
{
	agrees_with_enumeration();
	bounds_come_from_types();
	large_numbers_do_not_wrap();
	divisions_are_defined();
	division_by_a_power_of_two_beyond_a_word();
	extremes_are_defined();
	what_is_not_zero_sharpens();
	answers_follow_the_set();
	long_chains_stay_right();
	return 0;
}
