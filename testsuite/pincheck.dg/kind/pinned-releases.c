// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Every ordinary release, on a pinned page. */
#include <linux/mm.h>

int with_put_page(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	put_page(page);		/* { dg-warning {'put_page'.*\[pincheck:put-pinned\]} } */
	return 0;
}

int with_folio_put(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	folio_put(page_folio(page));	/* { dg-warning {'folio_put'.*pincheck:put-pinned} } */
	return 0;
}

int with_folio_put_refs(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	folio_put_refs(page_folio(page), 1);	/* { dg-warning {'folio_put_refs'.*pincheck:put-pinned} } */
	return 0;
}

int with_free_page(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	__free_page(page);	/* { dg-warning {'__free_pages'.*pincheck:put-pinned} } */
	return 0;
}

int with_release_pages(unsigned long start)
{
	struct page *pages[4];
	int pinned = pin_user_pages_fast(start, 4, 0, pages);

	if (pinned < 0)
		return pinned;
	release_pages(pages, pinned);	/* { dg-warning {'release_pages'.*pincheck:put-pinned} } */
	return 0;
}

int clean(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	unpin_user_page(page);
	return 0;
}
