// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * Nothing was given: who looks for what is not NULL in an array of others finds what was
 * there before, and nothing if that is all NULL.  Who does not look releases anything.
 */
#include <linux/mm.h>
#include <linux/slab.h>

struct buffer {
	struct page **pages;
	int count;
};

static int clean_lock(struct buffer *b, unsigned long start)
{
	int ret = pin_user_pages_fast(start, b->count, FOLL_WRITE, b->pages);

	return ret < b->count ? -EINVAL : 0;
}

void clean_unlock(struct buffer *b)
{
	int i;

	for (i = 0; i < b->count; i++)
		if (b->pages[i])
			unpin_user_page(b->pages[i]);
}

int clean(struct buffer *b, unsigned long start)
{
	int ret = clean_lock(b, start);

	if (ret)
		clean_unlock(b);
	return ret;
}

int not_looked_for(struct buffer *b, unsigned long start)
{
	int i, ret = pin_user_pages_fast(start, b->count, FOLL_WRITE, b->pages);

	if (ret == b->count)
		return 0;
	for (i = 0; i < b->count; i++)
		unpin_user_page(b->pages[i]);	/* { dg-warning {pincheck:over-release} } */
	return -EINVAL;
}
