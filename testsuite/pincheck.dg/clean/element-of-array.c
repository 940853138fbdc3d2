// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * Elements of an array each own an array of pages.
 * As in v6.12 drivers/misc/bcm-vk/bcm_vk_sg.c, bcm_vk_dma_alloc() and
 * bcm_vk_sg_alloc().
 */
#include <linux/mm.h>
#include <linux/slab.h>

struct dma {
	struct page **pages;
	int nr_pages;
};

struct data {
	u32 size;
	u64 address;
};

static int dma_free(struct dma *dma)
{
	int i;

	for (i = 0; i < dma->nr_pages; i++)
		unpin_user_page(dma->pages[i]);
	kfree(dma->pages);
	dma->pages = NULL;
	return 0;
}

static int dma_alloc(struct dma *dma, const struct data *data)
{
	unsigned long first = data->address >> PAGE_SHIFT;
	unsigned long last = (data->address + data->size - 1) >> PAGE_SHIFT;
	int err;

	dma->nr_pages = last - first + 1;
	dma->pages = kmalloc_array(dma->nr_pages, sizeof(struct page *), GFP_KERNEL);
	if (!dma->pages)
		return -ENOMEM;
	err = pin_user_pages_fast(data->address & PAGE_MASK, dma->nr_pages, FOLL_WRITE,
				  dma->pages);
	if (err != dma->nr_pages) {
		dma->nr_pages = (err >= 0) ? err : 0;
		return err < 0 ? err : -EINVAL;
	}
	return 0;
}

int all_alloc(struct dma *dma, struct data *data, int num)
{
	int i, rc = -EINVAL;

	for (i = 0; i < num; i++) {
		if (data[i].size && data[i].address)
			rc = dma_alloc(&dma[i], &data[i]);
		else
			rc = 0;
		if (rc)
			goto fail;
	}
	return 0;
fail:
	while (i > 0) {
		i--;
		if (dma[i].pages)
			dma_free(&dma[i]);
	}
	return rc;
}

int all_free(struct dma *dma, int num)
{
	int i;

	for (i = 0; i < num; i++)
		if (dma[i].pages)
			dma_free(&dma[i]);
	return 0;
}
