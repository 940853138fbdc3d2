// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* How many pages a record has is known though others have got the record, or the pages, since. */
#include <linux/mm.h>
#include <linux/slab.h>

/* The record is on a list when its function returns. */
struct listed {
	struct page **pages;
	int count;
};

void publish(void *record);

int listed_fill(unsigned long start, int count)
{
	struct listed *listed = kzalloc(sizeof(*listed), GFP_KERNEL);
	int pinned;

	if (!listed)
		return -ENOMEM;
	listed->pages = kcalloc(count, sizeof(*listed->pages), GFP_KERNEL);
	if (!listed->pages)
		goto free;
	pinned = pin_user_pages_fast(start, count, FOLL_WRITE, listed->pages);
	if (pinned != count) {
		if (pinned > 0)
			unpin_user_pages(listed->pages, pinned);
		goto free_pages;
	}
	listed->count = pinned;
	publish(listed);
	return 0;

free_pages:
	kfree(listed->pages);
free:
	kfree(listed);
	return -EFAULT;
}

void listed_drop(struct listed *listed)
{
	/* { dg-warning {pincheck:over-release} "" { target *-*-* } .+1 } */
	unpin_user_pages(listed->pages, listed->count + 1);
	kfree(listed->pages);
	kfree(listed);
}

void clean_listed_drop(struct listed *listed)
{
	unpin_user_pages(listed->pages, listed->count);
	kfree(listed->pages);
	kfree(listed);
}

/* The number is another one later on: the last page is not counted. */
struct shortened {
	struct page **pages;
	int count;
};

int clean_shortened_fill(struct shortened *shortened, unsigned long start, int count)
{
	int pinned;

	shortened->pages = kcalloc(count, sizeof(*shortened->pages), GFP_KERNEL);
	if (!shortened->pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, count, FOLL_WRITE, shortened->pages);
	if (pinned <= 0) {
		kfree(shortened->pages);
		return -EFAULT;
	}
	shortened->count = pinned;
	publish(shortened);
	shortened->count = pinned - 1;
	return 0;
}

void clean_shortened_drop(struct shortened *shortened)
{
	unpin_user_pages(shortened->pages, shortened->count + 1);
	kfree(shortened->pages);
}

/* One more page is put behind those that are counted, after others have got the record. */
struct header {
	struct page **pages;
	int count;
};

int clean_header_fill(struct header *header, unsigned long start, int count, unsigned long behind)
{
	int pinned;

	header->pages = kcalloc(count + 1, sizeof(*header->pages), GFP_KERNEL);
	if (!header->pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, count, FOLL_WRITE, header->pages);
	if (pinned <= 0) {
		kfree(header->pages);
		return -EFAULT;
	}
	header->count = pinned;
	publish(header);
	if (pin_user_pages_fast(behind, 1, FOLL_WRITE, &header->pages[pinned]) != 1) {
		unpin_user_pages(header->pages, pinned);
		kfree(header->pages);
		return -EFAULT;
	}
	return 0;
}

void clean_header_drop(struct header *header)
{
	unpin_user_pages(header->pages, header->count + 1);
	kfree(header->pages);
}

/* ... or by the caller of who took and counted them. */
struct footer {
	struct page **pages;
	int count;
};

int clean_footer_take(struct footer *footer, unsigned long start, int count)
{
	int pinned = pin_user_pages_fast(start, count, FOLL_WRITE, footer->pages);

	if (pinned <= 0)
		return -EFAULT;
	footer->count = pinned;
	return 0;
}

int clean_footer_fill(struct footer *footer, unsigned long start, int count, unsigned long behind)
{
	int ret = clean_footer_take(footer, start, count);

	if (ret)
		return ret;
	publish(footer);
	if (pin_user_pages_fast(behind, 1, FOLL_WRITE, &footer->pages[footer->count]) != 1) {
		unpin_user_pages(footer->pages, footer->count);
		footer->count = 0;
		return -EFAULT;
	}
	return 0;
}

void clean_footer_drop(struct footer *footer)
{
	unpin_user_pages(footer->pages, footer->count + 1);
	kfree(footer->pages);
}

/* Somebody else knows the pages before the record does, and errors join its way out. */
struct domain;
struct memory {
	struct page **pages;
	long count;
};

struct device {
	struct domain *domain;
	struct memory *memory;
};

int domain_add(struct domain *domain, struct page **pages, long count);

int memory_fill(struct device *device, unsigned long start, unsigned long size)
{
	unsigned long count = size >> PAGE_SHIFT;
	struct page **pages = kcalloc(count, sizeof(*pages), GFP_KERNEL);
	struct memory *memory = kzalloc(sizeof(*memory), GFP_KERNEL);
	long pinned = 0;
	int ret = -ENOMEM;

	if (!pages || !memory)
		goto free;
	pinned = pin_user_pages_fast(start, count, FOLL_WRITE, pages);
	if (pinned != count) {
		ret = pinned < 0 ? pinned : -ENOMEM;
		goto out;
	}
	ret = domain_add(device->domain, pages, pinned);
	if (ret)
		goto out;
	memory->pages = pages;
	memory->count = pinned;
	device->memory = memory;
out:
	if (ret && pinned > 0)
		unpin_user_pages(pages, pinned);
free:
	if (ret) {
		kfree(pages);
		kfree(memory);
	}
	return ret;
}

void memory_drop(struct device *device)
{
	/* { dg-warning {pincheck:over-release} "" { target *-*-* } .+1 } */
	unpin_user_pages(device->memory->pages, device->memory->count + 1);
	kfree(device->memory->pages);
	kfree(device->memory);
}

void clean_memory_drop(struct device *device)
{
	unpin_user_pages(device->memory->pages, device->memory->count);
	kfree(device->memory->pages);
	kfree(device->memory);
}

/* The function that takes them tells, and who calls it shows them to others. */
struct window {
	struct page **pages;
	unsigned long start;
	int count;
};

int window_get(struct window *window)
{
	int pinned = pin_user_pages_fast(window->start, 16, FOLL_WRITE, window->pages);

	if (pinned <= 0)
		return -EFAULT;
	window->count = pinned;
	return 0;
}

void window_put(struct window *window)
{
	/* { dg-warning {pincheck:over-release} "" { target *-*-* } .+1 } */
	unpin_user_pages(window->pages, window->count + 1);
	window->count = 0;
}

int window_open(struct window *window)
{
	int ret = window_get(window);

	if (ret)
		return ret;
	publish(window);
	return 0;
}

/* The caller of what takes the pages keeps their number. */
struct kept {
	struct page **pages;
	int count;
	int more;
};

static int kept_take(struct kept *kept, unsigned long start, int count)
{
	struct page **pages = kcalloc(count, sizeof(*pages), GFP_KERNEL);
	int pinned;

	if (!pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, count, FOLL_WRITE, pages);
	if (pinned < count) {
		if (pinned > 0)
			unpin_user_pages(pages, pinned);
		kfree(pages);
		return -EFAULT;
	}
	kept->pages = pages;
	return count;
}

int kept_fill(struct kept *kept, unsigned long start, int count)
{
	int ret = kept_take(kept, start, count);

	if (ret < 0)
		return ret;
	if (ret > kept->more) {
		unpin_user_pages(kept->pages, ret);
		kfree(kept->pages);
		return -EFAULT;
	}
	kept->count = ret;
	return 0;
}

void kept_drop(struct kept *kept)
{
	/* { dg-warning {pincheck:over-release} "" { target *-*-* } .+1 } */
	unpin_user_pages(kept->pages, kept->count + 1);
	kfree(kept->pages);
}

/* ... and not all of the callers the same. */
struct several {
	struct page **pages;
	int count;
	int limit;
};

static int several_take(struct several *several, unsigned long start, int count)
{
	struct page **pages = kcalloc(count, sizeof(*pages), GFP_KERNEL);
	int pinned;

	if (!pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, count, FOLL_WRITE, pages);
	if (pinned < count) {
		if (pinned > 0)
			unpin_user_pages(pages, pinned);
		kfree(pages);
		return -EFAULT;
	}
	several->pages = pages;
	return count;
}

int clean_several_fill(struct several *several, unsigned long start, int count)
{
	int ret = several_take(several, start, count);

	if (ret < 0)
		return ret;
	if (ret > several->limit) {
		unpin_user_pages(several->pages, ret);
		kfree(several->pages);
		return -EFAULT;
	}
	several->count = ret;
	return 0;
}

int clean_several_fill_more(struct several *several, unsigned long start, int count)
{
	int ret = several_take(several, start, count);

	if (ret < 0)
		return ret;
	if (ret > several->limit) {
		unpin_user_pages(several->pages, ret);
		kfree(several->pages);
		return -EFAULT;
	}
	several->count = ret - 1;
	return 0;
}

void clean_several_drop(struct several *several)
{
	unpin_user_pages(several->pages, several->count + 1);
	kfree(several->pages);
}
