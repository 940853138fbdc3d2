/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Binding: which contract a declaration has.
 *
 * A contract from the tables is about what the kernel's headers declare.  It
 * binds to an extern function and to a `static inline' of a header, and not to a
 * static function of the file that is compiled:
 *
 *	static void put_page(struct qib_page *p) { ... }	somebody else
 *
 * An attribute is about the declaration that it stands at, and beats the tables.
 */
#ifndef PINCHECK_BINDING_H
#define PINCHECK_BINDING_H

#include "gcc-compat.h"

#include "contract.h"

struct binding {
	struct contract_set *contracts;
	unsigned era;
	hash_map<tree, const struct contract *> known;
};

/* NULL if DECL has none.  DECL is a FUNCTION_DECL. */
const struct contract *binding_find(struct binding *binding, tree decl);

/* Is there anything that binding_find() would have to look at? */
bool binding_is_candidate(const struct binding *binding, tree decl);

/* Is it defined in a header of the unit? */
bool binding_is_in_header(tree decl);
/* ... in one that is in the directory of the main file, so that others know little of it? */
bool binding_is_in_near_header(tree decl);

/* Number of parameters of the prototype; -1 if it has none. */
int binding_parameter_count(tree decl);

/* The era of the unit as NAME says, or where that is NULL as its headers do. */
unsigned binding_choose_era(const struct contract_set *contracts, const char *name,
			    const char *gup);

#endif /* PINCHECK_BINDING_H */
