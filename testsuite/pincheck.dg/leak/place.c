// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Pages that a count tells of: where the path leaves the one that gives them back. */
#include <linux/mm.h>
#include <linux/slab.h>

struct request {
	int count;
	struct page **pages;
};

int allocation(unsigned long start)
{
	struct page *pages[4];
	char *buffer;
	int pinned = pin_user_pages_fast(start, 4, 0, pages);

	if (pinned <= 0)
		return -EFAULT;
	buffer = kmalloc(100, GFP_KERNEL);
	if (!buffer)		/* { dg-warning {pincheck:leak} } */
		return -ENOMEM;
	kfree(buffer);
	unpin_user_pages(pages, pinned);
	return 0;
}

/* The request is freed, and with it the only names of the pages. */
int freed(unsigned long start, int count)
{
	struct request *request = kzalloc(sizeof(*request), GFP_KERNEL);
	int pinned;

	if (!request)
		return -ENOMEM;
	request->pages = kcalloc(count, sizeof(*request->pages), GFP_KERNEL);
	if (!request->pages) {
		kfree(request);
		return -ENOMEM;
	}
	pinned = pin_user_pages_fast(start, count, 0, request->pages);
	if (pinned < 0)
		goto out;
	if (pinned < count) {	/* { dg-warning {pincheck:leak} } */
		pinned = -EFAULT;
		goto out;
	}
	unpin_user_pages(request->pages, pinned);
out:
	kfree(request->pages);
	kfree(request);
	return pinned;
}

int lost(unsigned long start)
{
	struct page *pages[16];
	int pinned = 0, got;

	while (pinned < 16) {
		got = pin_user_pages_fast(start + pinned * PAGE_SIZE, 16 - pinned, 0,
					  pages + pinned);
		if (got < 0)	/* { dg-warning {pincheck:leak} } */
			return got;
		pinned += got;
	}
	unpin_user_pages(pages, pinned);
	return 0;
}

int lost_on_heap(unsigned long start, int count)
{
	struct page **pages = kvmalloc_array(count, sizeof(*pages), GFP_KERNEL);
	int pinned = 0, got, error = 0;

	if (!pages)
		return -ENOMEM;
	while (pinned < count) {
		got = pin_user_pages_fast(start + pinned * PAGE_SIZE, count - pinned, 0,
					  pages + pinned);
		if (got <= 0) {	/* { dg-warning {pincheck:leak} } */
			error = -EFAULT;
			goto out;
		}
		pinned += got;
	}
	unpin_user_pages(pages, pinned);
out:
	kvfree(pages);
	return error;
}

int given_up(unsigned long start)
{
	struct page *pages[8];
	int pinned = pin_user_pages_fast(start, 8, 0, pages), i;

	for (i = 0; i < pinned; i++) {
		if (!set_page_dirty(pages[i]))	/* { dg-warning {pincheck:leak} } */
			return -EIO;
		unpin_user_page(pages[i]);
	}
	return 0;
}
