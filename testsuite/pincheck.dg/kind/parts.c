// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* One array with pages of both kinds, and it is known which part is which. */
#include <linux/mm.h>

int start_io(struct page **pages);

int second_part(unsigned long start, struct page **pages, int count)
{
	int pinned, got;

	pinned = pin_user_pages_fast(start, count, 0, pages);
	if (pinned != count) {
		if (pinned > 0)
			unpin_user_pages(pages, pinned);
		return -EFAULT;
	}
	got = get_user_pages_fast(start, count, 0, pages + count);
	if (got > 0)
		unpin_user_pages(pages + count, got);	/* { dg-warning {pincheck:unpin-ordinary} } */
	unpin_user_pages(pages, count);
	return got;
}

int clean_parts(unsigned long start, struct page **pages, int count)
{
	int pinned, got;

	pinned = pin_user_pages_fast(start, count, 0, pages);
	if (pinned != count) {
		if (pinned > 0)
			unpin_user_pages(pages, pinned);
		return -EFAULT;
	}
	got = get_user_pages_fast(start, count, 0, pages + count);
	if (got > 0)
		release_pages(pages + count, got);
	unpin_user_pages(pages, count);
	return got;
}

/* Looked up by one function, given back by another one. */
static struct page *look_up(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return NULL;
	start_io(&page);
	return page;
}

static void give_back(struct page *page)
{
	put_page(page);		/* { dg-warning {pincheck:put-pinned} } */
}

int looked_up(unsigned long start)
{
	struct page *page = look_up(start);

	if (!page)
		return -EFAULT;
	give_back(page);
	return 0;
}

int clean_looked_up(unsigned long start)
{
	struct page *page = look_up(start);

	if (!page)
		return -EFAULT;
	unpin_user_page(page);
	return 0;
}
