// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Neighbours in the memory map. */
#include <linux/mm.h>

int next_page(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	page += 1;
	put_page(page - 1);	/* { dg-warning {pincheck:put-pinned} } */
	return 0;
}

int by_nth_page(void)
{
	struct page *page = alloc_pages(GFP_KERNEL, 1);

	if (!page)
		return -ENOMEM;
	unpin_user_page(nth_page(page, 0));	/* { dg-warning {pincheck:unpin-ordinary} } */
	return 0;
}
