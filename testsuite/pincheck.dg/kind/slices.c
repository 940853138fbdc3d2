// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * One allocation with several arrays in it, and frame numbers of their pages put in a table
 * before the next are taken: which slice holds what is still known.
 *
 * By the shape of drivers/gpu/drm/vmwgfx/vmwgfx_msg.c of Linux 6.12.
 */
#include <linux/mm.h>
#include <linux/slab.h>

#define FIRST 24
#define SECOND 32

struct table {
	unsigned long first[FIRST], second[SECOND];
};

int map_table(struct table *t);

int clean(struct table *t, unsigned long start, unsigned long n, unsigned long m)
{
	struct page **first, **second;
	long pinned_first, pinned_second;
	unsigned long i;
	int ret = -ENOMEM;

	if (n > FIRST || m > SECOND || !n || !m)
		return -EINVAL;
	first = kmalloc_array(FIRST + SECOND, sizeof(*first), GFP_KERNEL);
	if (!first)
		return -ENOMEM;
	second = first + FIRST;
	pinned_first = pin_user_pages_fast(start, n, FOLL_LONGTERM, first);
	if (n != pinned_first)
		goto out_first;
	for (i = 0; i < n; i++)
		t->first[i] = page_to_pfn(first[i]);
	pinned_second = pin_user_pages_fast(start, m, FOLL_LONGTERM, second);
	if (m != pinned_second)
		goto out_second;
	for (i = 0; i < m; i++)
		t->second[i] = page_to_pfn(second[i]);
	kfree(first);
	return 0;

out_second:
	if (pinned_second > 0)
		unpin_user_pages(second, pinned_second);
out_first:
	if (pinned_first > 0)
		unpin_user_pages(first, pinned_first);
	kfree(first);
	return ret;
}

int of_two_kinds(struct table *t, unsigned long start, unsigned long n, unsigned long m)
{
	struct page **first, **second;
	long pinned_first, got_second;
	unsigned long i;

	if (n > FIRST || m > SECOND || !n || !m)
		return -EINVAL;
	first = kmalloc_array(FIRST + SECOND, sizeof(*first), GFP_KERNEL);
	if (!first)
		return -ENOMEM;
	second = first + FIRST;
	pinned_first = pin_user_pages_fast(start, n, FOLL_LONGTERM, first);
	if (n != pinned_first)
		goto out_first;
	for (i = 0; i < n; i++)
		t->first[i] = page_to_pfn(first[i]);
	got_second = get_user_pages_fast(start, m, 0, second);
	if (m != got_second)
		goto out_second;
	for (i = 0; i < m; i++)
		t->second[i] = page_to_pfn(second[i]);
	kfree(first);
	return 0;

out_second:
	if (got_second > 0)
		unpin_user_pages(second, got_second);	/* { dg-warning {pincheck:unpin-ordinary} } */
out_first:
	if (pinned_first > 0)
		unpin_user_pages(first, pinned_first);
	kfree(first);
	return -ENOMEM;
}

int too_many(struct table *t, unsigned long start, unsigned long n, unsigned long m)
{
	struct page **first, **second;
	long pinned_first, pinned_second;
	unsigned long i;

	if (n > FIRST || m > SECOND || !n || !m)
		return -EINVAL;
	first = kmalloc_array(FIRST + SECOND, sizeof(*first), GFP_KERNEL);
	if (!first)
		return -ENOMEM;
	second = first + FIRST;
	pinned_first = pin_user_pages_fast(start, n, FOLL_LONGTERM, first);
	if (n != pinned_first)
		goto out_first;
	for (i = 0; i < n; i++)
		t->first[i] = page_to_pfn(first[i]);
	pinned_second = pin_user_pages_fast(start, m, FOLL_LONGTERM, second);
	if (m != pinned_second)
		goto out_second;
	for (i = 0; i < m; i++)
		t->second[i] = page_to_pfn(second[i]);
	kfree(first);
	return 0;

out_second:
	if (pinned_second > 0)
		unpin_user_pages(second, m);	/* { dg-warning {pincheck:over-release} } */
out_first:
	if (pinned_first > 0)
		unpin_user_pages(first, pinned_first);
	kfree(first);
	return -ENOMEM;
}
