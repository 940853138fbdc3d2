// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Conversions between C's integer types.
 *
 *	unsigned long n = ret;		ret may be -EFAULT, and n is larger than any count then
 *
 * A number that fits is the same in the new type, and a count that is not known to be an
 * error is taken to fit.  Of another it is only known how it came about.
 */
#include "engine.h"

static bool is_word(struct ir_type type)
{
	return type.type_class == IR_TYPE_POINTER ||
	       (type.type_class == IR_TYPE_INTEGER && type.bits >= 32);
}

static const struct linear *convert_constant(struct engine *engine, ir_integer value,
					     struct ir_type to)
{
	ir_integer range = (ir_integer)1 << to.bits;

	value &= range - 1;
	if (to.is_signed && to.type_class == IR_TYPE_INTEGER && value >= range / 2)
		value -= range;
	return linear_constant(engine->terms, value);
}

static const struct linear *convert_to_unsigned(struct engine *engine, struct disjunct *d,
						const struct linear *a, struct ir_type to)
{
	const struct linear *zero = linear_constant(engine->terms, 0);

	if (constraint_set_is_at_least(engine->solver, &d->constraints, a, zero))
		return a;
	if (constraint_set_is_greater(engine->solver, &d->constraints, zero, a))
		return linear_add_constant(engine->terms, a, (ir_integer)1 << to.bits);
	/* A count that is not known to be an error is taken to be none. */
	if (to.type_class == IR_TYPE_INTEGER)
		return a;
	return engine_operation(engine, IR_CONVERT, 1, a, NULL, to);
}

static const struct linear *convert_to_signed(struct engine *engine, struct disjunct *d,
					      const struct linear *a, struct ir_type from,
					      struct ir_type to)
{
	const struct linear *half = linear_constant(engine->terms,
						    (ir_integer)1 << (to.bits - 1));

	if (from.type_class == IR_TYPE_INTEGER && from.bits < to.bits)
		return a;
	if (constraint_set_is_at_least(engine->solver, &d->constraints, a, half))
		return linear_add_constant(engine->terms, a, -((ir_integer)1 << to.bits));
	if (from.type_class == IR_TYPE_INTEGER ||
	    constraint_set_is_greater(engine->solver, &d->constraints, half, a))
		return a;
	return engine_operation(engine, IR_CONVERT, 2, a, NULL, to);
}

/* A count that is passed as a narrower one is taken to fit. */
static void assume_fits(struct engine *engine, struct disjunct *d, const struct linear *a,
			struct ir_type to)
{
	ir_integer high = ((ir_integer)1 << (to.bits - to.is_signed)) - 1;
	const struct linear *room = linear_subtract(engine->terms,
						    linear_constant(engine->terms, high), a);

	if (constraint_set_test(engine->solver, &d->constraints, room,
				CONSTRAINT_AT_LEAST_ZERO) == TRUTH_UNKNOWN)
		constraint_set_add(engine->solver, &d->constraints, room,
				   CONSTRAINT_AT_LEAST_ZERO);
}

/*
 * A as a type of few bits.  What fits is the same there; of other counts it is known that
 * they become smaller.
 */
static const struct linear *convert_to_narrow(struct engine *engine, struct disjunct *d,
					      const struct linear *a, struct ir_type to)
{
	ir_integer high = ((ir_integer)1 << (to.bits - (to.is_signed ? 1 : 0))) - 1;
	const struct linear *zero = linear_constant(engine->terms, 0);
	const struct linear *narrow;

	if (!constraint_set_is_at_least(engine->solver, &d->constraints, a, zero))
		return engine_operation(engine, IR_CONVERT, 3u + to.bits, a, NULL, to);
	if (constraint_set_is_at_least(engine->solver, &d->constraints,
				       linear_constant(engine->terms, high), a))
		return a;
	narrow = engine_operation(engine, IR_CONVERT, 3u + to.bits, a, NULL, to);
	if (narrow)
		constraint_set_add(engine->solver, &d->constraints,
				   linear_subtract(engine->terms, a, narrow),
				   CONSTRAINT_AT_LEAST_ZERO);
	return narrow;
}

const struct linear *engine_convert(struct engine *engine, struct disjunct *d,
				    const struct linear *a, struct ir_type from,
				    struct ir_type to)
{
	bool from_signed = from.type_class == IR_TYPE_INTEGER && from.is_signed;
	bool to_signed = to.type_class == IR_TYPE_INTEGER && to.is_signed;

	if (to.type_class == IR_TYPE_OTHER || to.type_class == IR_TYPE_VOID)
		return NULL;
	if (linear_is_constant(a))
		return convert_constant(engine, a->constant, to);
	if (from.type_class == IR_TYPE_OTHER || !from.bits || !to.bits)
		return NULL;
	if (is_word(to) && (from.bits > to.bits ||
			    (from.bits == to.bits && to_signed && !from_signed &&
			     from.type_class == IR_TYPE_INTEGER)))
		assume_fits(engine, d, a, to);
	if (!is_word(to)) {
		if (from.bits <= to.bits && from_signed == to_signed)
			return a;
		if (from.bits == 1)
			return a;
		return convert_to_narrow(engine, d, a, to);
	}
	if (from_signed == to_signed && from.type_class == to.type_class)
		return a;
	if (!from_signed && !to_signed)
		return a;
	return to_signed ? convert_to_signed(engine, d, a, from, to) :
			   convert_to_unsigned(engine, d, a, to);
}
