// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Given back one by one, in every direction that loops take. */
#include <linux/mm.h>

int forward_short(unsigned long start)
{
	struct page *pages[8];
	int pinned = pin_user_pages_fast(start, 8, 0, pages), i;

	for (i = 1; i < pinned; i++)	/* { dg-warning {pincheck:leak} } */
		unpin_user_page(pages[i]);
	return 0;
}

int clean_forward(unsigned long start)
{
	struct page *pages[8];
	int pinned = pin_user_pages_fast(start, 8, 0, pages), i;

	for (i = 0; i < pinned; i++)
		unpin_user_page(pages[i]);
	return 0;
}

int clean_backward(unsigned long start)
{
	struct page *pages[8];
	int pinned = pin_user_pages_fast(start, 8, 0, pages), i;

	for (i = pinned - 1; i >= 0; i--)
		unpin_user_page(pages[i]);
	return 0;
}

int clean_while(unsigned long start)
{
	struct page *pages[8];
	int pinned = pin_user_pages_fast(start, 8, 0, pages);

	if (pinned < 0)
		return pinned;
	while (pinned--)
		unpin_user_page(pages[pinned]);
	return 0;
}

int clean_pointer(unsigned long start)
{
	struct page *pages[8], **page;
	int pinned = pin_user_pages_fast(start, 8, 0, pages);

	if (pinned < 0)
		return pinned;
	for (page = pages; page < pages + pinned; page++)
		unpin_user_page(*page);
	return 0;
}

int clean_halves(unsigned long start)
{
	struct page *pages[8];
	int pinned = pin_user_pages_fast(start, 8, 0, pages), i;

	if (pinned < 0)
		return pinned;
	for (i = 0; i < pinned / 2; i++)
		unpin_user_page(pages[i]);
	for (; i < pinned; i++)
		unpin_user_page(pages[i]);
	return 0;
}
