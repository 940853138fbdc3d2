// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * The array takes one chunk after the other; the pages move on into tables.
 * As in v6.12 drivers/infiniband/hw/usnic/usnic_uiom.c, usnic_uiom_get_pages(),
 * and drivers/vhost/vdpa.c, vhost_vdpa_pa_map().
 */
#include <linux/mm.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>

struct chunk {
	struct chunk *next;
	int nents;
	struct scatterlist list[];
};

static void chunks_put(struct chunk *chunk)
{
	struct chunk *next;
	int i;

	for (; chunk; chunk = next) {
		for (i = 0; i < chunk->nents; i++)
			unpin_user_page(sg_page(&chunk->list[i]));
		next = chunk->next;
		kfree(chunk);
	}
}

int chunks_get(struct chunk **first, unsigned long start, unsigned long npages)
{
	struct page **list = (struct page **)get_zeroed_page(GFP_KERNEL);
	struct chunk *chunk;
	int ret = 0, off, i;

	if (!list)
		return -ENOMEM;
	*first = NULL;
	while (npages) {
		ret = pin_user_pages(start, min_t(unsigned long, npages,
						  PAGE_SIZE / sizeof(struct page *)),
				     FOLL_LONGTERM, list);
		if (ret < 0)
			goto out;
		npages -= ret;
		start += ret * PAGE_SIZE;
		off = 0;
		while (ret) {
			chunk = kmalloc(sizeof(*chunk) + 16 * sizeof(chunk->list[0]), GFP_KERNEL);
			if (!chunk) {
				unpin_user_pages(list + off, ret);
				ret = -ENOMEM;
				goto out;
			}
			chunk->nents = min_t(int, ret, 16);
			sg_init_table(chunk->list, chunk->nents);
			for (i = 0; i < chunk->nents; i++)
				sg_set_page(&chunk->list[i], list[i + off], PAGE_SIZE, 0);
			ret -= chunk->nents;
			off += chunk->nents;
			chunk->next = *first;
			*first = chunk;
		}
	}
out:
	if (ret < 0)
		chunks_put(*first);
	free_page((unsigned long)list);
	return ret;
}

int map_range(unsigned long iova, unsigned long pfn, unsigned long npages);

/* The pages rest in the mapping, by their frame numbers. */
int map_chunks(unsigned long start, unsigned long npages, unsigned long iova)
{
	struct page **list = (struct page **)get_zeroed_page(GFP_KERNEL);
	unsigned long size, i;
	long pinned;
	int ret = 0;

	if (!list)
		return -ENOMEM;
	while (npages) {
		size = min_t(unsigned long, npages, PAGE_SIZE / sizeof(struct page *));
		pinned = pin_user_pages(start, size, FOLL_LONGTERM, list);
		if (pinned != size) {
			if (pinned < 0) {
				ret = pinned;
			} else {
				unpin_user_pages(list, pinned);
				ret = -ENOMEM;
			}
			goto out;
		}
		for (i = 0; i < pinned; i++) {
			ret = map_range(iova, page_to_pfn(list[i]), 1);
			if (ret) {
				unpin_user_pages(&list[i], pinned - i);
				goto out;
			}
			iova += PAGE_SIZE;
		}
		start += size * PAGE_SIZE;
		npages -= size;
	}
out:
	free_page((unsigned long)list);
	return ret;
}
