// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* A page is looked at when it is nobody's any more. */
#include <linux/highmem.h>
#include <linux/mm.h>

int dirtied(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	unpin_user_page(page);
	set_page_dirty_lock(page);	/* { dg-warning {pincheck:use-after-release} } */
	return 0;
}

int mapped(unsigned long start)
{
	struct page *page;
	void *address;

	if (get_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	put_page(page);
	address = kmap_local_page(page);	/* { dg-warning {pincheck:use-after-release} } */
	kunmap_local(address);
	return 0;
}

int looped(unsigned long start)
{
	struct page *pages[8];
	int pinned = pin_user_pages_fast(start, 8, FOLL_WRITE, pages), i;

	if (pinned <= 0)
		return -EFAULT;
	unpin_user_pages(pages, pinned);
	for (i = 0; i < pinned; i++)
		set_page_dirty_lock(pages[i]);	/* { dg-warning {pincheck:use-after-release} } */
	return 0;
}

int clean(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	set_page_dirty_lock(page);
	unpin_user_page(page);
	return 0;
}

int clean_loop(unsigned long start)
{
	struct page *pages[8];
	int pinned = pin_user_pages_fast(start, 8, FOLL_WRITE, pages), i;

	for (i = 0; i < pinned; i++) {
		set_page_dirty_lock(pages[i]);
		unpin_user_page(pages[i]);
	}
	return 0;
}
