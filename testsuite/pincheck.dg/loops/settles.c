// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* { dg-additional-options "-fplugin-arg-pincheck-verbose" } */
/* { dg-note {pincheck: era pin, 5 functions, 0 given up, 1(?:[0-3]\d|4[0-2]) steps} "" { target *-*-* } 0 } */
/* { dg-prune-output {note: \(\d+\)} } */
/*
 * A loop is followed for as many rounds as tell something new.  What is certain to be lost in
 * the next round is not said in the first, and what nobody can ask for is nothing new.
 */
#include <linux/mm.h>

int is_wanted(unsigned long pos);

/* That there are others says nothing of this loop's counter. */
int others(struct page **pages, int count, int n, int m, int k)
{
	int i;

	if (n < 1 || m < 1 || k < 1)
		return -EINVAL;
	for (i = 0; i < count; i++)
		if (is_wanted(i))
			unpin_user_page(pages[i]);
	return n + m + k;
}

/* How many they were in the first round is no limit. */
int counted(struct page **pages, int count)
{
	int i, taken = 0, kept = 0;

	for (i = 0; i < count; i++) {
		if (is_wanted(i)) {
			taken++;
			if (is_wanted(i + 1))
				kept++;
		}
		unpin_user_page(pages[i]);
	}
	return taken - kept;
}

/* Numbers that are asked for elsewhere are come to as well. */
int numbered(struct page **pages, int count, int code)
{
	int i;

	if (code == 2 || code == 3 || code == 5)
		return 0;
	for (i = 0; i < count; i++)
		unpin_user_page(pages[i]);
	return i;
}

/* The page of the last round has no name any more. */
int forgotten(unsigned long start)
{
	struct page *pages[16], *last;
	int i, got, runs = 1;

	got = pin_user_pages_fast(start, 16, 0, pages);
	if (got <= 0)
		return -EFAULT;
	last = pages[0];
	for (i = 1; i < got; i++) {
		if (pages[i] == last)
			continue;
		if (is_wanted(i))
			set_page_dirty_lock(last);
		last = pages[i];
		runs++;
	}
	unpin_user_pages(pages, got);
	return runs;
}

int buggy(unsigned long start, int count)
{
	struct page *page;
	int i;

	for (i = 0; i < count; i++) {
		if (pin_user_pages_fast(start, 1, 0, &page) != 1)
			return -EFAULT;
		put_page(page);	/* { dg-warning {pincheck:put-pinned} } */
	}
	return 0;
}
