// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* { dg-era 5.2 } */
/* { dg-additional-options "-fplugin-arg-pincheck-gup=ordinary" } */
/* On an old tree: get_user_pages() as it was before the conversion began. */
#include <linux/mm.h>

int not_to_be_converted(unsigned long start)
{
	struct page *page;

	if (get_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	put_page(page);
	return 0;
}
