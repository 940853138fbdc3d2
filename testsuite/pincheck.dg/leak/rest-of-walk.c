// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * A loop hands the pages of an array on, one by one, and an error ends it: nobody has got
 * those behind.  Where a page stands for a run of them, that is not known.
 */
#include <linux/mm.h>
#include <linux/bvec.h>
#include <linux/uio.h>
#include <linux/slab.h>

struct pipe;

struct item {
	struct page *page;
	unsigned int offset, length;
};

extern int give(struct pipe *pipe, struct page *page);
extern int give_run(struct pipe *pipe, struct page *page, int count);
extern int give_item(struct pipe *pipe, struct item *item);
extern void note(struct pipe *pipe, struct page *page);

int lost(struct pipe *pipe, unsigned long start, int max)
{
	struct page *pages[64];
	int i, ret, n = get_user_pages_fast(start, max, 0, pages);

	if (n <= 0)
		return n;
	for (i = 0; i < n; i++) {
		ret = give(pipe, pages[i]);
		if (ret < 0)
			return ret;	/* { dg-warning {pages\[1 .. n\).*pincheck:leak} "" { target *-*-* } .-1 } */
	}
	return 0;
}

int clean_loop(struct pipe *pipe, unsigned long start, int max)
{
	struct page *pages[64];
	int i, ret, n = get_user_pages_fast(start, max, 0, pages);

	if (n <= 0)
		return n;
	for (i = 0; i < n; i++) {
		ret = give(pipe, pages[i]);
		if (ret < 0) {
			while (++i < n)
				put_page(pages[i]);
			return ret;
		}
	}
	return 0;
}

int clean_array(struct pipe *pipe, unsigned long start, int max)
{
	struct page *pages[64];
	int i, ret, n = get_user_pages_fast(start, max, 0, pages);

	if (n <= 0)
		return n;
	for (i = 0; i < n; i++) {
		ret = give(pipe, pages[i]);
		if (ret < 0) {
			release_pages(pages + i, n - i);
			return ret;
		}
	}
	return 0;
}

/* They were only looked at. */
int clean_all(struct pipe *pipe, unsigned long start, int max)
{
	struct page *pages[64];
	int i, ret = 0, n = get_user_pages_fast(start, max, 0, pages);

	if (n <= 0)
		return n;
	for (i = 0; i < n; i++) {
		ret = give(pipe, pages[i]);
		if (ret < 0)
			break;
	}
	release_pages(pages, n);
	return ret;
}

/* fs/splice.c: by a record, and as the loop goes by what is left in bytes. */
ssize_t lost_from_iterator(struct pipe *pipe, struct iov_iter *from)
{
	struct page *pages[16];
	struct item item = { 0 };
	ssize_t left;
	size_t start;
	int i, n, ret = 0;

	left = iov_iter_get_pages2(from, pages, ~0UL, 16, &start);
	if (left <= 0)
		return left;
	n = DIV_ROUND_UP(left + start, PAGE_SIZE);
	for (i = 0; i < n; i++) {
		item.page = pages[i];
		item.length = left < PAGE_SIZE - start ? left : PAGE_SIZE - start;
		ret = give_item(pipe, &item);
		if (ret < 0)	/* { dg-warning {pincheck:leak} } */
			break;
		left -= item.length;
		start = 0;
	}
	return ret;
}

ssize_t clean_iterator(struct pipe *pipe, struct iov_iter *from)
{
	struct page *pages[16];
	struct item item = { 0 };
	ssize_t left;
	size_t start;
	int i, n, ret = 0;

	left = iov_iter_get_pages2(from, pages, ~0UL, 16, &start);
	if (left <= 0)
		return left;
	n = DIV_ROUND_UP(left + start, PAGE_SIZE);
	for (i = 0; i < n; i++) {
		item.page = pages[i];
		item.length = left < PAGE_SIZE - start ? left : PAGE_SIZE - start;
		ret = give_item(pipe, &item);
		if (ret < 0) {
			while (++i < n)
				put_page(pages[i]);
			break;
		}
		left -= item.length;
		start = 0;
	}
	return ret;
}

/* Whose loop ends by something else may know that there is no other page. */
int clean_last(struct pipe *pipe, unsigned long start, int max, unsigned long bytes)
{
	struct page *pages[64];
	int i, n = get_user_pages_fast(start, max, 0, pages);

	if (n <= 0)
		return n;
	for (i = 0; i < n; i++) {
		note(pipe, pages[i]);
		if (bytes <= PAGE_SIZE)
			break;
		bytes -= PAGE_SIZE;
	}
	return 0;
}

/* A run of pages goes by its first one. */
int clean_run(struct pipe *pipe, unsigned long start, int max)
{
	struct page *pages[64];
	int i, j, ret, n = get_user_pages_fast(start, max, 0, pages);

	if (n <= 0)
		return n;
	for (i = 0; i < n; i = j) {
		for (j = i + 1; j < n && pages[j] == pages[j - 1] + 1; j++)
			;
		ret = give_run(pipe, pages[i], j - i);
		if (ret < 0) {
			for (; j < n; j++)
				put_page(pages[j]);
			return ret;
		}
	}
	return 0;
}

int clean_whole_run(struct pipe *pipe, unsigned long start, int max)
{
	struct page *pages[64];
	int ret, n = get_user_pages_fast(start, max, 0, pages);

	if (n <= 0)
		return n;
	ret = give_run(pipe, pages[0], n);
	return ret < 0 ? ret : 0;
}

/* ... or is made longer by those that are not given themselves. */
int clean_grown(struct item *items, unsigned long start, int max)
{
	struct page *pages[64];
	int i, k = -1, n = get_user_pages_fast(start, max, 0, pages);

	if (n <= 0)
		return n;
	for (i = 0; i < n; i++) {
		if (i && pages[i] == pages[i - 1] + 1) {
			items[k].length += PAGE_SIZE;
			continue;
		}
		items[++k].page = pages[i];
		items[k].length = PAGE_SIZE;
	}
	return k;
}

static void grow(struct item *item, struct page *page)
{
	if (item->page && page == item->page + item->length / PAGE_SIZE) {
		item->length += PAGE_SIZE;
		return;
	}
	item->page = page;
	item->length = PAGE_SIZE;
}

int clean_grown_elsewhere(struct pipe *pipe, struct item *items, unsigned long start, int max)
{
	struct page *pages[64];
	int i, ret, n = get_user_pages_fast(start, max, 0, pages);

	if (n <= 0)
		return n;
	for (i = 0; i < n; i++) {
		grow(items, pages[i]);
		ret = give_item(pipe, items);
		if (ret < 0)
			break;
	}
	for (i++; i < n; i++)
		put_page(pages[i]);
	return 0;
}

/* In steps of two pages each stands for two. */
int clean_steps(struct pipe *pipe, unsigned long start, int max)
{
	struct page *pages[64];
	int i, ret, n = get_user_pages_fast(start, max, 0, pages);

	if (n <= 0)
		return n;
	for (i = 0; i < n; i += 2) {
		ret = give(pipe, pages[i]);
		if (ret < 0)
			return ret;
	}
	return 0;
}

/* What is left is given back by what is left in bytes. */
int clean_by_bytes(struct pipe *pipe, unsigned long start, int max, long bytes)
{
	struct page *pages[64];
	int i, ret, n = get_user_pages_fast(start, max, 0, pages);

	if (n <= 0)
		return n;
	for (i = 0; i < n; i++) {
		ret = give(pipe, pages[i]);
		bytes -= PAGE_SIZE;
		if (ret < 0) {
			while (bytes > 0) {
				put_page(pages[++i]);
				bytes -= PAGE_SIZE;
			}
			return ret;
		}
	}
	return 0;
}

struct shared {
	int users;
	struct item items[64];
};

/* io_uring/rsrc.c: the record has users, and goes with the last of them. */
int clean_shared(struct shared **slot, unsigned long start, int n)
{
	struct page **pages = kvmalloc_array(n, sizeof(*pages), GFP_KERNEL);
	struct shared *shared = kmalloc(sizeof(*shared), GFP_KERNEL);
	int i, ret;

	if (!pages || !shared)
		goto out;
	ret = pin_user_pages_fast(start, n, FOLL_LONGTERM, pages);
	if (ret != n) {
		if (ret > 0)
			unpin_user_pages(pages, ret);
		goto out;
	}
	for (i = 0; i < n; i++)
		shared->items[i].page = pages[i];
	kvfree(pages);
	if (--shared->users)
		return 0;
	for (i = 0; i < n; i++)
		unpin_user_page(shared->items[i].page);
	kfree(shared);
	return 0;
out:
	kvfree(pages);
	kfree(shared);
	return -ENOMEM;
}
