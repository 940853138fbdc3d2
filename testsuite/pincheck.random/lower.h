/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parts of the lowering, and what the two writers of a program have in common. */
#ifndef LOWER_H
#define LOWER_H

#include "program.h"

#define LOCAL_ELEMENTS	8

extern const char *const variable_names[VAR_COUNT];

/* Where FUNCTION, before it is pruned, uses phis with one value, let it use that. */
void function_replace_phis(struct ir_function *function);

#endif /* LOWER_H */
