// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* expect: ^FAIL: .*operand-1.c .*bad line */
int x;	/* { dg-warning "never said" "" { target *-*-* } near } */
