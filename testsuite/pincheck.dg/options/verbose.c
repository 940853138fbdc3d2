// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* { dg-additional-options "-fplugin-arg-pincheck-verbose" } */
/* { dg-note {pincheck: era pin, 1 functions, 0 given up} "" { target *-*-* } 0 } */
/* { dg-prune-output {note: \(\d+\)} } */
#include <linux/mm.h>

int buggy(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	put_page(page);	/* { dg-warning {pincheck:put-pinned} } */
	return 0;
}
