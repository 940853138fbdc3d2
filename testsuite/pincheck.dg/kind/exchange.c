// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* An ordinary reference in exchange for a pin: allowed where there can be one. */
#include <linux/mm.h>

void clean_exchange(struct page *page)
{
	get_page(page);
	unpin_user_page(page);
}

int clean_exchange_in_variable(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	get_page(page);
	unpin_user_page(page);
	put_page(page);
	return 0;
}

int clean_exchange_in_array(unsigned long start, struct page **pages)
{
	if (pin_user_pages_fast(start, 1, 0, pages) != 1)
		return -EFAULT;
	get_page(pages[0]);
	unpin_user_page(pages[0]);
	put_page(pages[0]);
	return 0;
}

int clean_pin(unsigned long start, struct page **pages, int count)
{
	return pin_user_pages_fast(start, count, 0, pages);
}
