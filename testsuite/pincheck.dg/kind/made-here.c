// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * The unit that makes pins itself (mm/gup.c): the function that gives them back is defined
 * here.  A page may be pinned without any call that tells, and is given back by other means.
 */
#include <linux/mm.h>
#include <linux/pagemap.h>

void add_pins(struct page *page, int count);

void unpin_user_page(struct page *page)
{
	add_pins(page, -1);
	put_page(page);
}

void clean_grab(struct address_space *mapping, pgoff_t index, int flags)
{
	struct page *page = find_get_page(mapping, index);

	if (!page)
		return;
	if (flags & 1)
		add_pins(page, 1);
	if (flags & 1)
		unpin_user_page(page);
	put_page(page);
}
