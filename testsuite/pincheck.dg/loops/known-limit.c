// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * That there is something to do is known before the loop that asks for it, and of numbers that
 * it does not ask for: its counter goes by those that it does.
 */
#include <linux/mm.h>
#include <linux/slab.h>

int is_wanted(struct page *page);

struct range {
	unsigned long start;
	int wanted, others;
};

static struct page **range_pin(struct range *r)
{
	struct page **pages;

	if (r->wanted < 1 || r->others < 1)
		return NULL;
	pages = kvmalloc_array(r->wanted, sizeof(*pages), GFP_KERNEL);
	if (!pages)
		return NULL;
	if (pin_user_pages_fast(r->start, r->wanted, 0, pages) != r->wanted) {	/* { dg-warning {pincheck:leak} } */
		kvfree(pages);
		return NULL;
	}
	return pages;
}

int clean_all(unsigned long start, int count, int others)
{
	struct page **pages;
	int got, i;

	if (count < 1 || others < 1)
		return -EINVAL;
	pages = kvmalloc_array(count, sizeof(*pages), GFP_KERNEL);
	if (!pages)
		return -ENOMEM;
	got = pin_user_pages_fast(start, count, 0, pages);
	for (i = 0; i < got; i++)
		unpin_user_page(pages[i]);
	kvfree(pages);
	return 0;
}

int buggy_first(unsigned long start, int count, int others)
{
	struct page **pages;
	int got, i;

	if (count < 1 || others < 1)
		return -EINVAL;
	pages = kvmalloc_array(count, sizeof(*pages), GFP_KERNEL);
	if (!pages)
		return -ENOMEM;
	got = pin_user_pages_fast(start, count, 0, pages);
	for (i = 1; i < got; i++)	/* { dg-warning {pincheck:leak} } */
		unpin_user_page(pages[i]);
	kvfree(pages);
	return 0;
}

/* The loop asks only behind the first page. */
int clean_at_the_end(unsigned long start, int count, int others)
{
	struct page **pages;
	int i = 0;

	if (count < 1 || others < 1)
		return -EINVAL;
	pages = kvmalloc_array(count, sizeof(*pages), GFP_KERNEL);
	if (!pages)
		return -ENOMEM;
	do {
		if (pin_user_pages_fast(start + i * PAGE_SIZE, 1, 0, &pages[i]) != 1)
			break;
		i++;
	} while (i < count);
	unpin_user_pages(pages, i);
	kvfree(pages);
	return 0;
}

int buggy_at_the_end(unsigned long start, int count, int others)
{
	struct page **pages;
	int i = 0;

	if (count < 1 || others < 1)
		return -EINVAL;
	pages = kvmalloc_array(count, sizeof(*pages), GFP_KERNEL);
	if (!pages)
		return -ENOMEM;
	do {
		if (pin_user_pages_fast(start + i * PAGE_SIZE, 1, 0, &pages[i]) != 1)
			break;
		i++;
	} while (i < count);
	if (i == count)	/* { dg-warning {pincheck:leak} } */
		unpin_user_pages(pages, i - 1);
	kvfree(pages);
	return 0;
}

/* The limit is the smaller of two. */
int clean_smaller(unsigned long start, int count, int room)
{
	struct page *pages[16];
	int limit, got = 0;

	if (count < 1 || room < 1)
		return -EINVAL;
	limit = min(count, 16);
	while (got < limit) {
		if (pin_user_pages_fast(start + got * PAGE_SIZE, 1, 0, &pages[got]) != 1)
			break;
		got++;
	}
	if (got > count)
		return -EFAULT;		/* cannot be */
	unpin_user_pages(pages, got);
	return got;
}

int buggy_smaller(unsigned long start, int count, int room)
{
	struct page *pages[16];
	int limit, got = 0;

	if (count < 1 || room < 1)
		return -EINVAL;
	limit = min(count, 16);
	while (got < limit) {
		if (pin_user_pages_fast(start + got * PAGE_SIZE, 1, 0, &pages[got]) != 1)
			break;
		got++;
	}
	if (got < count)	/* { dg-warning {pincheck:leak} } */
		return -EFAULT;
	unpin_user_pages(pages, got);
	return got;
}

/* What is counted in the loop, and asked for behind it. */
int clean_counted(unsigned long start, int count)
{
	int i, taken = 0, dirty = 0;
	struct page *page;

	for (i = 0; i < count; i++) {
		if (pin_user_pages_fast(start + i * PAGE_SIZE, 1, 0, &page) != 1)
			continue;
		taken++;
		if (is_wanted(page))
			dirty++;
		unpin_user_page(page);
	}
	if (taken > 1 && pin_user_pages_fast(start, 1, 0, &page) == 1)
		unpin_user_page(page);
	return dirty > 1 ? -EIO : 0;
}

int buggy_counted(unsigned long start, int count)
{
	int i, taken = 0, dirty = 0;
	struct page *page;

	for (i = 0; i < count; i++) {
		if (pin_user_pages_fast(start + i * PAGE_SIZE, 1, 0, &page) != 1)
			continue;
		taken++;
		if (is_wanted(page))
			dirty++;
		unpin_user_page(page);
	}
	if (taken > 1 && pin_user_pages_fast(start, 1, 0, &page) == 1)	/* { dg-warning {pincheck:leak} } */
		return dirty;
	return 0;
}

int use(struct range *r)
{
	struct page **pages = range_pin(r);

	if (!pages)
		return -ENOMEM;
	unpin_user_pages(pages, r->wanted);
	kvfree(pages);
	return 0;
}
