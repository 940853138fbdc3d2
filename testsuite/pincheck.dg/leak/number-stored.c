// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * A helper that puts the number of a page into a record of the function's own does not give the
 * page away; drivers/virt/nitro_enclaves/ne_misc_dev.c.
 */
#include <linux/mm.h>
#include <linux/slab.h>

struct range {
	unsigned long start, end;
};

struct ranges {
	unsigned long count;
	struct range *items;
};

struct memory {
	struct memory *next;
	unsigned long count;
	struct page **pages;
};

struct owner {
	unsigned long limit;
	struct memory *memories;
	struct ranges ranges;
};

extern int dev_warn_odd(unsigned long size);

/* Gets no pointer, and is called by one that gets the number beside a pointer. */
static int check_range(unsigned long start, unsigned long size)
{
	if (size & 0x1ffff) {
		dev_warn_odd(size);
		return -EINVAL;
	}
	return start & 0x1ffff ? -EINVAL : 0;
}

static int add_range(struct ranges *ranges, unsigned long start, unsigned long size)
{
	unsigned long count = ranges->count;
	int ret = check_range(start, size);

	if (ret < 0)
		return ret;
	if (count && ranges->items[count - 1].end + 1 == start) {
		ranges->items[count - 1].end += size;
	} else {
		ranges->items[count].start = start;
		ranges->items[count].end = start + size - 1;
		ranges->count++;
	}
	return 0;
}

int lost(struct owner *owner, unsigned long start, unsigned long limit)
{
	struct ranges ranges = {};
	struct memory *memory;
	unsigned long i, size = 0;
	int ret;

	memory = kzalloc(sizeof(*memory), GFP_KERNEL);
	if (!memory)
		return -ENOMEM;
	memory->pages = kcalloc(limit, sizeof(*memory->pages), GFP_KERNEL);
	ranges.items = kcalloc(limit, sizeof(*ranges.items), GFP_KERNEL);
	if (!memory->pages || !ranges.items) {
		ret = -ENOMEM;
		goto free;
	}
	do {
		i = memory->count;
		if (i == limit) {	/* { dg-warning {pincheck:leak} } */
			kfree(ranges.items);
			kfree(memory->pages);
			kfree(memory);
			return -EBUSY;
		}
		ret = pin_user_pages_fast(start + size, 1, 0, memory->pages + i);
		if (ret < 0)
			goto put;
		memory->count++;
		ret = add_range(&ranges, page_to_pfn(memory->pages[i]) << PAGE_SHIFT, PAGE_SIZE);
		if (ret < 0)
			goto put;
		size += PAGE_SIZE;
	} while (size < owner->limit);
	memory->next = owner->memories;
	owner->memories = memory;
	kfree(ranges.items);
	return 0;
put:
	for (i = 0; i < memory->count; i++)
		unpin_user_page(memory->pages[i]);
free:
	kfree(ranges.items);
	kfree(memory->pages);
	kfree(memory);
	return ret;
}

/* Who has the ranges can find the page by its number. */
int clean_callers(struct owner *owner, unsigned long start)
{
	struct page *page;
	int ret;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	ret = add_range(&owner->ranges, page_to_pfn(page) << PAGE_SHIFT, PAGE_SIZE);
	if (ret < 0)
		unpin_user_page(page);
	return ret;
}

/* The record goes to the owner. */
int clean_moved(struct owner *owner, unsigned long start)
{
	struct ranges ranges = {};
	struct page *page;
	int ret;

	ranges.items = kcalloc(1, sizeof(*ranges.items), GFP_KERNEL);
	if (!ranges.items)
		return -ENOMEM;
	if (pin_user_pages_fast(start, 1, 0, &page) != 1) {
		kfree(ranges.items);
		return -EFAULT;
	}
	ret = add_range(&ranges, page_to_pfn(page) << PAGE_SHIFT, PAGE_SIZE);
	if (ret < 0) {
		unpin_user_page(page);
		kfree(ranges.items);
		return ret;
	}
	owner->ranges = ranges;
	return 0;
}

/* The pages are given back by their numbers. */
int clean_by_number(unsigned long start)
{
	struct ranges ranges = {};
	struct page *page;
	int ret;

	ranges.items = kcalloc(1, sizeof(*ranges.items), GFP_KERNEL);
	if (!ranges.items)
		return -ENOMEM;
	if (pin_user_pages_fast(start, 1, 0, &page) != 1) {
		kfree(ranges.items);
		return -EFAULT;
	}
	ret = add_range(&ranges, page_to_pfn(page) << PAGE_SHIFT, PAGE_SIZE);
	if (ret < 0)
		unpin_user_page(page);
	else
		unpin_user_page(pfn_to_page(ranges.items[0].start >> PAGE_SHIFT));
	kfree(ranges.items);
	return ret;
}

extern int submit(struct range *range);

/* Somebody unknown gets the record. */
int clean_submitted(unsigned long start)
{
	struct ranges ranges = {};
	struct page *page;
	int ret;

	ranges.items = kcalloc(1, sizeof(*ranges.items), GFP_KERNEL);
	if (!ranges.items)
		return -ENOMEM;
	if (pin_user_pages_fast(start, 1, 0, &page) != 1) {
		kfree(ranges.items);
		return -EFAULT;
	}
	ret = add_range(&ranges, page_to_pfn(page) << PAGE_SHIFT, PAGE_SIZE);
	if (ret < 0) {
		unpin_user_page(page);
		kfree(ranges.items);
		return ret;
	}
	return submit(ranges.items);
}

extern long hypercall(unsigned long frame);

/* What is read out of the record may be the number of the page. */
int clean_told(unsigned long start)
{
	struct ranges ranges = {};
	struct page *page;
	int ret;

	ranges.items = kcalloc(1, sizeof(*ranges.items), GFP_KERNEL);
	if (!ranges.items)
		return -ENOMEM;
	if (pin_user_pages_fast(start, 1, 0, &page) != 1) {
		kfree(ranges.items);
		return -EFAULT;
	}
	ret = add_range(&ranges, page_to_pfn(page) << PAGE_SHIFT, PAGE_SIZE);
	if (ret < 0) {
		unpin_user_page(page);
		kfree(ranges.items);
		return ret;
	}
	ret = hypercall(ranges.items[0].start);
	kfree(ranges.items);
	return ret;
}

struct req {
	unsigned long addr, size;
};

extern long send(struct req *req);

int clean_sent(unsigned long start)
{
	struct ranges ranges = {};
	struct req req = {};
	struct page *page;
	int ret;

	ranges.items = kcalloc(1, sizeof(*ranges.items), GFP_KERNEL);
	if (!ranges.items)
		return -ENOMEM;
	if (pin_user_pages_fast(start, 1, 0, &page) != 1) {
		kfree(ranges.items);
		return -EFAULT;
	}
	ret = add_range(&ranges, page_to_pfn(page) << PAGE_SHIFT, PAGE_SIZE);
	if (ret < 0) {
		unpin_user_page(page);
		kfree(ranges.items);
		return ret;
	}
	req.addr = ranges.items[0].start;
	ret = send(&req);
	kfree(ranges.items);
	return ret;
}

int clean_limit(struct owner *owner, unsigned long start)
{
	struct ranges ranges = {};
	struct page *page;
	int ret;

	ranges.items = kcalloc(1, sizeof(*ranges.items), GFP_KERNEL);
	if (!ranges.items)
		return -ENOMEM;
	if (pin_user_pages_fast(start, 1, 0, &page) != 1) {
		kfree(ranges.items);
		return -EFAULT;
	}
	ret = add_range(&ranges, page_to_pfn(page) << PAGE_SHIFT, PAGE_SIZE);
	if (ret < 0) {
		unpin_user_page(page);
		kfree(ranges.items);
		return ret;
	}
	owner->limit = ranges.items[0].start;
	kfree(ranges.items);
	return 0;
}

unsigned long clean_returned(unsigned long start)
{
	struct ranges ranges = {};
	struct page *page;
	unsigned long first;

	ranges.items = kcalloc(1, sizeof(*ranges.items), GFP_KERNEL);
	if (!ranges.items)
		return 0;
	if (pin_user_pages_fast(start, 1, 0, &page) != 1) {
		kfree(ranges.items);
		return 0;
	}
	if (add_range(&ranges, page_to_pfn(page) << PAGE_SHIFT, PAGE_SIZE) < 0) {
		unpin_user_page(page);
		kfree(ranges.items);
		return 0;
	}
	first = ranges.items[0].start;
	kfree(ranges.items);
	return first;
}
