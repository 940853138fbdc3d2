// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * A page that is looked at before it is counted: what gives back goes by the count, and
 * so, on the first round, does nothing at all.
 */
#include <linux/errno.h>
#include <linux/mm.h>
#include <linux/slab.h>

struct area {
	struct page **pages;
	unsigned int nr;
	unsigned long size;
};

void area_list(struct area *area);

static int area_check(struct page *page)
{
	if (page_to_pfn(page) & 1)
		return -EINVAL;
	return 0;
}

int count_late(unsigned long start, unsigned int max, unsigned long size)
{
	struct area *area = kzalloc(sizeof(*area), GFP_KERNEL);
	unsigned int i;
	int ret;

	if (!area)
		return -ENOMEM;
	area->pages = kcalloc(max, sizeof(*area->pages), GFP_KERNEL);
	if (!area->pages) {
		ret = -ENOMEM;
		goto free;
	}
	do {
		i = area->nr;
		if (i == max) {
			ret = -EINVAL;
			goto put;
		}
		ret = get_user_pages_unlocked(start + area->size, 1, area->pages + i, 0);
		if (ret < 0)
			goto put;
		ret = area_check(area->pages[i]);
		if (ret < 0)	/* { dg-warning {'area->pages' is never given back.*pincheck:leak} } */
			goto put;
		area->size += PAGE_SIZE;
		area->nr++;
	} while (area->size < size);
	area_list(area);
	return 0;
put:
	for (i = 0; i < area->nr; i++)
		put_page(area->pages[i]);
	kfree(area->pages);
free:
	kfree(area);
	return ret;
}

int count_first(unsigned long start, unsigned int max, unsigned long size)
{
	struct area *area = kzalloc(sizeof(*area), GFP_KERNEL);
	unsigned int i;
	int ret;

	if (!area)
		return -ENOMEM;
	area->pages = kcalloc(max, sizeof(*area->pages), GFP_KERNEL);
	if (!area->pages) {
		ret = -ENOMEM;
		goto free;
	}
	do {
		i = area->nr;
		if (i == max) {
			ret = -EINVAL;
			goto put;
		}
		ret = get_user_pages_unlocked(start + area->size, 1, area->pages + i, 0);
		if (ret < 0)
			goto put;
		area->nr++;
		ret = area_check(area->pages[i]);
		if (ret < 0)
			goto put;
		area->size += PAGE_SIZE;
	} while (area->size < size);
	area_list(area);
	return 0;
put:
	for (i = 0; i < area->nr; i++)
		put_page(area->pages[i]);
	kfree(area->pages);
free:
	kfree(area);
	return ret;
}

/* Counted late, and given back where it is not counted. */
int count_late_and_put(unsigned long start, unsigned int max, unsigned long size)
{
	struct area *area = kzalloc(sizeof(*area), GFP_KERNEL);
	unsigned int i;
	int ret;

	if (!area)
		return -ENOMEM;
	area->pages = kcalloc(max, sizeof(*area->pages), GFP_KERNEL);
	if (!area->pages) {
		ret = -ENOMEM;
		goto free;
	}
	do {
		i = area->nr;
		if (i == max) {
			ret = -EINVAL;
			goto put;
		}
		ret = get_user_pages_unlocked(start + area->size, 1, area->pages + i, 0);
		if (ret < 0)
			goto put;
		ret = area_check(area->pages[i]);
		if (ret < 0) {
			put_page(area->pages[i]);
			goto put;
		}
		area->size += PAGE_SIZE;
		area->nr++;
	} while (area->size < size);
	area_list(area);
	return 0;
put:
	for (i = 0; i < area->nr; i++)
		put_page(area->pages[i]);
	kfree(area->pages);
free:
	kfree(area);
	return ret;
}
