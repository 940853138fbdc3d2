// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* A reference more, in a unit that takes no pins. */
#include <linux/mm.h>

int start_io(unsigned long address);

int unpinned_again(struct page *page, unsigned long address)
{
	int ret;

	get_page(page);
	ret = start_io(address);
	if (ret)
		unpin_user_page(page);	/* { dg-warning {pincheck:unpin-ordinary} } */
	return ret;
}

int clean_put_again(struct page *page, unsigned long address)
{
	int ret;

	get_page(page);
	ret = start_io(address);
	if (ret)
		put_page(page);
	return ret;
}

/* Whoever calls this may have pinned it. */
void clean_unpin(struct page *page)
{
	unpin_user_page(page);
}

void clean_get_and_put(struct page *page)
{
	get_page(page);
	put_page(page);
	unpin_user_page(page);
}
