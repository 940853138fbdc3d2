// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* { dg-additional-options "-fplugin-arg-pincheck-verbose" } */
/* Calls are followed three deep: from fourth() and entry() no page is ever seen, so they take no steps. */
/* { dg-note {pincheck: era pin, 5 functions, 0 given up, 2\d steps} "" { target *-*-* } 0 } */
/* { dg-prune-output {note: \(\d+\)} } */
#include <linux/mm.h>

struct device {
	unsigned long start;
	int busy, done;
};

static int buggy(struct device *dev)
{
	struct page *page;

	if (pin_user_pages_fast(dev->start, 1, 0, &page) != 1)
		return -EFAULT;
	put_page(page);	/* { dg-warning {pincheck:put-pinned} } */
	return 0;
}

static int clean(struct device *dev)
{
	struct page *page;

	if (pin_user_pages_fast(dev->start, 1, 0, &page) != 1)
		return -EFAULT;
	unpin_user_page(page);
	return 0;
}

static int first(struct device *dev)
{
	int error;

	dev->busy = 1;
	error = buggy(dev);
	if (!error)
		error = clean(dev);
	dev->busy = 0;
	return error;
}

static int second(struct device *dev)
{
	int error = first(dev);

	dev->done = !error;
	return error;
}

static int third(struct device *dev)
{
	int error = second(dev);

	dev->done++;
	return error;
}

static int fourth(struct device *dev)
{
	int error = third(dev);

	dev->done++;
	return error;
}

int entry(struct device *dev)
{
	int error = fourth(dev);

	dev->done++;
	return error;
}
