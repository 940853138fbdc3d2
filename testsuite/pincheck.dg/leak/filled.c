// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * A bio of the function's own is filled with the pages of a user's buffer, how many is not
 * known: whoever made it has to give back what is in it before it is dropped.
 */
#include <linux/bio.h>
#include <linux/errno.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <media/frame_vector.h>

#define INLINE_VECS	4

struct strip {
	struct bio *bio;
	int error;
};

void strip_queue(struct strip *strip);
void strip_trace(int ret);
bool dirty_limit_reached(bool nowait);

/* ---- synchronous, as a file system appends to a zone ---- */

int append_lost(struct block_device *bdev, struct iov_iter *iter)
{
	struct bio *bio = bio_alloc(bdev, 16, 0, GFP_KERNEL);
	int ret = bio_iov_iter_get_pages(bio, iter);

	if (ret)	/* { dg-warning {the pages in 'bio' are never given back.*pincheck:leak} } */
		goto out;
	ret = submit_bio_wait(bio);
out:
	bio_put(bio);
	return ret;
}

int append(struct block_device *bdev, struct iov_iter *iter)
{
	struct bio *bio = bio_alloc(bdev, 16, 0, GFP_KERNEL);
	int ret = bio_iov_iter_get_pages(bio, iter);

	if (ret)
		goto out;
	ret = submit_bio_wait(bio);
	bio_release_pages(bio, false);
out:
	bio_put(bio);
	return ret;
}

/* ---- on the stack, with a table of its own ---- */

int direct_lost(struct block_device *bdev, struct iov_iter *iter, unsigned int nr, bool dirty)
{
	struct bio_vec inline_vecs[INLINE_VECS], *vecs = inline_vecs;
	struct bio bio;
	int ret;

	if (nr > INLINE_VECS) {
		vecs = kmalloc_array(nr, sizeof(*vecs), GFP_KERNEL);
		if (!vecs)
			return -ENOMEM;
	}
	bio_init(&bio, bdev, vecs, nr, 0);
	bio.bi_iter.bi_sector = 8;
	ret = bio_iov_iter_get_pages(&bio, iter);
	if (ret)
		goto out;
	ret = bio.bi_iter.bi_size;
	submit_bio_wait(&bio);
	if (bio.bi_status) {	/* { dg-warning {the pages in 'bio' are never given back.*pincheck:leak} } */
		ret = -EIO;
		goto out;
	}
	bio_release_pages(&bio, dirty);
out:
	if (vecs != inline_vecs)
		kfree(vecs);
	bio_uninit(&bio);
	return ret;
}

int direct(struct block_device *bdev, struct iov_iter *iter, unsigned int nr, bool dirty)
{
	struct bio_vec inline_vecs[INLINE_VECS], *vecs = inline_vecs;
	struct bio bio;
	int ret;

	if (nr > INLINE_VECS) {
		vecs = kmalloc_array(nr, sizeof(*vecs), GFP_KERNEL);
		if (!vecs)
			return -ENOMEM;
	}
	bio_init(&bio, bdev, vecs, nr, 0);
	bio.bi_iter.bi_sector = 8;
	ret = bio_iov_iter_get_pages(&bio, iter);
	if (ret)
		goto out;
	ret = bio.bi_iter.bi_size;
	submit_bio_wait(&bio);
	bio_release_pages(&bio, dirty);
	if (bio.bi_status)
		ret = -EIO;
out:
	if (vecs != inline_vecs)
		kfree(vecs);
	bio_uninit(&bio);
	return ret;
}

/* ---- asynchronous: the pages go with the bio, but for where it is not submitted ---- */

int nowait_lost(struct block_device *bdev, struct iov_iter *iter, bool nowait)
{
	struct bio *bio = bio_alloc(bdev, 16, 0, GFP_KERNEL);
	int ret = bio_iov_iter_get_pages(bio, iter);

	if (ret) {
		bio_put(bio);
		return ret;
	}
	if (dirty_limit_reached(nowait)) {	/* { dg-warning {the pages in 'bio' are never given back.*pincheck:leak} } */
		bio_put(bio);
		return -EAGAIN;
	}
	submit_bio(bio);
	return 0;
}

int nowait(struct block_device *bdev, struct iov_iter *iter, bool nowait)
{
	struct bio *bio = bio_alloc(bdev, 16, 0, GFP_KERNEL);
	int ret = bio_iov_iter_get_pages(bio, iter);

	if (ret) {
		bio_put(bio);
		return ret;
	}
	if (dirty_limit_reached(nowait)) {
		bio_release_pages(bio, false);
		bio_put(bio);
		return -EAGAIN;
	}
	submit_bio(bio);
	return 0;
}

/* ---- other ways to give them back, or to hand them on ---- */

/* One by one, as before there was a function for all. */
int by_segment(struct block_device *bdev, struct iov_iter *iter)
{
	struct bio *bio = bio_alloc(bdev, 16, 0, GFP_KERNEL);
	struct bvec_iter_all all;
	struct bio_vec *bv;
	int ret = bio_iov_iter_get_pages(bio, iter);

	if (ret)
		goto out;
	ret = submit_bio_wait(bio);
	bio_for_each_segment_all(bv, bio, all)
		unpin_user_page(bv->bv_page);
out:
	bio_put(bio);
	return ret;
}

/* Only if there is anything to give back: pages of the kernel's own have no reference. */
int when_pinned(struct block_device *bdev, struct iov_iter *iter)
{
	struct bio *bio = bio_alloc(bdev, 16, 0, GFP_KERNEL);
	int ret = bio_iov_iter_get_pages(bio, iter);

	if (!ret) {
		ret = submit_bio_wait(bio);
		if (bio_flagged(bio, BIO_PAGE_PINNED))
			__bio_release_pages(bio, true);
	}
	bio_put(bio);
	return ret;
}

static void finish(struct bio *bio, bool dirty)
{
	if (dirty) {
		bio_check_pages_dirty(bio);
		return;
	}
	bio_release_pages(bio, false);
	bio_put(bio);
}

int by_helper(struct block_device *bdev, struct iov_iter *iter, bool dirty)
{
	struct bio *bio = bio_alloc(bdev, 16, 0, GFP_KERNEL);
	int ret = bio_iov_iter_get_pages(bio, iter);

	if (ret) {
		bio_put(bio);
		return ret;
	}
	if (dirty)
		bio_set_pages_dirty(bio);
	ret = submit_bio_wait(bio);
	finish(bio, dirty);
	return ret;
}

/* Somebody else completes it. */
int queue_it(struct strip *strip, struct block_device *bdev, struct iov_iter *iter)
{
	struct bio *bio = bio_alloc(bdev, 16, 0, GFP_KERNEL);
	int ret = bio_iov_iter_get_pages(bio, iter);

	if (ret) {
		bio_put(bio);
		return ret;
	}
	strip->bio = bio;
	strip_queue(strip);
	return 0;
}

/* The caller's bio is the caller's business. */
int fill_for(struct bio *bio, struct iov_iter *iter)
{
	int ret = bio_iov_iter_get_pages(bio, iter);

	strip_trace(ret);
	return ret;
}

struct bio *make_filled(struct block_device *bdev, struct iov_iter *iter)
{
	struct bio *bio = bio_alloc(bdev, 16, 0, GFP_KERNEL);

	if (bio_iov_iter_get_pages(bio, iter)) {
		bio_put(bio);
		return NULL;
	}
	return bio;
}

static void free_strip(struct strip *strip)
{
	if (strip->bio) {
		bio_release_pages(strip->bio, false);
		bio_put(strip->bio);
	}
	kfree(strip);
}

/* That there is none to be released is no case: it was filled. */
struct strip *make_strip(struct block_device *bdev, struct iov_iter *iter, size_t size)
{
	struct strip *strip = kzalloc(sizeof(*strip), GFP_KERNEL);

	if (!strip)
		return NULL;
	strip->bio = bio_alloc(bdev, 16, 0, GFP_KERNEL);
	if (bio_iov_iter_get_pages(strip->bio, iter)) {
		bio_put(strip->bio);
		kfree(strip);
		return NULL;
	}
	if (strip->bio->bi_iter.bi_size != size) {
		free_strip(strip);
		return NULL;
	}
	return strip;
}

/* Only pages of the user have to be given back, and who has asked knows which they are. */
int when_users(struct block_device *bdev, struct iov_iter *iter)
{
	struct bio *bio = bio_alloc(bdev, 16, 0, GFP_KERNEL);
	bool is_users = user_backed_iter(iter);
	int ret = bio_iov_iter_get_pages(bio, iter);

	if (!ret) {
		ret = submit_bio_wait(bio);
		if (is_users)
			bio_release_pages(bio, true);
	}
	bio_put(bio);
	return ret;
}

/* The kernel's own memory: there is no reference to give back. */
int own_memory(struct block_device *bdev, void *buffer, size_t len)
{
	struct kvec vec = { .iov_base = buffer, .iov_len = len };
	struct iov_iter iter;
	struct bio *bio;
	int ret;

	iov_iter_kvec(&iter, 0, &vec, 1, len);
	bio = bio_alloc(bdev, 16, 0, GFP_KERNEL);
	ret = bio_iov_iter_get_pages(bio, &iter);
	if (!ret)
		ret = submit_bio_wait(bio);
	bio_put(bio);
	return ret;
}

static int write_out(struct block_device *bdev, struct iov_iter *iter)
{
	struct bio *bio = bio_alloc(bdev, 16, 0, GFP_KERNEL);
	int ret = bio_iov_iter_get_pages(bio, iter);

	if (!ret)
		ret = submit_bio_wait(bio);
	bio_put(bio);
	return ret;
}

/* The same by a helper, which knows by whom it is called. */
int own_by_helper(struct block_device *bdev, void *buffer, size_t len)
{
	struct kvec vec = { .iov_base = buffer, .iov_len = len };
	struct iov_iter iter;

	iov_iter_kvec(&iter, 0, &vec, 1, len);
	return write_out(bdev, &iter);
}

/* One bio after the other. */
int in_rounds(struct block_device *bdev, struct iov_iter *iter, unsigned int rounds)
{
	struct bio *bio;
	int ret = 0;

	while (rounds--) {
		bio = bio_alloc(bdev, 16, 0, GFP_KERNEL);
		ret = bio_iov_iter_get_pages(bio, iter);
		if (ret) {
			bio_put(bio);
			break;
		}
		ret = submit_bio_wait(bio);
		bio_release_pages(bio, false);
		bio_put(bio);
		if (ret)
			break;
	}
	return ret;
}

/* ---- another container: a vector of frames ---- */

struct frame_vector *frames_lost(unsigned long start, unsigned int nr)
{
	struct frame_vector *vec = frame_vector_create(nr);
	int ret;

	if (!vec)
		return NULL;
	ret = get_vaddr_frames(start, nr, true, vec);
	if (ret < 0)
		goto out_destroy;
	if (ret != nr)	/* { dg-warning {the pages in 'vec' are never given back.*pincheck:leak} } */
		goto out_destroy;
	return vec;
out_destroy:
	frame_vector_destroy(vec);
	return NULL;
}

struct frame_vector *frames(unsigned long start, unsigned int nr)
{
	struct frame_vector *vec = frame_vector_create(nr);
	int ret;

	if (!vec)
		return NULL;
	ret = get_vaddr_frames(start, nr, true, vec);
	if (ret < 0)
		goto out_destroy;
	if (ret != nr)
		goto out_release;
	return vec;
out_release:
	put_vaddr_frames(vec);
out_destroy:
	frame_vector_destroy(vec);
	return NULL;
}
