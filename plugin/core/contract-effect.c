// SPDX-License-Identifier: GPL-2.0-or-later
/* What a contract amounts to. */
#include <string.h>

#include "contract.h"

bool contract_is_single_page(const struct contract *contract)
{
	return contract && contract->parameter_count == 1 && !contract->is_variadic &&
	       !strcmp(contract->parameters[0], "page");
}

bool contract_allocates_result(const struct contract *contract)
{
	unsigned i;

	for (i = 0; contract && i < contract->effect_count; i++) {
		const struct contract_effect *effect = &contract->effects[i];

		if (effect->verb == CONTRACT_ALLOCATES && effect->place.root == CONTRACT_RETURN &&
		    !effect->place.step_count)
			return true;
	}
	return false;
}

bool contract_frees_only(const struct contract *contract)
{
	unsigned i;

	for (i = 0; contract && i < contract->effect_count; i++)
		if (contract->effects[i].verb != CONTRACT_FREES)
			return false;
	return contract && contract->effect_count;
}

bool contract_has_verb(const struct contract *contract, enum contract_verb verb)
{
	unsigned i;

	for (i = 0; contract && i < contract->effect_count; i++)
		if (contract->effects[i].verb == verb)
			return true;
	return false;
}

bool contract_verb_is_result(enum contract_verb verb)
{
	switch (verb) {
	case CONTRACT_RETURNS_SAME:
	case CONTRACT_RETURNS_ANOTHER:
	case CONTRACT_RETURNS_INSIDE:
	case CONTRACT_RETURNS_PLACE:
	case CONTRACT_RETURNS_RANGE:
	case CONTRACT_RETURNS_TRUE:
		return true;
	default:
		return false;
	}
}

static bool is_about_result(const struct contract_test *test)
{
	return test->left && test->left->op == CONTRACT_PLACE &&
	       test->left->place.root == CONTRACT_RETURN && !test->left->place.step_count;
}

bool contract_fails_by_null(const struct contract *contract)
{
	bool is_null = false;
	unsigned i, t;

	for (i = 0; i < contract->effect_count; i++)
		for (t = 0; t < contract->effects[i].test_count; t++) {
			const struct contract_test *test = &contract->effects[i].tests[t];

			if (test->kind == CONTRACT_IS_ERROR && is_about_result(test))
				return false;
			is_null |= test->kind == CONTRACT_IS_NULL && is_about_result(test);
		}
	return is_null;
}

const char *contract_kind_release_name(struct arena *arena,
				       const struct contract_kind_info *kind)
{
	return arena_strndup(arena, kind->release, strcspn(kind->release, "("));
}
