// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * Pages of an iterator of which it is not known what it is over: what the unit gives
 * back tells that it may be user memory.
 */
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/uio.h>

int probe(void);

int short_of_pages(struct iov_iter *iter, size_t bytes)
{
	struct page *array[8], **pages = array;
	size_t offset;
	ssize_t got = iov_iter_extract_pages(iter, &pages, bytes, 8, 0, &offset);

	if (got <= 0)
		return -EFAULT;
	if (got != bytes)	/* { dg-warning {pincheck:leak} } */
		return -EINVAL;
	unpin_user_pages(pages, DIV_ROUND_UP(offset + got, PAGE_SIZE));
	return 0;
}

int clean(struct iov_iter *iter, size_t bytes)
{
	struct page *array[8], **pages = array;
	size_t offset;
	ssize_t got = iov_iter_extract_pages(iter, &pages, bytes, 8, 0, &offset);
	int error = 0;

	if (got <= 0)
		return -EFAULT;
	if (got != bytes)
		error = -EINVAL;
	if (iov_iter_extract_will_pin(iter))
		unpin_user_pages(pages, DIV_ROUND_UP(offset + got, PAGE_SIZE));
	return error;
}

struct vector {
	struct page *page;
	unsigned int offset;
};

static int fill(struct vector *vector, struct page **pages, int count, size_t offset)
{
	int i, filled = 0;

	for (i = 0; i < count; i++) {
		if (filled && pages[i] == vector[filled - 1].page) {
			unpin_user_page(pages[i]);
			continue;
		}
		vector[filled].page = pages[i];
		vector[filled++].offset = offset;
		offset = 0;
	}
	return filled;
}

/* block/bio-integrity.c: the loop over the pages is in a callee, and the last use of them. */
int clean_moved(struct iov_iter *iter, size_t bytes, struct vector *vector, int count)
{
	struct page *array[8], **pages = array;
	size_t offset;

	if (count > 8)
		pages = NULL;
	if (iov_iter_extract_pages(iter, &pages, bytes, count, 0, &offset) <= 0)
		return -EFAULT;
	count = fill(vector, pages, count, offset);
	if (pages != array)
		kvfree(pages);
	return count;
}
