/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Tests that a macro has made before, to tell of what it found; see warned.c.
 */
#ifndef PINCHECK_WARNED_H
#define PINCHECK_WARNED_H

#include "gcc-compat.h"

/*
 * CONDITION, at the end of BLOCK, asks a second time for what a macro has told of: whether
 * that was the case where CONDITION is true (1) or false (2); 0: it asks for the first time.
 */
unsigned warned_side(const gcond *condition, basic_block block);

#endif /* PINCHECK_WARNED_H */
