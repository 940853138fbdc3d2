// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Ways to come by an ordinary reference. */
#include <linux/mm.h>
#include <linux/pagemap.h>

int with_get_user_pages(unsigned long start)
{
	struct page *page;

	if (get_user_pages(start, 1, 0, &page) != 1)
		return -EFAULT;
	unpin_user_page(page);	/* { dg-warning {pincheck:unpin-ordinary} } */
	return 0;
}

int with_unlocked(unsigned long start)
{
	struct page *page;

	if (get_user_pages_unlocked(start, 1, &page, 0) != 1)
		return -EFAULT;
	unpin_user_page(page);	/* { dg-warning {pincheck:unpin-ordinary} } */
	return 0;
}

int with_alloc_page(void)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	unpin_user_page(page);	/* { dg-warning {pincheck:unpin-ordinary} } */
	return 0;
}

int with_find_get_page(struct address_space *mapping)
{
	struct page *page = find_get_page(mapping, 0);

	if (!page)
		return -EIO;
	unpin_user_page(page);	/* { dg-warning {pincheck:unpin-ordinary} } */
	return 0;
}

int clean_find_get_page(struct address_space *mapping)
{
	struct page *page = find_get_page(mapping, 0);

	if (!page)
		return -EIO;
	put_page(page);
	return 0;
}

/* A page at hand of which nothing is known: a pin on it is quite possible. */
void unknown(struct page *page)
{
	unpin_user_page(page);
}

/* An extra reference does not make a pinned page ordinary. */
int get_and_put_pinned(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	get_page(page);
	put_page(page);
	unpin_user_page(page);
	return 0;
}
