// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* One page is left over. */
#include <linux/mm.h>

int backward_short(unsigned long start)
{
	struct page *pages[8];
	int pinned = pin_user_pages_fast(start, 8, 0, pages), i;

	for (i = pinned - 1; i > 0; i--)	/* { dg-warning {pincheck:leak} } */
		unpin_user_page(pages[i]);
	return 0;
}

int while_short(unsigned long start)
{
	struct page *pages[8];
	int pinned = pin_user_pages_fast(start, 8, 0, pages);

	if (pinned < 0)
		return pinned;
	while (--pinned > 0)	/* { dg-warning {pincheck:leak} } */
		unpin_user_page(pages[pinned]);
	return 0;
}
