// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Pages in a scatterlist: page_link holds them, beside two bits. */
#include <linux/mm.h>
#include <linux/scatterlist.h>

struct mapping {
	struct scatterlist *list;
	int count;
};

int mapping_fill(struct mapping *mapping, unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	sg_set_page(mapping->list, page, PAGE_SIZE, 0);
	return 0;
}

void mapping_drop(struct mapping *mapping)
{
	put_page(sg_page(mapping->list));	/* { dg-warning {pincheck:put-pinned} } */
}

/* A walk along the list, by pointer or with sg_next(). */
struct table {
	struct sg_table sgt;
};

static int put_into(struct scatterlist *sg, struct page **pages, int count)
{
	int i;

	for (i = 0; i < count; i++) {
		sg_set_page(sg, pages[i], PAGE_SIZE, 0);
		sg++;
	}
	return count;
}

int table_fill(struct table *table, unsigned long start)
{
	struct page *pages[8];
	int pinned = pin_user_pages_fast(start, 8, 0, pages);

	if (pinned <= 0)
		return -EFAULT;
	table->sgt.orig_nents = put_into(table->sgt.sgl, pages, pinned);
	return 0;
}

void table_drop(struct table *table)
{
	struct scatterlist *sg;
	int i;

	for_each_sgtable_sg(&table->sgt, sg, i)
		put_page(sg_page(sg));	/* { dg-warning {pincheck:put-pinned} } */
}

struct borrowed {
	struct sg_table sgt;
};

int borrowed_fill(struct borrowed *borrowed, unsigned long start, struct page **pages, int count)
{
	int pinned = pin_user_pages_fast(start, count, 0, pages);

	if (pinned <= 0)
		return -EFAULT;
	return sg_alloc_table_from_pages(&borrowed->sgt, pages, pinned, 0, pinned * PAGE_SIZE,
					 GFP_KERNEL);
}

void borrowed_drop(struct borrowed *borrowed)
{
	struct scatterlist *sg;
	int i;

	for_each_sgtable_sg(&borrowed->sgt, sg, i)
		put_page(sg_page(sg));	/* { dg-warning {pincheck:put-pinned} } */
}

/* A page after the other, by the kernel's iterator. */
struct by_page {
	struct sg_table *sgt;
};

int by_page_fill(struct by_page *by_page, unsigned long start, struct page **pages, int count)
{
	int pinned = pin_user_pages_fast(start, count, 0, pages);

	if (pinned <= 0)
		return -EFAULT;
	return sg_alloc_table_from_pages(by_page->sgt, pages, pinned, 0, pinned * PAGE_SIZE,
					 GFP_KERNEL);
}

void by_page_drop(struct by_page *by_page)
{
	struct sg_page_iter iter;

	for_each_sgtable_page(by_page->sgt, &iter, 0)
		put_page(sg_page_iter_page(&iter));	/* { dg-warning {pincheck:put-pinned} } */
}

void clean_by_page_drop(struct by_page *by_page)
{
	struct sg_page_iter iter;

	for_each_sgtable_page(by_page->sgt, &iter, 0) {
		struct page *page = sg_page_iter_page(&iter);

		set_page_dirty_lock(page);
		unpin_user_page(page);
	}
}

/* One iterator for two lists. */
void clean_by_page_any(struct by_page *by_page, struct sg_table *others)
{
	struct sg_page_iter iter;

	for_each_sgtable_page(by_page->sgt, &iter, 0)
		unpin_user_page(sg_page_iter_page(&iter));
	for_each_sgtable_page(others, &iter, 0)
		put_page(sg_page_iter_page(&iter));
}

struct right_table {
	struct sg_table sgt;
};

int clean_table_fill(struct right_table *table, unsigned long start)
{
	struct page *pages[8];
	int pinned = pin_user_pages_fast(start, 8, 0, pages);

	if (pinned <= 0)
		return -EFAULT;
	table->sgt.orig_nents = put_into(table->sgt.sgl, pages, pinned);
	return 0;
}

void clean_table_drop(struct right_table *table)
{
	struct scatterlist *sg;
	int i;

	for_each_sgtable_sg(&table->sgt, sg, i)
		unpin_user_page(sg_page(sg));
}

/* Somebody else's list, whatever is in the lists of this unit. */
void clean_drop_any(struct scatterlist *list, int count)
{
	struct scatterlist *sg;
	int i;

	for_each_sg(list, sg, count, i)
		put_page(sg_page(sg));
}

/* One list or the other: which it is, is not known any more. */
struct two_lists {
	struct scatterlist *pinned, *others;
};

int clean_two_fill(struct two_lists *two, unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	sg_set_page(two->pinned, page, PAGE_SIZE, 0);
	return 0;
}

void clean_two_drop(struct two_lists *two, bool is_pinned)
{
	struct scatterlist *list = is_pinned ? two->pinned : two->others;

	if (is_pinned)
		unpin_user_page(sg_page(list));
	else
		put_page(sg_page(list));
}
