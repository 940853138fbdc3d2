// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * A page whose number is found to be that of another value is given back by that.  From
 * v6.12 drivers/vfio/vfio_iommu_type1.c, vfio_pin_pages_remote(), where the pages of a run
 * are known by the number of the first one.
 */
#include <linux/errno.h>
#include <linux/mm.h>

struct cache {
	struct page *page;
	unsigned long pfn;
};

int clean_same_page(struct cache *c, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, 0, &page) != 1)
		return -EFAULT;
	if (page == c->page) {
		unpin_user_page(c->page);
		return 0;
	}
	unpin_user_page(page);
	return 1;
}

int clean_same_number(struct cache *c, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, 0, &page) != 1)
		return -EFAULT;
	if (page_to_pfn(page) == c->pfn) {
		unpin_user_page(pfn_to_page(c->pfn));
		return 0;
	}
	unpin_user_page(page);
	return 1;
}

static struct page *shared;

int clean_same_as_global(unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, 0, &page) != 1)
		return -EFAULT;
	if (page == shared) {
		unpin_user_page(shared);
		return 0;
	}
	unpin_user_page(page);
	return 1;
}

void share(struct page *page)
{
	shared = page;
}

int other_page(struct cache *c, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, 0, &page) != 1)
		return -EFAULT;
	if (page != c->page) {	/* { dg-warning "'page' is never given back" } */
		unpin_user_page(c->page);
		return 0;
	}
	unpin_user_page(page);
	return 1;
}
