// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* The same verdict however it is compiled: external functions, or they may be gone. */
#include <linux/mm.h>
#include <linux/slab.h>

static inline void drop(struct page *page)
{
	put_page(page);		/* { dg-warning {pincheck:put-pinned} } */
}

int put_pinned(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	put_page(page);		/* { dg-warning {'put_page'.*pincheck:put-pinned} } */
	return 0;
}

int put_pinned_by_wrapper(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	drop(page);
	return 0;
}

int put_pinned_in_a_loop(unsigned long start, int count)
{
	struct page **pages = kvmalloc_array(count, sizeof(*pages), GFP_KERNEL);
	int pinned, i;

	if (!pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, count, FOLL_WRITE, pages);
	for (i = 0; i < pinned; i++)
		put_page(pages[i]);	/* { dg-warning {pincheck:put-pinned} } */
	kvfree(pages);
	return 0;
}

int unpin_ordinary(void)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	unpin_user_page(page);	/* { dg-warning {pincheck:unpin-ordinary} } */
	return 0;
}

int clean(unsigned long start, int count, bool pin)
{
	struct page **pages = kcalloc(count, sizeof(*pages), GFP_KERNEL);
	int got, i;

	if (!pages)
		return -ENOMEM;
	if (pin)
		got = pin_user_pages_fast(start, count, 0, pages);
	else
		got = get_user_pages_fast(start, count, 0, pages);
	for (i = 0; i < got; i++) {
		if (pin)
			unpin_user_page(pages[i]);
		else
			put_page(pages[i]);
	}
	kfree(pages);
	return 0;
}
