// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * One number chooses how the pages are taken, and in another function how they are
 * given back.  As in v6.12 mm/gup_test.c, __gup_test_ioctl() and put_back_pages().
 */
#include <linux/mm.h>
#include <linux/slab.h>

#define GUP_FAST	1
#define PIN_FAST	2
#define PIN_LONGTERM	3
#define GUP_BASIC	4
#define PIN_BASIC	5
#define PIN_LAST	7

static void put_back(unsigned int command, struct page **pages, unsigned long nr_pages)
{
	unsigned long i;

	switch (command) {
	case GUP_FAST:
	case GUP_BASIC:
		for (i = 0; i < nr_pages; i++)
			put_page(pages[i]);
		break;
	case PIN_FAST:
	case PIN_LONGTERM:
	case PIN_BASIC ... PIN_LAST:
		unpin_user_pages(pages, nr_pages);
		break;
	}
}

int measure(unsigned int command, unsigned long start, unsigned long nr_pages)
{
	struct page **pages = kvcalloc(nr_pages, sizeof(*pages), GFP_KERNEL);
	long got;

	if (!pages)
		return -ENOMEM;
	switch (command) {
	case GUP_FAST:
		got = get_user_pages_fast(start, nr_pages, 0, pages);
		break;
	case GUP_BASIC:
		got = get_user_pages(start, nr_pages, 0, pages);
		break;
	case PIN_FAST:
		got = pin_user_pages_fast(start, nr_pages, 0, pages);
		break;
	case PIN_LONGTERM:
		got = pin_user_pages(start, nr_pages, FOLL_LONGTERM, pages);
		break;
	case PIN_BASIC ... PIN_LAST:
		got = pin_user_pages(start, nr_pages, 0, pages);
		break;
	default:
		got = -EINVAL;
	}
	if (got > 0)
		put_back(command, pages, got);
	kvfree(pages);
	return got < 0 ? got : 0;
}
