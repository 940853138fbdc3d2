/* SPDX-License-Identifier: GPL-2.0-or-later */
/* { dg-do compile } */
/* A page, or NULL where there is none: what is told of the place tells of the page. */
#include <linux/bio.h>
#include <linux/mm.h>
#include <linux/slab.h>

struct folio_iter {
	struct folio *folio;
	size_t length;
	int i;
};

static inline void first_folio(struct folio_iter *fi, struct bio *bio, int i)
{
	struct bio_vec *bvec = bio->bi_io_vec + i;

	if (i >= bio->bi_vcnt) {
		fi->folio = NULL;
		return;
	}
	fi->folio = page_folio(bvec->bv_page);
	fi->length = bvec->bv_len;
	fi->i = i;
}

#define for_each_folio(fi, bio)	\
	for (first_folio(&fi, bio, 0); fi.folio; first_folio(&fi, bio, fi.i + 1))

#define PINCHECK(text)	__attribute__((pincheck(text)))

void release_wrongly(struct bio *bio)
	PINCHECK("releases pinned $1->bi_io_vec[*].bv_page when BIO_PAGE_PINNED >= 0 "
		 "releases any $1->bi_io_vec[*].bv_page when BIO_IS_OF_ANOTHER_KERNEL >= 0");
void clean_release(struct bio *bio)
	PINCHECK("releases pinned $1->bi_io_vec[*].bv_page when BIO_PAGE_PINNED >= 0 "
		 "releases any $1->bi_io_vec[*].bv_page when BIO_IS_OF_ANOTHER_KERNEL >= 0");
void clean_release_any(struct bio *bio)
	PINCHECK("releases pinned $1->bi_io_vec[*].bv_page when BIO_IS_OF_ANOTHER_KERNEL >= 0 "
		 "releases any $1->bi_io_vec[*].bv_page when BIO_PAGE_PINNED >= 0");

void release_wrongly(struct bio *bio)
{
	struct folio_iter fi;

	for_each_folio(fi, bio)
		folio_put(fi.folio);		/* { dg-warning {pincheck:put-pinned} } */
}

void clean_release(struct bio *bio)
{
	struct folio_iter fi;

	for_each_folio(fi, bio)
		unpin_user_page(&fi.folio->page);
}

void clean_release_any(struct bio *bio)
{
	struct folio_iter fi;

	for_each_folio(fi, bio)
		folio_put(fi.folio);
}

struct slot {
	struct page *page, *other;
	bool is_used;
};

int fill(struct slot *slot, unsigned long start)
{
	int ret = pin_user_pages_fast(start, 1, 0, &slot->page);

	if (ret != 1)
		return -EFAULT;
	slot->other = alloc_page(GFP_KERNEL);
	slot->is_used = true;
	return 0;
}

void drop_wrongly(struct slot *slot)
{
	struct page *page = slot->is_used ? slot->page : NULL;

	slot->is_used = false;
	if (page)
		put_page(page);			/* { dg-warning {pincheck:put-pinned} } */
}

void clean_drop(struct slot *slot)
{
	struct page *page = slot->is_used ? slot->page : NULL;

	slot->is_used = false;
	if (page)
		unpin_user_page(page);
}

/* Of two places neither is known to be it. */
void clean_drop_either(struct slot *slot, bool is_other)
{
	struct page *page = is_other ? slot->other : slot->page;

	if (is_other)
		put_page(page);
	else
		unpin_user_page(page);
}

/* All are looked for in rounds: the page of one round is not that of another. */
void clean_drop_last(struct slot *slots, int n)
{
	struct page *last = NULL;
	int i;

	for (i = 0; i < n; i++) {
		struct page *page = slots[i].is_used ? slots[i].page : NULL;

		if (last)
			unpin_user_page(last);
		last = page;
	}
	if (last)
		unpin_user_page(last);
}
