// SPDX-License-Identifier: GPL-2.0-or-later
/* What a condition says about the integers of a path. */
#include "alternative.h"
#include "scatter.h"

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

/* Is PAGE one that D holds for certain? */
static bool is_held_page(struct engine *engine, struct disjunct *d, const struct linear *page)
{
	const struct region_state *state;
	struct reference reference;
	symbol_id id = linear_as_symbol(page);
	unsigned h;

	if (!id || symbol_get(engine->terms, id)->kind != SYMBOL_LOADED ||
	    !reference_of_page(engine, d, page, &reference) || !reference.low)
		return false;
	state = disjunct_region(d, reference.region);
	for (h = 0; state && (!state->is_page || state->is_known) && h < state->holding_count; h++)
		if (constraint_set_is_at_least(engine->solver, &d->constraints, reference.low,
					       state->holdings[h].low) &&
		    constraint_set_is_at_least(engine->solver, &d->constraints,
					       state->holdings[h].high, reference.high))
			return true;
	return false;
}

/*
 * A is zero, or not negative: is then a page that D holds NULL, or an error pointer?  It is
 * neither.
 */
static bool denies_held_page(struct engine *engine, struct disjunct *d, const struct linear *a,
			     bool is_zero)
{
	const struct linear *page = linear_add_constant(engine->terms, a, -a->constant);

	if (is_zero && a->constant > 0 && a->count == 1 && a->terms[0].coefficient == -1)
		return denies_held_page(engine, d, linear_scale(engine->terms, a, -1), is_zero);
	return (a->constant <= -error_floor() || (is_zero && !a->constant)) &&
	       is_held_page(engine, d, page);
}

/*
 * In an array that was zeroed before, what was not taken is NULL:  page != NULL
 * says that its index is below the end of what was, page == NULL the opposite.
 */
static bool assume_taken(struct engine *engine, struct disjunct *d,
			 const struct linear *page, bool is_null)
{
	struct term_table *terms = engine->terms;
	const struct region_state *state;
	const struct symbol *s;
	const struct linear *rest;
	symbol_id id = linear_as_symbol(page);

	s = id ? symbol_get(terms, id) : NULL;
	state = s && s->kind == SYMBOL_LOADED ? disjunct_region(d, s->region) : NULL;
	if (!state || state->is_page || !state->is_zeroed || !state->is_known ||
	    state->holding_count != 1)
		return true;
	rest = linear_divide_exact(terms, s->offset, 8);
	rest = linear_subtract(terms, rest, state->holdings[0].high);
	if (!rest)
		return true;
	if (!is_null)	/* index - high <= -1 */
		rest = linear_add_constant(terms, linear_scale(terms, rest, -1), -1);
	return constraint_set_add(engine->solver, &d->constraints, rest,
				  CONSTRAINT_AT_LEAST_ZERO);
}

/*
 * A page found by an index that is not known is NULL.  It is none of those that are held,
 * as long as the path knows which those are: of one that finds nothing in any round of a loop
 * nobody can tell that it is possible.
 */
static void doubt_held(struct engine *engine, struct disjunct *d, const struct linear *page)
{
	symbol_id id = linear_as_symbol(page);
	const struct symbol *s = id ? symbol_get(engine->terms, id) : NULL;

	if (s && s->kind == SYMBOL_LOADED && s->type.pointee == IR_POINTEE_PAGE &&
	    !linear_is_constant(s->offset))
		scatter_region(engine, d, s->region, NULL);
}

/* SYMBOL is a page that is held, or a number that was made of its address. */
static bool is_of_held_page(struct engine *engine, const struct disjunct *d, symbol_id symbol)
{
	const struct region_state *state;
	struct reference reference;

	if (!reference_of_page(engine, d, linear_symbol(engine->terms, symbol), &reference))
		return false;
	state = disjunct_region(d, reference.region);
	return state && state->holding_count;
}

/* A number of the program's, as large as a pointer, not where all struct pages start. */
static bool may_lead_to_page(const struct engine *engine, symbol_id symbol)
{
	const struct symbol *s = symbol_get(engine->terms, symbol);
	const struct region *base = s->kind == SYMBOL_LOADED ? region_base(s->region) : NULL;

	return s->type.bits == 8 * POINTER_SIZE &&
	       !(base && base->kind == REGION_VARIABLE && s->type.pointee != IR_POINTEE_PAGE &&
		 engine->unit->variables[base->variable].is_global);
}

/*
 * A is zero.  Of a page whose number is what is expected it is known by that where it is:
 * `page_to_pfn(page) == first + count' is the next one of a run.
 */
static void note_expected(struct engine *engine, struct disjunct *d, const struct linear *a)
{
	unsigned i, k;

	for (i = 0; a->count > 1 && i < a->count; i++)
		for (k = 0; k < a->count; k++)
			if (k != i && may_lead_to_page(engine, a->terms[k].symbol) &&
			    is_of_held_page(engine, d, a->terms[i].symbol)) {
				scatter_page(engine, d,
					     linear_symbol(engine->terms, a->terms[i].symbol),
					     NULL);
				break;
			}
}

static bool assume_comparison(struct engine *engine, struct disjunct *d,
			      const struct symbol *s, bool truth)
{
	const struct linear *a = s->left;

	if (s->operation == IR_EQUAL && truth && denies_held_page(engine, d, a, true))
		return false;
	if (s->operation == IR_EQUAL && !assume_taken(engine, d, a, truth))
		return false;
	if (s->operation == IR_EQUAL && truth)
		doubt_held(engine, d, a);
	if (s->operation == IR_EQUAL && truth)
		note_expected(engine, d, a);
	if (s->operation == IR_EQUAL)
		return constraint_set_add(engine->solver, &d->constraints, a,
					  truth ? CONSTRAINT_ZERO : CONSTRAINT_NOT_ZERO);
	if (!truth)	/* not a >= 0: -a - 1 >= 0 */
		a = linear_add_constant(engine->terms,
					linear_scale(engine->terms, a, -1), -1);
	return !denies_held_page(engine, d, a, false) &&
	       constraint_set_add(engine->solver, &d->constraints, a,
				  CONSTRAINT_AT_LEAST_ZERO);
}

static bool decide(struct engine *engine, struct disjunct *d, symbol_id truth_value, bool truth)
{
	return constraint_set_add(engine->solver, &d->constraints,
				  linear_symbol(engine->terms, truth_value),
				  truth ? CONSTRAINT_NOT_ZERO : CONSTRAINT_ZERO);
}

bool engine_assume_only(struct engine *engine, struct disjunct *d,
			const struct linear *condition, bool truth)
{
	const struct symbol *s;
	bool is_negated;
	symbol_id symbol;

	if (linear_is_constant(condition))
		return (condition->constant != 0) == truth;
	engine_note_asked(engine, condition);
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
		return decide(engine, d, symbol, truth) &&
		       engine_assume_only(engine, d, s->left, truth) &&
		       engine_assume_only(engine, d, s->right, truth);
	return decide(engine, d, symbol, truth);
}

bool engine_assume(struct engine *engine, struct disjunct *d,
		   const struct linear *condition, bool truth)
{
	unsigned known = d->constraints.count;

	return engine_assume_only(engine, d, condition, truth) &&
	       alternatives_follow(engine, d, known);
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
	    out->count < engine->options->disjunct_limit &&
	    ((s->operation == IR_AND && !inner) || (s->operation == IR_OR && inner))) {
		/* a | b: a, or b without a;  !(a & b): !a, or a and !b */
		struct disjunct_list rest = { 0 };
		struct disjunct *other;
		unsigned i;

		/* Which of them it was may be forgotten; that it was so is asked for again. */
		if (!decide(engine, d, symbol, inner)) {
			disjunct_free(d);
			return;
		}
		other = disjunct_clone(d);
		engine_assume_cases(engine, d, s->left, inner, out);
		engine_assume_cases(engine, other, s->left, !inner, &rest);
		for (i = 0; i < rest.count; i++)
			engine_assume_cases(engine, rest.items[i], s->right, inner, out);
		disjunct_list_release(&rest);
		return;
	}
	assume_or_free(engine, d, condition, truth, out);
}
