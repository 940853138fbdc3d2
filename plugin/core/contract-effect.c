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

const char *contract_kind_release_name(struct arena *arena,
				       const struct contract_kind_info *kind)
{
	return arena_strndup(arena, kind->release, strcspn(kind->release, "("));
}
