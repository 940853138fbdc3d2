// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Other names for the same page. */
#include <linux/mm.h>
#include <linux/highmem.h>

int by_folio(unsigned long start)
{
	struct page *page;
	struct folio *folio;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	folio = page_folio(page);
	folio_put(folio);	/* { dg-warning {pincheck:put-pinned} } */
	return 0;
}

int by_head(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	put_page(compound_head(page));	/* { dg-warning {pincheck:put-pinned} } */
	return 0;
}

int by_frame_number(unsigned long start)
{
	struct page *page;
	unsigned long pfn;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	pfn = page_to_pfn(page);
	put_page(pfn_to_page(pfn));	/* { dg-warning {pincheck:put-pinned} } */
	return 0;
}

int by_physical_address(unsigned long start)
{
	struct page *page;
	phys_addr_t address;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	address = page_to_phys(page);
	put_page(phys_to_page(address));	/* { dg-warning {pincheck:put-pinned} } */
	return 0;
}

int by_address(unsigned long start)
{
	struct page *page;
	void *address;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	address = page_address(page);
	put_page(virt_to_page(address));	/* { dg-warning {pincheck:put-pinned} } */
	return 0;
}

int clean(unsigned long start)
{
	struct page *page;
	void *address;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	address = page_address(page);
	unpin_user_page(virt_to_page(address));
	return 0;
}
