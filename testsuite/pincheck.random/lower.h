/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the two writers of a program, as page IR and as C, have in common. */
#ifndef LOWER_H
#define LOWER_H

#include "program.h"

#define LOCAL_ELEMENTS	8

extern const char *const variable_names[VAR_COUNT];

#endif /* LOWER_H */
