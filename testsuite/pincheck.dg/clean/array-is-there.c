// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * net/9p/trans_virtio.c: the array comes with the pages, and is asked for when they are
 * given back.  Where there are pages there is an array.
 */
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/uio.h>

static int take(struct iov_iter *iter, struct page ***pages, size_t size, size_t *offset,
		bool *needs_drop)
{
	ssize_t got = iov_iter_get_pages_alloc2(iter, pages, size, offset);

	if (got < 0)
		return got;
	*needs_drop = true;
	return got;
}

int clean_in_and_out(struct iov_iter *in, struct iov_iter *out, size_t size)
{
	struct page **in_pages = NULL, **out_pages = NULL;
	int in_count = 0, out_count = 0, got = 0, i;
	bool needs_drop = false;
	size_t offset = 0;

	if (out) {
		got = take(out, &out_pages, size, &offset, &needs_drop);
		if (got < 0)
			goto out;
		out_count = DIV_ROUND_UP(got + offset, PAGE_SIZE);
	} else if (in) {
		got = take(in, &in_pages, size, &offset, &needs_drop);
		if (got < 0)
			goto out;
		in_count = DIV_ROUND_UP(got + offset, PAGE_SIZE);
	}
out:
	if (needs_drop) {
		if (in_pages)
			for (i = 0; i < in_count; i++)
				put_page(in_pages[i]);
		if (out_pages)
			for (i = 0; i < out_count; i++)
				put_page(out_pages[i]);
	}
	kvfree(in_pages);
	kvfree(out_pages);
	return got;
}
