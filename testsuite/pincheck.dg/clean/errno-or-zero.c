// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * A call that returns an errno or 0: whoever asks for `< 0' has asked for both.
 * As in the PCIe driver of Hailo's accelerators, prepare_sg_table() of vdma/memory.c.
 */
#include <linux/mm.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>

int table_of_user(struct sg_table *table, unsigned long address, u32 size)
{
	unsigned int wanted = DIV_ROUND_UP(size, PAGE_SIZE);
	int ret, i, got;
	struct page **pages;

	pages = kvmalloc_array(wanted, sizeof(*pages), GFP_KERNEL);
	if (!pages)
		return -ENOMEM;
	got = get_user_pages_fast(address, wanted, FOLL_WRITE, pages);
	if (got < 0) {
		ret = got;
		goto out;
	}
	if (got != wanted) {
		ret = -EINVAL;
		goto put;
	}
	ret = sg_alloc_table_from_pages(table, pages, wanted, 0, size, GFP_KERNEL);
	if (ret < 0)
		goto put;
	goto out;
put:
	for (i = 0; i < got; i++)
		put_page(pages[i]);
out:
	kvfree(pages);
	return ret;
}

int table_of_user_leaky(struct sg_table *table, unsigned long address, u32 size)
{
	unsigned int wanted = DIV_ROUND_UP(size, PAGE_SIZE);
	int ret, i, got;
	struct page **pages;

	pages = kvmalloc_array(wanted, sizeof(*pages), GFP_KERNEL);
	if (!pages)
		return -ENOMEM;
	got = get_user_pages_fast(address, wanted, FOLL_WRITE, pages);
	if (got < 0) {
		ret = got;
		goto out;
	}
	if (got != wanted) {
		ret = -EINVAL;
		goto put;
	}
	ret = sg_alloc_table_from_pages(table, pages, wanted, 0, size, GFP_KERNEL);
	if (ret < 0)	/* { dg-warning "is never given back on this path" } */
		goto out;
	goto out;
put:
	for (i = 0; i < got; i++)
		put_page(pages[i]);
out:
	kvfree(pages);
	return ret;
}
