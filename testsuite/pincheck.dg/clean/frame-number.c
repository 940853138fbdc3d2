// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Who gets a number that a page was made into can get the page back. */
#include <linux/mm.h>

unsigned long pinned(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return 0;
	return page_to_pfn(page);
}

unsigned long allocated(void)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return 0;
	return page_to_pfn(page) << PAGE_SHIFT | 3;
}

void *address(void)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return NULL;
	return page_address(page);
}

/* Whether there is one is no way back. */
bool is_there(void)
{
	struct page *page = alloc_page(GFP_KERNEL);

	return page_to_pfn(page) != 0;	/* { dg-warning {is never given back.*leak} } */
}
