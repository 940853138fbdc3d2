// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* The story of a finding: where it was acquired, where it was given back. */
#include <linux/mm.h>

int buggy(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)	/* { dg-note {\(1\).*'pin_user_pages_fast'} } */
		return -EFAULT;
	put_page(page);	/* { dg-warning {\[pincheck:put-pinned\]} } */
	/* { dg-note {\(2\).*'unpin_user_page\(\)'} "" { target *-*-* } .-1 } */
	return 0;
}
