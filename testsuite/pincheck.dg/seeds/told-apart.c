// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Both kinds in one container, and something tells them apart: not a word. */
#include <linux/bio.h>
#include <linux/mm.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>

/* A flag, tested where the pages are given back. */
struct flagged {
	struct page **pages;
	int count;
	bool is_user;
};

int flagged_user(struct flagged *f, unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	f->is_user = true;
	f->pages[f->count++] = page;
	return 0;
}

int flagged_kernel(struct flagged *f)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	f->pages[f->count++] = page;
	return 0;
}

void flagged_drop(struct flagged *f)
{
	int i;

	if (f->is_user) {
		unpin_user_pages(f->pages, f->count);
		return;
	}
	for (i = 0; i < f->count; i++)
		put_page(f->pages[i]);
}

/* ... of which only one side is in this function. */
struct half {
	struct page **pages;
	int count;
	unsigned int type;
};

int half_user(struct half *f, unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	f->type = 1;
	f->pages[f->count++] = page;
	return 0;
}

int half_kernel(struct half *f)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	f->type = 2;
	f->pages[f->count++] = page;
	return 0;
}

void half_drop(struct half *f)
{
	int i;

	switch (f->type) {
	case 1:
		for (i = 0; i < f->count; i++)
			unpin_user_page(f->pages[i]);
		break;
	default:
		break;
	}
}

/* A bit, tested for each page. */
struct bits {
	struct page **pages;
	unsigned long pinned;
	int count;
};

int bits_user(struct bits *b, unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	b->pinned |= 1ul << b->count;
	b->pages[b->count++] = page;
	return 0;
}

int bits_kernel(struct bits *b)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	b->pages[b->count++] = page;
	return 0;
}

void bits_drop(struct bits *b)
{
	int i;

	for (i = 0; i < b->count; i++)
		if (b->pinned & (1ul << i))
			unpin_user_page(b->pages[i]);
}

/* The caller knows. */
struct asked {
	struct page **pages;
	int count;
};

int asked_user(struct asked *a, unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	a->pages[a->count++] = page;
	return 0;
}

int asked_kernel(struct asked *a)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	a->pages[a->count++] = page;
	return 0;
}

void asked_drop(struct asked *a, bool is_user)
{
	int i;

	for (i = 0; i < a->count; i++) {
		if (is_user)
			unpin_user_page(a->pages[i]);
		else
			put_page(a->pages[i]);
	}
}

/* The caller of a function of the unit knows. */
struct passed {
	struct page **pages;
	int count;
	bool is_user;
};

int passed_user(struct passed *a, unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	a->is_user = true;
	a->pages[a->count++] = page;
	return 0;
}

int passed_kernel(struct passed *a)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	a->pages[a->count++] = page;
	return 0;
}

static void passed_unpin(struct passed *a)
{
	int i;

	for (i = 0; i < a->count; i++)
		unpin_user_page(a->pages[i]);
}

void passed_drop(struct passed *a)
{
	if (a->is_user)
		passed_unpin(a);
}

/* A null pointer tells. */
struct owner;

struct owned {
	struct page **pages;
	struct owner *owner;
	int count;
};

int owned_user(struct owned *a, unsigned long start, struct owner *owner)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	a->owner = owner;
	a->pages[a->count++] = page;
	return 0;
}

int owned_kernel(struct owned *a)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	a->owner = NULL;
	a->pages[a->count++] = page;
	return 0;
}

void owned_drop(struct owned *a)
{
	int i;

	if (!a->owner)
		return;
	for (i = 0; i < a->count; i++)
		unpin_user_page(a->pages[i]);
}

/* Each kind has a function of its own; the table of operations decides. */
struct by_type {
	struct page **pages;
	int count;
};

int by_type_user(struct by_type *b, unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	b->pages[b->count++] = page;
	return 0;
}

int by_type_kernel(struct by_type *b)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	b->pages[b->count++] = page;
	return 0;
}

void by_type_drop_user(struct by_type *b)
{
	int i;

	for (i = 0; i < b->count; i++)
		unpin_user_page(b->pages[i]);
}

void by_type_drop_kernel(struct by_type *b)
{
	int i;

	for (i = 0; i < b->count; i++)
		__free_page(b->pages[i]);
}

/* The ordinary page has a name of its own, by which it is given back. */
struct guarded {
	struct page *guard;
	struct page **pages;
	int count;
};

int guarded_fill(struct guarded *g, unsigned long start)
{
	g->guard = alloc_page(GFP_KERNEL);
	if (!g->guard)
		return -ENOMEM;
	g->count = pin_user_pages_fast(start, 16, FOLL_WRITE, g->pages);
	if (g->count <= 0) {
		__free_page(g->guard);
		return -EFAULT;
	}
	g->pages[16] = g->guard;
	return 0;
}

void guarded_drop(struct guarded *g)
{
	int i;

	for (i = 0; i < g->count; i++)
		unpin_user_page(g->pages[i]);
	__free_page(g->guard);
}

/* Somebody else has the list, too, and takes out what is his. */
struct lent {
	struct scatterlist *list;
	int count;
};

void reclaim(struct scatterlist *list);

int lent_fill(struct lent *lent, unsigned long start)
{
	struct page *page, *tail;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	tail = alloc_page(GFP_KERNEL);
	if (!tail) {
		unpin_user_page(page);
		return -ENOMEM;
	}
	sg_set_page(lent->list, page, PAGE_SIZE, 0);
	sg_set_page(lent->list + 1, tail, PAGE_SIZE, 0);
	return 0;
}

void lent_drop(struct lent *lent)
{
	int i;

	reclaim(lent->list);
	for (i = 0; i < lent->count; i++)
		unpin_user_page(sg_page(&lent->list[i]));
}

/* The page went to somebody who gives it back. */
struct cached {
	struct page **pages;
	int count;
};

void cache_page(struct page *page);

int cached_fill(struct cached *c, unsigned long start)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	cache_page(page);
	c->pages[0] = page;
	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &c->pages[1]) != 1)
		return -EFAULT;
	c->count = 1;
	return 0;
}

void cached_drop(struct cached *c)
{
	int i;

	for (i = 0; i < c->count; i++)
		unpin_user_page(c->pages[i + 1]);
}

/* A pin in exchange for a reference: there is one kind at a time. */
struct exchanged {
	struct page **pages;
	int count;
};

int exchanged_fill(struct exchanged *e, unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	get_page(page);
	unpin_user_page(page);
	e->pages[e->count++] = page;
	return 0;
}

void exchanged_drop(struct exchanged *e)
{
	int i;

	for (i = 0; i < e->count; i++)
		put_page(e->pages[i]);
}

/* A bio with the flag that the block layer has for it. */
static void flagged_end_io(struct bio *bio)
{
	int i;

	if (bio_flagged(bio, BIO_PAGE_PINNED))
		for (i = 0; i < bio->bi_vcnt; i++)
			unpin_user_page(bio->bi_io_vec[i].bv_page);
	bio_put(bio);
}

int flagged_submit(struct block_device *bdev, unsigned long start)
{
	struct page *page, *tail = alloc_page(GFP_KERNEL);
	struct bio *bio;

	if (!tail)
		return -ENOMEM;
	bio = bio_alloc(bdev, 2, 0, GFP_KERNEL);
	bio->bi_end_io = flagged_end_io;
	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) == 1) {
		bio_set_flag(bio, BIO_PAGE_PINNED);
		__bio_add_page(bio, page, PAGE_SIZE, 0);
		__free_page(tail);
	} else {
		__bio_add_page(bio, tail, PAGE_SIZE, 0);
	}
	submit_bio(bio);
	return 0;
}

/* The first page is another's, and is passed over. */
static void later_end_io(struct bio *bio)
{
	int i;

	put_page(bio->bi_io_vec[0].bv_page);
	for (i = 1; i < bio->bi_vcnt; i++)
		unpin_user_page(bio->bi_io_vec[i].bv_page);
	bio_put(bio);
}

int later_submit(struct block_device *bdev, unsigned long start)
{
	struct page *page, *header = alloc_page(GFP_KERNEL);
	struct bio *bio;

	if (!header)
		return -ENOMEM;
	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1) {
		put_page(header);
		return -EFAULT;
	}
	bio = bio_alloc(bdev, 2, 0, GFP_KERNEL);
	bio->bi_end_io = later_end_io;
	__bio_add_page(bio, header, PAGE_SIZE, 0);
	__bio_add_page(bio, page, PAGE_SIZE, 0);
	submit_bio(bio);
	return 0;
}

/* The block layer gives back by a flag of its own what the unit does not. */
static void layered_end_io(struct bio *bio)
{
	bio_release_pages(bio, false);
	bio_put(bio);
}

static void layered_undo(struct bio *bio)
{
	int i;

	for (i = 0; i < bio->bi_vcnt; i++)
		unpin_user_page(bio->bi_io_vec[i].bv_page);
}

int layered_submit(struct block_device *bdev, unsigned long start, int err)
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
	bio->bi_end_io = layered_end_io;
	__bio_add_page(bio, page, PAGE_SIZE, 0);
	if (err) {
		layered_undo(bio);
		put_page(tail);
		bio_put(bio);
		return err;
	}
	__bio_add_page(bio, tail, PAGE_SIZE, 0);
	submit_bio(bio);
	return 0;
}

/* Released before the other kind comes. */
int in_turn(struct block_device *bdev, unsigned long start)
{
	struct bio *bio = bio_alloc(bdev, 2, 0, GFP_KERNEL);
	struct page *page, *tail;
	int i;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1) {
		bio_put(bio);
		return -EFAULT;
	}
	__bio_add_page(bio, page, PAGE_SIZE, 0);
	submit_bio_wait(bio);
	for (i = 0; i < bio->bi_vcnt; i++)
		unpin_user_page(bio->bi_io_vec[i].bv_page);
	bio->bi_vcnt = 0;
	tail = alloc_page(GFP_KERNEL);
	if (!tail) {
		bio_put(bio);
		return -ENOMEM;
	}
	__bio_add_page(bio, tail, PAGE_SIZE, 0);
	submit_bio_wait(bio);
	__free_page(tail);
	bio_put(bio);
	return 0;
}

/* The pages of one kind are the cache's, which drops them one by one. */
struct keeper {
	struct page **pages;
	int user, all;
};

int keeper_user(struct keeper *k, unsigned long start)
{
	k->user = pin_user_pages_fast(start, 8, FOLL_WRITE, k->pages);
	if (k->user <= 0)
		return -EFAULT;
	k->all = k->user;
	return 0;
}

int keeper_kernel(struct keeper *k)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	k->pages[k->all++] = page;
	return 0;
}

void keeper_drop(struct keeper *k)
{
	int i;

	unpin_user_pages(k->pages, k->user);
	for (i = k->user; i < k->all; i++)
		__free_page(k->pages[i]);
}
