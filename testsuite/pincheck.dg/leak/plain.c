// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Never given back, or given back on one of two paths. */
#include <linux/mm.h>
#include <linux/pagemap.h>

int read_only(const struct page *page) __attribute__((access(read_only, 1)));

int never(unsigned long start)
{
	struct page *page;

	return pin_user_pages_fast(start, 1, 0, &page);	/* { dg-warning {user-pinned page.*pincheck:leak} } */
}

int one_path(unsigned long start, bool keep)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	if (!keep)	/* { dg-warning {pincheck:leak} } */
		unpin_user_page(page);
	return 0;
}

int extra(unsigned long start)
{
	struct page *page;

	if (get_user_pages_fast(start, 1, 0, &page) != 1)	/* { dg-warning {pincheck:leak} } */
		return -EFAULT;
	get_page(page);
	put_page(page);
	return 0;
}

int clean_one_path(unsigned long start, bool early)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	if (early) {
		unpin_user_page(page);
		return 1;
	}
	unpin_user_page(page);
	return 0;
}

int clean_found(struct address_space *mapping, pgoff_t index)
{
	struct page *page = find_get_page(mapping, index);

	if (!page)
		return -EIO;
	put_page(page);
	return 0;
}

int clean_twice(struct page *page)
{
	get_page(page);
	get_page(page);
	put_page(page);
	put_page(page);
	return 0;
}

struct page *clean_returned(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return NULL;
	return page;
}

/* Who dies loses nothing. */
int clean_dies(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	BUG_ON(start);
	unpin_user_page(page);
	return 0;
}
