/* SPDX-License-Identifier: GPL-2.0-or-later */
/* { dg-do compile } */
/*
 * A function tells how many pages it takes, and its caller, which fills several such records,
 * has lost that: it is as the function has said, if nobody else tells a number.
 */
#include <linux/mm.h>
#include <linux/slab.h>

struct data {
	unsigned int size;
	unsigned long address;
};

struct dma {
	unsigned int nr, len;
	struct page **pages;
	unsigned int *list;
};

struct region {
	unsigned int nr;
	struct page **pages;
};

void look_at(unsigned int *number);
int map(struct page *page, unsigned long size);
static int drop(struct dma *dma);

static int take(struct dma *dma, struct data *data)
{
	unsigned long first = data->address / PAGE_SIZE;
	unsigned long last = (data->address + data->size - 1) / PAGE_SIZE;
	unsigned long size, left;
	int ret, i;
	unsigned int *list;

	dma->nr = last - first + 1;
	dma->pages = kmalloc_array(dma->nr, sizeof(*dma->pages), GFP_KERNEL);
	if (!dma->pages)
		return -ENOMEM;
	ret = get_user_pages_fast(data->address, dma->nr, 0, dma->pages);
	if (ret != dma->nr) {
		dma->nr = ret >= 0 ? ret : 0;
		return ret < 0 ? ret : -EINVAL;
	}
	dma->len = dma->nr * 8 + 2;
	dma->list = kmalloc(dma->len, GFP_KERNEL);
	if (!dma->list)
		return -ENOMEM;
	dma->list[0] = 0;
	dma->list[1] = data->size;
	left = data->size;
	list = &dma->list[2];
	size = left < 100 ? left : 100;
	left -= size;
	*list = map(dma->pages[0], size);
	if (*list > 7)
		return -EIO;
	for (i = 1; i < dma->nr; i++) {
		size = left < 100 ? left : 100;
		left -= size;
		ret = map(dma->pages[i], size);
		if (ret > 7)
			return -EIO;
		if (ret == 3 && size < 30) {
			*list += size;
		} else {
			list++;
			*list = ret;
			dma->list[0]++;
		}
	}
	return 0;
}

int take_all(struct dma *dma, struct data *data, int n)
{
	int i, rc = -EINVAL;

	for (i = 0; i < n; i++) {
		if (data[i].size && data[i].address)
			rc = take(&dma[i], &data[i]);
		else if (data[i].size || data[i].address)
			rc = -EINVAL;
		else
			rc = 0;
		if (rc)
			goto fail;
	}
	return rc;
fail:
	while (i > 0) {
		i--;
		if (dma[i].list)
			drop(&dma[i]);
	}
	return rc;
}

static int drop(struct dma *dma)
{
	unsigned int i;

	kfree(dma->list);
	for (i = 0; i < dma->nr + 1; i++)
		put_page(dma->pages[i]);	/* { dg-warning {pincheck:over-release} } */
	kfree(dma->pages);
	dma->list = NULL;
	return 0;
}

int drop_all(struct dma *dma, int n)
{
	int i, done = 0;

	for (i = 0; i < n; i++)
		if (dma[i].list) {
			drop(&dma[i]);
			done++;
		}
	return done;
}

static int take_region(struct region *region, unsigned long start, unsigned int nr)
{
	int ret;

	region->pages = kmalloc_array(nr, sizeof(*region->pages), GFP_KERNEL);
	if (!region->pages)
		return -ENOMEM;
	ret = pin_user_pages_fast(start, nr, 0, region->pages);
	if (ret <= 0) {
		kfree(region->pages);
		region->pages = NULL;
		return ret;
	}
	region->nr = ret;
	return 0;
}

/* The last page is one of its own. */
int clean_take_with_tail(struct region *region, unsigned long start, unsigned int nr)
{
	int ret = take_region(region, start, nr);

	if (ret)
		return ret;
	region->nr--;
	look_at(&region->nr);
	return 0;
}

void clean_drop_region(struct region *region)
{
	unpin_user_pages(region->pages, region->nr + 1);
	kfree(region->pages);
}
