// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* The pointer goes on by what was taken, as privcmd's lock_pages() does. */
#include <linux/mm.h>
#include <linux/slab.h>

static int lock_pages(unsigned long start, unsigned int length, struct page *pages[],
		      unsigned int left, unsigned int *pinned)
{
	while (length) {
		int got = pin_user_pages_fast(start, left, FOLL_WRITE, pages);	

		if (got <= 0)
			return got ? got : -EFAULT;
		*pinned += got;
		left -= got;
		pages += got;
		start += got * PAGE_SIZE;
		length--;
	}
	return 0;
}

static void unlock_more(struct page *pages[], unsigned int count)
{
	unpin_user_pages(pages, count + 1);	/* { dg-warning {pincheck:over-release} } */
}

int one_more(unsigned long start, unsigned int length, unsigned int n)
{
	struct page **pages = kcalloc(n, sizeof(*pages), GFP_KERNEL);
	unsigned int pinned = 0;
	int rc;

	if (!pages)
		return -ENOMEM;
	rc = lock_pages(start, length, pages, n, &pinned);
	if (rc >= 0)
		set_page_dirty(pages[0]);
	unlock_more(pages, pinned);
	kfree(pages);
	return rc;
}

static void unlock_all(struct page *pages[], unsigned int count)
{
	unpin_user_pages(pages, count);
}

int clean_all(unsigned long start, unsigned int length, unsigned int n)
{
	struct page **pages = kcalloc(n, sizeof(*pages), GFP_KERNEL);
	unsigned int pinned = 0;
	int rc;

	if (!pages)
		return -ENOMEM;
	rc = lock_pages(start, length, pages, n, &pinned);
	if (rc >= 0)
		set_page_dirty(pages[0]);
	unlock_all(pages, pinned);
	kfree(pages);
	return rc;
}

/* Those of the rounds before are lost with the array. */
int forgotten(unsigned long start, unsigned int length, unsigned int n)
{
	struct page **pages = kcalloc(n, sizeof(*pages), GFP_KERNEL);
	unsigned int pinned = 0;
	int rc;

	if (!pages)
		return -ENOMEM;
	rc = lock_pages(start, length, pages, n, &pinned);
	if (rc < 0)	/* { dg-warning {pincheck:leak} } */
		goto out;
	unlock_all(pages, pinned);
out:
	kfree(pages);
	return rc;
}

int clean_remembered(unsigned long start, unsigned int length, unsigned int n)
{
	struct page **pages = kcalloc(n, sizeof(*pages), GFP_KERNEL);
	unsigned int pinned = 0;
	int rc;

	if (!pages)
		return -ENOMEM;
	rc = lock_pages(start, length, pages, n, &pinned);
	if (rc < 0)
		goto out;
	rc = pages[0] ? 0 : -EINVAL;
out:
	unlock_all(pages, pinned);
	kfree(pages);
	return rc;
}

/* From the pointer on, and given back one by one through a pointer. */
int clean_each(unsigned long start, unsigned int n)
{
	struct page **pages = kcalloc(n, sizeof(*pages), GFP_KERNEL), **at = pages;
	int got, rc = 0;

	if (!pages)
		return -ENOMEM;
	while (at < pages + n) {
		got = pin_user_pages_fast(start, pages + n - at, 0, at);
		if (got <= 0) {
			rc = -EFAULT;
			break;
		}
		at += got;
		start += got * PAGE_SIZE;
	}
	while (at > pages)
		unpin_user_page(*--at);
	kfree(pages);
	return rc;
}

int each_but_first(unsigned long start, unsigned int n)
{
	struct page **pages = kcalloc(n, sizeof(*pages), GFP_KERNEL), **at = pages;
	int got, rc = 0;

	if (!pages)
		return -ENOMEM;
	while (at < pages + n) {
		got = pin_user_pages_fast(start, pages + n - at, 0, at);
		if (got <= 0) {		/* { dg-warning {pincheck:leak} } */
			kfree(pages);
			return -EFAULT;
		}
		at += got;
		start += got * PAGE_SIZE;
	}
	while (at > pages)
		unpin_user_page(*--at);
	kfree(pages);
	return rc;
}
