// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Iterators return bytes; the pages are counted from them. */
#include <linux/mm.h>
#include <linux/uio.h>

int probe(void);

int lost(struct iov_iter *iter)
{
	struct page *pages[8];
	size_t offset;
	ssize_t bytes = iov_iter_get_pages2(iter, pages, 8 * PAGE_SIZE, 8, &offset);

	if (bytes <= 0)
		return bytes;
	if (probe())	/* { dg-warning {pincheck:leak} } */
		return -EIO;
	release_pages(pages, DIV_ROUND_UP(offset + bytes, PAGE_SIZE));
	return 0;
}

int clean(struct iov_iter *iter)
{
	struct page *pages[8];
	size_t offset;
	ssize_t bytes = iov_iter_get_pages2(iter, pages, 8 * PAGE_SIZE, 8, &offset);

	if (bytes <= 0)
		return bytes;
	release_pages(pages, DIV_ROUND_UP(offset + bytes, PAGE_SIZE));
	return 0;
}

int clean_loop(struct iov_iter *iter)
{
	struct page *pages[8];
	size_t offset;
	ssize_t bytes = iov_iter_get_pages2(iter, pages, 8 * PAGE_SIZE, 8, &offset);
	int count, i;

	if (bytes <= 0)
		return bytes;
	count = (offset + bytes + PAGE_SIZE - 1) >> PAGE_SHIFT;
	for (i = 0; i < count; i++)
		put_page(pages[i]);
	return 0;
}

int put_extracted(struct iov_iter *iter)
{
	struct page *stack[8], **pages = stack;
	size_t offset;
	ssize_t bytes;
	int count, i;

	if (!user_backed_iter(iter))
		return -EINVAL;
	bytes = iov_iter_extract_pages(iter, &pages, 8 * PAGE_SIZE, 8, 0, &offset);
	if (bytes <= 0)
		return bytes;
	count = DIV_ROUND_UP(offset + bytes, PAGE_SIZE);
	for (i = 0; i < count; i++)
		put_page(pages[i]);	/* { dg-warning {pincheck:put-pinned} } */
	return 0;
}

int clean_extracted(struct iov_iter *iter)
{
	struct page *stack[8], **pages = stack;
	size_t offset;
	ssize_t bytes;
	int count;

	bytes = iov_iter_extract_pages(iter, &pages, 8 * PAGE_SIZE, 8, 0, &offset);
	if (bytes <= 0)
		return bytes;
	count = DIV_ROUND_UP(offset + bytes, PAGE_SIZE);
	if (iov_iter_extract_will_pin(iter))
		unpin_user_pages(pages, count);
	return 0;
}
