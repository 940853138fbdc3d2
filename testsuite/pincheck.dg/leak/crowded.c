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

/* Many steps, and nothing is held in any of them. */
int asked(int what);
void told(int what);

#define ASK()		do { if (asked(1)) told(1); } while (0)
#define ASK_5()	do { ASK(); ASK(); ASK(); ASK(); ASK(); } while (0)
#define ASK_25()	do { ASK_5(); ASK_5(); ASK_5(); ASK_5(); ASK_5(); } while (0)
#define ASK_125()	do { ASK_25(); ASK_25(); ASK_25(); ASK_25(); ASK_25(); } while (0)

/* What returns empty-handed is put together first: the one that loses a page is by itself. */
int lost_among_many(struct parts *p, unsigned long last, int how)
{
	struct page *page;

	ASK_125();
	ASK_125();
	ASK_125();
	ASK_125();
	ASK_125();
	ASK_125();
	ASK_25();
	ASK_25();
	if (how == 1)
		return -EINVAL;
	if (how == 2)
		return 1;
	if (how > 2)
		return how - 1000;
	if (how < -1)
		return 0;
	if (pin_user_pages_fast(last, 1, 0, &page) != 1)
		return -EFAULT;
	if (last & 1)	/* { dg-warning {pincheck:leak} } */
		return last;
	unpin_user_page(page);
	return 0;
}

int clean_among_many(struct parts *p, unsigned long last, int how)
{
	struct page *page;

	ASK_125();
	ASK_125();
	ASK_125();
	ASK_125();
	ASK_125();
	ASK_125();
	ASK_25();
	ASK_25();
	if (how == 1)
		return -EINVAL;
	if (how == 2)
		return 1;
	if (how > 2)
		return how - 1000;
	if (how < -1)
		return 0;
	if (pin_user_pages_fast(last, 1, 0, &page) != 1)
		return -EFAULT;
	unpin_user_page(page);
	if (last & 1)
		return last;
	return 0;
}
