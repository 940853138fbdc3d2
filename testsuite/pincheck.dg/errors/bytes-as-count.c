// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Bytes taken for pages. */
#include <linux/mm.h>
#include <linux/uio.h>

int bytes_as_count(struct iov_iter *iter)
{
	struct page *pages[8];
	size_t offset;
	ssize_t bytes = iov_iter_get_pages2(iter, pages, 8 * PAGE_SIZE, 8, &offset);

	if (bytes <= 0)
		return bytes;
	release_pages(pages, bytes);	/* { dg-warning {pincheck:over-release} } */
	return 0;
}
