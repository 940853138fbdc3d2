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
