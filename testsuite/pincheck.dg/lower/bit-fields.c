// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * GCC reads flags that are bit-fields as one number and masks it: `q->pinned && q->mode == 5'
 * is one test of eight bits.  What was stored into the fields is known all the same.
 */
#include <linux/mm.h>
#include <linux/slab.h>

struct queue {
	struct page **pages;
	unsigned short nr;
	unsigned char pinned:1;
	unsigned char dirty:1;
	unsigned char mode:3;
};

static void queue_pin(struct queue *q, unsigned long start, struct page **pages)
{
	int ret = pin_user_pages_fast(start, 8, FOLL_WRITE, pages);

	if (ret == 8) {
		q->pages = pages;
		q->nr = 8;
		q->pinned = 1;
		q->mode = 5;
	} else if (ret > 0) {
		unpin_user_pages(pages, ret);
	}
}

static void queue_unpin(struct queue *q)
{
	if (!q->pinned)
		return;
	unpin_user_pages(q->pages, q->nr);
}

void right_one_bit(unsigned long start)
{
	struct page *pages[8];
	struct queue q = { };

	queue_pin(&q, start, pages);
	queue_unpin(&q);
}

void right_two_fields(unsigned long start)
{
	struct page *pages[8];
	struct queue q = { };

	queue_pin(&q, start, pages);
	if (q.pinned && q.mode == 5)
		unpin_user_pages(q.pages, q.nr);
}

static void queue_unpin_dirty(struct queue *q)
{
	if (!q->dirty)
		return;
	unpin_user_pages(q->pages, q->nr);
}

void other_bit(unsigned long start)
{
	struct page *pages[8];
	struct queue q = { };

	queue_pin(&q, start, pages);
	queue_unpin_dirty(&q);
}	/* { dg-warning {never given back on this path.*leak} } */

void other_mode(unsigned long start)
{
	struct page *pages[8];
	struct queue q = { };

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, pages) == 1) {	/* { dg-warning {never given back on this path.*leak} } */
		q.pages = pages;
		q.nr = 1;
		q.pinned = 1;
		q.mode = 5;
	}
	if (q.pinned && q.mode == 4)
		unpin_user_pages(q.pages, q.nr);
}

/* Behind a member whose size varies no bit-field has a constant place. */
int right_varying(int n, int (*fill)(void *))
{
	struct {
		unsigned char first:1, second:1;
		char bytes[n];
		unsigned char third:1, fourth:1;
	} v;

	fill(&v);
	return v.first && v.second && v.third && v.fourth;
}

struct open_end {
	unsigned char pinned:1;
	unsigned char dirty:1;
	struct page *pages[];
};

/* One whose size is not known at the end is no hindrance. */
void right_open_end(unsigned long start)
{
	struct open_end *o = kzalloc(sizeof(*o) + 8 * sizeof(struct page *), GFP_KERNEL);

	if (!o)
		return;
	if (pin_user_pages_fast(start, 1, FOLL_WRITE, o->pages) == 1)
		o->pinned = 1;
	if (o->pinned)
		unpin_user_page(o->pages[0]);
	kfree(o);
}

struct flags {
	unsigned char pinned:1, dirty:1;
};

struct nested {
	struct page **pages;
	struct flags flags;
};

/* A record of nothing but flags is read as one number as it is. */
void right_nested(unsigned long start)
{
	struct page *page;
	struct nested n = { };

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) == 1)
		n.flags.pinned = 1;
	if (n.flags.pinned)
		unpin_user_page(page);
}

struct unnamed {
	struct page **pages;
	union {
		unsigned char all;
		struct {
			unsigned char pinned:1, dirty:1;
		};
	};
};

void right_unnamed(unsigned long start)
{
	struct page *page;
	struct unnamed u = { };

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) == 1)
		u.pinned = 1;
	if (u.pinned)
		unpin_user_page(page);
}

struct with_sign {
	struct page **pages;
	int pinned:1, dirty:1;
};

/* One bit with a sign is 0 or -1. */
void right_with_sign(unsigned long start)
{
	struct page *page;
	struct with_sign s = { };

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) == 1)
		s.pinned = 1;
	if (s.pinned)
		unpin_user_page(page);
}

void other_with_sign(unsigned long start)
{
	struct page *page;
	struct with_sign s = { };

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) == 1)	/* { dg-warning {never given back on this path.*leak} } */
		s.pinned = 1;
	if (s.dirty)
		unpin_user_page(page);
}

struct slots {
	int count;
	struct {
		struct page *page;
		bool pinned:1, dirty:1;
	} slot[4];
};

void right_element(unsigned long start, int i)
{
	struct slots *s = kzalloc(sizeof(*s), GFP_KERNEL);

	if (!s)
		return;
	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &s->slot[i].page) == 1)
		s->slot[i].pinned = 1;
	if (s->slot[i].pinned)
		unpin_user_page(s->slot[i].page);
	kfree(s);
}
