// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* The helper looks at a page that is gone, and gives it back once more. */
#include <linux/mm.h>

static __attribute__((noinline)) void drop_one(struct page *page)
{
	set_page_dirty_lock(page);	/* { dg-warning {pincheck:use-after-release} } */
	unpin_user_page(page);	/* { dg-warning {pincheck:double-release} } */
}

int helper_last(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	unpin_user_page(page);
	drop_one(page);
	return 0;
}
