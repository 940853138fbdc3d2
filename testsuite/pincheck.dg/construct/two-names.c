// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* A page under the other name of a union, and in the copy of a structure. */
#include <linux/mm.h>

union slot {
	struct page *page;
	unsigned long word;
};

int in_a_union(unsigned long start)
{
	union slot slot;

	if (pin_user_pages_fast(start, 1, 0, &slot.page) != 1)
		return -EFAULT;
	put_page((struct page *)slot.word);	/* { dg-warning {pincheck:put-pinned} } */
	return 0;
}

int clean_union(unsigned long start)
{
	union slot slot;

	if (pin_user_pages_fast(start, 1, 0, &slot.page) != 1)
		return -EFAULT;
	unpin_user_page((struct page *)slot.word);
	return 0;
}

struct request {
	unsigned int count;
	struct page *page;
};

int in_a_copied_structure(unsigned long start)
{
	struct request first = { .count = 1 }, second;

	if (pin_user_pages_fast(start, 1, 0, &first.page) != 1)
		return -EFAULT;
	second = first;
	put_page(second.page);	/* { dg-warning {pincheck:put-pinned} } */
	return 0;
}

int clean_copied_structure(unsigned long start)
{
	struct request first = { .count = 1 }, second;

	if (pin_user_pages_fast(start, 1, 0, &first.page) != 1)
		return -EFAULT;
	second = first;
	unpin_user_page(second.page);
	return 0;
}
