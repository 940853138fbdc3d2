/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * __attribute__((pincheck("releases pinned $1[0 .. $2)"))): a contract in the
 * source, at the declaration it is about.  On a function it is read when the
 * function is called or defined; on a field or a variable it is accepted and kept.
 * Several on one function are read as one text.
 */
#ifndef PINCHECK_ATTRIBUTES_H
#define PINCHECK_ATTRIBUTES_H

#include "gcc-compat.h"

#include "contract.h"

/* Tell GCC of the attribute.  Keeps CONTRACTS, for checking the texts. */
void attributes_register(struct contract_set *contracts);

/* When all are read: -flto would write them into the object. */
void attributes_remove(void);

bool attribute_is_on(tree decl);
/* What the attributes of the function DECL say; NULL if that is faulty (and reported). */
const struct contract *attribute_contract(struct contract_set *contracts, tree decl);

#endif /* PINCHECK_ATTRIBUTES_H */
