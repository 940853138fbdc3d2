// SPDX-License-Identifier: GPL-2.0-or-later
/* Linear expressions over symbols; see term.h. */
#include <string.h>

#include "term-table.h"

#define LINEAR_MAGNITUDE_LIMIT	((ir_integer)1 << 96)

/* A linear expression under construction; the terms beyond `count' are not set. */
struct scratch {
	ir_integer constant;
	unsigned count;
	struct linear_term terms[2 * LINEAR_TERM_LIMIT];
};

static bool is_too_large(ir_integer value)
{
	return value > LINEAR_MAGNITUDE_LIMIT || value < -LINEAR_MAGNITUDE_LIMIT;
}

static uint32_t scratch_hash(const struct scratch *s)
{
	uint32_t hash = term_mix(0x811c9dc5u, (uint64_t)s->constant);
	unsigned i;

	for (i = 0; i < s->count; i++)
		hash = term_mix(hash, s->terms[i].symbol +
				((uint64_t)s->terms[i].coefficient << 16));
	return hash;
}

static bool is_same_linear(const void *item, const void *key)
{
	const struct linear *a = item;
	const struct scratch *s = key;
	unsigned i;

	if (a->constant != s->constant || a->count != s->count)
		return false;
	for (i = 0; i < a->count; i++)
		if (a->terms[i].symbol != s->terms[i].symbol ||
		    a->terms[i].coefficient != s->terms[i].coefficient)
			return false;
	return true;
}

static const struct linear *scratch_intern(struct term_table *table,
					   const struct scratch *s)
{
	uint32_t hash = scratch_hash(s);
	const void **slot;
	struct linear *a;
	unsigned i;

	if (s->count > LINEAR_TERM_LIMIT || is_too_large(s->constant))
		return NULL;
	for (i = 0; i < s->count; i++)
		if (is_too_large(s->terms[i].coefficient))
			return NULL;

	slot = term_hash_slot(table->arena, &table->linears, hash, is_same_linear, s);
	if (*slot)
		return *slot;
	a = arena_alloc(table->arena, sizeof(*a) + s->count * sizeof(a->terms[0]));
	a->constant = s->constant;
	a->hash = hash;
	a->id = table->linear_count++;
	a->count = s->count;
	for (i = 0; i < s->count; i++)
		a->signature |= symbol_signature(s->terms[i].symbol);
	memcpy(a->terms, s->terms, s->count * sizeof(a->terms[0]));
	*slot = a;
	return a;
}

const struct linear *linear_constant(struct term_table *table, ir_integer value)
{
	bool is_small = value >= 0 && value < TERM_CONSTANTS;
	const struct linear *a;
	struct scratch s;

	if (is_small && table->constants[value])
		return table->constants[value];
	s.constant = value;
	s.count = 0;
	a = scratch_intern(table, &s);
	if (is_small)
		table->constants[value] = a;
	return a;
}

const struct linear *linear_symbol(struct term_table *table, symbol_id symbol)
{
	struct scratch s;

	if (table->as_linear[symbol])
		return table->as_linear[symbol];
	s.constant = 0;
	s.count = 1;
	s.terms[0].symbol = symbol;
	s.terms[0].coefficient = 1;
	table->as_linear[symbol] = scratch_intern(table, &s);
	return table->as_linear[symbol];
}

static void scratch_add(struct scratch *s, symbol_id symbol, ir_integer coefficient)
{
	if (!coefficient)
		return;
	s->terms[s->count].symbol = symbol;
	s->terms[s->count++].coefficient = coefficient;
}

static const struct linear *compute_sum(struct term_table *table,
					const struct linear *a, symbol_id without,
					const struct linear *b, ir_integer factor)
{
	const struct linear_term *in_a = a->terms, *end_a = a->terms + a->count;
	const struct linear_term *in_b = b->terms, *end_b = b->terms + b->count;
	struct scratch s;

	s.constant = a->constant + factor * b->constant;
	s.count = 0;
	while (in_a < end_a || in_b < end_b) {
		if (in_a < end_a && in_a->symbol == without) {
			in_a++;
		} else if (in_b == end_b || (in_a < end_a && in_a->symbol < in_b->symbol)) {
			scratch_add(&s, in_a->symbol, in_a->coefficient);
			in_a++;
		} else if (in_a == end_a || in_b->symbol < in_a->symbol) {
			scratch_add(&s, in_b->symbol, factor * in_b->coefficient);
			in_b++;
		} else {
			scratch_add(&s, in_a->symbol,
				    in_a->coefficient + factor * in_b->coefficient);
			in_a++;
			in_b++;
		}
	}
	return scratch_intern(table, &s);
}

/* (a without the symbol WITHOUT) + factor * b; the same is asked for again and again. */
static const struct linear *add_scaled(struct term_table *table,
				       const struct linear *a, symbol_id without,
				       const struct linear *b, ir_integer factor)
{
	uint32_t hash = a->id * 0x9e3779b1u + b->id * 0x85ebca6bu + without + (uint32_t)factor;
	struct term_sum **slot = &table->sums[(hash ^ hash >> 16) & (TERM_SUMS - 1)], *sum;

	if (!*slot)
		*slot = ARENA_NEW(table->arena, struct term_sum);
	sum = *slot;
	if (sum->a != a || sum->b != b || sum->without != without || sum->factor != factor) {
		sum->a = a;
		sum->b = b;
		sum->without = without;
		sum->factor = factor;
		sum->result = compute_sum(table, a, without, b, factor);
	}
	return sum->result;
}

const struct linear *linear_add(struct term_table *table, const struct linear *a,
				const struct linear *b)
{
	return a && b ? add_scaled(table, a, 0, b, 1) : NULL;
}

const struct linear *linear_subtract(struct term_table *table, const struct linear *a,
				     const struct linear *b)
{
	return a && b ? add_scaled(table, a, 0, b, -1) : NULL;
}

/* Factors come from programs; keep the products representable. */
static bool is_scalable(const struct linear *a, ir_integer factor)
{
	unsigned i;

	if (factor > (ir_integer)1 << 40 || factor < -((ir_integer)1 << 40) ||
	    a->constant > (ir_integer)1 << 80 || a->constant < -((ir_integer)1 << 80))
		return false;
	for (i = 0; i < a->count; i++)
		if (a->terms[i].coefficient > (ir_integer)1 << 80 ||
		    a->terms[i].coefficient < -((ir_integer)1 << 80))
			return false;
	return true;
}

const struct linear *linear_scale(struct term_table *table, const struct linear *a,
				  ir_integer factor)
{
	struct scratch s;
	unsigned i;

	if (!a || factor == 1)
		return a;
	if (!is_scalable(a, factor))
		return NULL;
	s.constant = a->constant * factor;
	s.count = 0;
	for (i = 0; i < a->count; i++)
		scratch_add(&s, a->terms[i].symbol, a->terms[i].coefficient * factor);
	return scratch_intern(table, &s);
}

const struct linear *linear_add_constant(struct term_table *table,
					 const struct linear *a, ir_integer value)
{
	struct scratch s;

	if (!a || is_too_large(value))
		return NULL;
	if (!value)
		return a;
	s.constant = a->constant + value;
	s.count = a->count;
	memcpy(s.terms, a->terms, a->count * sizeof(a->terms[0]));
	return scratch_intern(table, &s);
}

/* *QUOTIENT = A / B, B positive, if that is a whole number. */
static bool divide(ir_integer a, ir_integer b, ir_integer *quotient)
{
	if (a == (int64_t)a && b == (int64_t)b) {
		*quotient = (int64_t)a / (int64_t)b;
		return (int64_t)a % (int64_t)b == 0;
	}
	*quotient = a / b;
	return a % b == 0;
}

const struct linear *linear_divide_exact(struct term_table *table,
					 const struct linear *a, ir_integer divisor)
{
	struct scratch s;
	ir_integer quotient;
	unsigned i;

	if (!a || !divide(a->constant, divisor, &s.constant))
		return NULL;
	s.count = 0;
	for (i = 0; i < a->count; i++) {
		if (!divide(a->terms[i].coefficient, divisor, &quotient))
			return NULL;
		scratch_add(&s, a->terms[i].symbol, quotient);
	}
	return scratch_intern(table, &s);
}

ir_integer linear_coefficient(const struct linear *a, symbol_id symbol)
{
	unsigned i;

	if (!(a->signature & symbol_signature(symbol)))
		return 0;
	for (i = 0; i < a->count; i++)
		if (a->terms[i].symbol == symbol)
			return a->terms[i].coefficient;
	return 0;
}

const struct linear *linear_substitute(struct term_table *table, const struct linear *a,
				       symbol_id symbol, const struct linear *by)
{
	ir_integer factor = linear_coefficient(a, symbol);

	if (!factor)
		return a;
	return by && is_scalable(by, factor) ? add_scaled(table, a, symbol, by, factor) : NULL;
}

bool linear_mentions(const struct term_table *table, const struct linear *a,
		     symbol_test test, void *argument, uint8_t *memo)
{
	unsigned i;

	for (i = 0; a && i < a->count; i++)
		if (symbol_mentions(table, a->terms[i].symbol, test, argument, memo))
			return true;
	return false;
}
