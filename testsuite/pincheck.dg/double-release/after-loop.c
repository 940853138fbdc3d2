// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* One by one, and then all of them. */
#include <linux/mm.h>

int loop_and_call(unsigned long start)
{
	struct page *pages[8];
	int pinned = pin_user_pages_fast(start, 8, 0, pages), i;

	if (pinned <= 0)
		return -EFAULT;
	for (i = 0; i < pinned; i++)
		unpin_user_page(pages[i]);
	unpin_user_pages(pages, pinned);	/* { dg-warning {pincheck:double-release} } */
	return 0;
}
