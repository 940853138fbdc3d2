/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MINI_BVEC_H
#define MINI_BVEC_H

#include <linux/mm.h>

struct bio_vec {
	struct page *bv_page;
	unsigned int bv_len;
	unsigned int bv_offset;
};

struct bvec_iter_all {
	struct bio_vec bv;
	int idx;
	unsigned int done;
};

static inline struct bio_vec *bvec_init_iter_all(struct bvec_iter_all *iter)
{
	iter->done = 0;
	iter->idx = 0;
	return &iter->bv;
}

/* One page after the other, where a vector may be several. */
static inline void bvec_advance(const struct bio_vec *bvec, struct bvec_iter_all *iter)
{
	struct bio_vec *bv = &iter->bv;

	if (iter->done) {
		bv->bv_page++;
		bv->bv_offset = 0;
	} else {
		bv->bv_page = bvec->bv_page + (bvec->bv_offset >> PAGE_SHIFT);
		bv->bv_offset = bvec->bv_offset & (PAGE_SIZE - 1);
	}
	bv->bv_len = bvec->bv_len - iter->done;
	if (bv->bv_len > PAGE_SIZE - bv->bv_offset)
		bv->bv_len = PAGE_SIZE - bv->bv_offset;
	iter->done += bv->bv_len;
	if (iter->done == bvec->bv_len) {
		iter->idx++;
		iter->done = 0;
	}
}

void memcpy_to_bvec(struct bio_vec *bvec, const char *from);

#endif
