// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * A reference more, in a unit that takes no pins: whoever calls may have pinned the
 * page, and gets an ordinary reference in exchange.
 */
#include <linux/mm.h>

int start_io(unsigned long address);

int clean_exchange(struct page *page, unsigned long address)
{
	int ret;

	get_page(page);
	ret = start_io(address);
	if (!ret)
		unpin_user_page(page);
	else
		put_page(page);
	return ret;
}

void clean_get_and_put(struct page *page)
{
	get_page(page);
	put_page(page);
	unpin_user_page(page);
}
