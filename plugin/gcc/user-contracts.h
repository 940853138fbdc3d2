/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Contract files that the user names on the command line.
 */
#ifndef PINCHECK_USER_CONTRACTS_H
#define PINCHECK_USER_CONTRACTS_H

#include "gcc-compat.h"

#include "contract.h"

/*
 * Read FILE into CONTRACTS.  A mistake in it is an error in GCC's own form,
 * with the line.  Keeps FILE.
 */
void user_contracts_read(struct contract_set *contracts, const char *file);

/* Tell -MD of the files that were read.  Once the preprocessor is set up. */
void user_contracts_add_dependencies(void);

#endif /* PINCHECK_USER_CONTRACTS_H */
