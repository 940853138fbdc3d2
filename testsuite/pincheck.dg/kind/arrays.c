// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Arrays of pages, on the stack and on the heap, whatever the index. */
#include <linux/mm.h>
#include <linux/slab.h>

void use(struct page **pages, int count) __attribute__((access(read_only, 1, 2)));

int on_the_stack(unsigned long start)
{
	struct page *pages[8];
	int pinned = pin_user_pages_fast(start, 8, 0, pages), i;

	if (pinned < 0)
		return pinned;
	for (i = 0; i < pinned; i++)
		put_page(pages[i]);	/* { dg-warning {pincheck:put-pinned} } */
	return 0;
}

int backwards(unsigned long start)
{
	struct page *pages[8];
	int pinned = pin_user_pages_fast(start, 8, 0, pages);

	if (pinned < 0)
		return pinned;
	while (pinned--)
		put_page(pages[pinned]);	/* { dg-warning {pincheck:put-pinned} } */
	return 0;
}

int by_pointer(unsigned long start)
{
	struct page *pages[8], **page;
	int pinned = pin_user_pages_fast(start, 8, 0, pages);

	if (pinned < 0)
		return pinned;
	for (page = pages; page < pages + pinned; page++)
		put_page(*page);	/* { dg-warning {pincheck:put-pinned} } */
	return 0;
}

int on_the_heap(unsigned long start, int count)
{
	struct page **pages = kvmalloc_array(count, sizeof(*pages), GFP_KERNEL);
	int pinned, i;

	if (!pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, count, 0, pages);
	for (i = 0; i < pinned; i++)
		put_page(pages[i]);	/* { dg-warning {pincheck:put-pinned} } */
	kvfree(pages);
	return pinned < 0 ? pinned : 0;
}

/* Allocated where it is filled, by the kernel's own names for that. */
int clean_on_the_heap(unsigned long start, int count)
{
	struct page **pages = kcalloc(count, sizeof(*pages), GFP_KERNEL);
	int pinned;

	if (!pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, count, 0, pages);
	if (pinned > 0)
		unpin_user_pages(pages, pinned);
	kfree(pages);
	return pinned < 0 ? pinned : 0;
}

/* The halves of the array are of different kinds. */
int clean_halves(unsigned long start)
{
	struct page *pages[8];
	int pinned, got;

	pinned = pin_user_pages_fast(start, 4, 0, pages);
	if (pinned != 4) {
		if (pinned > 0)
			unpin_user_pages(pages, pinned);
		return -EFAULT;
	}
	got = get_user_pages_fast(start, 4, 0, pages + 4);
	if (got > 0)
		release_pages(pages + 4, got);
	unpin_user_pages(pages, 4);
	return 0;
}
