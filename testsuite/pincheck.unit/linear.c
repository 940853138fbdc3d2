// SPDX-License-Identifier: GPL-2.0-or-later
/* Linear expressions: one pointer for each value, and arithmetic that agrees with it. */
#include <stdbool.h>

#include "term.h"
#include "unit.h"

#define SYMBOLS	6

static struct arena *arena;
static struct term_table *terms;
static symbol_id symbols[SYMBOLS];
static const int point[SYMBOLS] = { 3, -7, 11, 1, -2, 5 };
static uint64_t seed = 1;

static unsigned below(unsigned limit)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed >> 33) % limit;
}

static void start(void)
{
	static const struct ir_unit unit;
	unsigned i;

	arena = arena_new();
	terms = term_table_new(arena, &unit);
	for (i = 0; i < SYMBOLS; i++) {
		struct symbol key = { .kind = SYMBOL_PARAMETER, .instruction = i };

		symbols[i] = symbol_intern(terms, &key);
	}
}

static ir_integer value_of(const struct linear *a)
{
	ir_integer value = a->constant;
	unsigned i;

	for (i = 0; i < a->count; i++)
		value += a->terms[i].coefficient * point[a->terms[i].symbol - symbols[0]];
	return value;
}

static const struct linear *random_linear(void)
{
	const struct linear *a = linear_constant(terms, (int)below(9) - 4);
	unsigned i;

	for (i = below(4); i; i--)
		a = linear_add(terms, a,
			       linear_scale(terms, linear_symbol(terms, symbols[below(SYMBOLS)]),
					    (int)below(7) - 3));
	return a;
}

/* Ascending symbols, no zero, and a signature that has them all. */
static bool is_well_formed(const struct linear *a)
{
	uint32_t signature = 0;
	unsigned i;

	for (i = 0; i < a->count; i++) {
		if (!a->terms[i].coefficient ||
		    (i && a->terms[i - 1].symbol >= a->terms[i].symbol))
			return false;
		signature |= symbol_signature(a->terms[i].symbol);
	}
	return signature == a->signature;
}

static void arithmetic_is_that_of_integers(void)
{
	bool sums = true, products = true, substitutions = true, forms = true, same = true;
	unsigned round;

	start();
	for (round = 0; round < 5000; round++) {
		const struct linear *a = random_linear(), *b = random_linear();
		int factor = (int)below(9) - 4;
		unsigned k = below(SYMBOLS);
		const struct linear *sum = linear_add(terms, a, b);
		const struct linear *other = linear_substitute(terms, a, symbols[k], b);

		sums &= value_of(sum) == value_of(a) + value_of(b) &&
			value_of(linear_subtract(terms, a, b)) == value_of(a) - value_of(b);
		products &= value_of(linear_scale(terms, a, factor)) == value_of(a) * factor;
		substitutions &= value_of(other) == value_of(a) +
			linear_coefficient(a, symbols[k]) * (value_of(b) - point[k]);
		forms &= is_well_formed(sum) && is_well_formed(other);
		same &= sum == linear_add(terms, b, a) &&
			linear_subtract(terms, sum, b) == a &&
			linear_add_constant(terms, linear_add_constant(terms, a, 9), -9) == a;
	}
	check(sums);
	check(products);
	check(substitutions);
	check(forms);
	check(same);
	arena_free(arena);
}

static void division_is_exact_or_not_at_all(void)
{
	const struct linear *x, *a;

	start();
	x = linear_symbol(terms, symbols[0]);
	a = linear_add_constant(terms, linear_scale(terms, x, 8), -24);
	check(linear_divide_exact(terms, a, 8) == linear_add_constant(terms, x, -3));
	check(linear_divide_exact(terms, a, 16) == NULL);
	check(linear_divide_exact(terms, linear_add_constant(terms, a, 4), 8) == NULL);
	check(linear_as_symbol(x) == symbols[0] && !linear_as_symbol(a));
	arena_free(arena);
}

static void what_is_too_large_is_given_up(void)
{
	const ir_integer large = (ir_integer)1 << 96;
	const struct linear *x, *a;
	symbol_id symbol;
	unsigned i;

	start();
	x = linear_symbol(terms, symbols[0]);
	check(linear_constant(terms, large) && !linear_constant(terms, large + 1));
	check(linear_constant(terms, -large) && !linear_constant(terms, -large - 1));
	check(!linear_add(terms, linear_constant(terms, large), linear_constant(terms, 1)));
	check(!linear_add_constant(terms, x, large + 1));
	a = linear_scale(terms, linear_scale(terms, x, (ir_integer)1 << 40), (ir_integer)1 << 40);
	check(a && linear_coefficient(a, symbols[0]) == (ir_integer)1 << 80);
	check(!linear_scale(terms, a, (ir_integer)1 << 17));
	check(!linear_scale(terms, x, ((ir_integer)1 << 40) + 1));
	check(!linear_substitute(terms, a, symbols[0], linear_symbol(terms, symbols[1])));
	check(!linear_add(terms, x, NULL) && !linear_scale(terms, NULL, 1));
	for (a = x, i = 0; i < LINEAR_TERM_LIMIT; i++) {
		struct symbol key = { .kind = SYMBOL_PARAMETER, .instruction = 100 + i };

		check(a != NULL);
		symbol = symbol_intern(terms, &key);
		a = linear_add(terms, a, linear_symbol(terms, symbol));
	}
	check(a == NULL);
	arena_free(arena);
}

/* The table of symbols grows; what was handed out stays. */
static void symbols_stay(void)
{
	const struct linear *first[1000];
	bool same = true, apart = true;
	unsigned i;

	start();
	for (i = 0; i < 1000; i++) {
		struct symbol key = { .kind = SYMBOL_RESULT, .instruction = i };

		first[i] = linear_symbol(terms, symbol_intern(terms, &key));
	}
	for (i = 0; i < 1000; i++) {
		struct symbol key = { .kind = SYMBOL_RESULT, .instruction = i };

		same &= first[i] == linear_symbol(terms, symbol_intern(terms, &key));
		apart &= !i || first[i] != first[i - 1];
		same &= first[i] == linear_add(terms, first[i], linear_constant(terms, 0));
	}
	check(same);
	check(apart);
	arena_free(arena);
}

int main(void)
{
	arithmetic_is_that_of_integers();
	division_is_exact_or_not_at_all();
	what_is_too_large_is_given_up();
	symbols_stay();
	return 0;
}
