// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Wrapped in functions of the same unit. */
#include <linux/mm.h>

static __attribute__((noinline)) int take(unsigned long start, struct page **page)
{
	return pin_user_pages_fast(start, 1, 0, page) == 1 ? 0 : -EFAULT;
}

static __attribute__((noinline)) struct page *take_and_return(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return NULL;
	return page;
}

static __attribute__((noinline)) void give_back(struct page *page)
{
	put_page(page);	/* { dg-warning {pincheck:put-pinned} } */
}

int wrapped_acquire(unsigned long start)
{
	struct page *page;
	int error = take(start, &page);

	if (error)
		return error;
	put_page(page);		/* { dg-warning {pincheck:put-pinned} } */
	return 0;
}

int wrapped_release(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	give_back(page);
	return 0;
}

int clean(unsigned long start)
{
	struct page *page = take_and_return(start);

	if (!page)
		return -EFAULT;
	unpin_user_page(page);
	return 0;
}
