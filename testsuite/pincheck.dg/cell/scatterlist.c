// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Pages in a scatterlist: page_link holds them, beside two bits. */
#include <linux/mm.h>
#include <linux/scatterlist.h>

struct mapping {
	struct scatterlist *list;
	int count;
};

int mapping_fill(struct mapping *mapping, unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	sg_set_page(mapping->list, page, PAGE_SIZE, 0);
	return 0;
}

void mapping_drop(struct mapping *mapping)
{
	put_page(sg_page(mapping->list));	/* { dg-warning {pincheck:put-pinned} } */
}
