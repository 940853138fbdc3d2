// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* { dg-require-gcc 12 } */
/* { dg-options "-O2 -ftrivial-auto-var-init=pattern" } */
/* CONFIG_INIT_STACK_ALL: every variable starts with a call of .DEFERRED_INIT. */
#include <linux/mm.h>

int buggy(unsigned long start)
{
	struct page *page, *pages[4];
	int pinned = pin_user_pages_fast(start, 4, 0, pages), i;

	for (i = 0; i < pinned; i++) {
		page = pages[i];
		put_page(page);		/* { dg-warning {pincheck:put-pinned} } */
	}
	return 0;
}

int clean(unsigned long start)
{
	struct page *pages[4];
	int pinned = pin_user_pages_fast(start, 4, 0, pages);

	if (pinned > 0)
		unpin_user_pages(pages, pinned);
	return 0;
}

/* One variable, by way of a temporary. */
int never_set(unsigned long start)
{
	struct page *page;
	int ret = get_user_pages_fast(start, 1, 0, &page);

	put_page(page);			/* { dg-warning {pincheck:over-release} } */
	return ret;
}
