// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Destructors of automatic variables, as in <linux/cleanup.h>. */
#include <linux/mm.h>

static inline void put_page_at_end(struct page **page)
{
	if (*page)
		put_page(*page);	/* { dg-warning {pincheck:put-pinned} } */
}

static inline void unpin_at_end(struct page **page)
{
	if (*page)
		unpin_user_page(*page);
}

int put_on_return(unsigned long start)
{
	struct page *page __attribute__((cleanup(put_page_at_end))) = NULL;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	return set_page_dirty_lock(page);
}

int clean(unsigned long start)
{
	struct page *page __attribute__((cleanup(unpin_at_end))) = NULL;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	return set_page_dirty_lock(page);
}
