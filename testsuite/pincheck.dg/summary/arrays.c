// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* { dg-additional-options "-fplugin-arg-pincheck-dump=summary" } */
/* Functions that fill, and give back, an array of their caller's. */
#include <linux/mm.h>

int pin_some(unsigned long addr, int n, struct page **pages)
{
	/* { dg-dump {^function pin_some\(addr, n, pages\)\n\treturns -errno .. n\n\tacquires pinned pages\[0 .. return\)$} } */
	return pin_user_pages_fast(addr, n, 0, pages);
}

static int pin_all(unsigned long addr, int n, struct page **pages)
{
	/* { dg-dump {^function pin_all\(addr, n, pages\)\n\treturns -errno .. 0\n\tacquires pinned pages\[0 .. n\) when return == 0$} } */
	int ret = pin_user_pages_fast(addr, n, 0, pages);

	if (ret == n)
		return 0;
	if (ret > 0)
		unpin_user_pages(pages, ret);
	return ret < 0 ? ret : -EFAULT;
}

int through_another(unsigned long addr, int count, struct page **array)
{
	/* { dg-dump {^function through_another\(addr, count, array\)\n\treturns -errno .. 0\n\tacquires pinned array\[0 .. count\) when return == 0$} } */
	return pin_all(addr, count, array);
}

int pin_bytes(unsigned long addr, unsigned long length, struct page **pages)
{
	/* { dg-dump {^function pin_bytes\(addr, length, pages\)\n\treturns -errno .. 0\n\tacquires pinned pages\[0 .. pages\(length\)\) when return == 0$} } */
	return pin_all(addr, DIV_ROUND_UP(length, PAGE_SIZE), pages);
}

bool pin_or_not(unsigned long addr, int n, struct page **pages)
{
	/* { dg-dump {^function pin_or_not\(addr, n, pages\)\n\tacquires pinned pages\[0 .. n\) when return != 0$} } */
	return pin_all(addr, n, pages) == 0;
}

int pin_and_count(unsigned long addr, int n, struct page **pages, int *got)
{
	/* { dg-dump {^function pin_and_count\(.*\)\n\treturns -errno .. 0\n\tacquires pinned pages\[0 .. \*got\) when return == 0$} } */
	int ret = pin_user_pages_fast(addr, n, 0, pages);

	*got = ret < 0 ? 0 : ret;
	return ret < 0 ? ret : 0;
}

void put_all(struct page **pages, unsigned long n)
{
	/* { dg-dump {^function put_all\(pages, n\)\n\treleases pinned pages\[0 .. n\) skipping null$} } */
	unpin_user_pages(pages, n);
}

void put_each(struct page **pages, int n)
{
	/* { dg-dump {^function put_each\(pages, n\)\n\treleases ordinary pages\[0 .. n\)$} } */
	int i;

	for (i = 0; i < n; i++)
		put_page(pages[i]);
}

void put_from_the_end(struct page **pages, int n)
{
	/* { dg-dump {^function put_from_the_end\(pages, n\)\n\treleases ordinary pages\[0 .. n\)$} } */
	while (n--)
		put_page(pages[n]);
}
