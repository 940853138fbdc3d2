// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* What is found in a page table has an ordinary reference; one more is ordinary as well. */
#include <linux/mm.h>

int split(struct page *page);

int split_mapped(struct vm_area_struct *vma, unsigned long address, pte_t pte)
{
	struct page *page = vm_normal_page(vma, address, pte);
	int ret;

	if (!page)
		return 0;
	get_page(page);
	ret = split(page);
	unpin_user_page(page);	/* { dg-warning {pincheck:unpin-ordinary} } */
	return ret;
}

int clean_split_mapped(struct vm_area_struct *vma, unsigned long address, pte_t pte)
{
	struct page *page = vm_normal_page(vma, address, pte);
	int ret;

	if (!page)
		return 0;
	get_page(page);
	ret = split(page);
	put_page(page);
	return ret;
}

/* Mapped, and pinned on top of that. */
int clean_pin_mapped(struct vm_area_struct *vma, unsigned long address, pte_t pte)
{
	struct page *page = vm_normal_page(vma, address, pte), *pinned;
	int ret = 0;

	if (page && pin_user_pages_fast(address, 1, 0, &pinned) == 1) {
		ret = split(pinned);
		unpin_user_page(pinned);
	}
	return ret;
}

/* The caller's reference goes with the page, if the flag says so. */
int offline(unsigned long address)
{
	struct page *page;

	if (pin_user_pages_fast(address, 1, 0, &page) != 1)
		return -EFAULT;
	return soft_offline_page(page_to_pfn(page), MF_COUNT_INCREASED);	/* { dg-warning {pincheck:put-pinned} } */
}

int clean_offline(unsigned long address, bool is_kept)
{
	struct page *page;
	int ret;

	if (get_user_pages_fast(address, 1, 0, &page) != 1)
		return -EFAULT;
	if (!is_kept)
		return soft_offline_page(page_to_pfn(page), MF_COUNT_INCREASED);
	ret = soft_offline_page(page_to_pfn(page), 0);
	put_page(page);
	return ret;
}
