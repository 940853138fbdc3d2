// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Nothing is said unless it is asked for. */
#include <linux/mm.h>

struct obj {
	struct page *page;
};

int kept(struct obj *obj, unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	obj->page = page;
	return 0;
}

int written(unsigned long start)
{
	struct page *page;

	if (get_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	set_page_dirty_lock(page);
	put_page(page);
	return 0;
}
