// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* The number of pages is kept beside them, and another function gives back more. */
#include <linux/mm.h>
#include <linux/slab.h>

struct buffer {
	struct page **pages;
	int count;
};

int buffer_fill(struct buffer *buffer, unsigned long start, int count)
{
	int pinned;

	buffer->pages = kcalloc(count, sizeof(*buffer->pages), GFP_KERNEL);
	if (!buffer->pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, count, FOLL_WRITE, buffer->pages);
	if (pinned <= 0) {
		kfree(buffer->pages);
		buffer->pages = NULL;
		return -EFAULT;
	}
	buffer->count = pinned;
	return 0;
}

void at_once(struct buffer *buffer)
{
	/* { dg-warning {pincheck:over-release} "" { target *-*-* } .+1 } */
	unpin_user_pages(buffer->pages, buffer->count + 1);
	kfree(buffer->pages);
}

void one_by_one(struct buffer *buffer)
{
	int i;

	for (i = 0; i < buffer->count + 1; i++)
		unpin_user_page(buffer->pages[i]);	/* { dg-warning {pincheck:over-release} } */
	kfree(buffer->pages);
}

void up_to_the_count(struct buffer *buffer)
{
	int i;

	for (i = 0; i <= buffer->count; i++)
		unpin_user_page(buffer->pages[i]);	/* { dg-warning {pincheck:over-release} } */
	kfree(buffer->pages);
}

void clean_at_once(struct buffer *buffer)
{
	unpin_user_pages(buffer->pages, buffer->count);
	kfree(buffer->pages);
}

void clean_one_by_one(struct buffer *buffer)
{
	int i;

	for (i = 0; i < buffer->count; i++)
		unpin_user_page(buffer->pages[i]);
	kfree(buffer->pages);
}

void clean_backwards(struct buffer *buffer)
{
	int i;

	for (i = buffer->count; i > 0; i--)
		unpin_user_page(buffer->pages[i - 1]);
	kfree(buffer->pages);
}

void clean_as_far_as_there_are_any(struct buffer *buffer)
{
	int i;

	for (i = 0; i < buffer->count + 1; i++) {
		if (!buffer->pages[i])
			break;
		unpin_user_page(buffer->pages[i]);
	}
	kfree(buffer->pages);
}

/* The last one is kept, not how many there are. */
struct range {
	struct page **pages;
	int last;
};

int range_fill(struct range *range, unsigned long start, int count)
{
	int pinned;

	range->pages = kcalloc(count, sizeof(*range->pages), GFP_KERNEL);
	if (!range->pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, count, FOLL_WRITE, range->pages);
	if (pinned <= 0) {
		kfree(range->pages);
		range->pages = NULL;
		return -EFAULT;
	}
	range->last = pinned - 1;
	return 0;
}

void clean_range_drop(struct range *range)
{
	unpin_user_pages(range->pages, range->last + 1);
	kfree(range->pages);
}

void range_drop(struct range *range)
{
	/* { dg-warning {pincheck:over-release} "" { target *-*-* } .+1 } */
	unpin_user_pages(range->pages, range->last + 2);
	kfree(range->pages);
}

/* Two functions that do not agree: nothing is known. */
struct unclear {
	struct page **pages;
	int count;
};

int clean_unclear_fill(struct unclear *unclear, unsigned long start, int count)
{
	int pinned = pin_user_pages_fast(start, count, FOLL_WRITE, unclear->pages);

	if (pinned <= 0)
		return -EFAULT;
	unclear->count = pinned;
	return 0;
}

int clean_unclear_fill_more(struct unclear *unclear, unsigned long start, int count)
{
	int pinned = pin_user_pages_fast(start, count, FOLL_WRITE, unclear->pages);

	if (pinned <= 0)
		return -EFAULT;
	unclear->count = pinned - 1;
	return 0;
}

void clean_unclear_drop(struct unclear *unclear)
{
	unpin_user_pages(unclear->pages, unclear->count + 1);
	kfree(unclear->pages);
}

/* Computed from what the record says. */
struct area {
	struct page **pages;
	unsigned long start;
	unsigned long length;
};

int area_fill(struct area *area)
{
	long count = area->length >> PAGE_SHIFT, pinned;

	area->pages = kcalloc(count, sizeof(*area->pages), GFP_KERNEL);
	if (!area->pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(area->start, count, FOLL_WRITE, area->pages);
	if (pinned != count) {
		if (pinned > 0)
			unpin_user_pages(area->pages, pinned);
		kfree(area->pages);
		return -EFAULT;
	}
	return 0;
}

void area_drop(struct area *area)
{
	long count = area->length >> PAGE_SHIFT;

	unpin_user_pages(area->pages, count + 1);	/* { dg-warning {pincheck:over-release} } */
	kfree(area->pages);
}

void clean_area_drop(struct area *area)
{
	long count = area->length >> PAGE_SHIFT;

	unpin_user_pages(area->pages, count);
	kfree(area->pages);
}

/* The size is that of a record inside, and the pages are taken in several goes. */
struct object {
	unsigned long size;
};

struct mapped {
	struct object base;
	struct page **pages;
};

int mapped_fill(struct mapped *mapped, unsigned long start)
{
	int pinned = 0, count = mapped->base.size >> PAGE_SHIFT, ret;
	struct page **pages = kcalloc(count, sizeof(*pages), GFP_KERNEL);

	if (!pages)
		return -ENOMEM;
	do {
		ret = pin_user_pages_fast(start + pinned * PAGE_SIZE, count - pinned, FOLL_WRITE,
					  pages + pinned);
		if (ret < 0) {
			unpin_user_pages(pages, pinned);
			kfree(pages);
			return ret;
		}
		pinned += ret;
	} while (pinned < count);
	mapped->pages = pages;
	return 0;
}

void mapped_drop(struct mapped *mapped)
{
	int count = mapped->base.size >> PAGE_SHIFT;

	unpin_user_pages(mapped->pages, count + 1);	/* { dg-warning {pincheck:over-release} } */
	kfree(mapped->pages);
}

void clean_mapped_drop(struct mapped *mapped)
{
	int count = mapped->base.size >> PAGE_SHIFT;

	unpin_user_pages(mapped->pages, count);
	kfree(mapped->pages);
}
