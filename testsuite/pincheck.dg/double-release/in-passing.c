// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Pages that a unit with user pages allocates, or looks up, besides: one reference each. */
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/pagemap.h>

void remember(struct page *page);

int user_page(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	unpin_user_page(page);
	return 0;
}

int looked_up(struct address_space *mapping, pgoff_t index)
{
	struct page *page = find_get_page(mapping, index);
	int ret = 0;

	if (!page)
		return -EINVAL;
	if (index == 0) {
		put_page(page);
		ret = -EINVAL;
	}
	put_page(page);		/* { dg-warning {pincheck:double-release} } */
	return ret;
}

int allocated(void)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	__free_page(page);
	__free_page(page);	/* { dg-warning {pincheck:double-release} } */
	return 0;
}

/* Who got the page may have left a reference of its own. */
int shared(void)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	remember(page);
	put_page(page);
	put_page(page);
	return 0;
}
