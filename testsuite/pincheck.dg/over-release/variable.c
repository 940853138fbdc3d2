// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* More pages are given back than there are pointers in the variable. */
#include <linux/mm.h>
#include <linux/slab.h>

struct chunk {
	struct page *page;
	int count;
};

int chunk_fill(struct chunk *chunk, unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	chunk->page = page;
	return 0;
}

void two_of_one(struct chunk *chunk)
{
	struct page *page = chunk->page;

	/* { dg-warning {pincheck:over-release} "" { target *-*-* } .+1 } */
	unpin_user_pages_dirty_lock(&page, 2, true);
}

void five_of_four(struct page *first, struct page *second)
{
	struct page *pages[4] = { first, second, first, second };

	unpin_user_pages(pages, 5);	/* { dg-warning {pincheck:over-release} } */
}

void clean_one_of_one(struct chunk *chunk)
{
	struct page *page = chunk->page;

	unpin_user_pages_dirty_lock(&page, 1, true);
}

void clean_four_of_four(struct page *first, struct page *second)
{
	struct page *pages[4] = { first, second, first, second };

	unpin_user_pages(pages, 4);
}

/* Perhaps, and perhaps not. */
void clean_some_of_four(struct page *first, struct page *second, int count)
{
	struct page *pages[4] = { first, second, first, second };

	unpin_user_pages(pages, count);
}

/* A page is before another one in a record. */
struct pair {
	struct page *first;
	struct page *second;
};

void clean_both(struct pair *pair)
{
	unpin_user_pages(&pair->first, 2);
}
