// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* The last index is one too large. */
#include <linux/mm.h>

int one_too_many(unsigned long start)
{
	struct page *pages[8];
	int pinned = pin_user_pages_fast(start, 8, 0, pages), i;

	if (pinned < 0)
		return pinned;
	for (i = 0; i <= pinned; i++)
		unpin_user_page(pages[i]);	/* { dg-warning {pincheck:over-release} } */
	return 0;
}
