// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Given back out of an array that was freed: nobody has put other pages there since. */
#include <linux/errno.h>
#include <linux/mm.h>
#include <linux/slab.h>

struct device;
struct owner {
	struct buffer *buffer;
	int users;
};

struct buffer {
	struct page **pages;
	long count;
	struct owner *owner;
};

void report(struct device *device, int error);
int refill(struct buffer *buffer);
int refill_owned(struct owner *owner);
void refill_all(void);
int add(struct owner *owner, struct buffer *buffer);
extern struct buffer *the_buffer;
struct buffer *find(struct owner *owner);

static long fill(struct buffer *buffer, unsigned long start, int count)
{
	int pinned;

	buffer->pages = kcalloc(count, sizeof(*buffer->pages), GFP_KERNEL);
	if (!buffer->pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, count, 0, buffer->pages);
	if (pinned != count) {
		if (pinned > 0)
			unpin_user_pages(buffer->pages, pinned);
		kfree(buffer->pages);
		return -EFAULT;
	}
	buffer->count = count;
	return 0;
}

static void drop(struct device *device, struct buffer *buffer)
{
	/* { dg-warning {pincheck:double-release} "" { target *-*-* } .+1 } */
	unpin_user_pages(buffer->pages, buffer->count);
	kfree(buffer->pages);
	report(device, 0);
}

int map(struct device *device, struct owner *owner, struct buffer *buffer, unsigned long start)
{
	int error = fill(buffer, start, 8);

	if (error)
		return error;
	error = add(owner, buffer);
	if (error) {
		drop(device, buffer);
		report(device, error);
		goto drop;
	}
	return 0;
drop:
	drop(device, buffer);
	return error;
}

int clean_map(struct device *device, struct owner *owner, struct buffer *buffer, unsigned long start)
{
	int error = fill(buffer, start, 8);

	if (error)
		return error;
	error = add(owner, buffer);
	if (error) {
		report(device, error);
		goto drop;
	}
	return 0;
drop:
	drop(device, buffer);
	return error;
}

void array_of_the_caller(struct device *device, struct page **pages, int count)
{
	unpin_user_pages(pages, count);
	kfree(pages);
	report(device, 0);
	unpin_user_pages(pages, count);	/* { dg-warning {pincheck:double-release} } */
}

/* The array is there still, and whoever is called may know it. */
void clean_not_freed(struct device *device, struct buffer *buffer)
{
	unpin_user_pages(buffer->pages, buffer->count);
	report(device, 0);
	unpin_user_pages(buffer->pages, buffer->count);
}

void clean_refilled(struct buffer *buffer)
{
	unpin_user_pages(buffer->pages, buffer->count);
	kfree(buffer->pages);
	if (!refill(buffer))
		unpin_user_pages(buffer->pages, buffer->count);
}

void clean_refilled_by_owner(struct owner *owner)
{
	unpin_user_pages(owner->buffer->pages, owner->buffer->count);
	kfree(owner->buffer->pages);
	if (!refill_owned(owner))
		unpin_user_pages(owner->buffer->pages, owner->buffer->count);
}

void clean_refilled_by_all(struct buffer *buffer)
{
	unpin_user_pages(buffer->pages, buffer->count);
	kfree(buffer->pages);
	refill_all();
	unpin_user_pages(buffer->pages, buffer->count);
}

void clean_global(struct device *device)
{
	unpin_user_pages(the_buffer->pages, the_buffer->count);
	kfree(the_buffer->pages);
	report(device, 0);
	unpin_user_pages(the_buffer->pages, the_buffer->count);
}

void clean_replaced(struct device *device, struct buffer *buffer, struct page **pages)
{
	struct page **old = buffer->pages;

	unpin_user_pages(old, buffer->count);
	buffer->pages = pages;
	kfree(old);
	report(device, 0);
	unpin_user_pages(buffer->pages, buffer->count);
}

void clean_replaced_later(struct device *device, struct buffer *buffer, struct page **pages)
{
	unpin_user_pages(buffer->pages, buffer->count);
	kfree(buffer->pages);
	buffer->pages = pages;
	report(device, 0);
	refill(buffer);
	unpin_user_pages(buffer->pages, buffer->count);
}

void clean_each(struct device *device, struct buffer *buffers, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		unpin_user_pages(buffers[i].pages, buffers[i].count);
		kfree(buffers[i].pages);
		report(device, i);
	}
}

void clean_found(struct device *device, struct owner *owner)
{
	struct buffer *buffer;

	while ((buffer = find(owner)) != NULL) {
		unpin_user_pages(buffer->pages, buffer->count);
		kfree(buffer->pages);
		report(device, 0);
		kfree(buffer);
	}
}

void clean_either(struct device *device, struct buffer *buffer, int first)
{
	if (first) {
		unpin_user_pages(buffer->pages, buffer->count);
		kfree(buffer->pages);
		buffer->pages = NULL;
		report(device, 0);
	}
	if (buffer->pages) {
		unpin_user_pages(buffer->pages, buffer->count);
		kfree(buffer->pages);
	}
}
