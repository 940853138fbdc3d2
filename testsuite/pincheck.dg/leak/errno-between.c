// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * Of two errnos that are held in the same case, neither is one that lies between them.
 * The clean ones as in v6.12 mm/memory.c, copy_pte_range().
 */
#include <linux/mm.h>

static int check(struct page *page, unsigned long what)
{
	get_page(page);
	put_page(page);
	if (what == 1)
		return -EIO;
	if (what == 2)
		return -EINVAL;
	return what > 100 ? -EFAULT : -EBUSY;
}

int clean(unsigned long start, int what)
{
	struct page *page;
	int ret;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	ret = what ? -EIO : -EINVAL;
	if (ret == -ENOMEM)
		return ret;
	unpin_user_page(page);
	return ret;
}

int buggy(unsigned long start, int what)
{
	struct page *page;
	int ret;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	ret = what > 1 ? -EIO : what ? -ENOMEM : -EINVAL;
	if (ret == -ENOMEM)	/* { dg-warning {pincheck:leak} } */
		return ret;
	unpin_user_page(page);
	return ret;
}

int clean_helper(unsigned long start, unsigned long what)
{
	struct page *page;
	int ret;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	ret = check(page, what);
	switch (ret) {
	case -ENOMEM:
	case -EAGAIN:
		return ret;
	case -EBUSY:
		ret = 0;
		break;
	default:
		break;
	}
	unpin_user_page(page);
	return ret;
}

int buggy_helper(unsigned long start, unsigned long what)
{
	struct page *page;
	int ret;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	ret = check(page, what);
	if (ret == -ENOMEM || ret == -EBUSY)	/* { dg-warning {pincheck:leak} } */
		return ret;
	unpin_user_page(page);
	return ret;
}

/* A number, or an errno; but not the one that is told apart. */
int clean_number(unsigned long start, unsigned int count)
{
	struct page *page;
	int ret = -EIO;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	if (count)
		ret = count;
	if (!ret)
		return 0;
	unpin_user_page(page);
	return ret;
}
