// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * Pages are allocated into an array of the function's own, and put where they belong once all
 * are there.  From drivers that build a table in two steps.
 */
#include <linux/errno.h>
#include <linux/mm.h>

struct row {
	struct page *cell[16];
	unsigned int used;
};

int user_page(unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, 0, &page) != 1)
		return -EFAULT;
	unpin_user_page(page);
	return 0;
}

int clean_committed(struct row *row, int n)
{
	struct page *tmp[16];
	int i, got = 0;

	if (n > 16)
		return -EINVAL;
	for (; got < n; got++) {
		tmp[got] = alloc_page(GFP_KERNEL);
		if (!tmp[got])
			goto nomem;
	}
	for (i = 0; i < n; i++)
		row->cell[i] = tmp[i];
	row->used = n;
	return 0;
nomem:
	for (i = 0; i < got; i++)
		__free_page(tmp[i]);
	return -ENOMEM;
}

int not_committed(struct row *row, int n)
{
	struct page *tmp[16];
	int i, got = 0;

	if (n > 16)
		return -EINVAL;
	for (; got < n; got++) {
		tmp[got] = alloc_page(GFP_KERNEL);
		if (!tmp[got])
			goto nomem;
	}
	for (i = 0; i < n; i++)	/* { dg-warning "never given back" } */
		set_page_dirty(tmp[i]);
	row->used = n;
	return 0;
nomem:
	for (i = 0; i < got; i++)
		__free_page(tmp[i]);
	return -ENOMEM;
}
