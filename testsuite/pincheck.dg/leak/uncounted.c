/* SPDX-License-Identifier: GPL-2.0-or-later */
/* { dg-do compile } */
/* A failure after which nobody knows how many pages there are in the caller's array. */
#include <linux/mm.h>
#include <linux/slab.h>

struct dma {
	unsigned int nr, pinned;
	struct page **pages;
	unsigned long size;
};

void log_number(const char *text, ...);
void set_pinned(struct dma *dma, int pinned);

int short_pin_is_left(struct dma *dma, unsigned long start, unsigned long size)
{
	int ret;

	dma->nr = (start + size - 1) / PAGE_SIZE - start / PAGE_SIZE + 1;
	dma->pages = kmalloc_array(dma->nr, sizeof(*dma->pages), GFP_KERNEL);
	if (!dma->pages)
		return -ENOMEM;
	ret = pin_user_pages_fast(start, dma->nr, 0, dma->pages);
	if (ret != dma->nr)		/* { dg-warning {pincheck:leak} } */
		return ret < 0 ? ret : -EINVAL;
	return 0;
}

/* The array is the caller's, as is its length: any caller may come. */
int short_pin_of_others(struct dma *dma, unsigned long start)
{
	int ret = get_user_pages_fast(start, dma->nr, 0, dma->pages);

	if (ret < 0)
		return ret;
	if (ret < dma->nr)		/* { dg-warning {pincheck:leak} } */
		return -EFAULT;
	dma->pinned = ret;
	return 0;
}

void clean_free(struct dma *dma)
{
	unpin_user_pages(dma->pages, dma->nr);
	kfree(dma->pages);
}

void clean_put(struct dma *dma)
{
	unsigned int i;

	for (i = 0; i < dma->pinned; i++)
		put_page(dma->pages[i]);
}

int clean_count_is_left(struct dma *dma, unsigned long start, unsigned long size)
{
	int ret;

	dma->nr = (start + size - 1) / PAGE_SIZE - start / PAGE_SIZE + 1;
	dma->pages = kmalloc_array(dma->nr, sizeof(*dma->pages), GFP_KERNEL);
	if (!dma->pages)
		return -ENOMEM;
	ret = pin_user_pages_fast(start, dma->nr, 0, dma->pages);
	if (ret != dma->nr) {
		dma->nr = ret >= 0 ? ret : 0;
		return ret < 0 ? ret : -EINVAL;
	}
	return 0;
}

int clean_size_is_left(struct dma *dma, unsigned long start)
{
	int ret = get_user_pages_fast(start, dma->nr, 0, dma->pages);

	if (ret < 0)
		return ret;
	dma->size = (unsigned long)ret * PAGE_SIZE;
	if (ret < dma->nr)
		return -EFAULT;
	return 0;
}

int clean_told_by_pointer(struct dma *dma, unsigned long start, int *pinned)
{
	int ret = get_user_pages_fast(start, dma->nr, 0, dma->pages);

	*pinned = ret;
	if (ret < 0)
		return ret;
	if (ret < dma->nr)
		return -EFAULT;
	return 0;
}

int clean_told_to_others(struct dma *dma, unsigned long start)
{
	int ret = get_user_pages_fast(start, dma->nr, 0, dma->pages);

	if (ret < 0)
		return ret;
	set_pinned(dma, ret);
	if (ret < dma->nr)
		return -EFAULT;
	return 0;
}

int clean_ends_in_null(struct dma *dma, unsigned long start)
{
	int ret = get_user_pages_fast(start, dma->nr, 0, dma->pages);

	if (ret < 0)
		return ret;
	dma->pages[ret] = NULL;
	if (ret < dma->nr)
		return -EFAULT;
	return 0;
}

int clean_gives_back(struct dma *dma, unsigned long start)
{
	int ret = get_user_pages_fast(start, dma->nr, 0, dma->pages);

	if (ret < 0)
		return ret;
	if (ret < dma->nr) {
		release_pages(dma->pages, ret);
		return -EFAULT;
	}
	return 0;
}

/* Its callers ask for one page, or know. */
static int clean_as_many_as_asked(struct dma *dma, unsigned long start)
{
	int ret = get_user_pages_fast(start, dma->nr, 0, dma->pages);

	if (ret != dma->nr)
		return ret < 0 ? ret : -EFAULT;
	return 0;
}

int clean_one(struct dma *dma, unsigned long start)
{
	dma->nr = 1;
	return clean_as_many_as_asked(dma, start);
}

/* Zeros behind the pages are passed over. */
struct zeroed {
	unsigned int nr;
	struct page **pages;
};

int clean_zeros(struct zeroed *z, unsigned long start, unsigned long size)
{
	int ret;

	z->nr = (start + size - 1) / PAGE_SIZE - start / PAGE_SIZE + 1;
	z->pages = kcalloc(z->nr, sizeof(*z->pages), GFP_KERNEL);
	if (!z->pages)
		return -ENOMEM;
	ret = pin_user_pages_fast(start, z->nr, 0, z->pages);
	if (ret < 0)
		return ret;
	if (ret != z->nr)
		return -EINVAL;
	return 0;
}

void clean_free_zeroed(struct zeroed *z)
{
	unpin_user_pages(z->pages, z->nr);
	kfree(z->pages);
}
