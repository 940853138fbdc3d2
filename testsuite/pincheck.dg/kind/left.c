// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Pages that a function copies into a record of its own, and leaves to its caller that way. */
#include <linux/bvec.h>
#include <linux/slab.h>
#include <linux/uio.h>

int submit(struct bio_vec *vec, unsigned int count);

static int get_vec(struct iov_iter *iter, struct bio_vec **vec)
{
	struct bio_vec *v = kzalloc(sizeof(*v), GFP_KERNEL);
	struct page *pages[1];
	size_t start;
	ssize_t bytes;

	if (!v)
		return -ENOMEM;
	bytes = iov_iter_get_pages2(iter, pages, PAGE_SIZE, 1, &start);
	if (bytes <= 0) {
		kfree(v);
		return -EFAULT;
	}
	v->bv_page = pages[0];
	v->bv_len = bytes;
	v->bv_offset = start;
	*vec = v;
	return 0;
}

int use_vec(struct iov_iter *iter)
{
	struct bio_vec *vec;
	int ret = get_vec(iter, &vec);

	if (ret)
		return ret;
	ret = submit(vec, 1);
	unpin_user_page(vec->bv_page);	/* { dg-warning {pincheck:unpin-ordinary} } */
	kfree(vec);
	return ret;
}

int clean_use_vec(struct iov_iter *iter)
{
	struct bio_vec *vec;
	int ret = get_vec(iter, &vec);

	if (ret)
		return ret;
	ret = submit(vec, 1);
	put_page(vec->bv_page);
	kfree(vec);
	return ret;
}
