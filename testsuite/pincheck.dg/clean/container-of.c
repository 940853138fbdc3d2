// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * A helper gets a member of the record and goes to the record around it: the pages there are
 * those that its caller has stored (fs/fuse/dev.c, fuse_retrieve() and the callback that it
 * calls on failure).
 */
#include <linux/mm.h>
#include <linux/slab.h>

struct work {
	void (*done)(struct work *work);
	int state;
};

struct part {
	int flags;
	struct work work;
};

struct transfer {
	struct work first;
	struct part part;
	int nr;
	union {
		struct page *pages[4];
		unsigned long addresses[4];
	};
};

static int pin(struct transfer *t, unsigned long start)
{
	int ret = pin_user_pages_fast(start, 4, FOLL_WRITE, t->pages);

	t->nr = ret;
	return ret;
}

static void drop_by_first(struct work *work)
{
	struct transfer *t = container_of(work, struct transfer, first);

	unpin_user_pages(t->pages, t->nr);
}

int right_first_member(unsigned long start)
{
	struct transfer *t = kzalloc(sizeof(*t), GFP_KERNEL);

	if (!t)
		return -ENOMEM;
	if (pin(t, start) > 0)
		drop_by_first(&t->first);
	kfree(t);
	return 0;
}

static void drop_by_inner(struct work *work)
{
	struct transfer *t = container_of(work, struct transfer, part.work);

	unpin_user_pages(t->pages, t->nr);
}

int right_inner_member(unsigned long start)
{
	struct transfer *t = kzalloc(sizeof(*t), GFP_KERNEL);

	if (!t)
		return -ENOMEM;
	if (pin(t, start) > 0)
		drop_by_inner(&t->part.work);
	kfree(t);
	return 0;
}

/* One record after the other. */
static void drop_by_part(struct work *work)
{
	struct part *part = container_of(work, struct part, work);
	struct transfer *t = container_of(part, struct transfer, part);

	unpin_user_pages(t->pages, t->nr);
}

int right_by_part(unsigned long start)
{
	struct transfer *t = kzalloc(sizeof(*t), GFP_KERNEL);

	if (!t)
		return -ENOMEM;
	if (pin(t, start) > 0)
		drop_by_part(&t->part.work);
	kfree(t);
	return 0;
}

static void put_by_inner(struct work *work)
{
	struct transfer *t = container_of(work, struct transfer, part.work);

	release_pages(t->pages, t->nr);	/* { dg-warning {it is a user-pinned page.*put-pinned} } */
}

int wrong_kind(unsigned long start)
{
	struct transfer *t = kzalloc(sizeof(*t), GFP_KERNEL);

	if (!t)
		return -ENOMEM;
	if (pin(t, start) > 0)
		put_by_inner(&t->part.work);
	kfree(t);
	return 0;
}

static void drop_but_one(struct work *work)
{
	struct transfer *t = container_of(work, struct transfer, first);

	unpin_user_pages(t->pages, t->nr - 1);
}

int one_left(unsigned long start)
{
	struct transfer *t = kzalloc(sizeof(*t), GFP_KERNEL);

	if (!t)
		return -ENOMEM;
	if (pin(t, start) > 0)	/* { dg-warning {'t->pages.*never given back on this path.*leak} } */
		drop_but_one(&t->first);
	kfree(t);
	return 0;
}
