// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a contract says of the contents of pages: that they are to be written to, that they
 * may be, and that they are marked dirty.
 *
 * Of these it is asked whether they ever happen to the pages of an acquire (cell-dirty.c), so
 * that a condition makes no cases: what may be on some path counts.
 */
#include "apply.h"
#include "cell.h"

/* The truth of the one test of EFFECT, whether bits of the argument for a parameter are set. */
static enum truth mask_truth(struct application *a, struct disjunct *d,
			     const struct contract_effect *effect)
{
	const struct contract_test *test = effect->tests;
	const struct linear *mask;
	enum truth bit;

	if (effect->test_count != 1 || test->kind != CONTRACT_MASK ||
	    test->left->op != CONTRACT_PLACE || test->left->place.step_count ||
	    test->left->place.root != CONTRACT_PARAMETER ||
	    test->left->place.parameter >= a->call->operand_count)
		return TRUTH_UNKNOWN;
	mask = expression(a, d, test->right);
	if (!mask || !linear_is_constant(mask))
		return TRUTH_UNKNOWN;
	bit = operand_bit(a->frame, a->call->operands[test->left->place.parameter], mask->constant);
	if (!test->negated || bit == TRUTH_UNKNOWN)
		return bit;
	return bit == TRUTH_YES ? TRUTH_NO : TRUTH_YES;
}

/*
 * Does the condition of EFFECT hold?  A flag that the function adds on some of its paths
 * counts as added.
 */
static enum truth is_asked_for(struct application *a, struct disjunct *d,
			       const struct contract_effect *effect)
{
	const struct linear *term;

	if (!effect->test_count)
		return TRUTH_YES;
	term = conjunction_term(a, d, effect);
	if (!term)
		return TRUTH_UNKNOWN;
	switch (constraint_set_test(a->engine->solver, &d->constraints, term, CONSTRAINT_ZERO)) {
	case TRUTH_YES:
		return TRUTH_NO;
	case TRUTH_NO:
		return TRUTH_YES;
	default:
		return mask_truth(a, d, effect);
	}
}

/* EFFECT is about the references that the call takes, and how long or for what they do. */
static void mark_acquire(struct application *a, struct disjunct *d,
			 const struct contract_effect *effect)
{
	enum truth asked = is_asked_for(a, d, effect);

	if (effect->verb == CONTRACT_BRIEF && asked != TRUTH_UNKNOWN)
		cell_note_time(a->engine, a->call->location, a->call->u.callee->name,
			       asked == TRUTH_YES);
	if (effect->verb == CONTRACT_UNWRITABLE && asked == TRUTH_YES)
		cell_note_unwritable(a->engine, a->call->location, a->call->u.callee->name);
	if (effect->verb == CONTRACT_WRITES && asked == TRUTH_YES)
		cell_note_write(a->engine, a->call->location);
}

void apply_marks(struct application *a, struct disjunct *d)
{
	struct kind_knowledge knowledge;
	struct reference reference;
	const struct linear *term;
	unsigned i;

	for (i = 0; i < a->contract->effect_count; i++) {
		const struct contract_effect *effect = &a->contract->effects[i];

		mark_acquire(a, d, effect);
		if (effect->verb == CONTRACT_USES && effect_reference(a, d, effect, &reference)) {
			reference_kinds(a->engine, d, &reference, &knowledge);
			cell_note_use(a->engine, &knowledge);
		}
		if (effect->verb != CONTRACT_DIRTIES)
			continue;
		term = effect->test_count ? conjunction_term(a, d, effect) : NULL;
		if (term && constraint_set_test(a->engine->solver, &d->constraints, term,
						CONSTRAINT_ZERO) == TRUTH_YES)
			continue;
		if (effect_reference(a, d, effect, &reference))
			cell_note_dirty(a->engine, a->frame, d, &reference,
					a->call->location);
		else
			cell_note_dirty_somewhere(a->engine);
	}
}
