// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Flags in the low bits of the pointer. */
#include <linux/mm.h>

#define TAG	1UL

int tagged(unsigned long start)
{
	struct page *page;
	unsigned long tagged;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	tagged = (unsigned long)page | TAG;
	put_page((struct page *)(tagged & ~TAG));	/* { dg-warning {pincheck:put-pinned} } */
	return 0;
}

int tagged_by_addition(unsigned long start)
{
	struct page *page;
	char *tagged;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	tagged = (char *)page + TAG;
	put_page((struct page *)(tagged - TAG));	/* { dg-warning {pincheck:put-pinned} } */
	return 0;
}

int clean(unsigned long start)
{
	struct page *page;
	unsigned long tagged;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	tagged = (unsigned long)page | TAG;
	unpin_user_page((struct page *)(tagged & ~TAG));
	return 0;
}
