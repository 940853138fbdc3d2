// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* expect: ^FAIL: .*wrong-line-1.c .*test for warnings, line 4 */
/* { dg-warning "leaks" } */
#pragma GCC warning "leaks"
