// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* expect: ^XPASS: .*xpass-1.c */
#pragma GCC warning "leaks"	/* { dg-warning "leaks" "" { xfail *-*-* } } */
