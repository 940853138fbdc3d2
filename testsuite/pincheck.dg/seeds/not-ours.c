// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* What a completion gets is known only if all who may fill the bio are. */
#include <linux/bio.h>
#include <linux/mm.h>

/* The bio was filled by somebody else as well. */
void fill_more(struct bio *bio);

static void filled_end_io(struct bio *bio)
{
	int i;

	for (i = 0; i < bio->bi_vcnt; i++)
		put_page(bio->bi_io_vec[i].bv_page);
}

int filled_submit(struct block_device *bdev, unsigned long start)
{
	struct bio *bio = bio_alloc(bdev, 1, 0, GFP_KERNEL);
	struct page *page;

	bio->bi_end_io = filled_end_io;
	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	__bio_add_page(bio, page, PAGE_SIZE, 0);
	fill_more(bio);
	submit_bio(bio);
	return 0;
}

/* It has another user, through a table. */
struct operations {
	void (*end_io)(struct bio *bio);
};

static void shared_end_io(struct bio *bio)
{
	int i;

	for (i = 0; i < bio->bi_vcnt; i++)
		put_page(bio->bi_io_vec[i].bv_page);
}

const struct operations operations = { .end_io = shared_end_io };

int shared_submit(struct block_device *bdev, unsigned long start)
{
	struct bio *bio = bio_alloc(bdev, 1, 0, GFP_KERNEL);
	struct page *page;

	bio->bi_end_io = shared_end_io;
	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	__bio_add_page(bio, page, PAGE_SIZE, 0);
	submit_bio(bio);
	return 0;
}

/* ... or is passed to one. */
void run_with(struct bio *bio, void (*end_io)(struct bio *bio));

static void passed_end_io(struct bio *bio)
{
	int i;

	for (i = 0; i < bio->bi_vcnt; i++)
		put_page(bio->bi_io_vec[i].bv_page);
}

int passed_submit(struct block_device *bdev, struct bio *other, unsigned long start)
{
	struct bio *bio = bio_alloc(bdev, 1, 0, GFP_KERNEL);
	struct page *page;

	run_with(other, passed_end_io);
	bio->bi_end_io = passed_end_io;
	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	__bio_add_page(bio, page, PAGE_SIZE, 0);
	submit_bio(bio);
	return 0;
}

/* The caller's bio has what the caller has put there. */
static void given_end_io(struct bio *bio)
{
	int i;

	for (i = 0; i < bio->bi_vcnt; i++)
		put_page(bio->bi_io_vec[i].bv_page);
}

int given_submit(struct bio *bio, unsigned long start)
{
	struct page *page;

	bio->bi_end_io = given_end_io;
	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	__bio_add_page(bio, page, PAGE_SIZE, 0);
	submit_bio(bio);
	return 0;
}

/* Set where no page is to be seen. */
static void elsewhere_end_io(struct bio *bio)
{
	int i;

	for (i = 0; i < bio->bi_vcnt; i++)
		put_page(bio->bi_io_vec[i].bv_page);
}

void elsewhere_prepare(struct bio *bio)
{
	bio->bi_end_io = elsewhere_end_io;
}

int elsewhere_submit(struct block_device *bdev, unsigned long start)
{
	struct bio *bio = bio_alloc(bdev, 1, 0, GFP_KERNEL);
	struct page *page;

	bio->bi_end_io = elsewhere_end_io;
	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	__bio_add_page(bio, page, PAGE_SIZE, 0);
	submit_bio(bio);
	return 0;
}

/* A page of which nothing is known is in it, too. */
static void unknown_end_io(struct bio *bio)
{
	int i;

	for (i = 0; i < bio->bi_vcnt; i++)
		put_page(bio->bi_io_vec[i].bv_page);
}

int unknown_submit(struct block_device *bdev, struct page *other, unsigned long start)
{
	struct bio *bio = bio_alloc(bdev, 2, 0, GFP_KERNEL);
	struct page *page;

	bio->bi_end_io = unknown_end_io;
	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	__bio_add_page(bio, page, PAGE_SIZE, 0);
	__bio_add_page(bio, other, PAGE_SIZE, 0);
	submit_bio(bio);
	return 0;
}

/* The bio is kept, and filled by whoever finds it. */
struct batch {
	struct bio *bio;
};

static void batch_end_io(struct bio *bio)
{
	int i;

	for (i = 0; i < bio->bi_vcnt; i++)
		put_page(bio->bi_io_vec[i].bv_page);
}

int batch_start(struct batch *batch, struct block_device *bdev, unsigned long start)
{
	struct bio *bio = bio_alloc(bdev, 2, 0, GFP_KERNEL);
	struct page *page;

	bio->bi_end_io = batch_end_io;
	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	__bio_add_page(bio, page, PAGE_SIZE, 0);
	batch->bio = bio;
	return 0;
}

/* The completion is called for bios of others, too. */
static void called_end_io(struct bio *bio)
{
	int i;

	for (i = 0; i < bio->bi_vcnt; i++)
		put_page(bio->bi_io_vec[i].bv_page);
}

void cancel(struct bio *bio)
{
	called_end_io(bio);
}

int called_submit(struct block_device *bdev, unsigned long start)
{
	struct bio *bio = bio_alloc(bdev, 1, 0, GFP_KERNEL);
	struct page *page;

	bio->bi_end_io = called_end_io;
	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	__bio_add_page(bio, page, PAGE_SIZE, 0);
	submit_bio(bio);
	return 0;
}

/* The bio comes from somebody who may have filled it. */
struct bio *next_bio(struct block_device *bdev);

static void next_end_io(struct bio *bio)
{
	int i;

	for (i = 0; i < bio->bi_vcnt; i++)
		put_page(bio->bi_io_vec[i].bv_page);
}

int next_submit(struct block_device *bdev, unsigned long start)
{
	struct bio *bio = next_bio(bdev);
	struct page *page;

	bio->bi_end_io = next_end_io;
	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	__bio_add_page(bio, page, PAGE_SIZE, 0);
	submit_bio(bio);
	return 0;
}

/* Another table of vectors is put in the place of the bio's own. */
static void table_end_io(struct bio *bio)
{
	int i;

	for (i = 0; i < bio->bi_vcnt; i++)
		put_page(bio->bi_io_vec[i].bv_page);
}

int table_submit(struct block_device *bdev, struct bio_vec *table, unsigned long start)
{
	struct bio *bio = bio_alloc(bdev, 1, 0, GFP_KERNEL);
	struct page *page;

	bio->bi_end_io = table_end_io;
	if (table) {
		bio->bi_io_vec = table;
	} else {
		if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
			return -EFAULT;
		__bio_add_page(bio, page, PAGE_SIZE, 0);
	}
	submit_bio(bio);
	return 0;
}

/* ... or its entries are copied from there. */
static void copied_end_io(struct bio *bio)
{
	int i;

	for (i = 0; i < bio->bi_vcnt; i++)
		put_page(bio->bi_io_vec[i].bv_page);
}

int copied_submit(struct block_device *bdev, const struct bio_vec *table, unsigned long start)
{
	struct bio *bio = bio_alloc(bdev, 1, 0, GFP_KERNEL);
	struct page *page;

	bio->bi_end_io = copied_end_io;
	if (table) {
		bio->bi_io_vec[0] = *table;
	} else {
		if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
			return -EFAULT;
		__bio_add_page(bio, page, PAGE_SIZE, 0);
	}
	submit_bio(bio);
	return 0;
}
