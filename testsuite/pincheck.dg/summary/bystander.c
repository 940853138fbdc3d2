// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Functions that take and give back nothing: what a call of one may do, and may not. */
#include <linux/mm.h>
#include <linux/slab.h>

struct account {
	int count;
	int *elsewhere;
};

struct object {
	struct page **pages;
	int count;
	struct account *account;
};

void somebody(void *pointer);

static bool has_page(struct page **pages, int count, struct page *page)
{
	int i;

	for (i = 0; i < count; i++)
		if (pages[i] == page)
			return true;
	return false;
}

void lost(unsigned long start, struct page *known, bool *is_known)
{
	struct page *pages[8];
	int pinned = pin_user_pages_fast(start, 8, 0, pages);

	*is_known = has_page(pages, pinned, known);
}	/* { dg-warning {pincheck:leak} } */

int clean_looked_at(unsigned long start, struct page *known)
{
	struct page *pages[8];
	int pinned = pin_user_pages_fast(start, 8, 0, pages);
	bool is_known;

	if (pinned <= 0)
		return -EFAULT;
	is_known = has_page(pages, pinned, known);
	unpin_user_pages(pages, pinned);
	return is_known ? -EBUSY : 0;
}

static void round_down(int *count, int step)
{
	int i;

	for (i = *count; i % step; i--)
		;
	*count = i;
}

/* The number is another one after the call. */
int clean_count_written(unsigned long start)
{
	struct page *pages[8];
	int pinned = pin_user_pages_fast(start, 8, 0, pages), rounded;

	if (pinned <= 0)
		return -EFAULT;
	rounded = pinned;
	round_down(&rounded, 4);
	unpin_user_pages(pages + rounded, pinned - rounded);
	unpin_user_pages(pages, rounded);
	return 0;
}

int not_written(unsigned long start)
{
	struct page *pages[8];
	int pinned = pin_user_pages_fast(start, 8, 0, pages), rounded;

	if (pinned <= 0)
		return -EFAULT;
	rounded = pinned;
	round_down(&rounded, 4);
	unpin_user_pages(pages, pinned);
	unpin_user_page(pages[0]);	/* { dg-warning {pincheck:double-release} } */
	return rounded;
}

static void hand_out(struct object *o, int depth)
{
	int i;

	for (i = 0; i < depth; i++)
		if (o->count > i)
			somebody(o->pages);
}

/* Whoever got the array may have given them back. */
int clean_handed_out(unsigned long start)
{
	struct page *pages[8];
	struct object o = { .pages = pages };

	o.count = pin_user_pages_fast(start, 8, 0, pages);
	if (o.count <= 0)
		return -EFAULT;
	hand_out(&o, 3);
	return 0;
}

static void announce(struct object *o, int depth)
{
	int i;

	for (i = 0; i < depth; i++)
		if (o->count > i)
			somebody(o->account);
}

void nothing_handed_out(unsigned long start, struct account *account)
{
	struct page *pages[8];
	struct object o = { .pages = pages, .account = account };

	o.count = pin_user_pages_fast(start, 8, 0, pages);
	announce(&o, 3);
}	/* { dg-warning {pincheck:leak} } */

static void deduct(struct object *o, int number)
{
	int i;

	for (i = number; i < 0; i++)
		o->account->count++;
}

/* Written behind a pointer that was loaded. */
int clean_deducted(struct account *account, unsigned long start)
{
	struct page *pages[8];
	struct object o = { .pages = pages, .account = account };
	int pinned = pin_user_pages_fast(start, 8, 0, pages);

	if (pinned <= 0)
		return -EFAULT;
	account->count = 0;
	deduct(&o, -pinned);
	unpin_user_pages(pages, account->count);
	return 0;
}

static void count_elsewhere(struct object *o, int number)
{
	int i;

	for (i = 0; i < number; i++)
		*o->account->elsewhere += 1;
}

int clean_counted_elsewhere(struct account *account, unsigned long start)
{
	struct page *pages[8];
	struct object o = { .pages = pages, .account = account };
	int pinned = pin_user_pages_fast(start, 8, 0, pages);

	if (pinned <= 0)
		return -EFAULT;
	*account->elsewhere = 0;
	count_elsewhere(&o, pinned);
	unpin_user_pages(pages, *account->elsewhere);
	return 0;
}

/* It may have kept what it got. */
static void keep(struct object *o, struct page **pages, int count)
{
	int i;

	for (i = 0; i < count; i++)
		if (!(i & 7))
			o->pages = pages + i;
}

int clean_kept(struct object *o, unsigned long start)
{
	struct page **pages = kmalloc_array(8, sizeof(*pages), GFP_KERNEL);
	int pinned;

	if (!pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, 8, 0, pages);
	if (pinned <= 0) {
		kfree(pages);
		return -EFAULT;
	}
	keep(o, pages, pinned);
	return 0;
}

struct segment {
	unsigned long start;
	size_t length;
};

static unsigned long first_segment(struct segment *s, size_t *size)
{
	int i;

	for (i = 0; i < 4; i++) {
		size_t length = s[i].length;

		if (!length)
			continue;
		if (*size > length)
			*size = length;
		return s[i].start;
	}
	return 0;
}

static long take(struct segment *s, struct page **pages, size_t size)
{
	unsigned long start;
	int ret;

	if (!size)
		return 0;
	start = first_segment(s, &size);
	ret = pin_user_pages_fast(start & PAGE_MASK, 4, 0, pages);
	if (ret <= 0)
		return ret;
	return min_t(size_t, size, ret * PAGE_SIZE);
}

/* lib/iov_iter.c of v6.1: the size that another function found is not zero either. */
long clean_size_found(struct segment *s, size_t size, struct page ***out)
{
	struct page **pages = kmalloc_array(4, sizeof(*pages), GFP_KERNEL);
	long ret;

	if (!pages)
		return -ENOMEM;
	if (size > PAGE_SIZE)
		size = PAGE_SIZE;
	ret = take(s, pages, size);
	if (ret <= 0) {
		kfree(pages);
		return ret;
	}
	*out = pages;
	return ret;
}
