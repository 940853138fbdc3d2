// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* One more is given back than was taken. */
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/uio.h>

struct buffer {
	struct page **pages;
	int count;
};

int last_index(unsigned long start)
{
	struct page *pages[8];
	int pinned = pin_user_pages_fast(start, 8, 0, pages), i;

	if (pinned < 0)
		return pinned;
	for (i = 0; i <= pinned; i++)
		unpin_user_page(pages[i]);	/* { dg-warning {pincheck:over-release} } */
	return 0;
}

int clean_last_index(unsigned long start)
{
	struct page *pages[8];
	int pinned = pin_user_pages_fast(start, 8, 0, pages), i;

	if (pinned < 0)
		return pinned;
	for (i = 0; i <= pinned - 1; i++)
		unpin_user_page(pages[i]);
	return 0;
}

int loop_over_all(unsigned long start, int n)
{
	struct page *pages[8];
	int pinned = pin_user_pages_fast(start, n, 0, pages), i;

	if (pinned < n) {
		if (pinned > 0)
			unpin_user_pages(pages, pinned);
		return -EFAULT;
	}
	for (i = 0; i < n + 1; i++) {
		if (start)
			set_page_dirty(pages[i]);
		unpin_user_page(pages[i]);	/* { dg-warning {pincheck:over-release} } */
	}
	return 0;
}

int clean_loop_over_all(unsigned long start, int n)
{
	struct page *pages[8];
	int pinned = pin_user_pages_fast(start, n, 0, pages), i;

	if (pinned < n) {
		if (pinned > 0)
			unpin_user_pages(pages, pinned);
		return -EFAULT;
	}
	for (i = 0; i < n; i++) {
		if (start)
			set_page_dirty(pages[i]);
		unpin_user_page(pages[i]);
	}
	return 0;
}

int loop_over_bytes(struct iov_iter *iter)
{
	struct page *pages[8];
	size_t offset;
	ssize_t bytes = iov_iter_get_pages2(iter, pages, 8 * PAGE_SIZE, 8, &offset);
	unsigned int n, i;

	if (bytes <= 0)
		return 0;
	n = DIV_ROUND_UP(bytes + offset, PAGE_SIZE);
	for (i = 0; i < n + 1; i++)
		put_page(pages[i]);	/* { dg-warning {pincheck:over-release} } */
	return 0;
}

int clean_loop_over_bytes(struct iov_iter *iter)
{
	struct page *pages[8];
	size_t offset;
	ssize_t bytes = iov_iter_get_pages2(iter, pages, 8 * PAGE_SIZE, 8, &offset);
	unsigned int n, i;

	if (bytes <= 0)
		return 0;
	n = DIV_ROUND_UP(bytes + offset, PAGE_SIZE);
	for (i = 0; i < n; i++)
		put_page(pages[i]);
	return 0;
}

void see(size_t offset);
void see_at(size_t *offset);

/* A number that is passed on does not change where it was read from. */
int loop_over_bytes_seen(struct iov_iter *iter)
{
	struct page *pages[8];
	size_t offset;
	ssize_t bytes = iov_iter_get_pages2(iter, pages, 8 * PAGE_SIZE, 8, &offset);
	unsigned int n, i;

	if (bytes <= 0)
		return 0;
	see(offset);
	n = DIV_ROUND_UP(bytes + offset, PAGE_SIZE);
	for (i = 0; i < n + 1; i++)
		put_page(pages[i]);	/* { dg-warning {pincheck:over-release} } */
	return 0;
}

int clean_loop_over_bytes_seen(struct iov_iter *iter)
{
	struct page *pages[8];
	size_t offset;
	ssize_t bytes = iov_iter_get_pages2(iter, pages, 8 * PAGE_SIZE, 8, &offset);
	unsigned int n, i;

	if (bytes <= 0)
		return 0;
	n = DIV_ROUND_UP(bytes + offset, PAGE_SIZE);
	offset = 1;
	see_at(&offset);
	for (i = 0; i + offset < n + 1; i++)
		put_page(pages[i]);
	return 0;
}

/* Whatever was in the array before. */
int in_a_field(struct buffer *b, unsigned long start)
{
	int pinned = pin_user_pages_fast(start, b->count, 0, b->pages);

	if (pinned == b->count)
		return 0;
	if (pinned > 0)
		unpin_user_pages(b->pages, pinned + 1);	/* { dg-warning {pincheck:over-release} } */
	return -EFAULT;
}

int loop_in_a_field(struct buffer *b, unsigned long start)
{
	int pinned = pin_user_pages_fast(start, b->count, 0, b->pages), i;

	if (pinned == b->count)
		return 0;
	for (i = 0; i < pinned + 1; i++)
		unpin_user_page(b->pages[i]);	/* { dg-warning {pincheck:over-release} } */
	return -EFAULT;
}

int clean_in_a_field(struct buffer *b, unsigned long start)
{
	int pinned = pin_user_pages_fast(start, b->count, 0, b->pages), i;

	if (pinned == b->count)
		return 0;
	for (i = 0; i < pinned; i++)
		unpin_user_page(b->pages[i]);
	return -EFAULT;
}

/* A NULL behind the pages keeps it from doing harm, and is no excuse. */
int in_zeroed_memory(struct buffer *b, unsigned long start)
{
	int pinned;

	b->pages = kcalloc(b->count, sizeof(*b->pages), GFP_KERNEL);
	if (!b->pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, b->count, 0, b->pages);
	if (pinned == b->count)
		return 0;
	if (pinned > 0)
		unpin_user_pages(b->pages, pinned + 1);	/* { dg-warning {pincheck:over-release} } */
	kfree(b->pages);
	return -EFAULT;
}

/* All of the zeroed array is what unpin_user_pages() was told of. */
int clean_zeroed_memory(struct buffer *b, unsigned long start)
{
	int pinned;

	b->pages = kcalloc(b->count, sizeof(*b->pages), GFP_KERNEL);
	if (!b->pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, b->count, 0, b->pages);
	if (pinned == b->count)
		return 0;
	unpin_user_pages(b->pages, b->count);
	kfree(b->pages);
	return -EFAULT;
}

int grown(unsigned long start, unsigned long n)
{
	struct page **pages = kmalloc_array(n, sizeof(*pages), GFP_KERNEL);
	int pinned = 0, ret = 0;

	if (!pages)
		return -ENOMEM;
	while (pinned < n) {
		ret = pin_user_pages_fast(start + pinned * PAGE_SIZE, n - pinned, 0,
					  &pages[pinned]);
		if (ret < 0)
			break;
		pinned += ret;
	}
	unpin_user_pages(pages, pinned + 1);	/* { dg-warning {pincheck:over-release} } */
	kfree(pages);
	return ret;
}

int clean_grown(unsigned long start, unsigned long n)
{
	struct page **pages = kmalloc_array(n, sizeof(*pages), GFP_KERNEL);
	int pinned = 0, ret = 0;

	if (!pages)
		return -ENOMEM;
	while (pinned < n) {
		ret = pin_user_pages_fast(start + pinned * PAGE_SIZE, n - pinned, 0,
					  &pages[pinned]);
		if (ret < 0)
			break;
		pinned += ret;
	}
	unpin_user_pages(pages, pinned);
	kfree(pages);
	return ret;
}

/* The loop has another way out. */
int clean_break(unsigned long start)
{
	struct page *pages[8];
	int pinned = pin_user_pages_fast(start, 8, 0, pages), i;

	if (pinned < 0)
		return pinned;
	for (i = 0; i < 8; i++) {
		if (i == pinned)
			break;
		unpin_user_page(pages[i]);
	}
	return 0;
}

/* Not in every round. */
int clean_sometimes(unsigned long start)
{
	struct page *pages[8];
	int pinned = pin_user_pages_fast(start, 8, 0, pages), i;

	for (i = 0; i < 8; i++)
		if (i < pinned)
			unpin_user_page(pages[i]);
	return 0;
}

/* What ends it is not the index. */
int clean_bytes_left(struct iov_iter *iter)
{
	struct page *pages[8];
	size_t offset, i = 0;
	ssize_t bytes = iov_iter_get_pages2(iter, pages, 8 * PAGE_SIZE, 8, &offset);

	while (bytes > 0) {
		put_page(pages[i & 7]);
		bytes -= PAGE_SIZE - offset;
		offset = 0;
		i++;
	}
	return 0;
}

/* The first one was taken by itself. */
int clean_with_one_before(unsigned long start, int n)
{
	struct page *pages[9];
	int pinned;

	if (pin_user_pages_fast(start, 1, 0, pages) != 1)
		return -EFAULT;
	pinned = pin_user_pages_fast(start + PAGE_SIZE, n, 0, pages + 1);
	if (pinned < 0)
		pinned = 0;
	unpin_user_pages(pages, pinned + 1);
	return 0;
}
