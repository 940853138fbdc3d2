// SPDX-License-Identifier: GPL-2.0-or-later
/* Numbers as sets of bits; see bits.h. */
#include "bits.h"

#define BITS_DEPTH	8	/* operations that a bit is followed through */
#define PERHAPS		1	/* of a symbol, in `extra' */

/* K with mask = K - 1, K a power of two; 0 if MASK is not of that form. */
static ir_integer low_mask(ir_integer mask)
{
	return mask > 0 && ((mask + 1) & mask) == 0 ? mask + 1 : 0;
}

/* floor(x / K) with K a power of two: K, and x in *OF.  0: S is something else. */
static ir_integer divisor_of(const struct symbol *s, const struct linear **of)
{
	if (s->kind != SYMBOL_OPERATION || s->operation != IR_DIVIDE || !s->right ||
	    !linear_is_constant(s->right) || !low_mask(s->right->constant - 1))
		return 0;
	*of = s->left;
	return s->right->constant;
}

/* The bits that S, x | c or what bits_perhaps() has made, may change of x; 0: S is neither. */
static ir_integer changed_by(const struct symbol *s)
{
	const struct linear *right = s->kind == SYMBOL_OPERATION ? s->right : NULL;

	if (right && s->operation == IR_OR && linear_is_constant(right) && right->constant > 0)
		return right->constant;
	if (right && s->operation == IR_XOR && s->extra == PERHAPS && right->count == 1)
		return right->terms[0].coefficient;
	return 0;
}

/* What is left of MASK of a number that S is, and of which number; NULL: of S itself. */
static const struct linear *through_symbol(const struct symbol *s, ir_integer *mask)
{
	ir_integer constant = changed_by(s);

	if (s->kind != SYMBOL_OPERATION)
		return NULL;
	/* Bits are kept, but for a sign, as far as there are so many. */
	if (s->operation == IR_CONVERT)
		return *mask >> (s->type.bits - 1) ? NULL : s->left;
	if (constant)
		return constant & *mask ? NULL : s->left;
	if (!s->right || !linear_is_constant(s->right))
		return NULL;
	constant = s->right->constant;
	switch (s->operation) {
	case IR_XOR:
		return constant & *mask ? NULL : s->left;
	case IR_AND:
		*mask &= constant;
		return s->left;
	default:
		return NULL;
	}
}

/* The same where A is K * floor(x / K), which is x & -K, or x - K * floor(x / K). */
static const struct linear *through_multiple(struct engine *engine, const struct linear *a,
					     ir_integer *mask)
{
	const struct linear *of, *rest;
	ir_integer k;
	unsigned i;

	for (i = 0; i < a->count; i++) {
		const struct symbol *s = symbol_get(engine->terms, a->terms[i].symbol);

		k = divisor_of(s, &of);
		if (k && a->count == 1 && a->constant == 0 && a->terms[i].coefficient == k) {
			*mask &= ~(k - 1);
			return of;
		}
		if (!k || a->terms[i].coefficient != -k)
			continue;
		rest = linear_add(engine->terms, a, linear_scale(engine->terms,
				  linear_symbol(engine->terms, s->id), k));
		if (rest == of) {
			*mask &= k - 1;
			return of;
		}
	}
	return NULL;
}

/* The number whose bits A has where MASK, which may lose some that are clear, asks for them. */
static const struct linear *source_of(struct engine *engine, const struct linear *a,
				      ir_integer *mask)
{
	const struct linear *next;
	unsigned depth;

	for (depth = 0; depth < BITS_DEPTH && *mask; depth++) {
		if (linear_is_constant(a))
			break;
		if (a->count == 1 && a->constant == 0 && a->terms[0].coefficient == 1)
			next = through_symbol(symbol_get(engine->terms, a->terms[0].symbol), mask);
		else
			next = through_multiple(engine, a, mask);
		if (!next)
			break;
		a = next;
	}
	return a;
}

/* Are all bits of MASK set in A, because they were or-ed to it? */
static bool has_all(struct engine *engine, const struct linear *a, ir_integer mask)
{
	const struct symbol *s;

	if (a->count != 1 || a->constant || a->terms[0].coefficient != 1)
		return false;
	s = symbol_get(engine->terms, a->terms[0].symbol);
	return s->kind == SYMBOL_OPERATION && s->operation == IR_OR && s->right &&
	       linear_is_constant(s->right) && s->right->constant >= 0 &&
	       !(mask & ~s->right->constant);
}

const struct linear *bits_and(struct engine *engine, const struct linear *a, ir_integer mask,
			      struct ir_type type)
{
	static const struct ir_type flags = { IR_TYPE_INTEGER, 32, false, IR_POINTEE_OTHER };
	ir_integer all = ((ir_integer)1 << type.bits) - 1;
	const struct linear *quotient;
	ir_integer step;

	mask &= all;
	if (mask == all)
		return a;
	a = source_of(engine, a, &mask);
	if (linear_is_constant(a) || !mask)
		return linear_constant(engine->terms, mask ? a->constant & mask : 0);
	if (has_all(engine, a, mask))
		return linear_constant(engine->terms, mask);
	/* x & (K-1) = x - K * floor(x/K);  x & ~(K-1) = K * floor(x/K) */
	step = low_mask(mask);
	if (step) {
		quotient = engine_floor_divide(engine, a, step, type);
		return linear_subtract(engine->terms, a,
				       linear_scale(engine->terms, quotient, step));
	}
	step = low_mask(all & ~mask);
	if (step) {
		quotient = engine_floor_divide(engine, a, step, type);
		return linear_scale(engine->terms, quotient, step);
	}
	/* One symbol for all types that the flags have been converted to. */
	if (mask >> 31 == 0)
		type = flags;
	return engine_operation(engine, IR_AND, 64u + type.bits, a,
				linear_constant(engine->terms, mask), type);
}

/* Is every value of A a multiple of K?  Pointers are aligned to 8 bytes. */
static bool is_multiple(struct engine *engine, const struct linear *a, ir_integer k)
{
	unsigned i;

	if (a->constant % k)
		return false;
	for (i = 0; i < a->count; i++) {
		const struct symbol *s = symbol_get(engine->terms, a->terms[i].symbol);
		bool is_pointer = s->type.type_class == IR_TYPE_POINTER;

		if (a->terms[i].coefficient % k && !(is_pointer && 8 % k == 0))
			return false;
	}
	return true;
}

const struct linear *bits_or(struct engine *engine, const struct linear *a, ir_integer bits)
{
	ir_integer k = 1;

	if (bits == 0)
		return a;
	if (bits < 0)
		return NULL;
	while (k <= bits)
		k <<= 1;
	/* x | c = x + c where x is a multiple of a power of two above c */
	return is_multiple(engine, a, k) ? linear_add_constant(engine->terms, a, bits) : NULL;
}

const struct linear *bits_without(struct engine *engine, const struct linear *a, ir_integer *bits)
{
	const struct symbol *s;
	ir_integer changed;

	while (a->count == 1 && a->constant == 0 && a->terms[0].coefficient == 1) {
		s = symbol_get(engine->terms, a->terms[0].symbol);
		changed = changed_by(s);
		if (!changed)
			break;
		*bits |= changed;
		a = s->left;
	}
	return a;
}

const struct linear *bits_perhaps(struct engine *engine, const struct linear *a, ir_integer bits,
				  const struct linear *whether, struct ir_type type)
{
	return engine_operation(engine, IR_XOR, PERHAPS, a,
				linear_scale(engine->terms, whether, bits), type);
}
