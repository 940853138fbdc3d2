// SPDX-License-Identifier: GPL-2.0-or-later
#include "alternative.h"
#include "component.h"

struct constraint constraint_opposite(struct engine *engine, const struct constraint *c)
{
	struct constraint opposite = *c;

	switch (c->relation) {
	case CONSTRAINT_ZERO:
		opposite.relation = CONSTRAINT_NOT_ZERO;
		break;
	case CONSTRAINT_NOT_ZERO:
		opposite.relation = CONSTRAINT_ZERO;
		break;
	default:	/* not a >= 0: -a - 1 >= 0 */
		opposite.linear = linear_scale(engine->terms, c->linear, -1);
		if (opposite.linear)
			opposite.linear = linear_add_constant(engine->terms, opposite.linear, -1);
	}
	return opposite;
}

/* The `|' or `&' of two truth values that A is; NULL: none. */
static const struct symbol *as_alternative(struct engine *engine, const struct linear *a)
{
	symbol_id id = linear_as_symbol(a);
	const struct symbol *s = id ? symbol_get(engine->terms, id) : NULL;

	return s && s->kind == SYMBOL_OPERATION && s->type.bits == 1 && s->left && s->right &&
	       (s->operation == IR_OR || s->operation == IR_AND) ? s : NULL;
}

const struct linear *constraint_truth(struct engine *engine, const struct constraint *c)
{
	const struct linear *equal;

	if (c->relation == CONSTRAINT_AT_LEAST_ZERO)
		return engine_comparison(engine, IR_GREATER_EQUAL, c->linear);
	if (c->relation == CONSTRAINT_NOT_ZERO && as_alternative(engine, c->linear))
		return c->linear;
	equal = engine_comparison(engine, IR_EQUAL, c->linear);
	return c->relation == CONSTRAINT_ZERO ? equal :
		linear_subtract(engine->terms, linear_constant(engine->terms, 1), equal);
}

struct constraint alternative_of(struct engine *engine, const struct constraint *c,
				 const struct constraint *d)
{
	static const struct ir_type truth = { IR_TYPE_INTEGER, 1, false, IR_POINTEE_OTHER };
	struct constraint either = { .relation = CONSTRAINT_NOT_ZERO };
	const struct linear *x = constraint_truth(engine, c), *y = constraint_truth(engine, d);

	if (!x || !y || linear_is_constant(x) || linear_is_constant(y))
		return either;
	either.linear = x->id < y->id ? engine_operation(engine, IR_OR, 64u + 1, x, y, truth) :
					engine_operation(engine, IR_OR, 64u + 1, y, x, truth);
	return either;
}

static enum truth told(struct engine *engine, const struct disjunct *d, const struct linear *a);

/* The same of one of two. */
static enum truth told_either(struct engine *engine, const struct disjunct *d,
			      const struct symbol *s)
{
	enum truth left, right;

	if (s->operation != IR_OR)
		return TRUTH_UNKNOWN;
	left = told(engine, d, s->left);
	if (left == TRUTH_YES)
		return left;
	right = told(engine, d, s->right);
	return right == TRUTH_NO ? left : right;
}

/* What D says of the truth value A, a comparison, or 1 - that, or one of several. */
static enum truth told(struct engine *engine, const struct disjunct *d, const struct linear *a)
{
	const struct symbol *s = as_alternative(engine, a);
	enum truth truth;
	bool is_negated;

	if (s)
		return told_either(engine, d, s);
	if (a->count != 1)
		return TRUTH_UNKNOWN;
	s = symbol_get(engine->terms, a->terms[0].symbol);
	is_negated = a->constant == 1 && a->terms[0].coefficient == -1;
	if (s->kind != SYMBOL_COMPARISON ||
	    (!is_negated && (a->constant || a->terms[0].coefficient != 1)))
		return TRUTH_UNKNOWN;
	truth = constraint_set_test(engine->solver, &d->constraints, s->left,
				    s->operation == IR_EQUAL ? CONSTRAINT_ZERO :
							       CONSTRAINT_AT_LEAST_ZERO);
	if (truth == TRUTH_UNKNOWN || !is_negated)
		return truth;
	return truth == TRUTH_YES ? TRUTH_NO : TRUTH_YES;
}

/* A value of `|' that is true, of `&' that is false; NULL: C is about no such thing. */
static const struct symbol *open_alternative(struct engine *engine, const struct constraint *c)
{
	const struct symbol *s = as_alternative(engine, c->linear);

	if (!s)
		return NULL;
	return (s->operation == IR_OR && c->relation == CONSTRAINT_NOT_ZERO) ||
	       (s->operation == IR_AND && c->relation == CONSTRAINT_ZERO) ? s : NULL;
}

/* The constraints that are open alternatives, about what those from number SINCE on tell of. */
static uint64_t find_alternatives(struct engine *engine, const struct disjunct *d, unsigned since)
{
	struct component *component = solver_component(engine->solver);
	uint64_t open = 0, found = 0, rest;
	unsigned i;

	/* There is no room: what was known is gone. */
	if (since == CONSTRAINT_LIMIT)
		since = 0;
	for (i = 0; i < d->constraints.count; i++)
		if (open_alternative(engine, &d->constraints.items[i]))
			open |= (uint64_t)1 << i;
	for (; since < d->constraints.count && open; since++) {
		component_gather(component, &d->constraints, d->constraints.items[since].linear);
		for (rest = open; rest; rest &= rest - 1) {
			i = (unsigned)__builtin_ctzll(rest);
			if (component_has(component, d->constraints.items[i].linear))
				found |= (uint64_t)1 << i;
		}
		open &= ~found;
	}
	return found;
}

bool alternatives_follow(struct engine *engine, struct disjunct *d, unsigned since)
{
	uint64_t rest = find_alternatives(engine, d, since);

	for (; rest; rest &= rest - 1) {
		const struct symbol *s =
			open_alternative(engine, &d->constraints.items[__builtin_ctzll(rest)]);
		enum truth lost = s && s->operation == IR_OR ? TRUTH_NO : TRUTH_YES;
		enum truth left, right;

		if (!s)
			continue;
		left = told(engine, d, s->left);
		right = left == TRUTH_UNKNOWN || left == lost ? told(engine, d, s->right) : left;
		if (left == lost && right == lost)
			return false;
		if (left == lost && right == TRUTH_UNKNOWN &&
		    !engine_assume_only(engine, d, s->right, lost == TRUTH_NO))
			return false;
		if (right == lost && left == TRUTH_UNKNOWN &&
		    !engine_assume_only(engine, d, s->left, lost == TRUTH_NO))
			return false;
	}
	return true;
}

/* The number that A, `x == 1 || x == 4', says is one of LIMIT constants at most; 0: none. */
static symbol_id constants_of(struct engine *engine, const struct linear *a, unsigned *limit)
{
	const struct symbol *s = as_alternative(engine, a);
	symbol_id left, right, id;

	if (s) {
		left = s->operation == IR_OR ? constants_of(engine, s->left, limit) : 0;
		right = left ? constants_of(engine, s->right, limit) : 0;
		return left == right ? left : 0;
	}
	id = linear_as_symbol(a);
	s = id ? symbol_get(engine->terms, id) : NULL;
	if (!s || s->kind != SYMBOL_COMPARISON || s->operation != IR_EQUAL ||
	    s->left->count != 1 || !*limit)
		return 0;
	--*limit;
	return s->left->terms[0].symbol;
}

symbol_id alternative_constants(struct engine *engine, const struct constraint *c)
{
	unsigned limit = ALTERNATIVE_CONSTANTS;

	if (c->relation == CONSTRAINT_ZERO && c->linear->count == 1)
		return c->linear->terms[0].symbol;
	return c->relation == CONSTRAINT_NOT_ZERO ? constants_of(engine, c->linear, &limit) : 0;
}
