/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The value of a macro that is a constant, as far as the kernel's headers need
 * it:
 *
 *	#define FOLL_WRITE	0x01
 *	#define ___GFP_ZERO	BIT(___GFP_ZERO_BIT)
 *	#define __GFP_ZERO	((__force gfp_t)___GFP_ZERO)
 *
 * Numbers, enumerators, other such macros, parentheses, casts, <<, |, + and -.
 */
#ifndef PINCHECK_MACRO_VALUE_H
#define PINCHECK_MACRO_VALUE_H

#include "gcc-compat.h"

/* Find the value of an identifier that is no macro.  False: it has none. */
typedef bool (*macro_enumerator)(const char *name, int64_t *value);

/* False if NAME is no macro, or is not understood. */
bool macro_value(const char *name, macro_enumerator enumerator, int64_t *value);

#endif /* PINCHECK_MACRO_VALUE_H */
