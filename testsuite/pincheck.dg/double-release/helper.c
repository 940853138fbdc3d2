// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* A helper of the same unit has given the pages back already. */
#include <linux/mm.h>

static __attribute__((noinline)) void drop(struct page **pages, int count, bool dirty)
{
	if (dirty)
		unpin_user_pages_dirty_lock(pages, count, true);
	else
		unpin_user_pages(pages, count);
}

static __attribute__((noinline)) void drop_one(struct page *page)
{
	set_page_dirty_lock(page);
	unpin_user_page(page);
}

int array(unsigned long start)
{
	struct page *pages[8];
	int pinned = pin_user_pages_fast(start, 8, 0, pages);

	if (pinned <= 0)
		return -EFAULT;
	drop(pages, pinned, start & 1);
	unpin_user_pages(pages, pinned);	/* { dg-warning {pincheck:double-release} } */
	return 0;
}

int single(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	drop_one(page);
	unpin_user_page(page);	/* { dg-warning {pincheck:double-release} } */
	return 0;
}

int clean_array(unsigned long start)
{
	struct page *pages[8];
	int pinned = pin_user_pages_fast(start, 8, 0, pages);

	if (pinned <= 0)
		return -EFAULT;
	drop(pages, pinned, start & 1);
	return 0;
}

int clean_single(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	drop_one(page);
	return 0;
}
