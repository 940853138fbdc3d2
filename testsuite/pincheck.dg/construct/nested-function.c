// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* A nested function works on the frame of the outer one. */
#include <linux/mm.h>

int beside_a_nested_function(unsigned long start)
{
	struct page *page;
	int count = 0;

	void increment(void)
	{
		count++;
	}

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	increment();
	put_page(page);		/* { dg-warning {pincheck:put-pinned} } */
	return count;
}
