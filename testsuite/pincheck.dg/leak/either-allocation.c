// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* The array comes from one allocator or another. */
#include <linux/mm.h>
#include <linux/slab.h>

struct request {
	struct page **pages;
};

static struct page **allocate(int count)
{
	if (count > 512)
		return kvmalloc_array(count, sizeof(struct page *), GFP_KERNEL);
	return kcalloc(count, sizeof(struct page *), GFP_KERNEL);
}

struct page **pin(unsigned long start, int count)
{
	struct page **pages;
	int pinned;

	if (count > 512)
		pages = kvmalloc_array(count, sizeof(*pages), GFP_KERNEL);
	else
		pages = kcalloc(count, sizeof(*pages), GFP_KERNEL);
	if (!pages)
		return NULL;
	pinned = pin_user_pages_fast(start, count, 0, pages);
	if (pinned != count)	/* { dg-warning {pincheck:leak} } */
		return NULL;
	return pages;
}

struct page **clean(unsigned long start, int count)
{
	struct page **pages = allocate(count);
	int pinned;

	if (!pages)
		return NULL;
	pinned = pin_user_pages_fast(start, count, 0, pages);
	if (pinned != count) {
		if (pinned > 0)
			unpin_user_pages(pages, pinned);
		kvfree(pages);
		return NULL;
	}
	return pages;
}

/* The caller has them under another name. */
int clean_stored(struct request *request, unsigned long start, int count)
{
	struct page **pages;

	if (count > 512)
		request->pages = pages = kvmalloc_array(count, sizeof(*pages), GFP_KERNEL);
	else
		request->pages = pages = kcalloc(count, sizeof(*pages), GFP_KERNEL);
	if (!pages)
		return -ENOMEM;
	return pin_user_pages_fast(start, count, 0, pages);
}
