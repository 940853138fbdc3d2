// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * A page that a round of a loop has left to the next one: which one it was goes with what is
 * known of that round.
 */
#include <linux/mm.h>
#include <linux/slab.h>

int clean_previous(unsigned long addr, int n)
{
	struct page *prev = NULL, *page;
	int i;

	for (i = 0; i < n; i++) {
		if (pin_user_pages_fast(addr + i * PAGE_SIZE, 1, 0, &page) != 1)
			break;
		if (prev)
			unpin_user_page(prev);
		prev = page;
	}
	if (prev)
		unpin_user_page(prev);
	return i;
}

/* Rounds differ in what they take, and each in an array of its own. */
int clean_by_flag(unsigned long addr, int n, const bool *flags)
{
	struct page *prev = NULL;
	bool is_pinned = false;
	int i, got;

	for (i = 0; i < n; i++) {
		struct page **pages = kcalloc(1, sizeof(*pages), GFP_KERNEL);

		if (!pages)
			break;
		got = flags[i] ? pin_user_pages_fast(addr, 1, 0, pages) :
				 get_user_pages_fast(addr, 1, 0, pages);
		if (prev && is_pinned)
			unpin_user_page(prev);
		else if (prev)
			put_page(prev);
		prev = NULL;
		if (got == 1) {
			prev = pages[0];
			is_pinned = flags[i];
		}
		kfree(pages);
	}
	if (prev && is_pinned)
		unpin_user_page(prev);
	else if (prev)
		put_page(prev);
	return i;
}

/* The first round has another one. */
int clean_first(unsigned long addr, int n, struct page *first)
{
	struct page *prev = first, *page;
	int i;

	for (i = 0; i < n; i++) {
		if (pin_user_pages_fast(addr + i * PAGE_SIZE, 1, 0, &page) != 1)
			break;
		if (i)
			unpin_user_page(prev);
		else
			put_page(prev);
		prev = page;
	}
	if (i)
		unpin_user_page(prev);
	else
		put_page(prev);
	return i;
}

/* Two rounds ago: a page that others have taken was there. */
int clean_two_ago(unsigned long addr, int n, struct page **others)
{
	struct page *page, *prev = NULL, *before = NULL;
	int i;

	for (i = 0; i < n; i++) {
		if (i & 1) {
			page = others[i];
			get_page(page);
		} else if (pin_user_pages_fast(addr + i * PAGE_SIZE, 1, 0, &page) != 1) {
			break;
		}
		if (before && (i & 1))
			put_page(before);
		else if (before)
			unpin_user_page(before);
		before = prev;
		prev = page;
	}
	return i;
}
