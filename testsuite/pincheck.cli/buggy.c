// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/mm.h>

int buggy(unsigned long start);

int buggy(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	put_page(page);
	return 0;
}
