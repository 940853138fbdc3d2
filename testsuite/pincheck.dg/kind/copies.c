// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* A kind stays with the value: through copies, casts and joins. */
#include <linux/mm.h>

int copied(unsigned long start)
{
	struct page *page, *copy;
	void *opaque;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	copy = page;
	opaque = copy;
	put_page(opaque);	/* { dg-warning {pincheck:put-pinned} } */
	return 0;
}

int through_an_integer(unsigned long start)
{
	struct page *page;
	uintptr_t cookie;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	cookie = (uintptr_t)page;
	put_page((struct page *)cookie);	/* { dg-warning {pincheck:put-pinned} } */
	return 0;
}

int joined(unsigned long start, bool fast)
{
	struct page *page;
	long pinned;

	if (fast)
		pinned = pin_user_pages_fast(start, 1, 0, &page);
	else
		pinned = pin_user_pages_unlocked(start, 1, &page, 0);
	if (pinned != 1)
		return -EFAULT;
	put_page(page);		/* { dg-warning {pincheck:put-pinned} } */
	return 0;
}

/* One of two pages, both pinned. */
int selected(unsigned long start, bool second)
{
	struct page *pages[2], *page, *other;
	int pinned = pin_user_pages_fast(start, 2, 0, pages);

	if (pinned != 2) {
		if (pinned > 0)
			unpin_user_pages(pages, pinned);
		return -EFAULT;
	}
	page = second ? pages[1] : pages[0];
	other = second ? pages[0] : pages[1];
	put_page(page);		/* { dg-warning {pincheck:put-pinned} } */
	unpin_user_page(other);
	return 0;
}

/* Either kind, and the flag that tells them apart is asked again. */
int correlated(unsigned long start, bool pin)
{
	struct page *page;
	int got;

	if (pin)
		got = pin_user_pages_fast(start, 1, 0, &page);
	else
		got = get_user_pages_fast(start, 1, 0, &page);
	if (got != 1)
		return -EFAULT;
	if (pin)
		unpin_user_page(page);
	else
		put_page(page);
	return 0;
}

int clean(unsigned long start)
{
	struct page *page, *copy;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	copy = (struct page *)(uintptr_t)page;
	unpin_user_page(copy);
	return 0;
}
