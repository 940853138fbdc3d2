// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * A loop fills an array, and who ends it early gives back as many as were wanted: one
 * label for that and for what fails when all of them are there.
 */
#include <linux/mm.h>
#include <linux/slab.h>

struct buffer {
	unsigned long start;
};

int use(struct buffer *b);

static int fill(struct buffer *b, struct page **pages, unsigned long n, unsigned long *filled)
{
	unsigned long pinned = 0;
	int ret = 0;

	while (pinned < n) {
		ret = pin_user_pages_fast(b->start + pinned * PAGE_SIZE, n - pinned, 0,
					  &pages[pinned]);
		if (ret < 0)
			break;
		pinned += ret;
	}
	*filled = pinned;
	return ret < 0 ? ret : 0;
}

int all_of_them(struct buffer *b, unsigned long n)
{
	struct page **pages = kmalloc_array(n, sizeof(*pages), GFP_KERNEL);
	unsigned long pinned = 0;
	int ret;

	if (!pages)
		return -ENOMEM;
	while (pinned < n) {
		ret = pin_user_pages_fast(b->start + pinned * PAGE_SIZE, n - pinned, 0,
					  &pages[pinned]);
		if (ret < 0)
			goto out;
		pinned += ret;
	}
	ret = use(b);
out:
	if (pinned)
		unpin_user_pages(pages, n);	/* { dg-warning {pincheck:over-release} } */
	kfree(pages);
	return ret;
}

int all_of_them_by_a_helper(struct buffer *b, unsigned long n)
{
	struct page **pages = kmalloc_array(n, sizeof(*pages), GFP_KERNEL);
	unsigned long pinned;
	int ret;

	if (!pages)
		return -ENOMEM;
	ret = fill(b, pages, n, &pinned);
	if (!ret)
		ret = use(b);
	if (pinned)
		unpin_user_pages(pages, n);	/* { dg-warning {pincheck:over-release} } */
	kfree(pages);
	return ret;
}

int clean_those_that_are_there(struct buffer *b, unsigned long n)
{
	struct page **pages = kmalloc_array(n, sizeof(*pages), GFP_KERNEL);
	unsigned long pinned;
	int ret;

	if (!pages)
		return -ENOMEM;
	ret = fill(b, pages, n, &pinned);
	if (!ret)
		ret = use(b);
	unpin_user_pages(pages, pinned);
	kfree(pages);
	return ret;
}

/* All of them only behind the end of the loop. */
int clean_two_labels(struct buffer *b, unsigned long n)
{
	struct page **pages = kmalloc_array(n, sizeof(*pages), GFP_KERNEL);
	unsigned long pinned;
	int ret;

	if (!pages)
		return -ENOMEM;
	ret = fill(b, pages, n, &pinned);
	if (ret)
		goto some;
	ret = use(b);
	unpin_user_pages(pages, n);
	goto out;
some:
	unpin_user_pages(pages, pinned);
out:
	kfree(pages);
	return ret;
}

/* The number that is wanted is corrected where the loop ends early. */
int clean_corrected(struct buffer *b, unsigned long n)
{
	struct page **pages = kmalloc_array(n, sizeof(*pages), GFP_KERNEL);
	unsigned long pinned;
	int ret;

	if (!pages)
		return -ENOMEM;
	if (fill(b, pages, n, &pinned))
		n = pinned;
	ret = use(b);
	unpin_user_pages(pages, n);
	kfree(pages);
	return ret;
}

/* The result tells which it was. */
int clean_told_by_result(struct buffer *b, unsigned long n)
{
	struct page **pages = kmalloc_array(n, sizeof(*pages), GFP_KERNEL);
	unsigned long pinned;
	int ret;

	if (!pages)
		return -ENOMEM;
	ret = fill(b, pages, n, &pinned);
	use(b);
	unpin_user_pages(pages, ret < 0 ? pinned : n);
	kfree(pages);
	return ret;
}
