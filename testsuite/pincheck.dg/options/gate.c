// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* { dg-additional-options "-fplugin-arg-pincheck-verbose" } */
/* { dg-dump {^pincheck: .*gate\.c: left at the gate} } */
/* A unit that has nothing to do with pages is left alone. */
int twice(int number)
{
	return 2 * number;
}
