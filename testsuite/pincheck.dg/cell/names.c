// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* One place, named by as much of the way to it as each function shows. */
#include <linux/mm.h>
#include <linux/slab.h>

struct operation {
	struct page *page;
};

struct message {
	int length;
	struct {
		struct operation first, second;
	} part;
};

int message_fill(struct message *message, unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	message->part.first.page = page;
	return 0;
}

void operation_drop(struct operation *operation)
{
	put_page(operation->page);	/* { dg-warning {pincheck:put-pinned} } */
}

/* The record is filled before its owner gets it. */
struct descriptor {
	struct page *page;
};

struct device {
	struct descriptor *user, *own;
};

int device_add_user(struct device *device, unsigned long start)
{
	struct descriptor *descriptor = kzalloc(sizeof(*descriptor), GFP_KERNEL);

	if (!descriptor)
		return -ENOMEM;
	if (pin_user_pages_fast(start, 1, 0, &descriptor->page) != 1) {
		kfree(descriptor);
		return -EFAULT;
	}
	device->user = descriptor;
	return 0;
}

int device_add_own(struct device *device)
{
	struct descriptor *descriptor = kzalloc(sizeof(*descriptor), GFP_KERNEL);

	if (!descriptor)
		return -ENOMEM;
	descriptor->page = alloc_page(GFP_KERNEL);
	device->own = descriptor;
	return 0;
}

void device_drop_user(struct device *device)
{
	put_page(device->user->page);	/* { dg-warning {pincheck:put-pinned} } */
}

void clean_device_drop(struct device *device)
{
	unpin_user_page(device->user->page);
	__free_page(device->own->page);
}

void clean_descriptor_put(struct descriptor *descriptor)
{
	put_page(descriptor->page);
}

/* By number, out of the array of all pages; and through the address of a variable. */
struct numbers {
	unsigned long pfns[4];
};

int numbers_fill(struct numbers *numbers, unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	numbers->pfns[0] = page_to_pfn(page);
	return 0;
}

void numbers_drop(struct numbers *numbers, int i)
{
	put_page(pfn_to_page(numbers->pfns[i]));	/* { dg-warning {pincheck:put-pinned} } */
}

struct counted {
	struct page *page;
};

int counted_fill(struct counted *counted)
{
	counted->page = alloc_page(GFP_KERNEL);
	return counted->page ? 0 : -ENOMEM;
}

void counted_drop(struct counted *counted, bool is_dirty)
{
	struct page *page = counted->page;

	unpin_user_pages_dirty_lock(&page, 1, is_dirty);	/* { dg-warning {pincheck:unpin-ordinary} } */
}

struct right {
	struct page *page;
};

int clean_fill(struct right *right, unsigned long start)
{
	return pin_user_pages_fast(start, 1, 0, &right->page) == 1 ? 0 : -EFAULT;
}

void clean_drop(struct right *right, bool is_dirty)
{
	struct page *page = right->page;

	unpin_user_pages_dirty_lock(&page, 1, is_dirty);
}

/* Two references on what the owner gets. */
struct holder {
	struct descriptor *twice;
};

int clean_add_twice(struct holder *holder, unsigned long start)
{
	struct descriptor *descriptor = kzalloc(sizeof(*descriptor), GFP_KERNEL);

	if (!descriptor)
		return -ENOMEM;
	if (get_user_pages_fast(start, 1, 0, &descriptor->page) != 1) {
		kfree(descriptor);
		return -EFAULT;
	}
	get_page(descriptor->page);
	holder->twice = descriptor;
	return 0;
}

void clean_drop_twice(struct holder *holder)
{
	put_page(holder->twice->page);
	put_page(holder->twice->page);
}
