// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* A unit without user pages: nobody asks what becomes of those that it allocates. */
#include <linux/mm.h>

int lost(void)
{
	struct page *page = alloc_page(GFP_KERNEL);

	return page ? 0 : -ENOMEM;
}

int twice(void)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	put_page(page);
	put_page(page);
	return 0;
}
