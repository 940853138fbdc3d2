// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* { dg-additional-options "-fplugin-arg-pincheck-verbose" } */
/* { dg-note {pincheck: era pin, 4 functions, 0 given up} "" { target *-*-* } 0 } */
/* { dg-prune-output {note: \(\d+\)} } */
/*
 * Who only calls one of two functions, with what he got, is not followed for himself; who
 * passes a flag, something of his own, or calls both, is.
 */
#include <linux/mm.h>
#include <linux/slab.h>

struct buffer {
	struct page **pages;
	int count;
};

struct update {
	unsigned long start;
	int count;
};

static int map(struct buffer *b, struct update *up)
{
	int n;

	b->pages = kcalloc(up->count, sizeof(*b->pages), GFP_KERNEL);
	if (!b->pages)
		return -ENOMEM;
	n = pin_user_pages_fast(up->start, up->count, 0, b->pages);
	if (n != up->count) {
		if (n > 0)
			unpin_user_pages(b->pages, n);
		kfree(b->pages);
		return -EFAULT;
	}
	b->count = n;
	return 0;
}

static void unmap(struct buffer *b, struct update *up)
{
	unpin_user_pages(b->pages, b->count);
	kfree(b->pages);
}

/* Not followed. */
static int change(unsigned int type, struct buffer *b, struct update *up)
{
	switch (type) {
	case 0:
		return map(b, up);
	case 1:
		unmap(b, up);
		return 0;
	}
	return -EINVAL;
}

/* Followed, and change() in it. */
int forwarded(struct update *up)
{
	struct buffer b;

	if (change(0, &b, up))
		return -EINVAL;
	kfree(b.pages);	/* { dg-warning {pincheck:leak} } */
	return 0;
}

int clean(struct update *up)
{
	struct buffer b;

	if (change(0, &b, up))
		return -EINVAL;
	return change(1, &b, up);
}
