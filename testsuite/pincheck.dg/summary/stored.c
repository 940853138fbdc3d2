// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* { dg-additional-options "-fplugin-arg-pincheck-dump=summary" } */
/* What a function stores, or returns, its caller does not lose. */
#include <linux/mm.h>

struct object {
	struct page *page;
	int count, numbers[20];
};

static __attribute__((noinline)) int maybe_keep(struct object *object, struct page *page, int n)
{
	/* { dg-dump {^function maybe_keep\(object, page, n\)\n\tunknown$} } */
	struct page *own;
	int i;

	if (get_user_pages_fast(n, 1, 0, &own) != 1)
		return -EFAULT;
	put_page(own);
	for (i = 0; i < n; i++) {
		if (object->numbers[i])
			object->count += i;
		else
			object->count -= i;
	}
	if (n)
		object->page = page;
	return 0;
}

int perhaps_kept(struct object *object, unsigned long addr, int n)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, 0, &page) != 1)
		return -EFAULT;
	return maybe_keep(object, page, n);
}

static __attribute__((noinline)) struct page *check(struct page *page, int n)
{
	/* { dg-dump {^function check\(page, n\)\n\tunknown$} } */
	struct page *own;
	int i, sum = 0;

	if (get_user_pages_fast(n, 1, 0, &own) != 1)
		return NULL;
	put_page(own);
	for (i = 0; i < n; i++)
		sum += i;
	return sum ? page : NULL;
}

void back_again(unsigned long addr, int n)
{
	struct page *page, *same;

	if (pin_user_pages_fast(addr, 1, 0, &page) != 1)
		return;
	same = check(page, n);
	if (same)
		unpin_user_page(same);
	else
		unpin_user_page(page);
}
