// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* { dg-additional-options "-fplugin-arg-pincheck-report=note" } */
/* { dg-prune-output {note: \(\d+\)} } */
#include <linux/mm.h>

int put_pinned(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	put_page(page);	/* { dg-note {pincheck:put-pinned} } */
	return 0;
}

int unpin_ordinary(void)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	unpin_user_page(page);	/* { dg-note {pincheck:unpin-ordinary} } */
	return 0;
}
