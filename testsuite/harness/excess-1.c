// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* expect: ^FAIL: .*excess-1.c .*test for excess errors */
#pragma GCC warning "leaks"
