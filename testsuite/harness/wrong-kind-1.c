// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* expect: ^FAIL: .*wrong-kind-1.c .*test for errors, line 4 */
#pragma GCC warning "leaks"	/* { dg-error "leaks" } */
