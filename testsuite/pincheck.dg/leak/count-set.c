// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * A wrapper returns the array and writes how many pages are in it: at least one.
 * As in v6.12 io_uring/memmap.c, __io_uaddr_map(), before the fix of CVE-2024-35831, and
 * v6.1 io_uring/rsrc.c, io_sqe_buffer_register().
 */
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/err.h>

struct page **io_pin_pages(unsigned long start, unsigned long len, int *npages);
struct page **my_pin(unsigned long start, int *count, int *other)
	__attribute__((pincheck("acquires pinned return[0 .. *$2) when not return is error\n"
				"sets *$2 to some\n"
				"sets *$3 to 0")));
int account(unsigned long start) __attribute__((const));

int lost(unsigned long start, unsigned long len)
{
	struct page **pages;
	int npages;

	pages = io_pin_pages(start, len, &npages);
	if (IS_ERR(pages))
		return PTR_ERR(pages);
	if (account(start)) {	/* { dg-warning {pincheck:leak} } */
		kvfree(pages);
		return -ENOMEM;
	}
	unpin_user_pages(pages, npages);
	kvfree(pages);
	return 0;
}

int clean(unsigned long start, unsigned long len)
{
	struct page **pages;
	int npages;

	pages = io_pin_pages(start, len, &npages);
	if (IS_ERR(pages))
		return PTR_ERR(pages);
	if (!npages)
		return -EINVAL;
	if (account(start)) {
		unpin_user_pages(pages, npages);
		kvfree(pages);
		return -ENOMEM;
	}
	unpin_user_pages(pages, npages);
	kvfree(pages);
	return 0;
}

int clean_other(unsigned long start)
{
	struct page **pages;
	int npages, other;

	pages = my_pin(start, &npages, &other);
	if (IS_ERR(pages))
		return PTR_ERR(pages);
	if (other)
		return -EINVAL;
	unpin_user_pages(pages, npages);
	return 0;
}
