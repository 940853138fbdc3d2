// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* A function that its contract says gives pages back: none, or one too many. */
#include <linux/mm.h>
#include <linux/slab.h>

#define PINCHECK(text)	__attribute__((pincheck(text)))

void give_back_more(struct page ***pages, int count)
	PINCHECK("releases pinned *$1[0 .. $2) frees *$1");
void each_and_more(struct page **pages, int count) PINCHECK("releases pinned $1[0 .. $2)");
void give_back_none(struct page ***pages, int count)
	PINCHECK("releases pinned *$1[0 .. $2) frees *$1");
void clean_all(struct page **pages, int count) PINCHECK("releases pinned $1[0 .. $2)");
void clean_by_helper(struct page **pages, int count) PINCHECK("releases pinned $1[0 .. $2)");
void clean_by_others(struct page **pages, int count) PINCHECK("releases pinned $1[0 .. $2)");
void clean_later(struct page **pages, int count) PINCHECK("releases pinned $1[0 .. $2)");
void clean_without(struct page **pages, int count) PINCHECK("releases pinned $1[0 .. $2)");
void clean_last(struct page **pages, int last) PINCHECK("releases pinned $1[0 .. $2 + 1)");

void give_back_more(struct page ***pages, int count)
{
	struct page **array = *pages;

	if (!array)
		return;
	unpin_user_pages(array, count + 1);	/* { dg-warning {pincheck:over-release} } */
	kfree(array);
	*pages = NULL;
}

void each_and_more(struct page **pages, int count)
{
	int i;

	for (i = 0; i < count + 1; i++)
		unpin_user_page(pages[i]);	/* { dg-warning {pincheck:over-release} } */
}

/* As io_pages_free() would without what it is for. */
void give_back_none(struct page ***pages, int count)
{
	struct page **array = *pages;

	if (!array)
		return;
	kfree(array);
	*pages = NULL;
}					/* { dg-warning {pincheck:leak} } */

void clean_all(struct page **pages, int count)
{
	unpin_user_pages(pages, count);
}

static void helper(struct page **pages, int count)
{
	unpin_user_pages(pages, count);
}

void clean_by_helper(struct page **pages, int count)
{
	if (count)
		helper(pages, count);
}

void somebody(struct page **pages, int count);

void clean_by_others(struct page **pages, int count)
{
	somebody(pages, count);
}

static struct page **waiting;
static int waiting_count;

void clean_later(struct page **pages, int count)
{
	waiting = pages;
	waiting_count = count;
}

/* A kernel that has been configured without it. */
void clean_without(struct page **pages, int count)
{
}

void clean_last(struct page **pages, int last)
{
	unpin_user_pages(pages, last + 1);
}

int take(unsigned long start, struct page **pages)
{
	return pin_user_pages_fast(start, 1, 0, pages) == 1 ? 0 : -EFAULT;
}
