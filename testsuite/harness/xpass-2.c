// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* expect: ^XPASS: .*xpass-2.c \(no failure, but xpass-2.c.xfail expects one */
int x;
