// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Records that are declared beside the file: another file of the driver may use them. */
#include <linux/mm.h>
#include <linux/slab.h>

#include "near.h"

int mapping_fill(struct mapping *m, unsigned long start, int wanted)
{
	struct page **pages = kcalloc(wanted, sizeof(*pages), GFP_KERNEL);
	int pinned;

	if (!pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, wanted, FOLL_WRITE, pages);
	if (pinned <= 0) {
		kfree(pages);
		return -EFAULT;
	}
	m->pages = pages;
	m->count = pinned;
	return 0;
}

void mapping_drop(struct mapping *m)
{
	if (!m->pages)
		return;
	kfree(m->pages);	/* { dg-warning {pincheck:leak} } */
	m->pages = NULL;
	m->count = 0;
}

/* Another file gives them back. */
int asked_fill(struct asked *asked, unsigned long start, int wanted)
{
	struct page **pages = kcalloc(wanted, sizeof(*pages), GFP_KERNEL);
	int pinned;

	if (!pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, wanted, FOLL_WRITE, pages);
	if (pinned <= 0) {
		kfree(pages);
		return -EFAULT;
	}
	asked->pages = pages;
	asked->count = pinned;
	return 0;
}

static void asked_free(struct asked *asked)
{
	kfree(asked->pages);
}

void clean_asked_drop(struct asked *asked)
{
	asked_stop(asked);
	asked_free(asked);
}

/* ... by a pointer that was put there. */
int watched_fill(struct watched *watched, unsigned long start, int wanted)
{
	struct page **pages = kcalloc(wanted, sizeof(*pages), GFP_KERNEL);
	int pinned;

	if (!pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, wanted, FOLL_WRITE, pages);
	if (pinned <= 0) {
		kfree(pages);
		return -EFAULT;
	}
	watched->pages = pages;
	watched->count = pinned;
	return 0;
}

void clean_watched_drop(struct watched *watched)
{
	watched->stop(watched);
	kfree(watched->pages);
}

/* ... which gets the array, at some time. */
int shown_fill(struct shown *shown, unsigned long start, int wanted)
{
	struct page **pages = kcalloc(wanted, sizeof(*pages), GFP_KERNEL);
	int pinned;

	if (!pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, wanted, FOLL_WRITE, pages);
	if (pinned <= 0) {
		kfree(pages);
		return -EFAULT;
	}
	shown->pages = pages;
	shown->count = pinned;
	return 0;
}

void shown_start(struct shown *shown)
{
	shown_use(shown->pages, shown->count);
}

void clean_shown_drop(struct shown *shown)
{
	kfree(shown->pages);
}

/* The record is freed, its array is not: another file has it, perhaps. */
int owned_fill(struct owned *owned, unsigned long start, int wanted)
{
	struct page **pages = kcalloc(wanted, sizeof(*pages), GFP_KERNEL);
	int pinned;

	if (!pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, wanted, FOLL_WRITE, pages);
	if (pinned <= 0) {
		kfree(pages);
		return -EFAULT;
	}
	owned->pages = pages;
	owned->count = pinned;
	return 0;
}

void clean_owned_drop(struct owned *owned)
{
	kfree(owned);
}

/* The array is used again and again: another file may give back what is in it. */
int again_init(struct again *again, int wanted)
{
	again->pages = kcalloc(wanted, sizeof(*again->pages), GFP_KERNEL);
	return again->pages ? 0 : -ENOMEM;
}

int again_start(struct again *again, unsigned long start, int wanted)
{
	int pinned = pin_user_pages_fast(start, wanted, FOLL_WRITE, again->pages);

	if (pinned <= 0)
		return -EFAULT;
	again->count = pinned;
	return 0;
}

void clean_again_exit(struct again *again)
{
	kfree(again->pages);
}

/* Given back by the one that frees. */
int plain_fill(struct plain *plain, unsigned long start, int wanted)
{
	struct page **pages = kcalloc(wanted, sizeof(*pages), GFP_KERNEL);
	int pinned;

	if (!pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, wanted, FOLL_WRITE, pages);
	if (pinned <= 0) {
		kfree(pages);
		return -EFAULT;
	}
	plain->pages = pages;
	plain->count = pinned;
	return 0;
}

void clean_plain_drop(struct plain *plain)
{
	unpin_user_pages(plain->pages, plain->count);
	kfree(plain->pages);
}
