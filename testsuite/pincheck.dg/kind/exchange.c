// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* An ordinary reference in exchange for a pin: allowed where there can be one. */
#include <linux/mm.h>

void clean_exchange(struct page *page)
{
	get_page(page);
	unpin_user_page(page);
}

int clean_pin(unsigned long start, struct page **pages, int count)
{
	return pin_user_pages_fast(start, count, 0, pages);
}
