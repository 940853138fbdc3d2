// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* GNU C in and around the calls. */
#include <linux/kernel.h>
#include <linux/mm.h>

int barrier_count(void);

#define pinned_page(start) ({						\
	struct page *_page = NULL;					\
	pin_user_pages_fast(start, 1, 0, &_page) == 1 ? _page : NULL; })

int statement_expression(unsigned long start)
{
	struct page *page = pinned_page(start);

	if (!page)
		return -EFAULT;
	put_page(page);		/* { dg-warning {pincheck:put-pinned} } */
	return 0;
}

int comma_and_conditional(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	put_page((barrier_count(), page));	/* { dg-warning {pincheck:put-pinned} } */
	return 0;
}

int min_and_max(unsigned long start, int count)
{
	struct page *pages[8];
	int i, pinned = pin_user_pages_fast(start, min(count, 8), 0, pages);

	for (i = 0; i < max(pinned, 0); i++)
		put_page(pages[i]);	/* { dg-warning {pincheck:put-pinned} } */
	return pinned;
}

/* Inline assembly that has the page is no release and changes no kind. */
int inline_assembly(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	__asm__ volatile("" : : "r"(page) : "memory");
	unpin_user_page(page);
	return 0;
}
