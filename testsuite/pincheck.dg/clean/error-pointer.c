// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * A page that is held is neither NULL nor an error pointer: a cleanup that asks for both, as
 * those of linux/cleanup.h do, gives it back on every path.  From drivers with
 * `struct page *page __free(...) = NULL'.
 */
#include <linux/err.h>
#include <linux/mm.h>

static void drop(struct page **where)
{
	struct page *page = *where;

	if (!IS_ERR_OR_NULL(page))
		unpin_user_page(page);
}

static void drop_error(struct page **where)
{
	struct page *page = *where;

	if (IS_ERR(page))
		unpin_user_page(page);
}

int clean_asked_for_both(int *busy, unsigned long addr)
{
	struct page *page = NULL;
	int ret = -EFAULT;

	if (pin_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		goto out;
	ret = -EBUSY;
	if (*busy)
		goto out;
	*busy = 1;
	ret = 0;
out:
	drop(&page);
	return ret;
}

int clean_compared_with_an_error(int *busy, unsigned long addr)
{
	struct page *page = ERR_PTR(-EBUSY);
	int ret = -EFAULT;

	if (pin_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	if (*busy)
		ret = -EBUSY;
	if (page != ERR_PTR(-EBUSY))
		unpin_user_page(page);
	return ret;
}

int given_back_as_an_error(int *busy, unsigned long addr)
{
	struct page *page = NULL;
	int ret = -EFAULT;

	if (pin_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return ret;
	if (*busy)	/* { dg-warning "'page' is never given back" } */
		ret = -EBUSY;
	drop_error(&page);
	return ret;
}
