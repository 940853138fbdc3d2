// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * A kernel iterator gives no references, and is asked for with iov_iter_is_kvec().
 * As in v6.12 drivers/tee/tee_shm.c, register_shm_helper().
 */
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/uio.h>

#define SHM_USER_MAPPED	1

struct shm {
	u32 flags;
	struct page **pages;
	size_t num_pages, offset;
};

int shm_register(struct shm *shm);

static inline bool iov_iter_is_kvec(const struct iov_iter *i)
{
	return i->iter_type == ITER_KVEC;
}

static void shm_put_kernel_pages(struct page **pages, size_t page_count)
{
	size_t n;

	for (n = 0; n < page_count; n++)
		put_page(pages[n]);
}

static void shm_get_kernel_pages(struct page **pages, size_t page_count)
{
	size_t n;

	for (n = 0; n < page_count; n++)
		get_page(pages[n]);
}

static void shm_release_pages(struct shm *shm)
{
	if (shm->pages) {
		if (shm->flags & SHM_USER_MAPPED)
			unpin_user_pages(shm->pages, shm->num_pages);
		else
			shm_put_kernel_pages(shm->pages, shm->num_pages);
		kfree(shm->pages);
	}
}

struct shm *shm_take(struct iov_iter *iter, u32 flags, int num_pages)
{
	struct shm *shm = kzalloc(sizeof(*shm), GFP_KERNEL);
	size_t off;
	ssize_t len;
	int ret;

	if (!shm)
		return ERR_PTR(-ENOMEM);
	shm->flags = flags;
	shm->pages = kcalloc(num_pages, sizeof(*shm->pages), GFP_KERNEL);
	if (!shm->pages) {
		ret = -ENOMEM;
		goto err_free_shm;
	}
	len = iov_iter_extract_pages(iter, &shm->pages, 1 << 30, num_pages, 0, &off);
	if (len <= 0) {
		ret = len ? len : -ENOMEM;
		goto err_free_pages;
	}
	if (iov_iter_is_kvec(iter))
		shm_get_kernel_pages(shm->pages, num_pages);
	shm->offset = off;
	shm->num_pages = num_pages;
	ret = shm_register(shm);
	if (ret)
		goto err_put_pages;
	return shm;
err_put_pages:
	if (!iov_iter_is_kvec(iter))
		unpin_user_pages(shm->pages, shm->num_pages);
	else
		shm_put_kernel_pages(shm->pages, shm->num_pages);
err_free_pages:
	kfree(shm->pages);
err_free_shm:
	kfree(shm);
	return ERR_PTR(ret);
}

void shm_free(struct shm *shm)
{
	shm_release_pages(shm);
	kfree(shm);
}
