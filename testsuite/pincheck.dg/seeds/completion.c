// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * The pages are pinned where the bio is submitted, and given back where it is completed:
 * the way from one to the other is the bio's own function pointer.
 */
#include <linux/bio.h>
#include <linux/mm.h>

#define XFER_PAGES	16

static void index_end_io(struct bio *bio)
{
	int i;

	for (i = 0; i < bio->bi_vcnt; i++)
		put_page(bio->bi_io_vec[i].bv_page);	/* { dg-warning {'put_page'.*bi_io_vec.*pincheck:put-pinned} } */
	bio_put(bio);
}

int index_submit(struct block_device *bdev, unsigned long start)
{
	struct bio *bio = bio_alloc(bdev, XFER_PAGES, 0, GFP_KERNEL);
	struct page *pages[XFER_PAGES];
	int got, i;

	got = pin_user_pages_fast(start, XFER_PAGES, FOLL_WRITE, pages);
	if (got <= 0) {
		bio_put(bio);
		return -EFAULT;
	}
	for (i = 0; i < got; i++)
		__bio_add_page(bio, pages[i], PAGE_SIZE, 0);
	bio->bi_end_io = index_end_io;
	submit_bio(bio);
	return 0;
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
	struct bio *bio = bio_alloc(bdev, XFER_PAGES, 0, GFP_KERNEL);
	struct page *pages[XFER_PAGES];
	int got, i;

	got = pin_user_pages_fast(start, XFER_PAGES, FOLL_WRITE, pages);
	if (got <= 0) {
		bio_put(bio);
		return -EFAULT;
	}
	for (i = 0; i < got; i++)
		__bio_add_page(bio, pages[i], PAGE_SIZE, 0);
	bio->bi_end_io = right_end_io;
	submit_bio(bio);
	return 0;
}

static void segment_end_io(struct bio *bio)
{
	struct bvec_iter_all iter;
	struct bio_vec *bvec;

	bio_for_each_segment_all(bvec, bio, iter)
		put_page(bvec->bv_page);	/* { dg-warning {'put_page'.*pincheck:put-pinned} } */
	bio_put(bio);
}

int segment_submit(struct block_device *bdev, unsigned long start)
{
	struct bio *bio = bio_alloc(bdev, 1, 0, GFP_KERNEL);
	struct page *page;

	bio->bi_end_io = segment_end_io;
	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1) {
		bio_put(bio);
		return -EFAULT;
	}
	__bio_add_page(bio, page, PAGE_SIZE, 0);
	submit_bio(bio);
	return 0;
}

static void right_segment_end_io(struct bio *bio)
{
	struct bvec_iter_all iter;
	struct bio_vec *bvec;

	bio_for_each_segment_all(bvec, bio, iter)
		unpin_user_page(bvec->bv_page);
	bio_put(bio);
}

int right_segment_submit(struct block_device *bdev, unsigned long start)
{
	struct bio *bio = bio_alloc(bdev, 1, 0, GFP_KERNEL);
	struct page *page;

	bio->bi_end_io = right_segment_end_io;
	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1) {
		bio_put(bio);
		return -EFAULT;
	}
	__bio_add_page(bio, page, PAGE_SIZE, 0);
	submit_bio(bio);
	return 0;
}

/* Without a function of the unit in between: the page is taken for I/O that is waited for. */
int wait_for_it(struct block_device *bdev, unsigned long start)
{
	struct bio *bio = bio_alloc(bdev, 1, 0, GFP_KERNEL);
	struct page *page;
	int i, err;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1) {
		bio_put(bio);
		return -EFAULT;
	}
	__bio_add_page(bio, page, PAGE_SIZE, 0);
	err = submit_bio_wait(bio);
	for (i = 0; i < bio->bi_vcnt; i++)
		put_page(bio->bi_io_vec[i].bv_page);	/* { dg-warning {'put_page'.*pincheck:put-pinned} } */
	bio_put(bio);
	return err;
}

int right_wait_for_it(struct block_device *bdev, unsigned long start)
{
	struct bio *bio = bio_alloc(bdev, 1, 0, GFP_KERNEL);
	struct page *page;
	int i, err;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1) {
		bio_put(bio);
		return -EFAULT;
	}
	__bio_add_page(bio, page, PAGE_SIZE, 0);
	err = submit_bio_wait(bio);
	for (i = 0; i < bio->bi_vcnt; i++)
		unpin_user_page(bio->bi_io_vec[i].bv_page);
	bio_put(bio);
	return err;
}
