// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* { dg-additional-options "-fplugin-arg-pincheck-missing-longterm" } */
/*
 * Pins that stay when the call has ended are taken with FOLL_LONGTERM.  These functions are
 * called from outside through a table; where the pages go otherwise: see where.c.
 */
#include <linux/mm.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>

struct obj {
	struct page **pages;
	struct page *page;
	int nr;
	struct sg_table sgt;
};

static int kept(struct obj *obj, unsigned long start)
{
	int ret = pin_user_pages_fast(start, obj->nr, FOLL_WRITE, obj->pages);	/* { dg-warning {'pin_user_pages_fast' takes pages for a short time, but 'obj->pages' has them when the call has ended.*missing-longterm} } */

	if (ret == obj->nr)
		return 0;
	if (ret > 0)
		unpin_user_pages(obj->pages, ret);
	return -EFAULT;
}

static int kept_for_long(struct obj *obj, unsigned long start)
{
	int ret = pin_user_pages_fast(start, obj->nr, FOLL_WRITE | FOLL_LONGTERM, obj->pages);

	if (ret == obj->nr)
		return 0;
	if (ret > 0)
		unpin_user_pages(obj->pages, ret);
	return -EFAULT;
}

/* The flag is missing on every path, or added on one. */
static int never(struct obj *obj, unsigned long start, bool write)
{
	unsigned int flags = FOLL_FORCE;
	struct page *page;

	if (write)
		flags |= FOLL_WRITE;
	if (pin_user_pages_fast(start, 1, flags, &page) != 1)	/* { dg-warning {missing-longterm} } */
		return -EFAULT;
	obj->page = page;
	return 0;
}

static int on_a_path(struct obj *obj, unsigned long start, bool is_long)
{
	unsigned int flags = FOLL_WRITE;
	struct page *page;

	if (is_long)
		flags |= FOLL_LONGTERM;
	if (pin_user_pages_fast(start, 1, flags, &page) != 1)
		return -EFAULT;
	obj->page = page;
	return 0;
}

static int flags_of_caller(struct obj *obj, unsigned long start, unsigned int flags)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, flags, &page) != 1)
		return -EFAULT;
	obj->page = page;
	return 0;
}

/* Round a loop nothing is added to the flags (drivers/infiniband/core/umem.c). */
static int in_a_loop(struct obj *obj, unsigned long start, bool write)
{
	unsigned int flags = 0;
	int done = 0, ret;

	if (write)
		flags |= FOLL_WRITE;
	while (done < obj->nr) {
		ret = pin_user_pages_fast(start + done * PAGE_SIZE, obj->nr - done, flags, obj->pages + done);	/* { dg-warning {missing-longterm} } */
		if (ret <= 0) {
			unpin_user_pages(obj->pages, done);
			return -EFAULT;
		}
		done += ret;
	}
	return 0;
}

/* Given back before the call ends, in a record as well. */
static int given_back(struct obj *obj, unsigned long start)
{
	int ret = pin_user_pages_fast(start, obj->nr, FOLL_WRITE, obj->pages);

	if (ret > 0)
		unpin_user_pages(obj->pages, ret);
	return ret < 0 ? ret : 0;
}

struct batch {
	struct page *pages[8];
	int nr;
};

static int batch_get(struct batch *batch, unsigned long start)
{
	int ret = pin_user_pages_fast(start, 8, FOLL_WRITE, batch->pages);

	batch->nr = ret > 0 ? ret : 0;
	return ret < 0 ? ret : 0;
}

static void batch_put(struct batch *batch)
{
	unpin_user_pages(batch->pages, batch->nr);
}

int batch_run(unsigned long start)
{
	struct batch batch;
	int ret = batch_get(&batch, start);

	batch_put(&batch);
	return ret;
}

/* An array of the caller's is the caller's. */
int wrapper(struct page **pages, unsigned long start, int nr)
{
	return pin_user_pages_fast(start, nr, FOLL_WRITE, pages);
}

/* Through a table, and given back out of it in a later call (mthca_memfree.c). */
static int table_get(struct obj *obj, unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)	/* { dg-warning {'pin_user_pages_fast' takes pages for a short time.*missing-longterm} } */
		return -EFAULT;
	sg_set_page(obj->sgt.sgl, page, PAGE_SIZE, 0);
	return 0;
}

void table_put(struct obj *obj)
{
	unpin_user_page(sg_page(obj->sgt.sgl));
}

/* Ordinary references cannot be had for long at all. */
struct got {
	struct page *page;
};

static int got_kept(struct got *obj, unsigned long start)
{
	struct page *page;

	if (get_user_pages_fast(start, 1, 0, &page) != 1)	/* { dg-warning {'get_user_pages_fast' takes pages for a short time.*missing-longterm} } */
		return -EFAULT;
	obj->page = page;
	return 0;
}

struct ops {
	int (*get[5])(struct obj *obj, unsigned long start);
	int (*get_for[2])(struct obj *obj, unsigned long start, bool write);
	int (*get_by)(struct obj *obj, unsigned long start, unsigned int flags);
	int (*get_one)(struct got *obj, unsigned long start);
};

const struct ops ops = {
	.get = { kept, kept_for_long, given_back, table_get },
	.get_for = { never, on_a_path },
	.get_by = flags_of_caller,
	.get_one = got_kept,
};

const struct ops loop_ops = {
	.get_for = { in_a_loop },
};
