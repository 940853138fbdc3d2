// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * One exit for all: there is an error, and perhaps something was pinned.
 * As in v6.12 drivers/vdpa/vdpa_user/vduse_dev.c, vduse_dev_reg_umem().
 */
#include <linux/mm.h>
#include <linux/slab.h>

struct umem {
	struct page **pages;
	unsigned long npages;
};

int map_pages(struct page **pages, unsigned long npages) __attribute__((access(read_only, 1, 2)));

int umem_register(unsigned long start, unsigned long npages, struct umem **slot)
{
	struct page **pages = NULL;
	struct umem *umem = NULL;
	long pinned = 0;
	int ret;

	ret = -ENOMEM;
	pages = kcalloc(npages, sizeof(*pages), GFP_KERNEL);
	umem = kzalloc(sizeof(*umem), GFP_KERNEL);
	if (!pages || !umem)
		goto unlock;
	pinned = pin_user_pages(start, npages, FOLL_LONGTERM | FOLL_WRITE, pages);
	if (pinned != npages) {
		ret = pinned < 0 ? pinned : -ENOMEM;
		goto out;
	}
	ret = map_pages(pages, pinned);
	if (ret)
		goto out;
	umem->pages = pages;
	umem->npages = pinned;
	*slot = umem;
out:
	if (ret && pinned > 0)
		unpin_user_pages(pages, pinned);
unlock:
	if (ret) {
		kfree(pages);
		kfree(umem);
	}
	return ret;
}
