// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* One reference more, given back twice: where nobody else gets at the page, that is wrong. */
#include <linux/mm.h>

void twice(unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return;
	get_page(page);
	put_page(page);
	put_page(page);
	put_page(page);		/* { dg-warning {a second time.*pincheck:double-release} } */
}

void once(unsigned long addr)
{
	struct page *page;

	if (get_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return;
	get_page(page);
	put_page(page);
	put_page(page);
}
