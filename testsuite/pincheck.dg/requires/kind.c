// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* A contract says what kind of page it wants. */
#include <linux/mm.h>
#include "../../../kernel-annotations/pincheck.h"

void engine_start(struct page *page) PINCHECK_REQUIRES("pinned", "$1");
void engine_map(struct page **pages, int n) PINCHECK_REQUIRES("pinned", "$1[0 .. $2)");

int ordinary_page(unsigned long start)
{
	struct page *page;

	if (get_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	engine_start(page);	/* { dg-warning {'engine_start' wants a user-pinned page, but 'page' is an ordinary page reference \[pincheck:bad-contract-use\]} } */
	put_page(page);
	return 0;
}

int pinned_page(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	engine_start(page);
	unpin_user_page(page);
	return 0;
}

int ordinary_array(unsigned long start)
{
	struct page *pages[8];
	int got = get_user_pages_fast(start, 8, FOLL_WRITE, pages);

	if (got <= 0)
		return -EFAULT;
	engine_map(pages, got);	/* { dg-warning {pincheck:bad-contract-use} } */
	release_pages(pages, got);
	return 0;
}

int pinned_array(unsigned long start)
{
	struct page *pages[8];
	int pinned = pin_user_pages_fast(start, 8, FOLL_WRITE, pages);

	if (pinned <= 0)
		return -EFAULT;
	engine_map(pages, pinned);
	unpin_user_pages(pages, pinned);
	return 0;
}


/* Where it comes from is not known: it may be the right kind. */
void unknown_page(struct page *page)
{
	engine_start(page);
}

struct page *chosen(unsigned long start, bool pin, struct page *page)
{
	if (pin && pin_user_pages_fast(start, 1, 0, &page) != 1)
		return NULL;
	if (pin)
		engine_start(page);
	return page;
}
