// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* expect: ^FAIL: .*option-1.c .*unrecognized command-line option */
/* { dg-options "-fno-such-thing" } */
int x;	/* { dg-error "unrecognized command-line option" "" { target *-*-* } 0 } */
