// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * Pages that are put into a list by a field of theirs, as many drivers do: who has the list
 * gives them back.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/mm.h>

void list_add_tail(struct list_head *entry, struct list_head *head);
int list_map(int n);
void list_give_back(struct list_head *head);

int list_pin(unsigned long start, int n)
{
	struct list_head pages = { &pages, &pages };
	struct page *page;
	int i, ret = 0;

	for (i = 0; i < n; i++) {
		ret = pin_user_pages_fast(start + i * PAGE_SIZE, 1, 0, &page);
		if (ret != 1)
			goto out;
		list_add_tail((struct list_head *)&page->private, &pages);
	}
	ret = list_map(n);
out:
	list_give_back(&pages);
	return ret;
}

/* What is not put there is lost. */
int list_lost(unsigned long start, int n)
{
	struct list_head pages = { &pages, &pages };
	struct page *page;
	int i, ret = 0;

	for (i = 0; i < n; i++) {
		ret = pin_user_pages_fast(start + i * PAGE_SIZE, 1, 0, &page);	/* { dg-warning {pincheck:leak} } */
		if (ret != 1)
			goto out;
		if (i & 1)
			list_add_tail((struct list_head *)&page->private, &pages);
	}
	ret = list_map(n);
out:
	list_give_back(&pages);
	return ret;
}
