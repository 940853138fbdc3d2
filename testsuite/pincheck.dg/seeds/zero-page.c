// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * Direct I/O pads with the zero page.  pin_user_pages() of v6.5 and later does not count
 * it, and unpin_user_page() passes over it; before, an unpin needs a pin.  A reference that
 * is taken on it by get_page() is an ordinary one in any kernel.
 */
#include <linux/bio.h>
#include <linux/mm.h>
#include <linux/slab.h>

struct dio {
	struct page *pages[16];
	int head, tail;
};

int dio_refill(struct dio *dio, unsigned long start)
{
	int got = pin_user_pages_fast(start, 8, FOLL_WRITE, dio->pages);

	if (got <= 0)
		return -EFAULT;
	dio->tail = got;
	return 0;
}

void dio_zero_block(struct dio *dio)
{
	struct page *page = ZERO_PAGE(0);

	get_page(page);
	dio->pages[dio->tail++] = page;
}

void dio_cleanup(struct dio *dio)
{
	while (dio->head < dio->tail)
		unpin_user_page(dio->pages[dio->head++]);	/* { dg-warning {'unpin_user_page'.*pincheck:mixed-container} } */
}

static void pad_end_io(struct bio *bio)
{
	struct bvec_iter_all iter;
	struct bio_vec *bvec;

	bio_for_each_segment_all(bvec, bio, iter)
		unpin_user_page(bvec->bv_page);	/* { dg-warning {'unpin_user_page'.*pincheck:mixed-container} } */
	bio_put(bio);
}

int pad_submit(struct block_device *bdev, unsigned long start)
{
	struct bio *bio = bio_alloc(bdev, 2, 0, GFP_KERNEL);
	struct page *page, *zero = ZERO_PAGE(0);

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1) {
		bio_put(bio);
		return -EFAULT;
	}
	bio->bi_end_io = pad_end_io;
	__bio_add_page(bio, page, PAGE_SIZE, 0);
	get_page(zero);
	__bio_add_page(bio, zero, PAGE_SIZE, 0);
	submit_bio(bio);
	return 0;
}

int alone(void)
{
	struct page *page = ZERO_PAGE(0);

	get_page(page);
	set_page_dirty(page);
	unpin_user_page(page);	/* { dg-warning {'unpin_user_page'.*pincheck:unpin-ordinary} } */
	return 0;
}

/* No reference is taken and none is given back: unpin_user_page() knows the zero page. */
struct right {
	struct page *pages[16];
	int head, tail;
};

int right_refill(struct right *right, unsigned long start)
{
	int got = pin_user_pages_fast(start, 8, FOLL_WRITE, right->pages);

	if (got <= 0)
		return -EFAULT;
	right->tail = got;
	return 0;
}

void right_zero_block(struct right *right)
{
	right->pages[right->tail++] = ZERO_PAGE(0);
}

void right_cleanup(struct right *right)
{
	while (right->head < right->tail)
		unpin_user_page(right->pages[right->head++]);
}

static void right_end_io(struct bio *bio)
{
	int i;

	for (i = 0; i < bio->bi_vcnt; i++)
		unpin_user_page(bio->bi_io_vec[i].bv_page);
	bio_put(bio);
}

int right_submit(struct block_device *bdev, unsigned long start)
{
	struct bio *bio = bio_alloc(bdev, 2, 0, GFP_KERNEL);
	struct page *page;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1) {
		bio_put(bio);
		return -EFAULT;
	}
	bio->bi_end_io = right_end_io;
	__bio_add_page(bio, page, PAGE_SIZE, 0);
	__bio_add_page(bio, ZERO_PAGE(0), PAGE_SIZE, 0);
	submit_bio(bio);
	return 0;
}

/* A reference is taken and given back as what it is. */
int right_alone(void)
{
	struct page *page = ZERO_PAGE(0);

	get_page(page);
	set_page_dirty(page);
	put_page(page);
	return 0;
}

/* A reference of each kind, and a flag that tells which. */
struct told {
	struct page *pages[16];
	int head, tail;
	bool is_pinned;
};

int told_refill(struct told *told, unsigned long start)
{
	int got;

	if (!told->is_pinned)
		return -EFAULT;
	got = pin_user_pages_fast(start, 8, FOLL_WRITE, told->pages);
	if (got <= 0)
		return -EFAULT;
	told->tail = got;
	return 0;
}

void told_zero_block(struct told *told)
{
	struct page *page = ZERO_PAGE(0);

	if (!told->is_pinned)
		get_page(page);
	told->pages[told->tail++] = page;
}

void told_cleanup(struct told *told)
{
	while (told->head < told->tail) {
		struct page *page = told->pages[told->head++];

		if (told->is_pinned)
			unpin_user_page(page);
		else
			put_page(page);
	}
}
