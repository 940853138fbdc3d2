// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What holds on one side or the other, where neither holds on both; see alternative.h.
 */
#include "alternative.h"
#include "flow.h"
#include "merge.h"

#define ALTERNATIVES	3	/* of one side, kept where two paths meet */
#define CHOICES		4	/* of the first pairs */

static bool is_told_of(struct merging *m, symbol_id of)
{
	const struct symbol *s = symbol_get(m->engine->terms, of);

	if (s->kind == SYMBOL_OPERATION && s->left && s->left->count == 1)
		s = symbol_get(m->engine->terms, s->left->terms[0].symbol);
	return (s->kind == SYMBOL_LOADED || s->kind == SYMBOL_PARAMETER) &&
	       s->type.type_class == IR_TYPE_INTEGER &&
	       merge_is_on_both_sides(m, linear_symbol(m->engine->terms, of));
}

/*
 * Is constraint N of one side about something that is asked for again, a flag that was passed or stands in a field,
 * and not about what a call returned, on which the paths part once?
 */
static bool can_be_told(struct merging *m, const struct constraint_set *result, bool is_b,
			unsigned n)
{
	const struct constraint_set *set = is_b ? &m->b->constraints : &m->a->constraints;
	const struct constraint *c = &set->items[n];

	if (c->linear->count != 1 || merge_has_kept(m, result, is_b, n))
		return false;
	return is_told_of(m, c->linear->terms[0].symbol);
}

/* The constraints of one side, by number, that are not in the result as they stand. */
static uint64_t not_kept(const struct merging *m, const struct constraint_set *set, bool is_b)
{
	return (((uint64_t)1 << set->count) - 1) & ~m->kept[is_b];
}

/*
 * X holds on the side FROM and its opposite on the side TO, with Y: then X or Y.  How many
 * are kept is limited; what comes first was decided first.
 */
static void keep_alternatives(struct merging *m, struct constraint_set *result, bool is_b)
{
	const struct constraint_set *from = is_b ? &m->b->constraints : &m->a->constraints;
	const struct constraint_set *to = is_b ? &m->a->constraints : &m->b->constraints;
	uint64_t i_rest = not_kept(m, from, is_b), j_rest;
	struct constraint opposite, either;
	unsigned i, j, kept = 0;

	for (; i_rest && kept < ALTERNATIVES; i_rest &= i_rest - 1) {
		const struct constraint *x;

		i = (unsigned)__builtin_ctzll(i_rest);
		x = &from->items[i];
		if (!can_be_told(m, result, is_b, i))
			continue;
		opposite = constraint_opposite(m->engine, x);
		if (!opposite.linear || !merge_has(to, &opposite))
			continue;
		j_rest = not_kept(m, to, !is_b);
		for (; j_rest && kept < ALTERNATIVES; j_rest &= j_rest - 1) {
			const struct constraint *y;

			j = (unsigned)__builtin_ctzll(j_rest);
			y = &to->items[j];
			if (!can_be_told(m, result, !is_b, j) || merge_has(from, y) ||
			    (y->linear == opposite.linear && y->relation == opposite.relation))
				continue;
			either = alternative_of(m->engine, x, y);
			if (either.linear) {
				merge_keep(m, result, &either);
				kept++;
			}
		}
	}
}

/* Is AT, in FRAME, gone through in a loop, be it of one who calls? */
static bool is_in_loop(const struct frame *frame, ir_block_id at)
{
	ir_block_id head;

	for (; frame; frame = frame->caller) {
		if (flow_innermost_loop(frame->flow, at, &head))
			return true;
		if (frame->caller)
			at = frame->caller->function->instructions[frame->call].block;
	}
	return false;
}

/* Is one of the pairs that are looked at a constant on either side? */
static bool has_constants(const struct merging *m)
{
	unsigned i;

	for (i = 0; i < m->pair_count && i < CHOICES; i++)
		if (linear_is_constant(m->pairs[i].a) && linear_is_constant(m->pairs[i].b))
			return true;
	return false;
}

/*
 * A variable is one constant where X holds, and another one where it does not: then X or the
 * second, and not X or the first.  Of several decisions on which the sides differ it is the
 * first: the others were made because of it.
 */
void merge_choices(struct merging *m, struct constraint_set *result)
{
	const struct constraint *x = NULL;
	struct constraint opposite, is = { .relation = CONSTRAINT_ZERO }, either;
	unsigned i, side;

	/* What was set in one round says nothing in the next, and makes cases of the rounds. */
	if (!has_constants(m) || is_in_loop(m->frame, m->at))
		return;
	for (i = 0; i < m->a->constraints.count && !x; i++) {
		opposite = constraint_opposite(m->engine, &m->a->constraints.items[i]);
		if (opposite.linear && can_be_told(m, result, false, i) &&
		    merge_has(&m->b->constraints, &opposite))
			x = &m->a->constraints.items[i];
	}
	for (i = 0; x && i < m->pair_count && i < CHOICES; i++) {
		const struct pair *p = &m->pairs[i];

		if (!linear_is_constant(p->a) || !linear_is_constant(p->b))
			continue;
		for (side = 0; side < 2; side++) {
			is.linear = linear_subtract(m->engine->terms, p->x, side ? p->a : p->b);
			if (!is.linear)
				continue;
			either = alternative_of(m->engine, side ? &opposite : x, &is);
			if (either.linear)
				merge_keep(m, result, &either);
		}
	}
}

/* A number that is one constant on one side, and another one on the other, is one of both. */
static void keep_cases(struct merging *m, struct constraint_set *result)
{
	struct constraint either;
	unsigned i, j, kept = 0;

	for (i = 0; i < m->a->constraints.count && kept < ALTERNATIVES; i++) {
		const struct constraint *x = &m->a->constraints.items[i];
		symbol_id of = alternative_constants(m->engine, x);

		if (!of || merge_has_kept(m, result, false, i) || !is_told_of(m, of))
			continue;
		for (j = 0; j < m->b->constraints.count; j++) {
			const struct constraint *y = &m->b->constraints.items[j];

			if (alternative_constants(m->engine, y) != of)
				continue;
			either = alternative_of(m->engine, x, y);
			if (either.linear && alternative_constants(m->engine, &either)) {
				merge_keep(m, result, &either);
				kept++;
			}
			break;
		}
	}
}

void merge_alternatives(struct merging *m, struct constraint_set *result)
{
	keep_alternatives(m, result, false);
	keep_alternatives(m, result, true);
	keep_cases(m, result);
}
