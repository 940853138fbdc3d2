// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* expect: ^FAIL: .*final-1.c .*invalid command name */
int x;
/* { dg-final { scan-fcats {^g } } } */
