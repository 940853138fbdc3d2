// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * drivers/staging/media/atomisp/pci/hmm/hmm_bo.c: fewer pages were allocated than asked
 * for, and these go back one by one.
 */
#include <linux/mm.h>
#include <linux/slab.h>

unsigned long alloc_pages_bulk_array(gfp_t gfp, unsigned long nr_pages,
				     struct page **page_array);

struct object {
	unsigned int count;
	struct page **pages;
};

static void free_bulk(unsigned long count, struct page **pages)
{
	unsigned long i;

	for (i = 0; i < count; i++)
		__free_pages(pages[i], 0);
}

static int fill(struct object *o)
{
	int ret = alloc_pages_bulk_array(GFP_KERNEL, o->count, o->pages);

	if (ret != o->count) {
		free_bulk(ret, o->pages);
		return -ENOMEM;
	}
	return 0;
}

static int fill_from_user(struct object *o, unsigned long start)
{
	int ret = get_user_pages_fast(start, o->count, 0, o->pages);
	int i;

	if (ret != o->count) {
		for (i = 0; i < ret; i++)
			put_page(o->pages[i]);
		return -EFAULT;
	}
	return 0;
}

int clean_object(struct object *o, unsigned long start)
{
	int ret;

	o->pages = kcalloc(o->count, sizeof(struct page *), GFP_KERNEL);
	if (!o->pages)
		return -ENOMEM;
	ret = start ? fill_from_user(o, start) : fill(o);
	if (ret) {
		kfree(o->pages);
		o->pages = NULL;
	}
	return ret;
}
