// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Every pin release, on an ordinary page. */
#include <linux/mm.h>

int with_unpin_user_page(unsigned long start)
{
	struct page *page;

	if (get_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	unpin_user_page(page);	/* { dg-warning {'unpin_user_page'.*\[pincheck:unpin-ordinary\]} } */
	return 0;
}

int with_unpin_user_pages(unsigned long start)
{
	struct page *pages[4];
	int got = get_user_pages_fast(start, 4, 0, pages);

	if (got < 0)
		return got;
	unpin_user_pages(pages, got);	/* { dg-warning {'unpin_user_pages'.*unpin-ordinary} } */
	return 0;
}

int with_dirty_lock(unsigned long start)
{
	struct page *pages[4];
	int got = get_user_pages_fast(start, 4, FOLL_WRITE, pages);

	if (got < 0)
		return got;
	unpin_user_pages_dirty_lock(pages, got, true);	/* { dg-warning {'unpin_user_pages_dirty_lock'.*unpin-ordinary} } */
	return 0;
}

int with_range(void)
{
	struct page *page = alloc_pages(GFP_KERNEL, 2);

	if (!page)
		return -ENOMEM;
	unpin_user_page_range_dirty_lock(page, 4, false);	/* { dg-warning {'unpin_user_page_range_dirty_lock'.*unpin-ordinary} } */
	return 0;
}

int with_unpin_folio(void)
{
	struct folio *folio = folio_alloc(GFP_KERNEL, 0);

	if (!folio)
		return -ENOMEM;
	unpin_folio(folio);	/* { dg-warning {'unpin_folio'.*unpin-ordinary} } */
	return 0;
}

int clean(unsigned long start)
{
	struct page *page;

	if (get_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	put_page(page);
	return 0;
}
