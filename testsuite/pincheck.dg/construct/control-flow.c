// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Every way to get from here to there. */
#include <linux/mm.h>

int by_switch(unsigned long start, int how)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	switch (how) {
	case 0:
		unpin_user_page(page);
		break;
	case 1 ... 3:
		unpin_user_pages_dirty_lock(&page, 1, how > 1);
		break;
	default:
		put_page(page);		/* { dg-warning {pincheck:put-pinned} } */
	}
	return 0;
}

int by_goto(unsigned long start)
{
	struct page *page;
	int error = -EFAULT;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		goto out;
	error = set_page_dirty_lock(page);
	if (error)
		goto out_put;
	unpin_user_page(page);
	return 0;

out_put:
	put_page(page);		/* { dg-warning {pincheck:put-pinned} } */
out:
	return error;
}

int by_computed_goto(unsigned long start, int how)
{
	static const void *const targets[] = { &&unpin, &&put };
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	goto *targets[how & 1];
unpin:
	unpin_user_page(page);
	return 0;
put:
	put_page(page);		/* { dg-warning {pincheck:put-pinned} } */
	return 1;
}

/* As static keys are made. */
static inline __attribute__((always_inline)) bool is_enabled(void)
{
	__asm__ goto("1: nop" : : : : enabled);
	return false;
enabled:
	return true;
}

int by_asm_goto(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	if (is_enabled())
		put_page(page);		/* { dg-warning {pincheck:put-pinned} } */
	else
		unpin_user_page(page);
	return 0;
}

int do_while(unsigned long start, int count)
{
	struct page *page;

	do {
		if (pin_user_pages_fast(start, 1, 0, &page) != 1)
			return -EFAULT;
		put_page(page);		/* { dg-warning {pincheck:put-pinned} } */
		start += PAGE_SIZE;
	} while (--count > 0);
	return 0;
}

int clean_retry(unsigned long start)
{
	struct page *page;

retry:
	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	if (set_page_dirty_lock(page)) {
		unpin_user_page(page);
		goto retry;
	}
	unpin_user_page(page);
	return 0;
}

/* A loop that never ends, and code that is never reached. */
void clean_endless(unsigned long start)
{
	struct page *page;

	for (;;) {
		if (pin_user_pages_fast(start++, 1, 0, &page) == 1)
			unpin_user_page(page);
	}
}
