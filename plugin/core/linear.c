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

	for (i = 0; i < s->count; i++) {
		hash = term_mix(hash, s->terms[i].symbol);
		hash = term_mix(hash, (uint64_t)s->terms[i].coefficient);
	}
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
	struct scratch s = { .constant = value };

	return scratch_intern(table, &s);
}

const struct linear *linear_symbol(struct term_table *table, symbol_id symbol)
{
	struct scratch s = { .count = 1, .terms = { { symbol, 1 } } };

	return scratch_intern(table, &s);
}

/* a + factor * b */
static const struct linear *add_scaled(struct term_table *table,
				       const struct linear *a,
				       const struct linear *b, ir_integer factor)
{
	struct scratch s = { .constant = a->constant + factor * b->constant };
	unsigned i = 0, j = 0;

	while (i < a->count || j < b->count) {
		struct linear_term term;

		if (j == b->count ||
		    (i < a->count && a->terms[i].symbol < b->terms[j].symbol)) {
			term = a->terms[i++];
		} else if (i == a->count || b->terms[j].symbol < a->terms[i].symbol) {
			term = b->terms[j++];
			term.coefficient *= factor;
		} else {
			term = a->terms[i++];
			term.coefficient += factor * b->terms[j++].coefficient;
		}
		if (term.coefficient)
			s.terms[s.count++] = term;
	}
	return scratch_intern(table, &s);
}

const struct linear *linear_add(struct term_table *table, const struct linear *a,
				const struct linear *b)
{
	return a && b ? add_scaled(table, a, b, 1) : NULL;
}

const struct linear *linear_subtract(struct term_table *table, const struct linear *a,
				     const struct linear *b)
{
	return a && b ? add_scaled(table, a, b, -1) : NULL;
}

const struct linear *linear_scale(struct term_table *table, const struct linear *a,
				  ir_integer factor)
{
	struct scratch s = { 0 };
	unsigned i;

	/* Factors come from programs; keep the products representable. */
	if (!a || factor > ((ir_integer)1 << 40) || factor < -((ir_integer)1 << 40) ||
	    is_too_large(a->constant) || (a->constant >> 80 != 0 && a->constant >> 80 != -1))
		return NULL;
	if (!factor)
		return linear_constant(table, 0);
	s.constant = a->constant * factor;
	for (i = 0; i < a->count; i++) {
		ir_integer c = a->terms[i].coefficient;

		if (c > ((ir_integer)1 << 80) || c < -((ir_integer)1 << 80))
			return NULL;
		s.terms[s.count].symbol = a->terms[i].symbol;
		s.terms[s.count++].coefficient = c * factor;
	}
	return scratch_intern(table, &s);
}

const struct linear *linear_add_constant(struct term_table *table,
					 const struct linear *a, ir_integer value)
{
	struct scratch s = { 0 };

	if (!a || is_too_large(value))
		return NULL;
	s.constant = a->constant + value;
	s.count = a->count;
	memcpy(s.terms, a->terms, a->count * sizeof(a->terms[0]));
	return scratch_intern(table, &s);
}

const struct linear *linear_divide_exact(struct term_table *table,
					 const struct linear *a, ir_integer divisor)
{
	struct scratch s = { 0 };
	unsigned i;

	if (!a || a->constant % divisor)
		return NULL;
	s.constant = a->constant / divisor;
	for (i = 0; i < a->count; i++) {
		if (a->terms[i].coefficient % divisor)
			return NULL;
		s.terms[s.count].symbol = a->terms[i].symbol;
		s.terms[s.count++].coefficient = a->terms[i].coefficient / divisor;
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
	const struct linear *difference;

	if (!factor)
		return a;
	difference = linear_subtract(table, by, linear_symbol(table, symbol));
	return linear_add(table, a, linear_scale(table, difference, factor));
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
