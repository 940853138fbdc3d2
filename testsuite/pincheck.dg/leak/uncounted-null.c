/* SPDX-License-Identifier: GPL-2.0-or-later */
/* { dg-do compile } */
/* How many pages there are is lost, but who gives them back looks which are there. */
#include <linux/mm.h>
#include <linux/slab.h>

struct dma {
	unsigned int nr;
	struct page **pages;
};

int clean_short_pin(struct dma *dma, unsigned long start)
{
	int ret;

	dma->pages = kcalloc(dma->nr, sizeof(*dma->pages), GFP_KERNEL);
	if (!dma->pages)
		return -ENOMEM;
	ret = get_user_pages_fast(start, dma->nr, 0, dma->pages);
	if (ret < 0)
		return ret;
	if (ret < dma->nr)
		return -EFAULT;
	return 0;
}

static void put_one(struct page *page)
{
	if (page)
		put_page(page);
}

void clean_free(struct dma *dma)
{
	unsigned int i;

	for (i = 0; i < dma->nr; i++)
		put_one(dma->pages[i]);
	kfree(dma->pages);
}
