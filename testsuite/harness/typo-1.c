// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* expect: ^FAIL: .*typo-1.c .*unknown dg option */
int x;	/* { dg-warnning "never said" } */
