// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * How many are pinned is counted in a variable of the file.
 * As in v6.12 mm/gup_test.c, pin_longterm_test_start() and pin_longterm_test_stop().
 */
#include <linux/mm.h>
#include <linux/slab.h>

static struct page **test_pages;
static unsigned long test_count;

void test_stop(void)
{
	if (test_pages) {
		if (test_count)
			unpin_user_pages(test_pages, test_count);
		kvfree(test_pages);
		test_pages = NULL;
		test_count = 0;
	}
}

int test_start(unsigned long start, unsigned long nr_pages, bool fast)
{
	struct page **pages;
	long pinned;
	int ret = 0;

	if (test_pages)
		return -EINVAL;
	pages = kvcalloc(nr_pages, sizeof(*pages), GFP_KERNEL);
	if (!pages)
		return -ENOMEM;
	test_pages = pages;
	test_count = 0;
	while (nr_pages - test_count > 0) {
		if (fast)
			pinned = pin_user_pages_fast(start, nr_pages - test_count,
						     FOLL_LONGTERM, pages + test_count);
		else
			pinned = pin_user_pages(start, nr_pages - test_count,
						FOLL_LONGTERM, pages + test_count);
		if (pinned <= 0) {
			test_stop();
			ret = pinned ? pinned : -EFAULT;
			break;
		}
		test_count += pinned;
		start += pinned * PAGE_SIZE;
	}
	return ret;
}
