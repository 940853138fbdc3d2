// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * Pages of the kernel's own go into an array one by one, and come out backwards.
 * As in v6.12 io_uring/memmap.c, io_pages_map() and io_pin_pages().
 */
#include <linux/mm.h>
#include <linux/slab.h>

static int fill(struct page **pages, int nr_pages, gfp_t gfp)
{
	int i;

	for (i = 0; i < nr_pages; i++) {
		pages[i] = alloc_page(gfp);
		if (!pages[i])
			goto fail;
	}
	return 0;
fail:
	while (i--)
		put_page(pages[i]);
	return -ENOMEM;
}

int map_own(int nr_pages, struct page ***out)
{
	struct page **pages = kvmalloc_array(nr_pages, sizeof(*pages), GFP_KERNEL);
	int ret;

	if (!pages)
		return -ENOMEM;
	ret = fill(pages, nr_pages, GFP_KERNEL);
	if (ret) {
		kvfree(pages);
		return ret;
	}
	*out = pages;
	return 0;
}

/* The user's pages beside them. */
int map_user(unsigned long start, int nr_pages, struct page ***out)
{
	struct page **pages = kvmalloc_array(nr_pages, sizeof(*pages), GFP_KERNEL);
	int ret;

	if (!pages)
		return -ENOMEM;
	ret = pin_user_pages_fast(start, nr_pages, FOLL_WRITE | FOLL_LONGTERM, pages);
	if (ret == nr_pages) {
		*out = pages;
		return 0;
	}
	if (ret >= 0) {
		if (ret)
			unpin_user_pages(pages, ret);
		ret = -EFAULT;
	}
	kvfree(pages);
	return ret;
}
