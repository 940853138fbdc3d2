// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* The same page given back again. */
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/slab.h>

int submit(void);

int twice(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	unpin_user_page(page);
	unpin_user_page(page);	/* { dg-warning {pincheck:double-release} } */
	return 0;
}

int array_twice(unsigned long start)
{
	struct page *pages[8];
	int pinned = pin_user_pages_fast(start, 8, 0, pages);

	if (pinned <= 0)
		return -EFAULT;
	unpin_user_pages(pages, pinned);
	unpin_user_pages(pages, pinned);	/* { dg-warning {pincheck:double-release} } */
	return 0;
}

int on_the_error_path(unsigned long start)
{
	struct page *page;
	int error;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	error = submit();
	if (error) {
		unpin_user_page(page);
		goto out;
	}
	error = 1;
out:
	unpin_user_page(page);	/* { dg-warning {pincheck:double-release} } */
	return error;
}

int clean_error_path(unsigned long start)
{
	struct page *page;
	int error;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	error = submit();
	if (error)
		goto out;
	error = 1;
out:
	unpin_user_page(page);
	return error;
}

int clean_again(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	unpin_user_page(page);
	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	unpin_user_page(page);
	return 0;
}

int clean_two_references(struct address_space *mapping)
{
	struct page *page = find_get_page(mapping, 0);

	if (!page)
		return -EIO;
	get_page(page);
	put_page(page);
	put_page(page);
	return 0;
}
