// SPDX-License-Identifier: GPL-2.0-or-later
/* What a condition says about the integers of a path. */
#include "engine.h"

/* The truth value that CONDITION is: symbol, or 1 - symbol. */
static symbol_id truth_symbol(struct engine *engine, const struct linear *condition,
			      bool *is_negated)
{
	const struct symbol *s;

	if (condition->count != 1)
		return 0;
	s = symbol_get(engine->terms, condition->terms[0].symbol);
	if (s->kind != SYMBOL_COMPARISON &&
	    !(s->kind == SYMBOL_OPERATION && s->type.bits == 1))
		return 0;
	*is_negated = condition->constant == 1 && condition->terms[0].coefficient == -1;
	if (*is_negated || (condition->constant == 0 && condition->terms[0].coefficient == 1))
		return s->id;
	return 0;
}

static bool assume_comparison(struct engine *engine, struct disjunct *d,
			      const struct symbol *s, bool truth)
{
	const struct linear *a = s->left;

	if (s->operation == IR_EQUAL)
		return constraint_set_add(engine->solver, &d->constraints, a,
					  truth ? CONSTRAINT_ZERO : CONSTRAINT_NOT_ZERO);
	if (!truth)	/* not a >= 0: -a - 1 >= 0 */
		a = linear_add_constant(engine->terms,
					linear_scale(engine->terms, a, -1), -1);
	return constraint_set_add(engine->solver, &d->constraints, a,
				  CONSTRAINT_AT_LEAST_ZERO);
}

bool engine_assume(struct engine *engine, struct disjunct *d,
		   const struct linear *condition, bool truth)
{
	const struct symbol *s;
	bool is_negated;
	symbol_id symbol;

	if (linear_is_constant(condition))
		return (condition->constant != 0) == truth;
	symbol = truth_symbol(engine, condition, &is_negated);
	if (!symbol)
		return constraint_set_add(engine->solver, &d->constraints, condition,
					  truth ? CONSTRAINT_NOT_ZERO : CONSTRAINT_ZERO);
	truth ^= is_negated;
	s = symbol_get(engine->terms, symbol);
	if (s->kind == SYMBOL_COMPARISON)
		return assume_comparison(engine, d, s, truth);
	/* a & b true, a | b false: both are decided */
	if (s->left && s->right && ((s->operation == IR_AND && truth) ||
				    (s->operation == IR_OR && !truth)))
		return engine_assume(engine, d, s->left, truth) &&
		       engine_assume(engine, d, s->right, truth);
	return constraint_set_add(engine->solver, &d->constraints,
				  linear_symbol(engine->terms, symbol),
				  truth ? CONSTRAINT_NOT_ZERO : CONSTRAINT_ZERO);
}

static void assume_or_free(struct engine *engine, struct disjunct *d,
			   const struct linear *condition, bool truth,
			   struct disjunct_list *out)
{
	if (engine_assume(engine, d, condition, truth))
		disjunct_list_add(out, d);
	else
		disjunct_free(d);
}

void engine_assume_cases(struct engine *engine, struct disjunct *d,
			 const struct linear *condition, bool truth,
			 struct disjunct_list *out)
{
	bool is_negated;
	symbol_id symbol = linear_is_constant(condition) ? 0 :
		truth_symbol(engine, condition, &is_negated);
	const struct symbol *s = symbol ? symbol_get(engine->terms, symbol) : NULL;
	bool inner = symbol ? truth ^ is_negated : truth;

	if (s && s->kind == SYMBOL_OPERATION && s->left && s->right &&
	    ((s->operation == IR_AND && !inner) || (s->operation == IR_OR && inner))) {
		/* a | b: a, or b without a;  !(a & b): !a, or a and !b */
		struct disjunct *other = disjunct_clone(d);
		struct disjunct_list rest = { 0 };
		unsigned i;

		engine_assume_cases(engine, d, s->left, inner, out);
		engine_assume_cases(engine, other, s->left, !inner, &rest);
		for (i = 0; i < rest.count; i++)
			engine_assume_cases(engine, rest.items[i], s->right, inner, out);
		disjunct_list_release(&rest);
		return;
	}
	assume_or_free(engine, d, condition, truth, out);
}
