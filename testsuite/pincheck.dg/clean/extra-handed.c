// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * A page gets one reference more, and somebody unknown gets at it: what is given back then may
 * be that reference, whatever else is held.
 */
#include <linux/bio.h>
#include <linux/mm.h>

struct record {
	struct page *page;
};

void show(struct record *record);
void show_page(struct page *page);

/* The pin stays with the record. */
int pinned(unsigned long addr, struct record *record)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	record->page = page;
	get_page(page);
	show(record);
	put_page(page);
	return 0;
}

int ordinary(unsigned long addr, struct record *record)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	record->page = page;
	get_page(page);
	show(record);
	put_page(page);
	put_page(page);
	record->page = NULL;
	return 0;
}

/* The bio gives the pin back, which the caller has taken. */
static void end_io(struct bio *bio)
{
	unpin_user_page(bio->bi_io_vec[0].bv_page);
	bio_put(bio);
}

static int submit(struct page *page)
{
	struct bio *bio = bio_alloc(NULL, 1, 0, GFP_KERNEL);

	if (!bio)
		return -ENOMEM;
	get_page(page);
	bio->bi_io_vec[0].bv_page = page;
	bio->bi_end_io = end_io;
	submit_bio(bio);
	put_page(page);
	return 0;
}

int go(unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	if (submit(page)) {
		unpin_user_page(page);
		return -EIO;
	}
	return 0;
}
