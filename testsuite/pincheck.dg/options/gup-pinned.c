// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* { dg-additional-options "-fplugin-arg-pincheck-gup=pinned" } */
/* On a new tree: which users of get_user_pages() are there to be converted? */
#include <linux/mm.h>

int to_be_converted(unsigned long start)
{
	struct page *page;

	if (get_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	put_page(page);		/* { dg-warning {pincheck:put-pinned} } */
	return 0;
}

int ordinary_all_the_same(void)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	put_page(page);
	return 0;
}
