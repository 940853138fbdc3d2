// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * A count asked for as u32, and what came as int.
 * As in v6.12 drivers/accel/habanalabs/common/memory.c, get_user_memory().
 */
#include <linux/mm.h>
#include <linux/slab.h>

struct userptr {
	struct page **pages;
	u32 npages;
};

int table_of(struct page **pages, u32 npages) __attribute__((access(read_only, 1, 2)));

int user_memory_get(struct userptr *userptr, u64 start, u32 npages)
{
	int rc;

	userptr->pages = kvmalloc_array(npages, sizeof(struct page *), GFP_KERNEL);
	if (!userptr->pages)
		return -ENOMEM;
	rc = pin_user_pages_fast(start, npages, FOLL_WRITE | FOLL_LONGTERM, userptr->pages);
	if (rc != npages) {
		if (rc < 0)
			goto destroy_pages;
		userptr->npages = rc;
		rc = -EFAULT;
		goto put_pages;
	}
	userptr->npages = npages;
	rc = table_of(userptr->pages, npages);
	if (rc < 0)
		goto put_pages;
	return 0;
put_pages:
	unpin_user_pages(userptr->pages, userptr->npages);
destroy_pages:
	kvfree(userptr->pages);
	return rc;
}
