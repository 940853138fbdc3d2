// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Pinned in rounds until there are enough. */
#include <linux/mm.h>
#include <linux/slab.h>

int one_by_one(unsigned long start)
{
	struct page *pages[16];
	int i;

	for (i = 0; i < 16; i++)
		if (pin_user_pages_fast(start + i * PAGE_SIZE, 1, 0, &pages[i]) != 1)	/* { dg-warning {pincheck:leak} } */
			return -EFAULT;
	unpin_user_pages(pages, 16);
	return 0;
}

int clean(unsigned long start)
{
	struct page *pages[16];
	int pinned = 0, got;

	while (pinned < 16) {
		got = pin_user_pages_fast(start + pinned * PAGE_SIZE, 16 - pinned, 0,
					  pages + pinned);
		if (got < 0)
			goto out;
		pinned += got;
	}
	got = 0;
out:
	unpin_user_pages(pages, pinned);
	return got;
}

int clean_on_heap(unsigned long start, int count)
{
	struct page **pages = kvmalloc_array(count, sizeof(*pages), GFP_KERNEL);
	int pinned = 0, got, error = 0;

	if (!pages)
		return -ENOMEM;
	while (pinned < count) {
		got = pin_user_pages_fast(start + pinned * PAGE_SIZE, count - pinned, 0,
					  pages + pinned);
		if (got <= 0) {
			error = -EFAULT;
			goto out;
		}
		pinned += got;
	}
out:
	unpin_user_pages(pages, pinned);
	kvfree(pages);
	return error;
}

int clean_one_by_one(unsigned long start)
{
	struct page *pages[16];
	int i, error = 0;

	for (i = 0; i < 16; i++) {
		if (pin_user_pages_fast(start + i * PAGE_SIZE, 1, 0, &pages[i]) != 1) {
			error = -EFAULT;
			break;
		}
	}
	while (--i >= 0)
		unpin_user_page(pages[i]);
	return error;
}
