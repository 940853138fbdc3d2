// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* expect: ^FAIL: .*dump-1.c dump has \{never printed\} */
/* { dg-dump {never printed} } */
int x;
