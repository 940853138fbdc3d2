/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Functions that are called through a table: `.release = foo' in the static
 * initialiser of a `struct file_operations'.
 */
#ifndef PINCHECK_STATIC_CALLEES_H
#define PINCHECK_STATIC_CALLEES_H

#include "lower.h"

/* Fill ir_unit.static_callees for the functions that are SELECTION. */
void static_callees_collect(struct lower_unit *unit, const vec<cgraph_node *> &selection);

#endif /* PINCHECK_STATIC_CALLEES_H */
