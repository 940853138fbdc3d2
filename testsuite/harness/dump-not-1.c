// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* expect: ^FAIL: .*dump-not-1.c dump has not \{linux/types\} */
/* { dg-additional-options "-H" } */
/* { dg-dump-not {linux/types} } */
#include <linux/types.h>
