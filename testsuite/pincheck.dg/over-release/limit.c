// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * An iterator gives no more pages than it is asked for, and perhaps fewer.
 * As in v6.12 drivers/tee/tee_shm.c, register_shm_helper().
 */
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/uio.h>

struct shm {
	struct page **pages;
	size_t num_pages;
};

int register_pages(struct page **pages, size_t n) __attribute__((access(read_only, 1, 2)));

int requested(struct iov_iter *iter, struct shm *shm, size_t num_pages)
{
	ssize_t len;
	size_t off;
	int ret;

	shm->pages = kmalloc_array(num_pages, sizeof(*shm->pages), GFP_KERNEL);
	if (!shm->pages)
		return -ENOMEM;
	len = iov_iter_get_pages2(iter, shm->pages, 1L << 40, num_pages, &off);
	if (len <= 0) {
		kfree(shm->pages);
		return len ? len : -ENOMEM;
	}
	shm->num_pages = num_pages;
	if (DIV_ROUND_UP(len + off, PAGE_SIZE) != num_pages) {
		ret = -ENOMEM;
		goto put;
	}
	ret = register_pages(shm->pages, shm->num_pages);
	if (ret)
		goto put;
	return 0;
put:
	release_pages(shm->pages, shm->num_pages);	/* { dg-warning {pincheck:over-release} } */
	kfree(shm->pages);
	return ret;
}

int clean_requested(struct iov_iter *iter, struct shm *shm, size_t num_pages)
{
	ssize_t len;
	size_t off;
	int ret;

	shm->pages = kmalloc_array(num_pages, sizeof(*shm->pages), GFP_KERNEL);
	if (!shm->pages)
		return -ENOMEM;
	len = iov_iter_get_pages2(iter, shm->pages, 1L << 40, num_pages, &off);
	if (len <= 0) {
		kfree(shm->pages);
		return len ? len : -ENOMEM;
	}
	shm->num_pages = DIV_ROUND_UP(len + off, PAGE_SIZE);
	if (shm->num_pages != num_pages) {
		ret = -ENOMEM;
		goto put;
	}
	ret = register_pages(shm->pages, shm->num_pages);
	if (ret)
		goto put;
	return 0;
put:
	release_pages(shm->pages, shm->num_pages);
	kfree(shm->pages);
	return ret;
}

/* There is one, since no more was asked for. */
int clean_one(struct iov_iter *iter)
{
	struct page *page;
	size_t off;
	ssize_t len = iov_iter_get_pages2(iter, &page, PAGE_SIZE, 1, &off);

	if (len <= 0)
		return -EFAULT;
	put_page(page);
	return 0;
}
