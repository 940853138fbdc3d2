// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* One array for pages and, behind them, for what they are mapped to. */
#include <linux/mm.h>
#include <linux/slab.h>

struct device;
u64 dma_map_page(struct device *device, struct page *page, size_t offset, size_t size, int dir);
struct page *next_page(int i);

struct mapping {
	struct page **pages;
	u64 *dma;
	int count;
	struct device *device;
};

static int take(struct mapping *m, unsigned long start)
{
	int ret;

	m->pages = kcalloc(m->count, sizeof(struct page *) + sizeof(u64), GFP_KERNEL);
	if (!m->pages)
		return -ENOMEM;
	m->dma = (u64 *)(m->pages + m->count);
	ret = pin_user_pages_fast(start, m->count, FOLL_WRITE, m->pages);
	if (ret == m->count)
		return 0;
	if (ret > 0)
		unpin_user_pages(m->pages, ret);
	kfree(m->pages);
	return -EFAULT;
}

static int map_all(struct device *device, struct page **pages, int count, u64 *dma)
{
	int i;

	for (i = 0; i < count; i++) {
		dma[i] = 0;
		dma[i] = dma_map_page(device, pages[i], 0, PAGE_SIZE, 0);
		if (!dma[i])
			return -EIO;
	}
	return 0;
}

int one_too_many(struct mapping *m, unsigned long start)
{
	if (take(m, start))
		return -EFAULT;
	if (map_all(m->device, m->pages, m->count, m->dma)) {
		unpin_user_pages(m->pages, m->count + 1);	/* { dg-warning {pincheck:over-release} } */
		kfree(m->pages);
		return -EIO;
	}
	return 0;
}

int clean_count(struct mapping *m, unsigned long start)
{
	if (take(m, start))
		return -EFAULT;
	if (map_all(m->device, m->pages, m->count, m->dma)) {
		unpin_user_pages(m->pages, m->count);
		kfree(m->pages);
		return -EIO;
	}
	return 0;
}

/* What is behind them are pages as well. */
int clean_more_pages(struct mapping *m, unsigned long start)
{
	int i;

	if (take(m, start))
		return -EFAULT;
	for (i = 0; i < m->count; i++)
		m->pages[m->count + i] = next_page(i);
	unpin_user_pages(m->pages, m->count + 1);
	kfree(m->pages);
	return 0;
}
