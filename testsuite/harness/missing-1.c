// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* expect: ^FAIL: .*missing-1.c +\(test for warnings, line 4\) */
int x;	/* { dg-warning "never said" } */
