// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* A nested function gives back a page of the outer one. */
#include <linux/mm.h>

int nested(unsigned long start)
{
	struct page *page;

	void release(void)
	{
		unpin_user_page(page);
	}

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	release();
	return 0;
}
