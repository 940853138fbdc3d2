/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pages, and numbers that stand for them.
 *
 * A contract says `returns same page' where a function gives back another name of
 * what holds the references: the head page, the folio.  For references both names
 * are one; as pointers they differ, by as much as the page lies inside its folio:
 *
 *	folio = page_folio(pages[0]);
 *	if (pages[0] == &folio->page)		may hold, or not
 *		...
 *	n = pages[i] - &folio->page;		any number
 *
 * The terms of both being one, what compares or subtracts them must not be computed.
 */
#ifndef PINCHECK_HEAD_H
#define PINCHECK_HEAD_H

#include "ir.h"

/*
 * Does VALUE of FUNCTION, followed through conversions and merges, come out of a
 * call that returns what it got under another name?
 */
bool is_other_name(const struct ir_function *function, ir_value value);

#endif
