// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * One container gets user-pinned pages and ordinary ones, and nothing tells them apart when
 * they are given back: whichever release is taken, it is wrong for some of them.
 */
#include <linux/bio.h>
#include <linux/mm.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>

/* An array in a field; each kind by a function of its own. */
struct pool {
	struct page **pages;
	int count;
};

int pool_add_user(struct pool *pool, unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	pool->pages[pool->count++] = page;
	return 0;
}

int pool_add_kernel(struct pool *pool)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	pool->pages[pool->count++] = page;
	return 0;
}

void pool_drop(struct pool *pool)
{
	int i;

	for (i = 0; i < pool->count; i++)
		unpin_user_page(pool->pages[i]);	/* { dg-warning {'unpin_user_page'.*'pool.pages\[\*\]'.*pincheck:mixed-container} } */
	kfree(pool->pages);
}

/* The other release is as wrong. */
struct heap {
	struct page **pages;
	int count;
};

int heap_add_user(struct heap *heap, unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	heap->pages[heap->count++] = page;
	return 0;
}

int heap_add_kernel(struct heap *heap)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	heap->pages[heap->count++] = page;
	return 0;
}

void heap_drop(struct heap *heap, bool dirty)
{
	int i;

	for (i = 0; i < heap->count; i++) {
		if (dirty)
			set_page_dirty_lock(heap->pages[i]);
		put_page(heap->pages[i]);	/* { dg-warning {'put_page'.*pincheck:mixed-container} } */
	}
	kfree(heap->pages);
}

/* A scatterlist of an object. */
struct table {
	struct scatterlist *list;
	int count;
};

int table_add(struct table *table, unsigned long start)
{
	struct page *page, *tail;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	tail = alloc_page(GFP_KERNEL);
	if (!tail) {
		unpin_user_page(page);
		return -ENOMEM;
	}
	sg_set_page(table->list, page, PAGE_SIZE, 0);
	sg_set_page(table->list + 1, tail, PAGE_SIZE, 0);
	table->count = 2;
	return 0;
}

void table_drop(struct table *table)
{
	struct scatterlist *sg;
	int i;

	for_each_sg(table->list, sg, table->count, i)
		unpin_user_page(sg_page(sg));	/* { dg-warning {'unpin_user_page'.*pincheck:mixed-container} } */
}

/* A bio, completed by a function of this unit. */
static void bio_mixed_end_io(struct bio *bio)
{
	int i;

	for (i = 0; i < bio->bi_vcnt; i++)
		unpin_user_page(bio->bi_io_vec[i].bv_page);	/* { dg-warning {'unpin_user_page'.*pincheck:mixed-container} } */
	bio_put(bio);
}

int bio_mixed(struct block_device *bdev, unsigned long start)
{
	struct page *page, *tail = alloc_page(GFP_KERNEL);
	struct bio *bio;

	if (!tail)
		return -ENOMEM;
	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1) {
		put_page(tail);
		return -EFAULT;
	}
	bio = bio_alloc(bdev, 2, 0, GFP_KERNEL);
	bio->bi_end_io = bio_mixed_end_io;
	__bio_add_page(bio, page, PAGE_SIZE, 0);
	__bio_add_page(bio, tail, PAGE_SIZE, 0);
	submit_bio(bio);
	return 0;
}

/* The same in one function. */
int bio_waited(struct block_device *bdev, unsigned long start)
{
	struct page *page, *tail = alloc_page(GFP_KERNEL);
	struct bio *bio;
	int i, err;

	if (!tail)
		return -ENOMEM;
	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1) {
		put_page(tail);
		return -EFAULT;
	}
	bio = bio_alloc(bdev, 2, 0, GFP_KERNEL);
	__bio_add_page(bio, page, PAGE_SIZE, 0);
	__bio_add_page(bio, tail, PAGE_SIZE, 0);
	err = submit_bio_wait(bio);
	for (i = 0; i < bio->bi_vcnt; i++)
		put_page(bio->bi_io_vec[i].bv_page);	/* { dg-warning {'put_page'.*pincheck:mixed-container} } */
	bio_put(bio);
	return err;
}

/* An array of one function: it is known which of them are of the other kind. */
int array(unsigned long start)
{
	struct page *pages[4];
	int i;

	pages[0] = alloc_page(GFP_KERNEL);
	if (!pages[0])
		return -ENOMEM;
	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &pages[1]) != 1) {
		put_page(pages[0]);
		return -EFAULT;
	}
	for (i = 0; i < 2; i++)
		unpin_user_page(pages[i]);	/* { dg-warning {'unpin_user_page'.*pincheck:(mixed-container|unpin-ordinary)} } */
	return 0;
}
