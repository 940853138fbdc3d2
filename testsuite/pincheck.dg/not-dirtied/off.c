// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Nothing is said unless it is asked for. */
#include <linux/highmem.h>
#include <linux/mm.h>

void fill(void *p);

int clean(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	fill(kmap(page));
	kunmap(page);
	unpin_user_page(page);
	return 0;
}
