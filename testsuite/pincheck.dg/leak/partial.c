// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Fewer pages were pinned than asked for, and those are forgotten. */
#include <linux/mm.h>
#include <linux/slab.h>

int use(struct page **pages, int count) __attribute__((access(read_only, 1, 2)));

int partial_stack(unsigned long start)
{
	struct page *pages[8];
	int pinned = pin_user_pages_fast(start, 8, FOLL_WRITE, pages);

	if (pinned != 8)	/* { dg-warning {pincheck:leak} } */
		return -EFAULT;
	unpin_user_pages(pages, 8);
	return 0;
}

int partial_heap(unsigned long start, int count)
{
	struct page **pages = kvmalloc_array(count, sizeof(*pages), GFP_KERNEL);
	int pinned, error = 0;

	if (!pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, count, FOLL_WRITE, pages);
	if (pinned != count) {	/* { dg-warning {pincheck:leak} } */
		error = pinned < 0 ? pinned : -EFAULT;
		goto out;
	}
	unpin_user_pages(pages, count);
out:
	kvfree(pages);
	return error;
}

/* Ordinary references get lost the same way. */
int partial_ordinary(unsigned long start)
{
	struct page *pages[8];
	int got = get_user_pages_fast(start, 8, 0, pages);

	if (got < 8)		/* { dg-warning {pincheck:leak} } */
		return -EFAULT;
	release_pages(pages, got);
	return 0;
}

int clean_stack(unsigned long start)
{
	struct page *pages[8];
	int pinned = pin_user_pages_fast(start, 8, FOLL_WRITE, pages);

	if (pinned != 8) {
		if (pinned > 0)
			unpin_user_pages(pages, pinned);
		return -EFAULT;
	}
	unpin_user_pages(pages, 8);
	return 0;
}

int clean_heap(unsigned long start, int count)
{
	struct page **pages = kvmalloc_array(count, sizeof(*pages), GFP_KERNEL);
	int pinned, error = 0;

	if (!pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, count, FOLL_WRITE, pages);
	if (pinned != count) {
		error = pinned < 0 ? pinned : -EFAULT;
		if (pinned > 0)
			goto out_unpin;
		goto out;
	}
out_unpin:
	unpin_user_pages(pages, pinned);
out:
	kvfree(pages);
	return error;
}

/* One page is asked for: it is all or nothing. */
int clean_single(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	unpin_user_page(page);
	return 0;
}
