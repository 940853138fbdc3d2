// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Taken in one function, and freed in another without being given back by any. */
#include <linux/mm.h>
#include <linux/slab.h>

struct lost {
	struct page **pages;
	int count;
};

static int fill(struct page **pages, unsigned long start, int count)
{
	int pinned = pin_user_pages_fast(start, count, FOLL_WRITE, pages);

	if (pinned == count)
		return 0;
	if (pinned > 0)
		unpin_user_pages(pages, pinned);
	return -EFAULT;
}

struct lost *lost_new(unsigned long start, int count)
{
	struct lost *lost = kzalloc(sizeof(*lost), GFP_KERNEL);

	if (!lost)
		return NULL;
	lost->pages = kcalloc(count, sizeof(*lost->pages), GFP_KERNEL);
	if (!lost->pages)
		goto free_lost;
	if (fill(lost->pages, start, count))
		goto free_pages;
	lost->count = count;
	return lost;
free_pages:
	kfree(lost->pages);
free_lost:
	kfree(lost);
	return NULL;
}

void lost_free(struct lost *lost)
{
	kfree(lost->pages);	/* { dg-warning {pincheck:leak} } */
	kfree(lost);
}

/* The page itself is in the record. */
struct single {
	struct page *page;
	unsigned long start;
};

int single_fill(struct single *single, unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	single->page = page;
	single->start = start;
	return 0;
}

void single_free(struct single *single)
{
	single->start = 0;
	kfree(single);	/* { dg-warning {pincheck:leak} } */
}

/* Given back by another function than the one that frees. */
struct right {
	struct page **pages;
	int count;
};

int right_fill(struct right *right, unsigned long start, int count)
{
	int pinned = pin_user_pages_fast(start, count, FOLL_WRITE, right->pages);

	if (pinned < 0)
		return pinned;
	right->count = pinned;
	return 0;
}

void right_stop(struct right *right)
{
	unpin_user_pages(right->pages, right->count);
	right->count = 0;
}

void clean_right_free(struct right *right)
{
	kfree(right->pages);
	kfree(right);
}

/* ... by a function of another file. */
struct passed {
	struct page **pages;
	int count;
};

void give_back(struct page **pages, int count);

int passed_fill(struct passed *passed, unsigned long start, int count)
{
	int pinned = pin_user_pages_fast(start, count, FOLL_WRITE, passed->pages);

	if (pinned < 0)
		return pinned;
	passed->count = pinned;
	return 0;
}

void clean_passed_free(struct passed *passed)
{
	give_back(passed->pages, passed->count);
	kfree(passed->pages);
	kfree(passed);
}

/* ... by a function of another file that is called early. */
struct told {
	struct page **pages;
	int count;
};

void remember(struct page **pages, int count);

int told_fill(struct told *told, unsigned long start, int count)
{
	struct page **pages = kcalloc(count, sizeof(*pages), GFP_KERNEL);
	int pinned;

	if (!pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, count, FOLL_WRITE, pages);
	if (pinned <= 0) {
		kfree(pages);
		return -EFAULT;
	}
	remember(pages, pinned);
	told->pages = pages;
	told->count = pinned;
	return 0;
}

void clean_told_free(struct told *told)
{
	kfree(told->pages);
	kfree(told);
}

/* In two records, and given back through one of them. */
struct view {
	struct page **pages;
	int count;
};

struct owner {
	struct page **pages;
	struct view *view;
	int count;
};

int owner_fill(struct owner *owner, unsigned long start, int count)
{
	struct page **pages = kcalloc(count, sizeof(*pages), GFP_KERNEL);
	int pinned;

	if (!pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, count, FOLL_WRITE, pages);
	if (pinned <= 0) {
		kfree(pages);
		return -EFAULT;
	}
	owner->pages = pages;
	owner->count = pinned;
	owner->view->pages = pages;
	owner->view->count = pinned;
	return 0;
}

void clean_view_drop(struct view *view)
{
	unpin_user_pages(view->pages, view->count);
}

void clean_owner_free(struct owner *owner)
{
	kfree(owner->pages);
	kfree(owner);
}

/* Never freed here: it may live for as long as the module. */
struct kept {
	struct page **pages;
	int count;
};

int clean_kept_fill(struct kept *kept, unsigned long start, int count)
{
	int pinned = pin_user_pages_fast(start, count, FOLL_WRITE, kept->pages);

	if (pinned < 0)
		return pinned;
	kept->count = pinned;
	return 0;
}
