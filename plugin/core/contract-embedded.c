// SPDX-License-Identifier: GPL-2.0-or-later
/* Apart from contract-set.c, because the generator of the tables links that one. */
#include "contract-set.h"

struct contract_set *contract_set_embedded(struct arena *arena)
{
	return contract_set_on_tables(arena, &contract_tables_embedded);
}
