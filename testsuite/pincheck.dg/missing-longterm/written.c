// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* { dg-additional-options "-fplugin-arg-pincheck-missing-longterm" } */
/* What writes to user pages has to pin them. */
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/uio.h>

void fill(void *p);

int written(unsigned long start)
{
	struct page *page;

	if (get_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)	/* { dg-warning {'get_user_pages_fast' takes references that do not allow to write to the pages, but they are marked dirty: pin them.*missing-longterm} } */
		return -EFAULT;
	fill(kmap(page));
	kunmap(page);
	set_page_dirty_lock(page);
	put_page(page);
	return 0;
}

int pinned(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	fill(kmap(page));
	kunmap(page);
	set_page_dirty_lock(page);
	unpin_user_page(page);
	return 0;
}

int looked_at(unsigned long start)
{
	struct page *page;

	if (get_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	fill(kmap(page));
	kunmap(page);
	put_page(page);
	return 0;
}

/* A page that was not got from user memory is written to as one likes. */
int cached(struct page *page)
{
	get_page(page);
	fill(kmap(page));
	kunmap(page);
	set_page_dirty_lock(page);
	put_page(page);
	return 0;
}

/* In another function, through a field (fs/fuse/file.c before v6.7). */
struct transfer {
	struct page *pages[16];
	unsigned int nr;
	bool should_dirty;
};

int transfer_get(struct transfer *req, struct iov_iter *i)
{
	size_t start;
	ssize_t ret = iov_iter_get_pages2(i, req->pages, PAGE_SIZE * 16, 16, &start);	/* { dg-warning {'iov_iter_get_pages2' takes references that do not allow to write.*missing-longterm} } */

	if (ret < 0)
		return ret;
	req->nr = (ret + start + PAGE_SIZE - 1) / PAGE_SIZE;
	return 0;
}

void transfer_put(struct transfer *req)
{
	unsigned int i;

	for (i = 0; i < req->nr; i++) {
		if (req->should_dirty)
			set_page_dirty_lock(req->pages[i]);
		put_page(req->pages[i]);
	}
}

struct reading {
	struct page *pages[16];
	unsigned int nr;
};

int reading_get(struct reading *req, struct iov_iter *i)
{
	size_t start;
	ssize_t ret = iov_iter_get_pages2(i, req->pages, PAGE_SIZE * 16, 16, &start);

	if (ret < 0)
		return ret;
	req->nr = (ret + start + PAGE_SIZE - 1) / PAGE_SIZE;
	return 0;
}

void reading_put(struct reading *req)
{
	unsigned int i;

	for (i = 0; i < req->nr; i++)
		put_page(req->pages[i]);
}

/*
 * Pages that a later call finds may have been watched by an MMU notifier until then
 * (drivers/gpu/drm/radeon/radeon_ttm.c), unless the record is made for them.
 */
struct watched {
	struct page *pages[16];
	int nr;
};

int watched_get(struct watched *obj, unsigned long start)
{
	int ret = get_user_pages_fast(start, 16, FOLL_WRITE, obj->pages);

	obj->nr = ret > 0 ? ret : 0;
	return ret < 0 ? ret : 0;
}

void watched_put(struct watched *obj)
{
	int i;

	for (i = 0; i < obj->nr; i++) {
		set_page_dirty_lock(obj->pages[i]);
		put_page(obj->pages[i]);
	}
}

struct made {
	struct page *pages[16];
	int nr;
};

struct made *made_get(unsigned long start)
{
	struct made *obj = kzalloc(sizeof(*obj), GFP_KERNEL);
	int ret;

	if (!obj)
		return NULL;
	ret = get_user_pages_fast(start, 16, FOLL_WRITE, obj->pages);	/* { dg-warning {references that do not allow to write.*missing-longterm} } */
	obj->nr = ret > 0 ? ret : 0;
	return obj;
}

void made_put(struct made *obj)
{
	int i;

	for (i = 0; i < obj->nr; i++) {
		set_page_dirty_lock(obj->pages[i]);
		put_page(obj->pages[i]);
	}
	kfree(obj);
}
