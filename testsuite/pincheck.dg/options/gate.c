// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* { dg-additional-options "-fplugin-arg-pincheck-verbose" } */
/* { dg-note {pincheck: no page references in this unit} "" { target *-*-* } 0 } */
/* A unit that has nothing to do with pages is left alone. */
int twice(int number)
{
	return 2 * number;
}
