// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* expect: ^FAIL: .*twice-1.c \(said twice: */
/* { dg-options "-ftrack-macro-expansion=0" } */
#define W _Pragma("GCC warning \"again\"")
#define WW W W
WW	/* { dg-warning "again" } */
