// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* { dg-additional-options "-fdiagnostics-parseable-fixits" } */
/* { dg-dump {fix-it.c":\{13:2-13:10\}:"unpin_user_page"} } */
#include <linux/mm.h>

int buggy(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	put_page(page);	/* { dg-warning {pincheck:put-pinned} } */
	return 0;
}
