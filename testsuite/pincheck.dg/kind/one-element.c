// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* &page is an array of one element. */
#include <linux/mm.h>

int put_the_variable(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	set_page_dirty_lock(page);
	put_page(page);		/* { dg-warning {pincheck:put-pinned} } */
	return 0;
}

int release_the_array(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	release_pages(&page, 1);	/* { dg-warning {pincheck:put-pinned} } */
	return 0;
}

int clean(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	unpin_user_pages_dirty_lock(&page, 1, true);
	return 0;
}
