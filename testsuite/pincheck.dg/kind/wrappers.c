// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Small functions of the same unit, and macros.  The fault is where the release is. */
#include <linux/mm.h>

static inline int pin_one(unsigned long start, struct page **page)
{
	return pin_user_pages_fast(start, 1, FOLL_WRITE, page);
}

static inline struct page *get_one(unsigned long start)
{
	struct page *page;

	if (get_user_pages_fast(start, 1, 0, &page) != 1)
		return NULL;
	return page;
}

static void drop(struct page *page)
{
	put_page(page);		/* { dg-warning {pincheck:put-pinned} } */
}

static __attribute__((noinline)) void unpin_twice_removed(struct page *page)
{
	unpin_user_page(page);	/* { dg-warning {pincheck:unpin-ordinary} } */
}

static void unpin_dirty(struct page *page, bool dirty)
{
	if (dirty)
		set_page_dirty_lock(page);
	unpin_twice_removed(page);
}

int acquired_by_a_wrapper(unsigned long start)
{
	struct page *page;

	if (pin_one(start, &page) != 1)
		return -EFAULT;
	put_page(page);		/* { dg-warning {pincheck:put-pinned} } */
	return 0;
}

int released_by_a_wrapper(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	drop(page);
	return 0;
}

int both_by_wrappers(unsigned long start)
{
	struct page *page = get_one(start);

	if (!page)
		return -EFAULT;
	unpin_dirty(page, true);
	return 0;
}

#define DROP(page)	do {	\
	unlock_page(page);	\
	put_page(page);		\
} while (0)

int released_by_a_macro(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	lock_page(page);
	DROP(page);		/* { dg-warning {pincheck:put-pinned} } */
	return 0;
}

int clean(unsigned long start)
{
	struct page *page;

	if (pin_one(start, &page) != 1)
		return -EFAULT;
	unpin_dirty(page, true);
	return 0;
}
