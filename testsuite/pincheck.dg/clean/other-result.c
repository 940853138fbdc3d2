// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * One variable has the results of an acquire and of another call.  That it is 1 says that the
 * acquire has been successful, not that the other call may return that, too.  From callers
 * of fixup_user_fault().
 */
#include <linux/errno.h>
#include <linux/mm.h>

int resolve(unsigned long addr);
int is_killed(void);

static int clean_fixed_up(unsigned long addr, struct page **page)
{
	int ret;

retry:
	ret = pin_user_pages_fast(addr, 1, FOLL_WRITE, page);
	if (ret == 1)
		goto out;
	ret = resolve(addr);
	if (!ret) {
		if (!is_killed())
			goto retry;
		ret = -EBUSY;
	}
out:
	return ret == 1 ? 0 : ret;
}

int clean_user(unsigned long addr)
{
	struct page *page;
	int ret = clean_fixed_up(addr, &page);

	if (!ret)
		unpin_user_page(page);
	return ret;
}

static int fixed_up(unsigned long addr, struct page **page)
{
	int ret = pin_user_pages_fast(addr, 1, FOLL_WRITE, page);

	if (ret == 1)
		goto out;
	ret = resolve(addr);
out:
	return ret == 1 ? 0 : ret;
}

int user_of_what_was_resolved(unsigned long addr)
{
	struct page *page;
	int ret = fixed_up(addr, &page);

	if (ret < 0)
		return ret;
	unpin_user_page(page);	/* { dg-warning "'page' was never taken" } */
	return 0;
}
