// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Pinned in one function, kept in a structure, given back in another. */
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

void buffer_drop(struct buffer *buffer)
{
	int i;

	for (i = 0; i < buffer->count; i++)
		put_page(buffer->pages[i]);	/* { dg-warning {pincheck:put-pinned} } */
	kfree(buffer->pages);
}

struct single {
	struct page *page;
};

int single_fill(struct single *single, unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	single->page = page;
	return 0;
}

void single_drop(struct single *single)
{
	put_page(single->page);	/* { dg-warning {pincheck:put-pinned} } */
}

struct own {
	struct page *page;
};

int own_fill(struct own *own)
{
	own->page = alloc_page(GFP_KERNEL);
	return own->page ? 0 : -ENOMEM;
}

void own_drop(struct own *own)
{
	unpin_user_page(own->page);	/* { dg-warning {pincheck:unpin-ordinary} } */
}

struct right {
	struct page **pages;
	int count;
};

int clean_fill(struct right *right, unsigned long start, int count)
{
	int pinned;

	right->pages = kcalloc(count, sizeof(*right->pages), GFP_KERNEL);
	if (!right->pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, count, FOLL_WRITE, right->pages);
	if (pinned <= 0) {
		kfree(right->pages);
		right->pages = NULL;
		return -EFAULT;
	}
	right->count = pinned;
	return 0;
}

void clean_drop(struct right *right)
{
	unpin_user_pages(right->pages, right->count);
	kfree(right->pages);
}

/* Of both kinds, and a flag of its own tells which. */
struct either {
	struct page *page;
	bool is_pinned;
};

int clean_either_fill(struct either *either, unsigned long start, bool pin)
{
	struct page *page;

	if (pin) {
		if (pin_user_pages_fast(start, 1, 0, &page) != 1)
			return -EFAULT;
	} else {
		page = alloc_page(GFP_KERNEL);
		if (!page)
			return -ENOMEM;
	}
	either->page = page;
	either->is_pinned = pin;
	return 0;
}

void clean_either_drop(struct either *either)
{
	if (either->is_pinned)
		unpin_user_page(either->page);
	else
		put_page(either->page);
}
