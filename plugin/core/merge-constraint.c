// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What has been established on either side, in one.
 *
 * A constraint of one side survives if the other side entails it, with the new
 * symbols put in its place; at a loop head only those of the side that was there
 * before are asked for from WIDENING_ROUND on, so that the set can only shrink
 * (widening: Cousot and Halbwachs, POPL 1978).
 */
#include <string.h>

#include "flow.h"
#include "merge.h"

static bool is_previous(const struct symbol *symbol, void *argument)
{
	(void)argument;
	return symbol->kind == SYMBOL_PREVIOUS;
}

static bool has_previous(struct merging *m, const struct linear *a)
{
	unsigned i;

	/* Depth does not matter here: what was aged was aged from the outside in. */
	for (i = 0; i < a->count; i++)
		if (is_previous(symbol_get(m->engine->terms, a->terms[i].symbol), NULL))
			return true;
	return false;
}

/* A with the new symbols replaced by what they are on one side. */
static const struct linear *on_side(struct merging *m, const struct linear *a, bool is_b)
{
	unsigned i;

	for (i = 0; a && i < m->pair_count; i++)
		if (a->signature & symbol_signature(m->pairs[i].symbol) &&
		    m->pairs[i].x != (is_b ? m->pairs[i].b : m->pairs[i].a))
			a = linear_substitute(m->engine->terms, a, m->pairs[i].symbol,
					      is_b ? m->pairs[i].b : m->pairs[i].a);
	return a;
}

/* Is A what it is on either side? */
bool merge_is_on_both_sides(struct merging *m, const struct linear *a)
{
	return on_side(m, a, true) == a && on_side(m, a, false) == a;
}

/* What the constraints of one side are about is noted when it is first asked for. */
static const struct symbol_set *spoken_of(struct merging *m, bool is_b)
{
	const struct constraint_set *set = is_b ? &m->b->constraints : &m->a->constraints;
	struct symbol_set *symbols = &m->engine->spoken_of[is_b];
	unsigned i, t;

	if (m->is_noted[is_b])
		return symbols;
	m->is_noted[is_b] = true;
	symbol_set_clear(symbols, m->engine->terms);
	for (i = 0; i < set->count; i++)
		for (t = 0; t < set->items[i].linear->count; t++)
			symbol_set_add(symbols, set->items[i].linear->terms[t].symbol);
	return symbols;
}

/* Has one side anything to say about each number of A?  That is quicker to see. */
static bool is_spoken_of(struct merging *m, bool is_b, const struct linear *a)
{
	const struct symbol_set *symbols = spoken_of(m, is_b);
	unsigned i;

	for (i = 0; i < a->count; i++) {
		symbol_id symbol = a->terms[i].symbol;

		if (!symbol_set_has(symbols, symbol) &&
		    symbol_get(m->engine->terms, symbol)->kind != SYMBOL_OPERATION)
			return false;
	}
	return true;
}

static bool holds(struct merging *m, const struct constraint *c, bool is_b)
{
	const struct constraint_set *set = is_b ? &m->b->constraints : &m->a->constraints;
	const struct linear *linear = on_side(m, c->linear, is_b);

	return linear && is_spoken_of(m, is_b, linear) &&
	       constraint_set_test(m->engine->solver, set, linear, c->relation) == TRUTH_YES;
}

void merge_keep(struct merging *m, struct constraint_set *result, const struct constraint *c)
{
	if (result->count == CONSTRAINT_LIMIT ||
	    (m->filter & merge_filter_bit(c) && merge_has(result, c)))
		return;
	result->items[result->count++] = *c;
	m->filter |= merge_filter_bit(c);
}

/* C was known before the loop, which has not asked about it in its first round. */
static bool is_of_others(const struct merging *m, const struct constraint *c)
{
	return merge_has(&m->a->constraints, c) &&
	       !engine_has_asked(m->engine, c->linear, m->a->kept_since);
}

/*
 * C holds where the counter X is still the number SIDE; perhaps that is why:
 * n - 1 >= 0 where i = 1 was n - i >= 0.
 */
static void keep_counted(struct merging *m, struct constraint_set *result,
			 const struct constraint *c, const struct pair *p,
			 const struct linear *side)
{
	struct term_table *terms = m->engine->terms;
	struct constraint g = *c;

	if (c->relation != CONSTRAINT_AT_LEAST_ZERO || !side->constant ||
	    c->linear->constant != -side->constant || is_of_others(m, c))
		return;
	g.linear = linear_subtract(terms, linear_add(terms, c->linear, side), p->x);
	if (g.linear && holds(m, &g, false) && holds(m, &g, true))
		merge_keep(m, result, &g);
}

/*
 * How far X has come in this round, and no more: nothing in the loop keeps it from going on.
 */
static bool is_how_far(struct merging *m, const struct pair *p, const struct constraint *g)
{
	const struct symbol *s = symbol_get(m->engine->terms, p->symbol);

	return m->is_loop && g->linear->count == 1 && g->linear->constant && s->instruction &&
	       flow_only_counts(m->frame->flow, m->at, s->instruction);
}

/*
 * C holds on one side.  Say it with the new symbols: where that side's value of a
 * pair is s + rest, s a symbol, put X - rest for s.
 */
static void keep_rewritten(struct merging *m, struct constraint_set *result,
			   const struct constraint *c, bool is_b)
{
	struct term_table *terms = m->engine->terms;
	unsigned i, t;

	for (i = 0; i < m->pair_count; i++) {
		const struct pair *p = &m->pairs[i];
		const struct linear *side = is_b ? p->b : p->a;

		if (side == p->x)
			continue;
		if (m->is_loop && !side->count)
			keep_counted(m, result, c, p, side);
		if (!(side->signature & c->linear->signature))
			continue;
		for (t = 0; t < side->count; t++) {
			symbol_id s = side->terms[t].symbol;
			ir_integer k = side->terms[t].coefficient;
			const struct linear *by;
			struct constraint g = *c;

			if ((k != 1 && k != -1) || !linear_coefficient(c->linear, s))
				continue;
			/* s = (X - rest) / k */
			by = linear_subtract(terms, p->x, side);
			by = linear_add(terms, linear_scale(terms, by, k),
					linear_symbol(terms, s));
			g.linear = by ? linear_substitute(terms, c->linear, s, by) : NULL;
			if (!g.linear || linear_is_constant(g.linear) || has_previous(m, g.linear) ||
			    is_how_far(m, p, &g))
				continue;
			if (holds(m, &g, false) && holds(m, &g, true))
				merge_keep(m, result, &g);
		}
	}
}

/* Is X counted up or down in each round of the loop? */
static bool is_counter(struct merging *m, const struct pair *p)
{
	const struct symbol *s = symbol_get(m->engine->terms, p->symbol);
	const struct linear *step;
	const struct ir_instruction *i;
	unsigned o;

	if (!m->is_loop)
		return false;
	/* As in a variable in memory; of two constants one may have been set. */
	if (!s->instruction) {
		step = linear_is_constant(p->a) ? NULL :
			linear_subtract(m->engine->terms, p->b, p->a);
		return step && linear_is_constant(step);
	}
	i = &m->frame->function->instructions[s->instruction];
	for (o = 0; i->op == IR_PHI && i->block == m->at && o < i->operand_count; o++)
		if (i->operands[o] != s->instruction &&
		    flow_counter(m->frame->flow, m->at, i->operands[o]) == s->instruction)
			return true;
	return false;
}

/* X does not go below, or above, where it started. */
static void keep_direction(struct merging *m, struct constraint_set *result,
			   const struct pair *p)
{
	struct term_table *terms = m->engine->terms;
	const struct linear *sides[2] = { p->a, p->b };
	/* How far a counter has come in this round is no limit to the next. */
	unsigned side_count = is_counter(m, p) ? 1 : 2, side, sign;

	for (side = 0; side < side_count; side++) {
		if (sides[side] == p->x || has_previous(m, sides[side]))
			continue;
		for (sign = 0; sign < 2; sign++) {
			struct constraint g = {
				.relation = CONSTRAINT_AT_LEAST_ZERO,
				.linear = sign ? linear_subtract(terms, sides[side], p->x) :
						 linear_subtract(terms, p->x, sides[side]),
			};

			/* On the side that it is from, it holds. */
			if (g.linear && !linear_is_constant(g.linear) &&
			    holds(m, &g, side == 0) && holds(m, &g, side == 1))
				merge_keep(m, result, &g);
		}
	}
}

/* An error on either side, or none: X has a sign. */
static void keep_sign(struct merging *m, struct constraint_set *result, const struct pair *p)
{
	struct constraint g = { .relation = CONSTRAINT_AT_LEAST_ZERO, .linear = p->x };
	unsigned sign;

	/* A constant is a direction. */
	if (m->is_loop || linear_is_constant(p->a) || linear_is_constant(p->b) ||
	    symbol_get(m->engine->terms, p->symbol)->type.type_class != IR_TYPE_INTEGER)
		return;
	for (sign = 0; sign < 2; sign++) {
		if (g.linear && holds(m, &g, false) && holds(m, &g, true))
			merge_keep(m, result, &g);
		g.linear = linear_scale(m->engine->terms, p->x, -1);
	}
}

static bool is_number(const struct linear *a, ir_integer number)
{
	return linear_is_constant(a) && a->constant == number;
}

/* Is anything known of X on either side, be it one number? */
static bool can_be_apart(struct merging *m, const struct pair *p)
{
	const struct linear *a = on_side(m, p->x, false), *b = on_side(m, p->x, true);

	return a && b && is_spoken_of(m, false, a) && is_spoken_of(m, true, b);
}

/*
 * X, here one number and there another, is none of those between the two: errnos are told
 * from each other by ==.
 */
static void keep_apart(struct merging *m, struct constraint_set *result, const struct pair *p)
{
	struct constraint g = { .relation = CONSTRAINT_NOT_ZERO };
	const struct frame *frame;
	const ir_integer *numbers;
	unsigned count, i;

	if ((!linear_is_constant(p->a) && !linear_is_constant(p->b)) || is_counter(m, p) ||
	    !can_be_apart(m, p))
		return;
	for (frame = m->frame; frame; frame = frame->caller) {
		count = flow_compared(frame->flow, &numbers);
		for (i = 0; i < count; i++) {
			if (is_number(p->a, numbers[i]) || is_number(p->b, numbers[i]))
				continue;
			g.linear = linear_add_constant(m->engine->terms, p->x, -numbers[i]);
			if (g.linear && holds(m, &g, false) && holds(m, &g, true) &&
			    constraint_set_test(m->engine->solver, result, g.linear,
						g.relation) != TRUTH_YES)
				merge_keep(m, result, &g);
		}
	}
}

/* P and SIGN times Q are the same number on either side. */
static void keep_relation(struct merging *m, struct constraint_set *result,
			  const struct pair *p, const struct pair *q, ir_integer sign)
{
	struct term_table *terms = m->engine->terms;
	const struct linear *(*combine)(struct term_table *table, const struct linear *a,
					const struct linear *b) =
		sign < 0 ? linear_subtract : linear_add;
	const struct linear *a = combine(terms, p->a, q->a);
	struct constraint g = { .relation = CONSTRAINT_ZERO };

	if (!a || combine(terms, p->b, q->b) != a || has_previous(m, a))
		return;
	g.linear = combine(terms, p->x, q->x);
	g.linear = g.linear ? linear_subtract(terms, g.linear, a) : NULL;
	if (g.linear && !linear_is_constant(g.linear))
		merge_keep(m, result, &g);
}

static bool is_constant(const struct pair *p)
{
	return linear_is_constant(p->a) && linear_is_constant(p->b);
}

/*
 * Two pairs that move together: their difference stays.  If one goes up by what the
 * other goes down, `taken += ret; left -= ret', their sum does.
 */
static void keep_relations(struct merging *m, struct constraint_set *result,
			   const struct pair *p, const struct pair *q)
{
	keep_relation(m, result, p, q, -1);
	if (!is_constant(p) && !is_constant(q))
		keep_relation(m, result, p, q, 1);
}

/* What C says is at least one, of numbers that have no sign; NULL: it says no such thing. */
static const struct linear *at_least_one(struct merging *m, const struct constraint *c)
{
	unsigned i;

	for (i = 0; i < c->linear->count; i++)
		if (c->linear->terms[i].coefficient != 1 ||
		    symbol_get(m->engine->terms, c->linear->terms[i].symbol)->type.is_signed)
			return NULL;
	if (c->relation == CONSTRAINT_NOT_ZERO && c->linear->count == 1 && !c->linear->constant)
		return c->linear;
	if (c->relation == CONSTRAINT_AT_LEAST_ZERO && c->linear->constant == -1)
		return linear_add_constant(m->engine->terms, c->linear, 1);
	return NULL;
}

/* Is each number in A, a sum of those without a sign, zero by what SET says itself? */
static bool is_none(struct merging *m, const struct constraint_set *set, const struct linear *a)
{
	struct constraint zero = { .relation = CONSTRAINT_ZERO };
	unsigned i;

	for (i = 0; i < a->count; i++) {
		zero.linear = linear_symbol(m->engine->terms, a->terms[i].symbol);
		if (!zero.linear || !merge_has(set, &zero))
			return false;
	}
	return true;
}

/*
 * `if (a || b)': where one of the two was not asked for any more, it was the first that is
 * not zero, and where it was, the first is zero.
 */
static void keep_either(struct merging *m, struct constraint_set *result, bool is_b)
{
	const struct constraint_set *from = is_b ? &m->b->constraints : &m->a->constraints;
	const struct constraint_set *to = is_b ? &m->a->constraints : &m->b->constraints;
	struct constraint g = { .relation = CONSTRAINT_AT_LEAST_ZERO };
	const struct linear *x, *y;
	unsigned i, j;

	for (i = 0; i < from->count; i++) {
		x = merge_has_kept(m, result, is_b, i) ? NULL : at_least_one(m, &from->items[i]);
		if (!x || !is_none(m, to, x))
			continue;
		for (j = 0; j < to->count; j++) {
			y = merge_has_kept(m, result, !is_b, j) ? NULL :
								  at_least_one(m, &to->items[j]);
			if (!y || y->count != 1 || !merge_is_on_both_sides(m, x) ||
			    !merge_is_on_both_sides(m, y))
				continue;
			/* One is at least one, the other not below zero. */
			g.linear = linear_add(m->engine->terms, x, y);
			if (g.linear)
				g.linear = linear_add_constant(m->engine->terms, g.linear, -1);
			if (g.linear)
				merge_keep(m, result, &g);
		}
	}
}

/* The number of C in SET, looked for behind LAST first; the count of SET: it is not there. */
static unsigned find_constraint(const struct constraint_set *set, const struct constraint *c,
				unsigned last)
{
	unsigned i, n;

	for (i = 1; i <= set->count; i++) {
		n = (last + i) % set->count;
		if (set->items[n].linear == c->linear && set->items[n].relation == c->relation)
			return n;
	}
	return set->count;
}

/*
 * A loses C.  It covers no more by that if nobody can ask for what C is about: the result of a
 * call, say, that has been looked at.
 */
static void note_lost(struct merging *m, const struct constraint *c)
{
	if (m->changed || !m->is_loop)
		return;
	merge_mark(m);
	m->changed = engine_is_marked(m->engine, c->linear);
}

void merge_constraints(struct merging *m)
{
	bool is_widening = m->is_loop && m->round >= WIDENING_ROUND;
	struct constraint_set result = { 0 };
	unsigned i, j, next = 0;

	for (i = 0; i < m->a->constraints.count; i++) {
		const struct constraint *c = &m->a->constraints.items[i];

		next = find_constraint(&m->b->constraints, c, next);
		/* The old meaning of a pair's symbol is gone unless it holds for both. */
		if ((next < m->b->constraints.count && on_side(m, c->linear, true) == c->linear) ||
		    holds(m, c, true)) {
			merge_keep(m, &result, c);
			m->kept[0] |= (uint64_t)1 << i;
			if (next < m->b->constraints.count)
				m->kept[1] |= (uint64_t)1 << next;
		} else {
			note_lost(m, c);
		}
	}
	/* Room is for what both sides know first. */
	for (i = 0; !is_widening && i < m->a->constraints.count; i++)
		keep_rewritten(m, &result, &m->a->constraints.items[i], false);
	for (i = 0; !is_widening && i < m->b->constraints.count; i++) {
		const struct constraint *c = &m->b->constraints.items[i];

		if (!m->is_loop && !merge_has_kept(m, &result, true, i) && holds(m, c, false) &&
		    on_side(m, c->linear, true) == c->linear)
			merge_keep(m, &result, c);
		keep_rewritten(m, &result, c, true);
	}
	for (i = 0; !is_widening && i < m->pair_count && i < 12; i++) {
		keep_direction(m, &result, &m->pairs[i]);
		keep_sign(m, &result, &m->pairs[i]);
		for (j = i + 1; j < m->pair_count && j < 12; j++)
			keep_relations(m, &result, &m->pairs[i], &m->pairs[j]);
	}
	if (!m->is_loop) {
		keep_either(m, &result, false);
		keep_either(m, &result, true);
		merge_alternatives(m, &result);
	}
	for (i = 0; !is_widening && i < m->pair_count && i < 12; i++)
		keep_apart(m, &result, &m->pairs[i]);
	if (!m->is_loop)
		merge_choices(m, &result);
	m->a->constraints.count = result.count;
	memcpy(m->a->constraints.items, result.items, result.count * sizeof(result.items[0]));
}
