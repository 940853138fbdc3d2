// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* An errno that becomes unsigned is a very large count, whatever is in the array. */
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/uio.h>

struct buffer {
	struct page **pages;
	int count;
};

int in_a_field(struct buffer *b, unsigned long start)
{
	int pinned = pin_user_pages_fast(start, b->count, 0, b->pages);

	if (pinned == b->count)
		return 0;
	unpin_user_pages(b->pages, pinned);	/* { dg-warning {pincheck:over-release} } */
	return -EFAULT;
}

int clean_in_a_field(struct buffer *b, unsigned long start)
{
	int pinned = pin_user_pages_fast(start, b->count, 0, b->pages);

	if (pinned == b->count)
		return 0;
	if (pinned >= 0)
		unpin_user_pages(b->pages, pinned);
	return -EFAULT;
}

int in_zeroed_memory(struct buffer *b, unsigned long start)
{
	int pinned;

	b->pages = kcalloc(b->count, sizeof(*b->pages), GFP_KERNEL);
	if (!b->pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, b->count, 0, b->pages);
	if (pinned == b->count)
		return 0;
	unpin_user_pages(b->pages, pinned);	/* { dg-warning {pincheck:over-release} } */
	kfree(b->pages);
	return -EFAULT;
}

static void unpin_each(struct page **pages, u64 count)
{
	u64 i;

	for (i = 0; i < count; i++)
		unpin_user_page(pages[i]);	/* { dg-warning {pincheck:over-release} } */
}

int loop_in_a_helper(struct buffer *b, unsigned long start)
{
	int pinned = pin_user_pages_fast(start, b->count, 0, b->pages);

	if (pinned == b->count)
		return 0;
	unpin_each(b->pages, pinned);
	return -EFAULT;
}

static void clean_unpin_each(struct page **pages, long count)
{
	long i;

	for (i = 0; i < count; i++)
		unpin_user_page(pages[i]);
}

/* As a signed number it is less than nothing. */
int clean_signed_helper(struct buffer *b, unsigned long start)
{
	int pinned = pin_user_pages_fast(start, b->count, 0, b->pages);

	if (pinned == b->count)
		return 0;
	clean_unpin_each(b->pages, pinned);
	return -EFAULT;
}

int clean_signed_parameter(struct buffer *b, unsigned long start)
{
	int got = get_user_pages_fast(start, b->count, 0, b->pages);

	if (got == b->count)
		return 0;
	release_pages(b->pages, got);
	return -EFAULT;
}

int clean_helper(struct buffer *b, unsigned long start)
{
	int pinned = pin_user_pages_fast(start, b->count, 0, b->pages);

	if (pinned == b->count)
		return 0;
	if (pinned > 0)
		unpin_each(b->pages, pinned);
	return -EFAULT;
}

static void release_some(struct page **pages, unsigned long count)
{
	unsigned long i;

	for (i = 0; i < count; i++)
		put_page(pages[i]);	/* { dg-warning {pincheck:over-release} } */
}

int of_bytes(struct iov_iter *iter, struct page **pages, size_t max)
{
	size_t offset;
	ssize_t bytes = iov_iter_get_pages2(iter, pages, max, max, &offset);
	unsigned long i;

	if (bytes == max)
		return 0;
	for (i = 0; i < bytes / PAGE_SIZE; i++)
		put_page(pages[i]);	/* { dg-warning {pincheck:over-release} } */
	return -EFAULT;
}

/* The error is added to what was pinned before, and that is below zero. */
int added_up(unsigned long start, unsigned long n)
{
	struct page **pages = kmalloc_array(n, sizeof(*pages), GFP_KERNEL);
	int pinned = 0;

	if (!pages)
		return -ENOMEM;
	while (pinned < n)
		pinned += pin_user_pages_fast(start + pinned * PAGE_SIZE, n - pinned, 0,
					      &pages[pinned]);
	unpin_user_pages(pages, pinned);	/* { dg-warning {pincheck:over-release} } */
	kfree(pages);
	return 0;
}

int clean_added_up(unsigned long start, unsigned long n)
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

/* It rests in memory meanwhile. */
int kept(struct buffer *b, struct iov_iter *iter, size_t max)
{
	size_t offset;
	ssize_t bytes = iov_iter_get_pages2(iter, b->pages, max, max, &offset);
	unsigned long left = max;
	int ret = 0;

	if (bytes != max) {
		left = bytes / PAGE_SIZE;
		ret = -EFAULT;
	}
	if (!b->count)
		ret = -EINVAL;
	if (ret)
		release_some(b->pages, left);
	return ret;
}

/* What is held before the acquire is as little as where it has failed. */
int lost_where_all_end(unsigned long start, unsigned long len, int __user *size)
{
	unsigned long nr_pages = 0;
	struct page **pages = NULL;
	int ret;

	if (!len) {
		ret = -EFAULT;
		goto out;
	}
	nr_pages = DIV_ROUND_UP(len, PAGE_SIZE);
	pages = kmalloc_array(nr_pages, sizeof(*pages), GFP_KERNEL);
	if (!pages) {
		ret = -ENOMEM;
		goto out;
	}
	ret = pin_user_pages_fast(start, nr_pages, FOLL_WRITE, pages);
	if (ret != nr_pages) {
		nr_pages = ret;
		ret = -EAGAIN;
	}
out:
	if (pages)
		unpin_user_pages_dirty_lock(pages, nr_pages, true); /* { dg-warning {pincheck:over-release} } */
	kfree(pages);
	return ret;
}

int clean_where_all_end(unsigned long start, unsigned long len, int __user *size)
{
	unsigned long nr_pages = 0;
	struct page **pages = NULL;
	int ret;

	if (!len) {
		ret = -EFAULT;
		goto out;
	}
	nr_pages = DIV_ROUND_UP(len, PAGE_SIZE);
	pages = kmalloc_array(nr_pages, sizeof(*pages), GFP_KERNEL);
	if (!pages) {
		ret = -ENOMEM;
		goto out;
	}
	ret = pin_user_pages_fast(start, nr_pages, FOLL_WRITE, pages);
	if (ret != nr_pages) {
		if (ret > 0)
			nr_pages = ret;
		else
			nr_pages = 0;
		ret = -EAGAIN;
	}
out:
	if (pages)
		unpin_user_pages_dirty_lock(pages, nr_pages, true);
	kfree(pages);
	return ret;
}
