// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * A page whose number is found to be the next one of a run can be given back by that number,
 * and its place in the array taken anew; drivers/vfio/vfio_iommu_type1.c.
 */
#include <linux/mm.h>

struct run {
	unsigned long first;
	long count;
};

static bool is_reserved(unsigned long frame)
{
	return !frame;
}

int lost(struct run *run, unsigned long start, long n)
{
	struct page *pages[1];
	long count;

	for (count = 0; count < n; count++)
		if (pin_user_pages_fast(start + count * PAGE_SIZE, 1, 0, pages) != 1)	/* { dg-warning {pincheck:leak} } */
			break;
	run->count = count;
	return 0;
}

int clean(struct run *run, unsigned long start, long n)
{
	struct page *pages[1];
	unsigned long frame;
	long count;

	for (count = 0; count < n; count++) {
		if (pin_user_pages_fast(start + count * PAGE_SIZE, 1, 0, pages) != 1)
			break;
		frame = page_to_pfn(pages[0]);
		if (!count) {
			run->first = frame;
		} else if (frame != run->first + count || is_reserved(frame)) {
			unpin_user_page(pages[0]);
			break;
		}
	}
	run->count = count;
	return 0;
}
