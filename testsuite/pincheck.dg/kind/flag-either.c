// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Either of several flags chooses the kind: where they meet, one of them is still set. */
#include <linux/mm.h>

int two_wrong(bool a, bool b, unsigned long start, struct page **pages)
{
	long ret;

	if (a || b)
		ret = pin_user_pages_fast(start, 8, 0, pages);
	else
		ret = get_user_pages_fast(start, 8, 0, pages);
	if (ret != 8)
		return ret;
	if (a || b)
		release_pages(pages, 8);	/* { dg-warning {pincheck:wrong-guard} } */
	else
		unpin_user_pages(pages, 8);	/* { dg-warning {pincheck:wrong-guard} } */
	return 0;
}

int three_wrong(bool a, bool b, bool c, unsigned long start, struct page **pages)
{
	long ret;

	if (a || b || c)
		ret = pin_user_pages_fast(start, 8, 0, pages);
	else
		ret = get_user_pages_fast(start, 8, 0, pages);
	if (ret != 8)
		return ret;
	if (a || b || c)
		release_pages(pages, 8);	/* { dg-warning {pincheck:wrong-guard} } */
	else
		unpin_user_pages(pages, 8);	/* { dg-warning {pincheck:wrong-guard} } */
	return 0;
}

int six_wrong(bool a, bool b, bool c, bool d, bool e, bool f, unsigned long start,
	      struct page **pages)
{
	long ret;

	if (a || b || c || d || e || f)
		ret = pin_user_pages_fast(start, 8, 0, pages);
	else
		ret = get_user_pages_fast(start, 8, 0, pages);
	if (ret != 8)
		return ret;
	if (a || b || c || d || e || f)
		release_pages(pages, 8);	/* { dg-warning {pincheck:wrong-guard} } */
	else
		unpin_user_pages(pages, 8);	/* { dg-warning {pincheck:wrong-guard} } */
	return 0;
}

int bit_or_pointer_wrong(unsigned int flags, void *data, unsigned long start, struct page **pages)
{
	long ret;

	if (flags & 4 || data)
		ret = pin_user_pages_fast(start, 8, 0, pages);
	else
		ret = get_user_pages_fast(start, 8, 0, pages);
	if (ret != 8)
		return ret;
	if (flags & 4 || data)
		release_pages(pages, 8);	/* { dg-warning {pincheck:wrong-guard} } */
	else
		unpin_user_pages(pages, 8);	/* { dg-warning {pincheck:wrong-guard} } */
	return 0;
}

int two_right(bool a, bool b, unsigned long start, struct page **pages)
{
	long ret;

	if (a || b)
		ret = pin_user_pages_fast(start, 8, 0, pages);
	else
		ret = get_user_pages_fast(start, 8, 0, pages);
	if (ret != 8)
		return ret;
	if (a || b)
		unpin_user_pages(pages, 8);
	else
		release_pages(pages, 8);
	return 0;
}

int three_right(bool a, bool b, bool c, unsigned long start, struct page **pages)
{
	long ret;

	if (a || b || c)
		ret = pin_user_pages_fast(start, 8, 0, pages);
	else
		ret = get_user_pages_fast(start, 8, 0, pages);
	if (ret != 8)
		return ret;
	if (a || b || c)
		unpin_user_pages(pages, 8);
	else
		release_pages(pages, 8);
	return 0;
}

int six_right(bool a, bool b, bool c, bool d, bool e, bool f, unsigned long start,
	      struct page **pages)
{
	long ret;

	if (a || b || c || d || e || f)
		ret = pin_user_pages_fast(start, 8, 0, pages);
	else
		ret = get_user_pages_fast(start, 8, 0, pages);
	if (ret != 8)
		return ret;
	if (a || b || c || d || e || f)
		unpin_user_pages(pages, 8);
	else
		release_pages(pages, 8);
	return 0;
}

int bit_or_pointer_right(unsigned int flags, void *data, unsigned long start, struct page **pages)
{
	long ret;

	if (flags & 4 || data)
		ret = pin_user_pages_fast(start, 8, 0, pages);
	else
		ret = get_user_pages_fast(start, 8, 0, pages);
	if (ret != 8)
		return ret;
	if (flags & 4 || data)
		unpin_user_pages(pages, 8);
	else
		release_pages(pages, 8);
	return 0;
}
