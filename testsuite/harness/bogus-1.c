// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* expect: ^FAIL: .*bogus-1.c .*test for bogus messages, line 4 */
#pragma GCC warning "leaks"	/* { dg-bogus "leaks" } */
