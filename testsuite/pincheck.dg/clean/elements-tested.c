// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * How many pages there are is told by the elements that are not NULL, as in v5.6
 * drivers/xen/privcmd.c, unlock_pages().
 */
#include <linux/mm.h>
#include <linux/slab.h>

static int lock_pages(unsigned long start, int n, struct page **pages)
{
	int ret = pin_user_pages_fast(start, n, FOLL_WRITE, pages);

	if (ret <= 0)
		return -EFAULT;
	if (ret < n)
		return -EFAULT;
	return ret;
}

static void unlock_pages(struct page **pages, int n)
{
	int i;

	for (i = 0; i < n; i++)
		if (pages[i])
			unpin_user_page(pages[i]);
}

int command(unsigned long start, int n, int (*call)(int))
{
	struct page **pages = kcalloc(n, sizeof(*pages), GFP_KERNEL);
	int ret;

	if (!pages)
		return -ENOMEM;
	ret = lock_pages(start, n, pages);
	if (ret >= 0)
		ret = call(n);
	unlock_pages(pages, n);
	kfree(pages);
	return ret;
}
