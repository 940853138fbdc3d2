// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* A loop over the pages that does not give them back. */
#include <linux/highmem.h>
#include <linux/mm.h>

void consume(void *address);

int looked_at(unsigned long start)
{
	struct page *pages[8];
	int pinned = pin_user_pages_fast(start, 8, 0, pages), i;

	if (pinned < 8) {
		if (pinned > 0)
			unpin_user_pages(pages, pinned);
		return -EINVAL;
	}
	for (i = 0; i < 8; i++) {	/* { dg-warning {pincheck:leak} } */
		void *address = kmap_local_page(pages[i]);

		consume(address);
		kunmap_local(address);
	}
	return 0;
}

int clean_looked_at(unsigned long start)
{
	struct page *pages[8];
	int pinned = pin_user_pages_fast(start, 8, 0, pages), i;

	if (pinned < 8) {
		if (pinned > 0)
			unpin_user_pages(pages, pinned);
		return -EINVAL;
	}
	for (i = 0; i < 8; i++) {
		void *address = kmap_local_page(pages[i]);

		consume(address);
		kunmap_local(address);
		unpin_user_page(pages[i]);
	}
	return 0;
}

/* How many there are is known elsewhere. */
void clean_count_elsewhere(unsigned long start, int *count)
{
	struct page *pages[8];
	int pinned = pin_user_pages_fast(start, 8, 0, pages), i;

	if (pinned < 8) {
		if (pinned > 0)
			unpin_user_pages(pages, pinned);
		return;
	}
	for (i = 0; i < *count; i++)
		unpin_user_page(pages[i]);
}
