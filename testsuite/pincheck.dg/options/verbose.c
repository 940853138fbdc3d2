// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* { dg-additional-options "-fplugin-arg-pincheck-verbose" } */
/* { dg-dump {^pincheck: .*verbose\.c: analysed [0-9]+ functions, gave up 0, 1 findings?} } */
#include <linux/mm.h>

int buggy(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	put_page(page);	/* { dg-warning {pincheck:put-pinned} } */
	return 0;
}
