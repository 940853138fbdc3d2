// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* { dg-additional-options "-fplugin-arg-pincheck-dump=ir" } */
/* { dg-dump {pin_user_pages_fast} } */
/* { dg-dump {unpin_user_page} } */
/* { dg-dump-not {twice} } */
#include <linux/mm.h>

int twice(int number)
{
	return 2 * number;
}

int clean(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	unpin_user_page(page);
	return 0;
}
