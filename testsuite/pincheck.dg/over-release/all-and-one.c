// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* All were taken that were asked for; what is given back is counted by that number, and one more. */
#include <linux/mm.h>
#include <linux/slab.h>

struct buffer {
	struct page **pages;
	int count;
};

struct table {
	struct page *map[64];
	int count;
};

bool is_mapped(int count);

/* Of the function's own, although its owner has got it already. */
int allocated(struct buffer *b, unsigned long start, int n)
{
	int pinned;

	b->count = n;
	b->pages = kcalloc(n, sizeof(*b->pages), GFP_KERNEL);
	if (!b->pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, b->count, 0, b->pages);
	if (pinned < 0)
		goto out_free;
	if (pinned < b->count) {
		unpin_user_pages(b->pages, pinned);
		goto out_free;
	}
	if (is_mapped(n))
		return 0;
	unpin_user_pages(b->pages, b->count + 1);	/* { dg-warning {pincheck:over-release} } */
out_free:
	kfree(b->pages);
	b->pages = NULL;
	return -EFAULT;
}

int clean_allocated(struct buffer *b, unsigned long start, int n)
{
	int pinned;

	b->count = n;
	b->pages = kcalloc(n, sizeof(*b->pages), GFP_KERNEL);
	if (!b->pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, b->count, 0, b->pages);
	if (pinned < 0)
		goto out_free;
	if (pinned < b->count) {
		unpin_user_pages(b->pages, pinned);
		goto out_free;
	}
	if (is_mapped(n))
		return 0;
	unpin_user_pages(b->pages, b->count);
out_free:
	kfree(b->pages);
	b->pages = NULL;
	return -EFAULT;
}

/* In the memory of somebody else. */
int embedded(struct table *t, unsigned long start, int n)
{
	int pinned = pin_user_pages_fast(start, n, 0, t->map);

	if (pinned != n) {
		if (pinned > 0)
			unpin_user_pages(t->map, pinned);
		return -EFAULT;
	}
	t->count = n;
	if (is_mapped(n))
		return 0;
	unpin_user_pages(t->map, t->count + 1);	/* { dg-warning {pincheck:over-release} } */
	t->count = 0;
	return -EINVAL;
}

int clean_embedded(struct table *t, unsigned long start, int n)
{
	int pinned = pin_user_pages_fast(start, n, 0, t->map);

	if (pinned != n) {
		if (pinned > 0)
			unpin_user_pages(t->map, pinned);
		return -EFAULT;
	}
	t->count = n;
	if (is_mapped(n))
		return 0;
	unpin_user_pages(t->map, t->count);
	t->count = 0;
	return -EINVAL;
}

int loop(struct table *t, unsigned long start, int n)
{
	int pinned = pin_user_pages_fast(start, n, 0, t->map), i;

	if (pinned != n)
		return pinned;
	if (is_mapped(n))
		return 0;
	for (i = 0; i <= n; i++)
		unpin_user_page(t->map[i]);	/* { dg-warning {pincheck:over-release} } */
	return -EINVAL;
}

int clean_loop(struct table *t, unsigned long start, int n)
{
	int pinned = pin_user_pages_fast(start, n, 0, t->map), i;

	if (pinned != n)
		return pinned;
	if (is_mapped(n))
		return 0;
	for (i = 0; i < n; i++)
		unpin_user_page(t->map[i]);
	return -EINVAL;
}

/* In two parts, one behind the other. */
int two_parts(struct table *t, unsigned long start, unsigned long second, int n, int m)
{
	int first = pin_user_pages_fast(start, n, 0, t->map), rest = 0;

	if (first == n)
		rest = pin_user_pages_fast(second, m, 0, &t->map[first]);
	if (first != n || rest != m) {
		if (first == n && rest > 0)
			unpin_user_pages(&t->map[first], rest);
		if (first > 0)
			unpin_user_pages(t->map, first);
		return -EFAULT;
	}
	t->count = first + rest;
	if (is_mapped(n))
		return 0;
	unpin_user_pages(t->map, t->count + 1);	/* { dg-warning {pincheck:over-release} } */
	t->count = 0;
	return -EINVAL;
}

int clean_two_parts(struct table *t, unsigned long start, unsigned long second, int n, int m)
{
	int first = pin_user_pages_fast(start, n, 0, t->map), rest = 0;

	if (first == n)
		rest = pin_user_pages_fast(second, m, 0, &t->map[first]);
	if (first != n || rest != m) {
		if (first == n && rest > 0)
			unpin_user_pages(&t->map[first], rest);
		if (first > 0)
			unpin_user_pages(t->map, first);
		return -EFAULT;
	}
	t->count = first + rest;
	if (is_mapped(n))
		return 0;
	unpin_user_pages(t->map, t->count);
	t->count = 0;
	return -EINVAL;
}

/* The one behind was put there by the function itself. */
int clean_put_behind(struct table *t, struct page *pinned_before, unsigned long start, int n)
{
	int pinned = pin_user_pages_fast(start, n, 0, t->map);

	if (pinned != n)
		return pinned;
	t->map[n] = pinned_before;
	if (is_mapped(n))
		return 0;
	unpin_user_pages(t->map, n + 1);
	return -EINVAL;
}

int clean_was_behind(struct table *t, struct page *pinned_before, unsigned long start, int n)
{
	int pinned;

	t->map[n] = pinned_before;
	pinned = pin_user_pages_fast(start, n, 0, t->map);
	if (pinned != n)
		return pinned;
	if (is_mapped(n))
		return 0;
	unpin_user_pages(t->map, n + 1);
	return -EINVAL;
}

int clean_own_behind(struct page *pinned_before, unsigned long start, int n)
{
	struct page *pages[16];
	int pinned = pin_user_pages_fast(start, n, 0, pages);

	if (pinned <= 0)
		return pinned;
	pages[pinned] = pinned_before;
	unpin_user_pages(pages, pinned + 1);
	return -EINVAL;
}

int clean_own_before(struct page *pinned_before, unsigned long start, int n)
{
	struct page *pages[16];
	int pinned;

	pages[n] = pinned_before;
	pinned = pin_user_pages_fast(start, n, 0, pages);
	if (pinned < 0)
		return pinned;
	if (pinned != n) {
		unpin_user_pages(pages, pinned);
		return -EFAULT;
	}
	unpin_user_pages(pages, n + 1);
	return -EINVAL;
}

/* A window of a table: others may have pages on either side. */
int clean_window(struct table *t, unsigned long start, int first, int n)
{
	int pinned = pin_user_pages_fast(start, n, 0, &t->map[first]);

	if (pinned != n)
		return pinned;
	if (is_mapped(n))
		return 0;
	unpin_user_pages(&t->map[first], n + 1);
	return -EINVAL;
}

/* A page of the other kind, for instance a dummy, may be behind all the time. */
int clean_dummy_behind(struct table *t, unsigned long start, int n)
{
	int got = get_user_pages_fast(start, n, 0, t->map);

	if (got != n)
		return got;
	if (is_mapped(n))
		return 0;
	release_pages(t->map, n + 1);
	return -EINVAL;
}

/* One is missing of two, and a NULL is there in its place. */
int clean_one_of_two(struct buffer *b, unsigned long start)
{
	int pinned, n = b->count;

	if (n > 2)
		return -EINVAL;
	b->pages = kcalloc(n, sizeof(*b->pages), GFP_KERNEL);
	if (!b->pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, n, 0, b->pages);
	if (pinned == n)
		return 0;
	unpin_user_pages(b->pages, n);
	kfree(b->pages);
	b->pages = NULL;
	return -EFAULT;
}
