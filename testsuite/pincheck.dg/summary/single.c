// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* { dg-additional-options "-fplugin-arg-pincheck-dump=summary" } */
/* One page: returned, left in *out, given back. */
#include <linux/err.h>
#include <linux/mm.h>

int pin_out(unsigned long addr, struct page **out)
{
	/* { dg-dump {^function pin_out\(addr, out\)\n\treturns -errno .. 0\n\tacquires pinned \*out when return == 0$} } */
	struct page *page;
	int ret = pin_user_pages_fast(addr, 1, 0, &page);

	if (ret != 1)
		return ret < 0 ? ret : -EFAULT;
	*out = page;
	return 0;
}

struct page *get_or_null(unsigned long addr)
{
	/* { dg-dump {^function get_or_null\(addr\)\n\tacquires ordinary return or null$} } */
	struct page *page;

	if (get_user_pages_fast(addr, 1, 0, &page) != 1)
		return NULL;
	return page;
}

struct page *get_or_error(unsigned long addr)
{
	/* { dg-dump {^function get_or_error\(addr\)\n\tacquires ordinary return or error$} } */
	struct page *page;
	int ret = get_user_pages_fast(addr, 1, 0, &page);

	if (ret < 0)
		return ERR_PTR(ret);
	if (ret == 0)
		return ERR_PTR(-EFAULT);
	return page;
}

struct page *fresh_page(void)
{
	/* { dg-dump {^function fresh_page\(\)\n\tacquires ordinary return or null$} } */
	return alloc_page(GFP_KERNEL);
}

struct page *hold(struct page *page)
{
	/* { dg-dump {^function hold\(page\)\n\treturns same page\n\tadds ordinary page$} } */
	get_page(page);
	return page;
}

void put_if_any(struct page *page)
{
	/* { dg-dump {^function put_if_any\(page\)\n\treleases ordinary page when not page is null$} } */
	if (page)
		put_page(page);
}

bool put_if_told(struct page *page, bool last)
{
	/* { dg-dump {^function put_if_told\(page, last\)\n\treleases ordinary page when return != 0$} } */
	if (!last)
		return false;
	put_page(page);
	return true;
}

int nothing(struct page *page, int x)
{
	/* { dg-dump {^function nothing\(page, x\)\n\tneutral$} } */
	get_page(page);
	put_page(page);
	return x;
}

void unknown_function(struct page *page);

void hand_on(struct page *page)
{
	/* { dg-dump {^function hand_on\(page\)\n\tunknown$} } */
	get_page(page);
	unknown_function(page);
}

void fill(struct page **pages, int n)
{
	/* The language has no word for these. { dg-dump {^function fill\(pages, n\)\n\tunknown$} } */
	int i;

	for (i = 0; i < n; i++)
		pages[i] = alloc_page(GFP_KERNEL);
}
