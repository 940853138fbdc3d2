// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * Too few pages are the same error as none, and how many there are is told to nobody.
 * As in v6.12 drivers/platform/goldfish/goldfish_pipe.c, goldfish_pin_pages(), if it made
 * a short pin an error.
 */
#include <linux/mm.h>

struct pipe {
	int count;
	struct page *pages[16];
};

int told_none(unsigned long start, int n, struct page **pages)
{
	int ret = pin_user_pages_fast(start, n, FOLL_WRITE, pages);

	if (ret <= 0)
		return -EFAULT;
	if (ret < n)	/* { dg-warning {pincheck:leak} } */
		return -EFAULT;
	return ret;
}

int clean_told(unsigned long start, int n, struct page **pages)
{
	int ret = pin_user_pages_fast(start, n, FOLL_WRITE, pages);

	if (ret <= 0)
		return -EFAULT;
	if (ret < n) {
		unpin_user_pages(pages, ret);
		return -EFAULT;
	}
	return ret;
}

/* The caller can tell, and may know what to do about it. */
int clean_other_error(unsigned long start, int n, struct page **pages)
{
	int ret = pin_user_pages_fast(start, n, FOLL_WRITE, pages);

	if (ret <= 0)
		return -EFAULT;
	if (ret < n)
		return -EAGAIN;
	return ret;
}

/* The count is left behind. */
int clean_count(unsigned long start, int n, struct pipe *pipe)
{
	int ret = pin_user_pages_fast(start, n, FOLL_WRITE, pipe->pages);

	if (ret <= 0)
		return -EFAULT;
	pipe->count = ret;
	if (ret < n)
		return -EFAULT;
	return 0;
}

/* Of one page there is no part. */
static int clean_pin(unsigned long start, int n, struct page **pages)
{
	return pin_user_pages_fast(start, n, FOLL_WRITE, pages) == n ? 0 : -EFAULT;
}

int clean_one(unsigned long start)
{
	struct page *page;
	int ret = clean_pin(start, 1, &page);

	if (ret)
		return ret;
	unpin_user_page(page);
	return 0;
}
