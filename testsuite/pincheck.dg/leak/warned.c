// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * What a macro has warned of is held for impossible: nobody gives anything back then.
 * As in v6.13 io_uring/memmap.c, io_region_pin_pages().
 */
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/slab.h>

struct area {
	struct page **pages;
	unsigned int count;
};

int probe(void);

static struct page **pin_area(unsigned long start, unsigned long bytes, unsigned int *count)
{
	unsigned long wanted = (bytes + PAGE_SIZE - 1) >> PAGE_SHIFT;
	struct page **pages = kcalloc(wanted, sizeof(*pages), GFP_KERNEL);
	long pinned;

	if (!pages)
		return NULL;
	pinned = pin_user_pages_fast(start, wanted, FOLL_WRITE, pages);
	if (pinned == wanted) {
		*count = wanted;
		return pages;
	}
	if (pinned > 0)
		unpin_user_pages(pages, pinned);
	kfree(pages);
	return NULL;
}

int clean_area(struct area *area, unsigned long start)
{
	unsigned int count;
	struct page **pages = pin_area(start, (unsigned long)area->count << PAGE_SHIFT, &count);

	if (!pages)
		return -EFAULT;
	if (WARN_ON(count != area->count))
		return -EFAULT;
	area->pages = pages;
	return 0;
}

int clean_negated(struct area *area, unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	if (!WARN_ON(area->count)) {
		unpin_user_page(page);
		return 0;
	}
	return -EFAULT;
}

/* What fails otherwise loses them all the same. */
int lost_beside(struct area *area, unsigned long start)
{
	struct page *page;
	int error = -EFAULT;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return error;
	if (WARN_ON(area->count))
		goto out;
	error = probe();
	if (error)		/* { dg-warning {pincheck:leak} } */
		goto out;
	unpin_user_page(page);
out:
	return error;
}

/* Where nothing was to be warned of. */
int lost_otherwise(struct area *area, unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	if (!WARN_ON(area->count))	/* { dg-warning {pincheck:leak} } */
		return -EFAULT;
	unpin_user_page(page);
	return 0;
}

/* An error that is written to the log is possible. */
int lost_and_told(struct area *area, unsigned long start)
{
	struct page *page;
	int error;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	error = probe();
	if (error)
		pr_err("probe failed\n");
	if (error)		/* { dg-warning {pincheck:leak} } */
		return error;
	unpin_user_page(page);
	return 0;
}
