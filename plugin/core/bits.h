/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Numbers as sets of bits, as far as terms can say it.
 *
 * Values have no bits in the analysis.  A mask of neighbouring low or high bits is a
 * remainder or a multiple, which is linear; any other is a symbol of its own, and the same
 * one however the bits that it asks for have come there:
 *
 *	if (flags & USER)
 *		pin_user_pages_fast(addr, 1, 0, &page);
 *	obj->flags = flags | DONE;
 *	...
 *	if (obj->flags & USER)		has gone the same way
 */
#ifndef PINCHECK_BITS_H
#define PINCHECK_BITS_H

#include "engine.h"

/* A & MASK, which is not negative, as a number of TYPE. */
const struct linear *bits_and(struct engine *engine, const struct linear *a, ir_integer mask,
			      struct ir_type type);
/* A | BITS; NULL: a number of its own. */
const struct linear *bits_or(struct engine *engine, const struct linear *a, ir_integer bits);

/* What A was before bits were or-ed to it, which are added to *BITS. */
const struct linear *bits_without(struct engine *engine, const struct linear *a,
				  ir_integer *bits);
/* A with other BITS than before, or not, as WHETHER says, a symbol of 0 or 1. */
const struct linear *bits_perhaps(struct engine *engine, const struct linear *a,
				  ir_integer bits, const struct linear *whether,
				  struct ir_type type);

#endif
