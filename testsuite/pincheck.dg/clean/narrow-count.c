// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * Counts in fields of a few bits: what fits is the same number there, and nothing becomes
 * more than it was.  From drivers whose ioctl takes the number of pages as a u8.
 */
#include <linux/errno.h>
#include <linux/mm.h>

struct buffer {
	struct page **pages;
	u8 nr;
	u16 count;
};

int prepare(struct buffer *b);

int clean_u8(struct buffer *b, unsigned long addr, u8 n)
{
	int ret = pin_user_pages_fast(addr, n, FOLL_WRITE, b->pages);
	int i;

	b->nr = ret < 0 ? 0 : ret;
	if (b->nr != n) {
		ret = ret < 0 ? ret : -EFAULT;
		goto put;
	}
	ret = prepare(b);
	if (!ret)
		return 0;
put:
	for (i = 0; i < b->nr; i++)
		unpin_user_page(b->pages[i]);
	b->nr = 0;
	return ret;
}

int clean_u16_of_int(struct buffer *b, unsigned long addr, int n)
{
	int ret = pin_user_pages_fast(addr, n, FOLL_WRITE, b->pages);

	if (ret <= 0)
		return ret;
	b->count = ret;
	if (b->count != n) {
		unpin_user_pages(b->pages, ret);
		return -EFAULT;
	}
	unpin_user_pages(b->pages, b->count);
	return 0;
}

int more_than_u8(struct buffer *b, unsigned long addr, u8 n)
{
	int ret = pin_user_pages_fast(addr, n, FOLL_WRITE, b->pages);
	int i;

	b->nr = ret < 0 ? 0 : ret;
	if (b->nr == n)
		return 0;
	for (i = 0; i < n; i++)
		unpin_user_page(b->pages[i]);	/* { dg-warning "a page that was never taken" } */
	return -EFAULT;
}
