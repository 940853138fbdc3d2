// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Instructions to terms.
 *
 * Notation: w is the width of the result type, K a constant, floor(x/K) the
 * symbol that engine_floor_divide() makes.  The rules are those of the
 * integers; C's wrap-around is modelled where kernel code depends on it, in
 * conversions, and taken not to happen in sums and products.
 */
#include "bits.h"
#include "engine.h"
#include "head.h"

#define OBJECT_SIZE	4096	/* that a member may be away from its object, to be told from an error */

static const struct ir_type word = { IR_TYPE_INTEGER, 64, false, IR_POINTEE_OTHER };

const struct linear *engine_operation(struct engine *engine, enum ir_op op, uint32_t extra,
				      const struct linear *a, const struct linear *b,
				      struct ir_type type)
{
	struct symbol key = {
		.kind = SYMBOL_OPERATION, .operation = (uint8_t)op, .extra = extra,
		.left = a, .right = b, .type = type,
	};

	return linear_symbol(engine->terms, symbol_intern(engine->terms, &key));
}

const struct linear *engine_result(struct engine *engine, const struct frame *frame,
				   ir_value value, uint32_t extra)
{
	const struct ir_instruction *i = &frame->function->instructions[value];
	struct symbol key = {
		.kind = SYMBOL_RESULT, .context = frame->context, .instruction = value,
		.extra = extra, .type = i->type, .text = extra ? NULL : i->text,
		.location = i->location,
	};

	/* An address, if it is returned as a number: what is added to it is an index. */
	if (i->op == IR_CALL && !extra && contract_allocates_result(i->u.callee->contract))
		key.type.type_class = IR_TYPE_POINTER;
	return linear_symbol(engine->terms, symbol_intern(engine->terms, &key));
}

const struct linear *engine_element(struct engine *engine, const struct frame *frame,
				    ir_value value, const struct linear *array)
{
	const struct ir_instruction *i = &frame->function->instructions[value];
	struct symbol key = {
		.kind = SYMBOL_RESULT, .context = frame->context, .instruction = value,
		.base = symbol_array(engine->terms, array), .type = i->type,
		.text = i->text, .location = i->location,
	};

	return linear_symbol(engine->terms, symbol_intern(engine->terms, &key));
}

const struct linear *engine_comparison(struct engine *engine, enum ir_op op,
				       const struct linear *a)
{
	struct symbol key = {
		.kind = SYMBOL_COMPARISON, .operation = (uint8_t)op, .left = a,
		.type = { IR_TYPE_INTEGER, 1, false, IR_POINTEE_OTHER },
	};

	if (linear_is_constant(a)) {
		bool truth = op == IR_EQUAL ? a->constant == 0 : a->constant >= 0;

		return linear_constant(engine->terms, truth);
	}
	/* One form for a == 0 and -a == 0. */
	if (op == IR_EQUAL && a->terms[0].coefficient < 0) {
		key.left = linear_scale(engine->terms, a, -1);
		if (!key.left)
			key.left = a;
	}
	return linear_symbol(engine->terms, symbol_intern(engine->terms, &key));
}

const struct linear *engine_floor_divide(struct engine *engine, const struct linear *a,
					 ir_integer divisor, struct ir_type type)
{
	struct term_table *terms = engine->terms;
	const struct linear *whole = linear_constant(terms, 0), *rest = whole;
	const struct linear *quotient;
	ir_integer low;
	unsigned i;

	if (!a || divisor <= 0)
		return NULL;
	if (divisor == 1)
		return a;
	/* floor((K*x + y) / K) = x + floor(y / K) */
	for (i = 0; i < a->count; i++) {
		const struct linear *s = linear_symbol(terms, a->terms[i].symbol);
		ir_integer c = a->terms[i].coefficient;

		if (c % divisor == 0)
			whole = linear_add(terms, whole, linear_scale(terms, s, c / divisor));
		else
			rest = linear_add(terms, rest, linear_scale(terms, s, c));
	}
	low = a->constant % divisor;
	if (low < 0)
		low += divisor;
	whole = linear_add_constant(terms, whole, (a->constant - low) / divisor);
	rest = linear_add_constant(terms, rest, low);
	if (!whole || !rest)
		return NULL;
	if (linear_is_constant(rest))
		return whole;
	/* The type must hold any floor(y / K). */
	type.bits = 64;
	type.is_signed = true;
	type.type_class = IR_TYPE_INTEGER;
	quotient = engine_operation(engine, IR_DIVIDE, 0, rest,
				    linear_constant(terms, divisor), type);
	return linear_add(terms, whole, quotient);
}

static const struct linear *evaluate_divide(struct engine *engine, struct disjunct *d,
					    const struct linear *a, const struct linear *b,
					    struct ir_type type)
{
	const struct linear *zero = linear_constant(engine->terms, 0);

	if (!linear_is_constant(b) || b->constant <= 0)
		return NULL;
	if (type.is_signed && !linear_divide_exact(engine->terms, a, b->constant) &&
	    !constraint_set_is_at_least(engine->solver, &d->constraints, a, zero))
		return NULL;
	return engine_floor_divide(engine, a, b->constant, type);
}

/* min(a, b) is at least 1, or 0, where both are. */
static const struct linear *bounded_extreme(struct engine *engine, struct disjunct *d,
					    enum ir_op op, const struct linear *a,
					    const struct linear *b)
{
	struct ir_type type = { IR_TYPE_INTEGER, 64, true, IR_POINTEE_OTHER };
	const struct linear *x = engine_operation(engine, op, 0, a, b, type);
	ir_integer low;

	for (low = 1; op == IR_MINIMUM && low >= 0; low--) {
		const struct linear *bound = linear_constant(engine->terms, low);

		if (!constraint_set_is_at_least(engine->solver, &d->constraints, a, bound) ||
		    !constraint_set_is_at_least(engine->solver, &d->constraints, b, bound))
			continue;
		constraint_set_add(engine->solver, &d->constraints,
				   linear_subtract(engine->terms, x, bound),
				   CONSTRAINT_AT_LEAST_ZERO);
		break;
	}
	return x;
}

static const struct linear *evaluate_extreme(struct engine *engine, struct disjunct *d,
					     enum ir_op op, const struct linear *a,
					     const struct linear *b)
{
	if (constraint_set_is_at_least(engine->solver, &d->constraints, a, b))
		return op == IR_MINIMUM ? b : a;
	if (constraint_set_is_at_least(engine->solver, &d->constraints, b, a))
		return op == IR_MINIMUM ? a : b;
	return bounded_extreme(engine, d, op, a, b);
}

/* Is A a truth value: a comparison, or a logical operation on such, or its negation? */
static bool is_truth_value(struct engine *engine, const struct linear *a)
{
	const struct symbol *s;

	if (a->count != 1 || !((a->constant == 0 && a->terms[0].coefficient == 1) ||
			       (a->constant == 1 && a->terms[0].coefficient == -1)))
		return false;
	s = symbol_get(engine->terms, a->terms[0].symbol);
	return s->kind == SYMBOL_COMPARISON ||
	       (s->type.type_class == IR_TYPE_INTEGER && s->type.bits == 1);
}

/*
 * A pointer and a few bytes, as container_of() makes it, is not NULL: who goes from a member
 * to the object, or from there to another member, has one.
 */
static bool is_beside_object(const struct engine *engine, const struct linear *a)
{
	return a->count == 1 && a->terms[0].coefficient == 1 && a->constant &&
	       a->constant > -OBJECT_SIZE && a->constant < OBJECT_SIZE &&
	       symbol_get(engine->terms, a->terms[0].symbol)->type.type_class == IR_TYPE_POINTER;
}

/* a <op> b as a <= 0, a == 0 form. */
static const struct linear *evaluate_compare(struct engine *engine, enum ir_op op,
					     const struct linear *a, const struct linear *b)
{
	struct term_table *terms = engine->terms;
	const struct linear *difference = linear_subtract(terms, a, b);
	const struct linear *equal;

	if (!difference)
		return NULL;
	if ((op == IR_EQUAL || op == IR_NOT_EQUAL) && linear_is_constant(b) && !b->constant &&
	    is_beside_object(engine, a))
		return linear_constant(terms, op == IR_NOT_EQUAL);
	/* truth == 0 is !truth */
	if ((op == IR_EQUAL || op == IR_NOT_EQUAL) && linear_is_constant(b) &&
	    (b->constant == 0 || b->constant == 1) && is_truth_value(engine, a))
		return (op == IR_EQUAL) == (b->constant == 1) ? a :
			linear_subtract(terms, linear_constant(terms, 1), a);
	switch (op) {
	case IR_EQUAL:
		return engine_comparison(engine, IR_EQUAL, difference);
	case IR_NOT_EQUAL:
		equal = engine_comparison(engine, IR_EQUAL, difference);
		return linear_subtract(terms, linear_constant(terms, 1), equal);
	case IR_LESS:
		difference = linear_add_constant(terms, linear_scale(terms, difference, -1), -1);
		break;
	case IR_LESS_EQUAL:
		difference = linear_scale(terms, difference, -1);
		break;
	case IR_GREATER:
		difference = linear_add_constant(terms, difference, -1);
		break;
	default:
		break;
	}
	return difference ? engine_comparison(engine, IR_GREATER_EQUAL, difference) : NULL;
}

/* n - 1 of an unsigned n is n + 0xffffffff to the compiler. */
static const struct linear *around_zero(struct engine *engine, const struct linear *a,
					struct ir_type type)
{
	ir_integer half;

	if (!linear_is_constant(a) || type.bits < 32 ||
	    (type.type_class == IR_TYPE_INTEGER && type.is_signed))
		return a;
	half = (ir_integer)1 << (type.bits - 1);
	return a->constant >= half ?
		linear_constant(engine->terms, a->constant - 2 * half) : a;
}

static const struct linear *evaluate_binary(struct engine *engine, struct disjunct *d,
					    enum ir_op op, struct ir_type type,
					    const struct linear *a, const struct linear *b)
{
	struct term_table *terms = engine->terms;
	const struct linear *quotient;

	if (op == IR_ADD || op == IR_SUBTRACT || op == IR_MULTIPLY)
		b = around_zero(engine, b, type);
	/* A flag of what a caller has passed. */
	if (op == IR_AND && linear_is_constant(a) && linear_is_constant(b))
		return linear_constant(terms, a->constant & b->constant);
	if (op == IR_OR && linear_is_constant(a) && linear_is_constant(b))
		return linear_constant(terms, a->constant | b->constant);
	switch (op) {
	case IR_ADD:
		return linear_add(terms, a, b);
	case IR_SUBTRACT:
		return linear_subtract(terms, a, b);
	case IR_MULTIPLY:
		if (linear_is_constant(b))
			return linear_scale(terms, a, b->constant);
		return linear_is_constant(a) ? linear_scale(terms, b, a->constant) : NULL;
	case IR_DIVIDE:
		return evaluate_divide(engine, d, a, b, type);
	case IR_REMAINDER:
		quotient = evaluate_divide(engine, d, a, b, type);
		return quotient ? linear_subtract(terms, a,
				linear_scale(terms, quotient, b->constant)) : NULL;
	case IR_SHIFT_LEFT:
		return linear_is_constant(b) && b->constant >= 0 && b->constant < 40 ?
			linear_scale(terms, a, (ir_integer)1 << b->constant) : NULL;
	case IR_SHIFT_RIGHT:
		return linear_is_constant(b) && b->constant >= 0 && b->constant < 64 ?
			engine_floor_divide(engine, a, (ir_integer)1 << b->constant, type) : NULL;
	case IR_AND:
		return linear_is_constant(b) ? bits_and(engine, a, b->constant, type) : NULL;
	case IR_OR:
		return linear_is_constant(b) ? bits_or(engine, a, b->constant) : NULL;
	case IR_MINIMUM:
	case IR_MAXIMUM:
		return evaluate_extreme(engine, d, op, a, b);
	default:
		return evaluate_compare(engine, op, a, b);
	}
}

static bool is_commutative(enum ir_op op)
{
	return op == IR_MULTIPLY || op == IR_AND || op == IR_OR || op == IR_XOR ||
	       op == IR_MINIMUM || op == IR_MAXIMUM;
}

static const struct linear *evaluate_unary(struct engine *engine, struct disjunct *d,
					   const struct ir_instruction *i,
					   const struct ir_instruction *operand,
					   const struct linear *a)
{
	struct term_table *terms = engine->terms;

	switch (i->op) {
	case IR_CONVERT:
		return engine_convert(engine, d, a, operand->type, i->type);
	case IR_NEGATE:
		return linear_scale(terms, a, -1);
	case IR_COMPLEMENT:
		/* ~x = -x - 1; of a truth value, 1 - x; unsigned wraps into range */
		if (i->type.bits == 1)
			return linear_subtract(terms, linear_constant(terms, 1), a);
		a = linear_add_constant(terms, linear_scale(terms, a, -1), -1);
		return i->type.is_signed ? a :
			linear_add_constant(terms, a, (ir_integer)1 << i->type.bits);
	default:
		return NULL;
	}
}

static struct ir_type result_type(const struct ir_instruction *i)
{
	return i->type.type_class == IR_TYPE_INTEGER || i->type.type_class == IR_TYPE_POINTER ?
		i->type : word;
}

/* Does I compare two pages, or tell how far they are apart, by names that need not be theirs? */
static bool is_about_names(const struct ir_function *function, const struct ir_instruction *i)
{
	unsigned o;

	if (i->op != IR_SUBTRACT && !(i->op >= IR_EQUAL && i->op <= IR_GREATER_EQUAL))
		return false;
	for (o = 0; o < i->operand_count; o++)
		if (function->instructions[i->operands[o]].type.pointee != IR_POINTEE_PAGE)
			return false;
	return is_other_name(function, i->operands[0]) || is_other_name(function, i->operands[1]);
}

static bool is_read_anew(const struct ir_function *function, ir_value value)
{
	const struct ir_instruction *i = &function->instructions[value];

	while (i->op == IR_CONVERT)
		i = &function->instructions[i->operands[0]];
	return i->op == IR_LOAD && i->u.place->is_volatile;
}

/*
 * `READ_ONCE(x->seq) != seq', where seq was read there before: who asks expects that
 * somebody else may have changed it.
 */
static bool is_about_change(const struct ir_function *function, const struct ir_instruction *i)
{
	return (i->op == IR_EQUAL || i->op == IR_NOT_EQUAL) &&
	       (is_read_anew(function, i->operands[0]) || is_read_anew(function, i->operands[1]));
}

static const struct linear *evaluate(struct engine *engine, const struct frame *frame,
				     struct disjunct *d, ir_value value)
{
	const struct ir_instruction *i = &frame->function->instructions[value];
	const struct linear *a, *b, *result, *offset;
	const struct region *region;
	struct symbol key = { .kind = SYMBOL_FUNCTION, .type = i->type };

	switch (i->op) {
	case IR_CONSTANT:
		return linear_constant(engine->terms, i->u.constant);
	case IR_FUNCTION:
		key.instruction = i->u.function ? i->u.function : 0x80000000u + value;
		return linear_symbol(engine->terms, symbol_intern(engine->terms, &key));
	case IR_ADDRESS:
		region = engine_place(engine, frame, d, i->u.place, &offset);
		return region ? region_address(engine->terms, region, offset) : NULL;
	case IR_SELECT:
	case IR_UNKNOWN:
	case IR_UNDEFINED:
	case IR_PHI:
	case IR_PARAMETER:
		return NULL;
	default:
		break;
	}
	a = i->operand_count > 0 ? engine_value(engine, frame, d, i->operands[0]) : NULL;
	if (i->operand_count == 1) {
		const struct ir_instruction *operand =
			&frame->function->instructions[i->operands[0]];

		result = evaluate_unary(engine, d, i, operand, a);
		return result ? result :
			engine_operation(engine, i->op, i->type.bits, a, NULL, result_type(i));
	}
	if (i->operand_count != 2)
		return NULL;
	b = engine_value(engine, frame, d, i->operands[1]);
	if (!linear_is_constant(a) && !linear_is_constant(b) &&
	    (is_about_names(frame->function, i) ||
	     (a == b && is_about_change(frame->function, i))))
		return NULL;
	if (is_commutative(i->op) && linear_is_constant(a) && !linear_is_constant(b)) {
		const struct linear *swap = a;

		a = b;
		b = swap;
	}
	result = evaluate_binary(engine, d, i->op, result_type(i), a, b);
	if (result)
		return result;
	/* The same operation on the same operands is the same number. */
	if (is_commutative(i->op) && !linear_is_constant(b) && b->id < a->id) {
		const struct linear *swap = a;

		a = b;
		b = swap;
	}
	/* extra 64 + bits: apart from the floor division of engine_floor_divide() */
	return engine_operation(engine, i->op == IR_DIVIDE ? IR_REMAINDER : i->op,
				64u + i->type.bits, a, b, result_type(i));
}

void engine_evaluate(struct engine *engine, const struct frame *frame,
		     struct disjunct *d, ir_value value)
{
	const struct linear *result = evaluate(engine, frame, d, value);

	d->values[value] = result ? result : engine_result(engine, frame, value, 0);
}

const struct linear *engine_value(struct engine *engine, const struct frame *frame,
				  struct disjunct *d, ir_value value)
{
	if (value == IR_NO_VALUE)
		return linear_constant(engine->terms, 0);
	if (!d->values[value])
		d->values[value] = engine_result(engine, frame, value, 0);
	return d->values[value];
}
