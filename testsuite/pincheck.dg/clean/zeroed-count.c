// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * A table in a record that was allocated as zeros: sg_alloc_table() sets how many entries it
 * has, so that the loops over them do something.  Not of a kernel, but as drivers are written.
 */
#include <linux/errno.h>
#include <linux/mm.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>

struct buffer {
	struct sg_table table;
	struct page **pages;
	unsigned int count;
};

int buffer_map(unsigned long address);

int buffer_run(unsigned long start, int n)
{
	struct buffer *buffer = kzalloc(sizeof(*buffer), GFP_KERNEL);
	struct scatterlist *sg;
	int ret, i;

	if (!buffer)
		return -ENOMEM;
	buffer->pages = kvmalloc_array(n, sizeof(*buffer->pages), GFP_KERNEL);
	if (!buffer->pages) {
		ret = -ENOMEM;
		goto free;
	}
	ret = pin_user_pages_fast(start, n, FOLL_WRITE, buffer->pages);
	if (ret != n) {
		if (ret > 0)
			unpin_user_pages(buffer->pages, ret);
		ret = -EFAULT;
		goto free_pages;
	}
	ret = sg_alloc_table(&buffer->table, n, GFP_KERNEL);
	if (ret) {
		unpin_user_pages(buffer->pages, n);
		goto free_pages;
	}
	for_each_sg(buffer->table.sgl, sg, buffer->table.nents, i)
		sg_set_page(sg, buffer->pages[i], PAGE_SIZE, 0);
	ret = buffer_map(start);
	for_each_sg(buffer->table.sgl, sg, buffer->table.orig_nents, i)
		unpin_user_page(sg_page(sg));
	sg_free_table(&buffer->table);
free_pages:
	kvfree(buffer->pages);
free:
	kfree(buffer);
	return ret;
}

/* Here the count was set to zero, and nobody else has seen it: the pages are lost. */
int buffer_lost(unsigned long start, int n)
{
	struct buffer *buffer = kzalloc(sizeof(*buffer), GFP_KERNEL);
	unsigned int i;
	int ret;

	if (!buffer)
		return -ENOMEM;
	buffer->pages = kvmalloc_array(n, sizeof(*buffer->pages), GFP_KERNEL);
	if (!buffer->pages) {
		ret = -ENOMEM;
		goto free;
	}
	ret = pin_user_pages_fast(start, n, FOLL_WRITE, buffer->pages);
	if (ret != n) {	/* { dg-warning {pincheck:leak} } */
		ret = -EFAULT;
		goto put;
	}
	buffer->count = n;
	ret = buffer_map(start);
put:
	for (i = 0; i < buffer->count; i++)
		unpin_user_page(buffer->pages[i]);
	kvfree(buffer->pages);
free:
	kfree(buffer);
	return ret;
}
