// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* expect: ^FAIL: .*era-1.c .*no headers for era */
/* { dg-era 2.6 } */
int x;
