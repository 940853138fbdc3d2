// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * drivers/gpu/drm/via/via_dri1.c: a record of the function's own says in one field how
 * far it was built, and one function takes it down again from there.  A helper that
 * only looks at the pages writes to the record in between.
 */
#include <linux/mm.h>
#include <linux/slab.h>

enum progress { NOTHING, LOCKED, DESCRIBED };

struct transfer {
	enum progress state;
	struct page **pages;
	unsigned long count, descriptor_count;
	void **descriptors;
};

static void take_down(struct transfer *t)
{
	switch (t->state) {
	case DESCRIBED:
		kfree(t->descriptors);
		/* fall through */
	case LOCKED:
		unpin_user_pages(t->pages, t->count);
		kfree(t->pages);
		/* fall through */
	default:
		t->state = NOTHING;
	}
}

static void count_descriptors(struct transfer *t, unsigned long lines)
{
	unsigned long n = 0, i, rest;

	for (i = 0; i < lines; i++) {
		for (rest = t->count; rest; rest /= 2) {
			if (rest & 1)
				n += page_to_pfn(t->pages[i]) & 1;
			if (rest & 4)
				n += 2;
			if (n > 1000)
				n -= 100;
		}
		if (n > 4096)
			break;
	}
	t->descriptor_count = n;
}

static int describe(struct transfer *t)
{
	unsigned long i;

	t->descriptors = kzalloc(t->descriptor_count * sizeof(void *), GFP_KERNEL);
	if (!t->descriptors)
		return -ENOMEM;
	t->state = DESCRIBED;
	for (i = 0; i < t->descriptor_count; i++) {
		t->descriptors[i] = kmalloc(64, GFP_KERNEL);
		if (!t->descriptors[i])
			return -ENOMEM;
	}
	return 0;
}

static int lock(struct transfer *t, unsigned long start, unsigned long count)
{
	long ret;

	t->count = count;
	t->pages = kzalloc(count * sizeof(struct page *), GFP_KERNEL);
	if (!t->pages)
		return -ENOMEM;
	ret = pin_user_pages_fast(start, count, 0, t->pages);
	if (ret != count) {
		if (ret > 0)
			unpin_user_pages(t->pages, ret);
		kfree(t->pages);
		return -EINVAL;
	}
	t->state = LOCKED;
	return 0;
}

int clean_transfer(struct transfer **out, unsigned long start, unsigned long count,
		   unsigned long lines)
{
	struct transfer *t = kzalloc(sizeof(*t), GFP_KERNEL);
	int ret;

	if (!t)
		return -ENOMEM;
	ret = lock(t, start, count);
	if (ret) {
		take_down(t);
		kfree(t);
		return ret;
	}
	count_descriptors(t, lines);
	ret = describe(t);
	if (ret) {
		take_down(t);
		kfree(t);
		return ret;
	}
	*out = t;
	return 0;
}
