// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* As many given back as were asked for: those that were not given were not there. */
#include <linux/mm.h>
#include <linux/slab.h>

struct buffer {
	struct page **pages;
	int count;
};

int in_a_field(struct buffer *b, unsigned long start, int n)
{
	int pinned = pin_user_pages_fast(start, n, 0, b->pages);

	if (pinned == n)
		return 0;
	if (pinned > 0)
		unpin_user_pages(b->pages, n);	/* { dg-warning {pincheck:over-release} } */
	return -EFAULT;
}

int one_by_one(unsigned long start, int n)
{
	struct page **pages = kmalloc_array(n, sizeof(*pages), GFP_KERNEL);
	int pinned, i;

	if (!pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, n, 0, pages);
	if (pinned > 0)
		for (i = 0; i < n; i++)
			unpin_user_page(pages[i]);	/* { dg-warning {pincheck:over-release} } */
	kfree(pages);
	return 0;
}

int clean_one_by_one(unsigned long start, int n)
{
	struct page **pages = kmalloc_array(n, sizeof(*pages), GFP_KERNEL);
	int pinned, i;

	if (!pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, n, 0, pages);
	if (pinned == n)
		for (i = 0; i < n; i++)
			unpin_user_page(pages[i]);
	else
		for (i = 0; i < pinned; i++)
			unpin_user_page(pages[i]);
	kfree(pages);
	return 0;
}

int none_taken(struct buffer *b, unsigned long start)
{
	int pinned = pin_user_pages_fast(start, 1, 0, b->pages);

	if (pinned < 0) {
		unpin_user_page(b->pages[0]);	/* { dg-warning {pincheck:over-release} } */
		return pinned;
	}
	unpin_user_page(b->pages[0]);
	return 0;
}

/* What was not asked for may have been there before. */
int clean_more_before(struct buffer *b, unsigned long start, int n)
{
	int pinned = pin_user_pages_fast(start, n, 0, b->pages + b->count);

	if (pinned == n)
		return 0;
	if (pinned < 0)
		pinned = 0;
	unpin_user_pages(b->pages, b->count + pinned);
	return -EFAULT;
}

/* The rest is filled otherwise. */
int clean_filled_up(struct buffer *b, unsigned long start, int n)
{
	int got = get_user_pages_fast(start, n, 0, b->pages), i;

	if (got < 0)
		return got;
	for (i = got; i < n; i++) {
		struct page *page = alloc_page(GFP_KERNEL);

		if (!page)
			break;
		b->pages[i] = page;
	}
	for (got = i, i = 0; i < got; i++)
		put_page(b->pages[i]);
	return 0;
}

/* Asked for in two ways, the second one for what the first has not given. */
int clean_second_try(struct buffer *b, unsigned long start, int n)
{
	int pinned = pin_user_pages_fast(start, n, 0, b->pages), more;

	if (pinned < 0)
		pinned = 0;
	if (pinned < n) {
		more = pin_user_pages_unlocked(start + pinned * PAGE_SIZE, n - pinned,
					       b->pages + pinned, 0);
		if (more != n - pinned) {
			if (more > 0)
				pinned += more;
			unpin_user_pages(b->pages, pinned);
			return -EFAULT;
		}
	}
	unpin_user_pages(b->pages, n);
	return 0;
}
