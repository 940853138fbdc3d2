// SPDX-License-Identifier: GPL-2.0-or-later
/* A fault that the tree has: for the triage, and not among the units that are mutated. */
#include <linux/mm.h>

int four(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	put_page(page);
	return 0;
}
