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

/* Is it asked for writing?  A flag that the function adds on some of its paths is one. */
static bool is_asked_for(struct application *a, struct disjunct *d,
			 const struct contract_effect *effect)
{
	const struct contract_test *test = effect->tests;
	const struct linear *term, *mask;

	if (!effect->test_count)
		return true;
	term = conjunction_term(a, d, effect);
	switch (term ? constraint_set_test(a->engine->solver, &d->constraints, term,
					   CONSTRAINT_ZERO) : TRUTH_YES) {
	case TRUTH_YES:
		return false;
	case TRUTH_NO:
		return true;
	default:
		break;
	}
	mask = expression(a, d, test->right);
	return effect->test_count == 1 && test->kind == CONTRACT_MASK && !test->negated &&
	       test->left->op == CONTRACT_PLACE && !test->left->place.step_count &&
	       test->left->place.root == CONTRACT_PARAMETER &&
	       test->left->place.parameter < a->call->operand_count &&
	       mask && linear_is_constant(mask) &&
	       cell_may_have_bit(a->frame, a->call->operands[test->left->place.parameter],
				 mask->constant);
}

void apply_marks(struct application *a, struct disjunct *d)
{
	struct kind_knowledge knowledge;
	struct reference reference;
	const struct linear *term;
	unsigned i;

	for (i = 0; i < a->contract->effect_count; i++) {
		const struct contract_effect *effect = &a->contract->effects[i];

		if (effect->verb == CONTRACT_WRITES && is_asked_for(a, d, effect))
			cell_note_write(a->engine, a->call->location);
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
			cell_note_dirty(a->engine, d, &reference);
		else
			cell_note_dirty_somewhere(a->engine);
	}
}
