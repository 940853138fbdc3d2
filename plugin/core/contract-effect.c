// SPDX-License-Identifier: GPL-2.0-or-later
/* What a contract amounts to, for those who write messages. */
#include <string.h>

#include "contract.h"

bool contract_is_single_page(const struct contract *contract)
{
	return contract && contract->parameter_count == 1 && !contract->is_variadic &&
	       !strcmp(contract->parameters[0], "page");
}

const char *contract_kind_release_name(struct arena *arena,
				       const struct contract_kind_info *kind)
{
	return arena_strndup(arena, kind->release, strcspn(kind->release, "("));
}
