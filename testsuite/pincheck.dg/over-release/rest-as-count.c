// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* The number of those that are left is given back, not of those that were taken. */
#include <linux/mm.h>
#include <linux/slab.h>

struct object {
	unsigned long start;
	struct page **pages;
};

extern int object_lock(struct object *object);

int rest(unsigned long start, int n, struct page **pages)
{
	int pinned = pin_user_pages_fast(start, n, 0, pages);

	if (pinned < 0)
		return pinned;
	if (pinned != n) {
		unpin_user_pages(pages, n - pinned);	/* { dg-warning {number of pages that were not taken.*pincheck:over-release} } */
		return -EFAULT;
	}
	return 0;
}

int clean_rest(unsigned long start, int n, struct page **pages)
{
	int pinned = pin_user_pages_fast(start, n, 0, pages);

	if (pinned < 0)
		return pinned;
	if (pinned != n) {
		unpin_user_pages(pages, n - (n - pinned));
		return -EFAULT;
	}
	return 0;
}

int rest_of_several(struct object *object, unsigned long n)
{
	struct page **pages = kvmalloc_array(n, sizeof(*pages), GFP_KERNEL);
	unsigned long pinned = 0;
	int ret = 0;

	if (!pages)
		return -ENOMEM;
	while (pinned < n) {
		ret = pin_user_pages_fast(object->start + pinned * PAGE_SIZE, n - pinned, 0,
					  &pages[pinned]);
		if (ret < 0)
			goto out;
		pinned += ret;
	}
	ret = object_lock(object);
	if (!ret) {			/* { dg-warning {pages.0 .. pinned.*pincheck:leak} } */
		object->pages = pages;
		return 0;
	}
out:
	unpin_user_pages(pages, n - pinned);	/* { dg-warning {pincheck:over-release} } */
	kvfree(pages);
	return ret;
}

int clean_several(struct object *object, unsigned long n)
{
	struct page **pages = kvmalloc_array(n, sizeof(*pages), GFP_KERNEL);
	unsigned long pinned = 0;
	int ret = 0;

	if (!pages)
		return -ENOMEM;
	while (pinned < n) {
		ret = pin_user_pages_fast(object->start + pinned * PAGE_SIZE, n - pinned, 0,
					  &pages[pinned]);
		if (ret < 0)
			goto out;
		pinned += ret;
	}
	ret = object_lock(object);
	if (!ret) {
		object->pages = pages;
		return 0;
	}
out:
	unpin_user_pages(pages, pinned);
	kvfree(pages);
	return ret;
}

/* What is left is counted down: then the others are those that were taken. */
int clean_counted_down(unsigned long start, unsigned long n, struct page **pages)
{
	unsigned long left = n;
	int ret;

	while (left) {
		ret = pin_user_pages_fast(start, left, 0, pages + (n - left));
		if (ret < 0) {
			unpin_user_pages(pages, n - left);
			return ret;
		}
		start += ret * PAGE_SIZE;
		left -= ret;
	}
	return 0;
}
