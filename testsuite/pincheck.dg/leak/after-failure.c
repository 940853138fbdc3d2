// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Something else fails after the pages were pinned. */
#include <linux/mm.h>
#include <linux/slab.h>

struct request {
	int count;
	struct page **pages;
};

int submit(struct request *request);
int probe(void);

int allocation(unsigned long start)
{
	struct page *page;
	char *buffer;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	buffer = kmalloc(100, GFP_KERNEL);
	if (!buffer)		/* { dg-warning {pincheck:leak} } */
		return -ENOMEM;
	kfree(buffer);
	unpin_user_page(page);
	return 0;
}

int other_call(unsigned long start)
{
	struct page *page;
	int error;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	error = probe();
	if (error)		/* { dg-warning {pincheck:leak} } */
		return error;
	unpin_user_page(page);
	return 0;
}

int clean_allocation(unsigned long start)
{
	struct page *pages[4];
	char *buffer;
	int pinned = pin_user_pages_fast(start, 4, 0, pages);

	if (pinned <= 0)
		return -EFAULT;
	buffer = kmalloc(100, GFP_KERNEL);
	if (!buffer) {
		unpin_user_pages(pages, pinned);
		return -ENOMEM;
	}
	kfree(buffer);
	unpin_user_pages(pages, pinned);
	return 0;
}

int clean_other_call(unsigned long start)
{
	struct page *page;
	int error;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	error = probe();
	unpin_user_page(page);
	return error;
}

/* Handed on: somebody else gives them back. */
int clean_handed_on(unsigned long start, struct request *request)
{
	int pinned = pin_user_pages_fast(start, 4, 0, request->pages);

	if (pinned < 0)
		return pinned;
	request->count = pinned;
	return submit(request);
}
