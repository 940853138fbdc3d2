// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* { dg-era 6.1 } */
/* The vmas argument, up to v6.4. */
#include <linux/mm.h>

int pinned(unsigned long start)
{
	struct page *page;

	if (pin_user_pages(start, 1, 0, &page, NULL) != 1)
		return -EFAULT;
	put_page(page);		/* { dg-warning {pincheck:put-pinned} } */
	return 0;
}

int pinned_in_another_process(struct mm_struct *mm, unsigned long start)
{
	struct page *page;

	if (pin_user_pages_remote(mm, start, 1, 0, &page, NULL, NULL) != 1)
		return -EFAULT;
	put_page(page);		/* { dg-warning {pincheck:put-pinned} } */
	return 0;
}

int got(unsigned long start)
{
	struct page *page;

	if (get_user_pages(start, 1, 0, &page, NULL) != 1)
		return -EFAULT;
	unpin_user_page(page);	/* { dg-warning {pincheck:unpin-ordinary} } */
	return 0;
}

int clean(unsigned long start)
{
	struct page *page;

	if (pin_user_pages(start, 1, 0, &page, NULL) != 1)
		return -EFAULT;
	unpin_user_page(page);
	return 0;
}
