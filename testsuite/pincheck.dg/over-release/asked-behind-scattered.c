// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * The pages of one acquire are known elsewhere, too; those that a second one was asked for,
 * and has not given, are so nowhere.
 */
#include <linux/mm.h>
#include <linux/slab.h>

struct descriptor {
	unsigned long stat[8];
	unsigned long info[8];
};

/* drivers/gpu/drm/vmwgfx/vmwgfx_msg.c */
int all_of_info(struct descriptor *d, unsigned long stat, unsigned long info, int n, int m)
{
	struct page **pages = kmalloc_array(16, sizeof(*pages), GFP_KERNEL), **pages_info;
	int i, nr_stat, nr_info;

	if (!pages)
		return -ENOMEM;
	if (n < 1 || n > 8 || m < 1 || m > 8) {
		kfree(pages);
		return -EINVAL;
	}
	pages_info = pages + 8;
	nr_stat = pin_user_pages_fast(stat, n, FOLL_LONGTERM, pages);
	if (nr_stat != n)
		goto err_stat;
	for (i = 0; i < n; i++)
		d->stat[i] = page_to_pfn(pages[i]);
	nr_info = pin_user_pages_fast(info, m, FOLL_LONGTERM, pages_info);
	if (nr_info != m)
		goto err_info;
	for (i = 0; i < m; i++)
		d->info[i] = page_to_pfn(pages_info[i]);
	kfree(pages);
	return 0;
err_info:
	if (nr_info > 0)
		unpin_user_pages(pages_info, m);	/* { dg-warning {pincheck:over-release} } */
err_stat:
	if (nr_stat > 0)
		unpin_user_pages(pages, nr_stat);
	kfree(pages);
	return -ENOMEM;
}

int clean(struct descriptor *d, unsigned long stat, unsigned long info, int n, int m)
{
	struct page **pages = kmalloc_array(16, sizeof(*pages), GFP_KERNEL), **pages_info;
	int i, nr_stat, nr_info;

	if (!pages)
		return -ENOMEM;
	if (n < 1 || n > 8 || m < 1 || m > 8) {
		kfree(pages);
		return -EINVAL;
	}
	pages_info = pages + 8;
	nr_stat = pin_user_pages_fast(stat, n, FOLL_LONGTERM, pages);
	if (nr_stat != n)
		goto err_stat;
	for (i = 0; i < n; i++)
		d->stat[i] = page_to_pfn(pages[i]);
	nr_info = pin_user_pages_fast(info, m, FOLL_LONGTERM, pages_info);
	if (nr_info != m)
		goto err_info;
	for (i = 0; i < m; i++)
		d->info[i] = page_to_pfn(pages_info[i]);
	kfree(pages);
	return 0;
err_info:
	if (nr_info > 0)
		unpin_user_pages(pages_info, nr_info);
err_stat:
	if (nr_stat > 0)
		unpin_user_pages(pages, nr_stat);
	kfree(pages);
	return -ENOMEM;
}
