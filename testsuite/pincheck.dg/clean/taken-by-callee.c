// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * The callee takes the page over, out of a structure that it gets the address of.
 * As in v6.12 fs/splice.c, iter_to_pipe().
 */
#include <linux/mm.h>
#include <linux/uio.h>

struct pipe;

struct pipe_buffer {
	struct page *page;
	unsigned int offset, len;
};

ssize_t add_to_pipe(struct pipe *pipe, struct pipe_buffer *buffer);

ssize_t iter_to_pipe(struct iov_iter *from, struct pipe *pipe)
{
	struct pipe_buffer buffer = { 0 };
	ssize_t total = 0, ret = 0;

	while (iov_iter_count(from)) {
		struct page *pages[16];
		ssize_t left;
		size_t start;
		int i, n;

		left = iov_iter_get_pages2(from, pages, ~0UL, 16, &start);
		if (left <= 0) {
			ret = left;
			break;
		}
		n = DIV_ROUND_UP(left + start, PAGE_SIZE);
		for (i = 0; i < n; i++) {
			int size = min_t(int, left, PAGE_SIZE - start);

			buffer.page = pages[i];
			buffer.offset = start;
			buffer.len = size;
			ret = add_to_pipe(pipe, &buffer);
			if (unlikely(ret < 0)) {
				iov_iter_revert(from, left);
				while (++i < n)
					put_page(pages[i]);
				goto out;
			}
			total += ret;
			left -= size;
			start = 0;
		}
	}
out:
	return total ? total : ret;
}

/* The same with one page, which is easier to follow and must be left alone as well. */
ssize_t page_to_pipe(unsigned long start, struct pipe *pipe)
{
	struct pipe_buffer buffer = { 0 };

	if (get_user_pages_fast(start, 1, 0, &buffer.page) != 1)
		return -EFAULT;
	return add_to_pipe(pipe, &buffer);
}
