// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Pages are used that a failed acquire has not given: nobody has looked at its result. */
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/uio.h>

struct context {
	struct page *page;
	struct page **pages;
	unsigned long *numbers;
	void *address;
	unsigned int count;
};

void keep(struct page *page);
bool is_good(struct page *page);

int mapped(unsigned long start)
{
	struct page *page;
	void *address;
	int ret = get_user_pages_fast(start, 1, 0, &page);

	address = kmap_local_page(page);	/* { dg-warning {pincheck:over-release} } */
	kunmap_local(address);
	put_page(page);
	return ret;
}

int clean_mapped(unsigned long start)
{
	struct page *page;
	void *address;
	int ret = get_user_pages_fast(start, 1, 0, &page);

	if (ret != 1)
		return ret < 0 ? ret : -EFAULT;
	address = kmap_local_page(page);
	kunmap_local(address);
	put_page(page);
	return 0;
}

int stored(struct context *c, unsigned long start)
{
	struct page *page;
	int ret = get_user_pages_fast(start, 1, 0, &page);

	c->page = page;		/* { dg-warning {pincheck:over-release} } */
	return ret;
}

int clean_stored(struct context *c, unsigned long start)
{
	struct page *page;
	int ret = get_user_pages_fast(start, 1, 0, &page);

	if (ret == 1)
		c->page = page;
	return ret;
}

int passed_on(unsigned long start)
{
	struct page *page;
	int ret = pin_user_pages_fast(start, 1, 0, &page);

	keep(page);		/* { dg-warning {pincheck:over-release} } */
	return ret;
}

/* A NULL that was there before is released. */
int null_released(unsigned long start)
{
	struct page *page = NULL;
	int ret = pin_user_pages_fast(start, 1, 0, &page);

	unpin_user_page(page);	/* { dg-warning {pincheck:over-release} } */
	return ret;
}

/* As in v6.12 arch/s390/kvm/interrupt.c, get_map_page(): NULL says that it has failed. */
struct page *clean_null(unsigned long start)
{
	struct page *page = NULL;

	get_user_pages_fast(start, 1, 0, &page);
	return page;
}

int clean_null_kept(struct context *c, unsigned long start)
{
	struct page *page = NULL;
	int ret = get_user_pages_fast(start, 1, 0, &page);

	c->page = page;
	if (page)
		keep(page);
	return ret;
}

/* The first rounds, if not all. */
int in_a_loop(struct context *c, unsigned long start, unsigned int n)
{
	struct page **pages = kmalloc_array(n, sizeof(*pages), GFP_KERNEL);
	unsigned int i;
	int ret;

	if (!pages)
		return -ENOMEM;
	ret = pin_user_pages_fast(start, n, FOLL_LONGTERM, pages);
	for (i = 0; i < n; i++)
		c->numbers[i] = page_to_pfn(pages[i]);	/* { dg-warning {pincheck:over-release} } */
	c->pages = pages;
	return ret;
}

int clean_in_a_loop(struct context *c, unsigned long start, unsigned int n)
{
	struct page **pages = kmalloc_array(n, sizeof(*pages), GFP_KERNEL);
	int ret, i;

	if (!pages)
		return -ENOMEM;
	ret = pin_user_pages_fast(start, n, FOLL_LONGTERM, pages);
	for (i = 0; i < ret; i++)
		c->numbers[i] = page_to_pfn(pages[i]);
	c->pages = pages;
	return ret;
}

/* As in fsl_hypervisor.c: the array is zero but where pages are. */
int clean_zeroed(unsigned long start, unsigned int n)
{
	struct page **pages = kcalloc(n, sizeof(*pages), GFP_KERNEL);
	unsigned int i;

	if (!pages)
		return -ENOMEM;
	get_user_pages_fast(start, n, 0, pages);
	for (i = 0; i < n; i++)
		if (pages[i])
			put_page(pages[i]);
	kfree(pages);
	return 0;
}

int clean_cleared(unsigned long start)
{
	struct page *pages[8];
	unsigned int i;

	for (i = 0; i < 8; i++)
		pages[i] = NULL;
	get_user_pages_fast(start, 8, 0, pages);
	for (i = 0; i < 8; i++)
		if (pages[i])
			put_page(pages[i]);
	return 0;
}

/* Only compared. */
int clean_compared(struct context *c, unsigned long start)
{
	struct page *page;
	int ret = get_user_pages_fast(start, 1, 0, &page), same = c->page == page;

	if (ret == 1)
		put_page(page);
	return same;
}

/* Asked by a function that it has been told to. */
int clean_twice(struct context *c, unsigned long start)
{
	struct page *page;
	int ret = get_user_pages_fast(start, 1, FOLL_WRITE, &page);

	if (ret < 0)
		ret = get_user_pages_fast(start, 1, 0, &page);
	if (ret < 0)
		return ret;
	put_page(page);
	return 0;
}

/* Others have filled it in the meantime. */
int fill(struct page **pages, unsigned int n);

int clean_filled_by_others(unsigned long start)
{
	struct page *pages[4];
	int ret = get_user_pages_fast(start, 4, 0, pages);

	if (ret < 0)
		fill(pages, 4);
	keep(pages[0]);
	return ret;
}

/* By the number of bytes. */
int of_bytes(struct iov_iter *iter, size_t length)
{
	struct page *pages[16];
	size_t offset;
	ssize_t bytes = iov_iter_get_pages2(iter, pages, length, 16, &offset);

	keep(pages[0]);		/* { dg-warning {pincheck:over-release} } */
	return bytes;
}

int clean_of_bytes(struct iov_iter *iter, size_t length)
{
	struct page *pages[16];
	size_t offset;
	ssize_t bytes = iov_iter_get_pages2(iter, pages, length, 16, &offset);

	if (bytes <= 0)
		return -EFAULT;
	keep(pages[0]);
	return bytes;
}

/* The error goes into the place where the next pages are put. */
int before_the_start(struct context *c, unsigned long start, int n)
{
	struct page **pages = kmalloc_array(n, sizeof(*pages), GFP_KERNEL);
	int ret, pinned = 0;

	if (!pages)
		return -ENOMEM;
	do {
		ret = pin_user_pages_fast(start + pinned * PAGE_SIZE,	/* { dg-warning {pincheck:over-release} } */
					  n - pinned, 0, pages + pinned);
		pinned += ret;
	} while (pinned < n);
	c->pages = pages;
	return 0;
}

int clean_start(struct context *c, unsigned long start, int n)
{
	struct page **pages = kmalloc_array(n, sizeof(*pages), GFP_KERNEL);
	int ret, pinned = 0;

	if (!pages)
		return -ENOMEM;
	do {
		ret = pin_user_pages_fast(start + pinned * PAGE_SIZE,
					  n - pinned, 0, pages + pinned);
		if (ret < 0) {
			unpin_user_pages(pages, pinned);
			kfree(pages);
			return ret;
		}
		pinned += ret;
	} while (pinned < n);
	c->pages = pages;
	return 0;
}
