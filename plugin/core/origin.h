/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where the page of a value can come from at all, by the text of its function; see origin.c. */
#ifndef PINCHECK_ORIGIN_H
#define PINCHECK_ORIGIN_H

#include "contract.h"
#include "ir.h"

/*
 * The kinds, as a bit set, of all pages that PAGE of FUNCTION, in UNIT, can be, whatever the path;
 * 0: there may be others.
 */
uint8_t origin_kinds(const struct ir_unit *unit, const struct ir_function *function,
		     ir_value page);

#endif /* PINCHECK_ORIGIN_H */
