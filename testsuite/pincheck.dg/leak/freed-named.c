// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * The array is freed while the page is known by another name.
 * As in v6.16 drivers/vfio/vfio_iommu_type1.c: a batch of one page goes, its number stays.
 */
#include <linux/mm.h>
#include <linux/slab.h>

struct entry {
	struct entry *next;
	unsigned long number;
};

int clean_variable(unsigned long start)
{
	struct page **pages = kcalloc(1, sizeof(*pages), GFP_KERNEL), *page;
	int pinned;

	if (!pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, 1, FOLL_WRITE, pages);
	if (pinned != 1) {
		kfree(pages);
		return pinned < 0 ? pinned : -EFAULT;
	}
	page = pages[0];
	kfree(pages);
	unpin_user_page(page);
	return 0;
}

int probe(void);

int forgotten_variable(unsigned long start)
{
	struct page **pages = kcalloc(1, sizeof(*pages), GFP_KERNEL), *page;
	int pinned;

	if (!pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, 1, FOLL_WRITE, pages);
	if (pinned != 1) {
		kfree(pages);
		return pinned < 0 ? pinned : -EFAULT;
	}
	page = pages[0];
	kfree(pages);
	if (probe())	/* { dg-warning {pincheck:leak} } */
		return -EIO;
	unpin_user_page(page);
	return 0;
}

/* Others of several pages have no name but the array's. */
int rest_of_several(unsigned long start)
{
	struct page **pages = kcalloc(4, sizeof(*pages), GFP_KERNEL), *page;
	int pinned;

	if (!pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, 4, FOLL_WRITE, pages);
	if (pinned != 4) {		/* { dg-warning {pincheck:leak} } */
		if (pinned > 0)
			unpin_user_pages(pages, pinned);
		kfree(pages);
		return -EFAULT;
	}
	page = pages[0];
	kfree(pages);
	unpin_user_page(page);
	return 0;
}

static int take_number(unsigned long start, unsigned long *number)
{
	struct page **pages = kcalloc(8, sizeof(*pages), GFP_KERNEL);
	int pinned;

	if (!pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, 1, FOLL_WRITE, pages);
	if (pinned > 0)
		*number = page_to_pfn(pages[0]);
	kfree(pages);
	return pinned;
}

int clean_number(unsigned long start, struct entry **list)
{
	unsigned long number;
	struct entry *entry;
	int pinned = take_number(start, &number);

	if (pinned != 1)
		return pinned < 0 ? pinned : -EFAULT;
	entry = kzalloc(sizeof(*entry), GFP_KERNEL);
	if (!entry) {
		unpin_user_page(pfn_to_page(number));
		return -ENOMEM;
	}
	entry->number = number;
	entry->next = *list;
	*list = entry;
	return 0;
}

int forgotten_number(unsigned long start, struct entry **list)
{
	unsigned long number;
	struct entry *entry;
	int pinned = take_number(start, &number);

	if (pinned != 1)
		return pinned < 0 ? pinned : -EFAULT;
	entry = kzalloc(sizeof(*entry), GFP_KERNEL);
	if (!entry)			/* { dg-warning {pincheck:leak} } */
		return -ENOMEM;
	entry->number = number;
	entry->next = *list;
	*list = entry;
	return 0;
}
