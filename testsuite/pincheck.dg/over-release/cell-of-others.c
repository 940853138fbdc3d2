/* SPDX-License-Identifier: GPL-2.0-or-later */
/* { dg-do compile } */
/* Pages of unknown kind are put there by others: of the pins there are as many as were taken. */
#include <linux/mm.h>
#include <linux/slab.h>

struct object {
	unsigned long size;
	struct page **pages;
};

struct page **pages_of_file(struct object *object);

int get_file_pages(struct object *object)
{
	struct page **pages = pages_of_file(object);

	if (!pages)
		return -ENOMEM;
	object->pages = pages;
	return 0;
}

int get_user(struct object *object, unsigned long start)
{
	int ret, pinned = 0, npages = object->size >> PAGE_SHIFT;
	struct page **pages;

	pages = kvmalloc_array(npages, sizeof(*pages), GFP_KERNEL);
	if (!pages)
		return -ENOMEM;
	do {
		ret = pin_user_pages_fast(start + pinned * PAGE_SIZE, npages - pinned, 0,
					  pages + pinned);
		if (ret < 0) {
			unpin_user_pages(pages, pinned);
			kvfree(pages);
			return ret;
		}
		pinned += ret;
	} while (pinned < npages);
	object->pages = pages;
	return 0;
}

void put_too_many(struct object *object)
{
	int npages = (object->size >> PAGE_SHIFT) + 1;

	unpin_user_pages(object->pages, npages);	/* { dg-warning {pincheck:over-release} } */
	kvfree(object->pages);
}

void clean_put(struct object *object)
{
	int npages = object->size >> PAGE_SHIFT;

	unpin_user_pages(object->pages, npages);
	kvfree(object->pages);
}
