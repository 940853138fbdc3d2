// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* { dg-additional-options "-fplugin-arg-pincheck-missing-longterm" } */
/*
 * Pages that functions of other files take and give back: whether the call is over when they
 * are still taken, the place has to tell.
 */
#include <linux/mm.h>
#include <linux/slab.h>

struct region {
	struct page **pages;
	int nr;
	struct region *next;
};

struct device {
	struct region *regions;
	struct region slots[4];
	int slot_count;
};

static int region_pin(struct region *region, unsigned long start)
{
	int ret;

	region->pages = kcalloc(region->nr, sizeof(*region->pages), GFP_KERNEL);
	if (!region->pages)
		return -ENOMEM;
	ret = pin_user_pages_fast(start, region->nr, FOLL_WRITE, region->pages);	/* { dg-warning {'pin_user_pages_fast' takes pages for a short time.*missing-longterm} } */
	if (ret == region->nr)
		return 0;
	if (ret > 0)
		unpin_user_pages(region->pages, ret);
	kfree(region->pages);
	return -EFAULT;
}

/* A record that is made for them (drivers/fpga/dfl-afu-dma-region.c). */
int region_add(struct device *device, unsigned long start, int nr)
{
	struct region *region = kzalloc(sizeof(*region), GFP_KERNEL);
	int ret;

	if (!region)
		return -ENOMEM;
	region->nr = nr;
	ret = region_pin(region, start);
	if (ret) {
		kfree(region);
		return ret;
	}
	region->next = device->regions;
	device->regions = region;
	return 0;
}

void region_remove(struct device *device)
{
	struct region *region = device->regions;

	device->regions = region->next;
	unpin_user_pages(region->pages, region->nr);
	kfree(region->pages);
	kfree(region);
}

/* The record is the caller's, who may do both in one call (drivers/media/pci/ivtv/ivtv-udma.c). */
struct transfer {
	struct page *map[16];
	int nr;
};

int transfer_setup(struct transfer *transfer, unsigned long start, int nr)
{
	int ret = pin_user_pages_fast(start, nr, 0, transfer->map);

	if (ret != nr) {
		if (ret > 0)
			unpin_user_pages(transfer->map, ret);
		return -EFAULT;
	}
	transfer->nr = nr;
	return 0;
}

void transfer_unmap(struct transfer *transfer)
{
	unpin_user_pages(transfer->map, transfer->nr);
	transfer->nr = 0;
}

/* One of several in the caller's record (drivers/virt/acrn/mm.c). */
int slot_add(struct device *device, unsigned long start, int nr)
{
	struct region *slot = &device->slots[device->slot_count];
	struct page **pages = kcalloc(nr, sizeof(*pages), GFP_KERNEL);

	if (!pages)
		return -ENOMEM;
	if (pin_user_pages_fast(start, 1, FOLL_WRITE, pages) != 1) {	/* { dg-warning {missing-longterm} } */
		kfree(pages);
		return -EFAULT;
	}
	slot->pages = pages;
	slot->nr = nr;
	device->slot_count++;
	return 0;
}

void slots_remove(struct device *device)
{
	int i;

	for (i = 0; i < device->slot_count; i++)
		unpin_user_pages(device->slots[i].pages, device->slots[i].nr);
}

/* Found again through a variable (fs/orangefs/orangefs-bufmap.c). */
struct map {
	struct page **pages;
	int nr;
};

static struct map *the_map;

int map_install(struct map *map, unsigned long start)
{
	int ret = pin_user_pages_fast(start, map->nr, FOLL_WRITE, map->pages);	/* { dg-warning {missing-longterm} } */

	if (ret != map->nr) {
		if (ret > 0)
			unpin_user_pages(map->pages, ret);
		return -EFAULT;
	}
	the_map = map;
	return 0;
}

void map_remove(void)
{
	unpin_user_pages(the_map->pages, the_map->nr);
	the_map = NULL;
}

/* A window that moves: the pages before are given back (drivers/vfio/iova_bitmap.c). */
struct window {
	struct page **pages;
	int nr;
	unsigned long start;
};

static int window_get(struct window *window)
{
	int ret = pin_user_pages_fast(window->start, 8, FOLL_WRITE, window->pages);

	if (ret <= 0)
		return -EFAULT;
	window->nr = ret;
	return 0;
}

static void window_put(struct window *window)
{
	if (window->nr) {
		unpin_user_pages(window->pages, window->nr);
		window->nr = 0;
	}
}

void window_free(struct window *window)
{
	window_put(window);
	kfree(window->pages);
	kfree(window);
}

struct window *window_alloc(unsigned long start)
{
	struct window *window = kzalloc(sizeof(*window), GFP_KERNEL);

	if (!window)
		return NULL;
	window->start = start;
	window->pages = kcalloc(8, sizeof(*window->pages), GFP_KERNEL);
	if (!window->pages || window_get(window)) {
		window_free(window);
		return NULL;
	}
	return window;
}

int window_advance(struct window *window)
{
	window->start += window->nr * PAGE_SIZE;
	window_put(window);
	return window_get(window);
}
