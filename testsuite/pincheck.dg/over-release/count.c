// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* As many given back as were asked for, not as many as there are. */
#include <linux/mm.h>

int requested(unsigned long start)
{
	struct page *pages[8];
	int pinned = pin_user_pages_fast(start, 8, 0, pages);

	if (pinned <= 0)
		return -EFAULT;
	unpin_user_pages(pages, 8);	/* { dg-warning {pincheck:over-release} } */
	return 0;
}

/* The error is a very large count. */
int error_as_count(unsigned long start)
{
	struct page *pages[8];
	int pinned = pin_user_pages_fast(start, 8, 0, pages);

	if (pinned != 8) {
		unpin_user_pages(pages, pinned);	/* { dg-warning {pincheck:over-release} } */
		return -EFAULT;
	}
	unpin_user_pages(pages, 8);
	return 0;
}

/* In a u32 no error is below zero. */
int error_in_u32(unsigned long start)
{
	struct page *pages[8];
	u32 pinned = pin_user_pages_fast(start, 8, 0, pages);

	if (pinned < 0)
		return -EFAULT;
	unpin_user_pages(pages, pinned);	/* { dg-warning {pincheck:over-release} } */
	return 0;
}

int on_the_error_path(unsigned long start)
{
	struct page *page;
	int pinned = pin_user_pages_fast(start, 1, 0, &page);

	if (pinned < 0) {
		unpin_user_page(page);	/* { dg-warning {pincheck:over-release} } */
		return pinned;
	}
	unpin_user_page(page);
	return 0;
}

int clean_count(unsigned long start)
{
	struct page *pages[8];
	int pinned = pin_user_pages_fast(start, 8, 0, pages);

	if (pinned <= 0)
		return -EFAULT;
	unpin_user_pages(pages, pinned);
	return 0;
}

int clean_u32(unsigned long start)
{
	struct page *pages[8];
	u32 pinned = pin_user_pages_fast(start, 8, 0, pages);

	if ((int)pinned < 0)
		return -EFAULT;
	unpin_user_pages(pages, pinned);
	return 0;
}

int clean_u32_compared(unsigned long start)
{
	struct page *pages[8];
	u32 pinned = pin_user_pages_fast(start, 8, 0, pages);

	if (pinned > 8)
		return -EFAULT;
	unpin_user_pages(pages, pinned);
	return 0;
}

int clean_none(unsigned long start)
{
	struct page *pages[8];
	int pinned = pin_user_pages_fast(start, 8, 0, pages);

	if (pinned < 0)
		pinned = 0;
	unpin_user_pages(pages, pinned);
	return pinned;
}
