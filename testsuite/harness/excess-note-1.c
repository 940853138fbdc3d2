// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* expect: ^FAIL: .*excess-note-1.c .*test for excess errors */
#pragma message "pinned here"	/* { dg-note "pinned here" } */
#pragma message "stored here"
