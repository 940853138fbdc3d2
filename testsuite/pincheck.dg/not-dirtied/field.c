// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* { dg-additional-options "-fplugin-arg-pincheck-not-dirtied" } */
/* Pages rest in a field between the function that takes them and the one that gives back. */
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>

unsigned long frame_number(unsigned long pfn);
void copy_frames(unsigned long *frames, int n);

/* As drivers/xen/gntdev.c had it. */
struct batch {
	struct page *pages[16];
	unsigned long frames[16];
	int nr;
	bool writeable;
};

static int batch_get(struct batch *batch, unsigned long start, unsigned long *frame)
{
	struct page *page;
	int ret = pin_user_pages_fast(start, 1, batch->writeable ? FOLL_WRITE : 0, &page);

	if (ret < 0)
		return ret;
	batch->pages[batch->nr++] = page;
	*frame = frame_number(page_to_pfn(page));
	return 0;
}

static void batch_put(struct batch *batch)
{
	unpin_user_pages(batch->pages, batch->nr);	/* { dg-warning {'unpin_user_pages' gives back 'batch->pages' clean.*not-dirtied} } */
	batch->nr = 0;
	batch->writeable = false;
}

int batch_copy(unsigned long from, unsigned long to)
{
	struct batch batch = { .nr = 0 };
	int ret;

	batch.writeable = false;
	ret = batch_get(&batch, from, &batch.frames[0]);
	if (!ret) {
		batch.writeable = true;
		ret = batch_get(&batch, to, &batch.frames[1]);
	}
	if (!ret)
		copy_frames(batch.frames, 2);
	batch_put(&batch);
	return ret;
}

/* As it has it now. */
struct right {
	struct page *pages[16];
	unsigned long frames[16];
	int nr;
	bool writeable;
};

static int right_get(struct right *batch, unsigned long start, unsigned long *frame)
{
	struct page *page;
	int ret = pin_user_pages_fast(start, 1, batch->writeable ? FOLL_WRITE : 0, &page);

	if (ret < 0)
		return ret;
	batch->pages[batch->nr++] = page;
	*frame = frame_number(page_to_pfn(page));
	return 0;
}

static void right_put(struct right *batch)
{
	unpin_user_pages_dirty_lock(batch->pages, batch->nr, batch->writeable);
	batch->nr = 0;
	batch->writeable = false;
}

int right_copy(unsigned long from, unsigned long to)
{
	struct right batch = { .nr = 0 };
	int ret;

	batch.writeable = false;
	ret = right_get(&batch, from, &batch.frames[0]);
	if (!ret) {
		batch.writeable = true;
		ret = right_get(&batch, to, &batch.frames[1]);
	}
	if (!ret)
		copy_frames(batch.frames, 2);
	right_put(&batch);
	return ret;
}

/* A third function marks them. */
struct marked {
	struct page **pages;
	int nr;
};

int marked_get(struct marked *obj, unsigned long start)
{
	int ret = pin_user_pages_fast(start, obj->nr, FOLL_WRITE, obj->pages);

	return ret == obj->nr ? 0 : -EFAULT;
}

void marked_done(struct marked *obj)
{
	int i;

	for (i = 0; i < obj->nr; i++)
		set_page_dirty_lock(obj->pages[i]);
}

void marked_put(struct marked *obj)
{
	unpin_user_pages(obj->pages, obj->nr);
}

/* The pages, or a page of them, are shown to somebody else. */
struct shown {
	struct page **pages;
	int nr;
};

void show(struct page **pages, int n);

int shown_get(struct shown *obj, unsigned long start)
{
	int ret = pin_user_pages_fast(start, obj->nr, FOLL_WRITE, obj->pages);

	return ret == obj->nr ? 0 : -EFAULT;
}

void shown_work(struct shown *obj)
{
	show(obj->pages, obj->nr);
}

void shown_put(struct shown *obj)
{
	unpin_user_pages(obj->pages, obj->nr);
}

/* Nothing but a failure gives them back in this file: obj is the caller's. */
int given(struct page **pages, unsigned long start, int nr)
{
	int ret = pin_user_pages_fast(start, nr, FOLL_WRITE, pages);

	if (ret == nr)
		return 0;
	if (ret > 0)
		unpin_user_pages(pages, ret);
	return -EFAULT;
}

/* Two places give them back clean: the one that is no failure is told. */
struct twice {
	struct page **pages;
	int nr;
};

int twice_get(struct twice *obj, unsigned long start)
{
	int ret = pin_user_pages_fast(start, obj->nr, FOLL_WRITE, obj->pages);

	if (ret == obj->nr)
		return 0;
	if (ret > 0)
		unpin_user_pages(obj->pages, ret);
	return -EFAULT;
}

void twice_put(struct twice *obj)
{
	unpin_user_pages(obj->pages, obj->nr);	/* { dg-warning {not-dirtied} } */
}

/* A table for the device only borrows them, and so does a mapping (habanalabs/memory.c). */
struct mapped {
	struct page **pages;
	int nr;
	struct sg_table *sgt;
	void *address;
};

int mapped_get(struct mapped *obj, unsigned long start)
{
	int ret = pin_user_pages_fast(start, obj->nr, FOLL_WRITE, obj->pages);

	if (ret != obj->nr) {
		if (ret > 0)
			unpin_user_pages(obj->pages, ret);
		return -EFAULT;
	}
	obj->address = vmap(obj->pages, obj->nr, 0, 0);
	ret = sg_alloc_table_from_pages(obj->sgt, obj->pages, obj->nr, 0, obj->nr * PAGE_SIZE,
					GFP_KERNEL);
	if (ret)
		unpin_user_pages(obj->pages, obj->nr);
	return ret;
}

void mapped_put(struct mapped *obj)
{
	vunmap(obj->address);
	unpin_user_pages(obj->pages, obj->nr);	/* { dg-warning {not-dirtied} } */
}

/* ... unless somebody goes over the table and marks them. */
struct walked {
	struct page **pages;
	int nr;
	struct sg_table *sgt;
};

int walked_get(struct walked *obj, unsigned long start)
{
	int ret = pin_user_pages_fast(start, obj->nr, FOLL_WRITE, obj->pages);

	if (ret != obj->nr) {
		if (ret > 0)
			unpin_user_pages(obj->pages, ret);
		return -EFAULT;
	}
	ret = sg_alloc_table_from_pages(obj->sgt, obj->pages, obj->nr, 0, obj->nr * PAGE_SIZE,
					GFP_KERNEL);
	if (ret)
		unpin_user_pages(obj->pages, obj->nr);
	return ret;
}

void walked_put(struct walked *obj)
{
	struct scatterlist *sg;
	int i;

	for (sg = obj->sgt->sgl, i = 0; i < obj->nr; i++, sg = sg_next(sg))
		set_page_dirty_lock(sg_page(sg));
	unpin_user_pages(obj->pages, obj->nr);
}

/* A function of the unit makes another number of the page's. */
static bool translated;

static inline unsigned long translate(unsigned long pfn)
{
	return translated ? frame_number(pfn) : pfn;
}

struct numbered {
	struct page *pages[16];
	unsigned long frames[16];
	int nr;
};

static int numbered_get(struct numbered *batch, unsigned long start, unsigned long *frame)
{
	struct page *page;
	int ret = pin_user_pages_fast(start, 1, FOLL_WRITE, &page);

	if (ret < 0)
		return ret;
	batch->pages[batch->nr++] = page;
	*frame = translate(page_to_pfn(page));
	return 0;
}

int numbered_copy(struct numbered *batch, unsigned long from, unsigned long *frames)
{
	int ret = numbered_get(batch, from, &frames[0]);

	unpin_user_pages(batch->pages, batch->nr);	/* { dg-warning {not-dirtied} } */
	batch->nr = 0;
	return ret;
}

/* ... or makes its address one, by which somebody else may find it. */
struct addressed {
	struct page *pages[16];
	int nr;
};

static inline unsigned long cookie_of(struct page *page)
{
	return (unsigned long)page;
}

static int addressed_get(struct addressed *batch, unsigned long start, unsigned long *cookie)
{
	struct page *page;
	int ret = pin_user_pages_fast(start, 1, FOLL_WRITE, &page);

	if (ret < 0)
		return ret;
	batch->pages[batch->nr++] = page;
	*cookie = cookie_of(page);
	return 0;
}

int addressed_copy(struct addressed *batch, unsigned long from, unsigned long *cookies)
{
	int ret = addressed_get(batch, from, &cookies[0]);

	unpin_user_pages(batch->pages, batch->nr);
	batch->nr = 0;
	return ret;
}
