// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * The page of the last round is kept in another variable when the next one is taken in its
 * place.  From readers that have one page in hand while they get the next.
 */
#include <linux/errno.h>
#include <linux/mm.h>

int clean_previous(unsigned long addr, int n)
{
	struct page *prev = NULL, *page;
	int i, ret = 0;

	for (i = 0; i < n; i++) {
		ret = get_user_pages_fast(addr + i * PAGE_SIZE, 1, 0, &page);
		if (ret != 1)
			break;
		if (prev)
			put_page(prev);
		prev = page;
	}
	if (prev)
		put_page(prev);
	return ret;
}

int not_kept(unsigned long addr, int n)
{
	struct page *page;
	int i, ret = 0;

	for (i = 0; i < n; i++) {
		ret = get_user_pages_fast(addr + i * PAGE_SIZE, 1, 0, &page);	/* { dg-warning "never given back" } */
		if (ret != 1)
			break;
		set_page_dirty_lock(page);
	}
	return ret;
}
