// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * Each step may take a page, and a helper is called in all cases there are: too many to go
 * through each by itself.  Then cases are merged and calls are not followed any more; the
 * function is not given up, and what has nothing to do with that is found.
 */
#include <linux/mm.h>
#include <linux/slab.h>

struct parts {
	struct page *part[8];
	struct page **old;
	int old_count;
	unsigned long start;
};

static void drop_old(struct parts *p)
{
	int i;

	for (i = 0; i < p->old_count; i++)
		if (p->old[i] && p->start)
			unpin_user_page(p->old[i]);
	p->old_count = 0;
}

static void drop_parts(struct parts *p)
{
	int i;

	for (i = 0; i < 8; i++)
		if (p->part[i])
			unpin_user_page(p->part[i]);
}

#define STEP(p, n, wanted)							\
	do {									\
		if ((wanted) & 1 << (n) &&					\
		    pin_user_pages_fast((p)->start, 1, 0, &(p)->part[n]) != 1)	\
			goto out;						\
		drop_old(p);							\
		drop_old(p);							\
		drop_old(p);							\
	} while (0)

#define STEPS(p, wanted)							\
	do {									\
		STEP(p, 0, wanted); STEP(p, 1, wanted); STEP(p, 2, wanted);	\
		STEP(p, 3, wanted); STEP(p, 4, wanted); STEP(p, 5, wanted);	\
		STEP(p, 6, wanted); STEP(p, 7, wanted);				\
	} while (0)

int buggy(struct parts *p, unsigned long wanted, unsigned long last)
{
	struct page *page;

	STEPS(p, wanted);
	if (pin_user_pages_fast(last, 1, 0, &page) != 1)
		goto out;
	if (last & 1)	/* { dg-warning {pincheck:leak} } */
		return -EINVAL;
	unpin_user_page(page);
out:
	drop_parts(p);
	return 0;
}

int clean(struct parts *p, unsigned long wanted, unsigned long last)
{
	struct page *page;

	STEPS(p, wanted);
	if (pin_user_pages_fast(last, 1, 0, &page) != 1)
		goto out;
	unpin_user_page(page);
out:
	drop_parts(p);
	return 0;
}
