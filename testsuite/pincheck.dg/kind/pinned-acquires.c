// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Every function that pins. */
#include <linux/mm.h>

int with_pin_user_pages(unsigned long start)
{
	struct page *page;

	if (pin_user_pages(start, 1, 0, &page) != 1)
		return -EFAULT;
	put_page(page);		/* { dg-warning {pincheck:put-pinned} } */
	return 0;
}

int with_remote(struct mm_struct *mm, unsigned long start)
{
	struct page *page;
	long pinned = pin_user_pages_remote(mm, start, 1, FOLL_WRITE, &page, NULL);

	if (pinned < 1)
		return -EFAULT;
	put_page(page);		/* { dg-warning {pincheck:put-pinned} } */
	return 0;
}

int with_unlocked(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_unlocked(start, 1, &page, 0) != 1)
		return -EFAULT;
	put_page(page);		/* { dg-warning {pincheck:put-pinned} } */
	return 0;
}

int with_memfd(struct file *memfd)
{
	struct folio *folios[4];
	pgoff_t offset;
	long i, pinned = memfd_pin_folios(memfd, 0, 4 * PAGE_SIZE - 1, folios, 4, &offset);

	if (pinned < 0)
		return pinned;
	for (i = 0; i < pinned; i++)
		folio_put(folios[i]);	/* { dg-warning {pincheck:put-pinned} } */
	return 0;
}

int clean_memfd(struct file *memfd)
{
	struct folio *folios[4];
	pgoff_t offset;
	long pinned = memfd_pin_folios(memfd, 0, 4 * PAGE_SIZE - 1, folios, 4, &offset);

	if (pinned < 0)
		return pinned;
	unpin_folios(folios, pinned);
	return 0;
}
