/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Selection: whether a unit concerns us at all, and which of its functions.
 *
 * A function is selected when it calls one that does something to a page, or is
 * connected with such a function by direct calls: its callers, up to the roots,
 * and what these call with a pointer to pass or to get back.
 *
 * Functions are connected by memory, too: one that takes pages and keeps them in
 * a field, and another one that finds them there.
 *
 *	obj->pages = pages;		selected: pins them before
 *	list = obj->pages;		selected: the same field
 *	kfree(obj);			selected: frees a record with that field
 *
 * Containers (see contract.h) connect nothing.
 */
#ifndef PINCHECK_SELECT_H
#define PINCHECK_SELECT_H

#include "gcc-compat.h"

#include "binding.h"

/*
 * Does the unit mention a function that takes or gives references, or one with
 * an attribute of ours?  Called for every unit that is compiled, and has to be
 * cheap.
 */
bool select_concerns_unit(struct binding *binding);

/* The functions to lower, in the order of the unit. */
void select_functions(struct binding *binding, vec<cgraph_node *> *selection);

#endif /* PINCHECK_SELECT_H */
