// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Of what kind a page is stays known where it is not known any more what is held. */
#include <linux/mm.h>

int start_io(struct folio *folio);
int submit(unsigned long address);
void show(int ret);

int given_back_or_not(unsigned long start)
{
	struct page *page = alloc_page(GFP_KERNEL);
	int ret;

	if (!page)
		return -ENOMEM;
	get_page(page);
	ret = submit(start);
	if (ret)
		put_page(page);
	show(ret);
	unpin_user_page(page);	/* { dg-warning {pincheck:unpin-ordinary} } */
	return ret;
}

/* The reference more was all that told of a kind: before it the page may have been pinned. */
int clean_given_back_or_not(struct page *page, unsigned long start)
{
	int ret;

	get_page(page);
	ret = submit(start);
	if (ret)
		put_page(page);
	show(ret);
	unpin_user_page(page);
	return ret;
}

void got_and_given_back(void)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return;
	get_page(page);
	put_page(page);
	unpin_user_page(page);	/* { dg-warning {pincheck:unpin-ordinary} } */
}

int passed_on_or_not(bool is_io)
{
	struct folio *folio = page_folio(alloc_page(GFP_KERNEL));
	int ret = 0;

	if (is_io) {
		folio_get(folio);
		ret = start_io(folio);
	}
	show(ret);
	unpin_folio(folio);	/* { dg-warning {pincheck:unpin-ordinary} } */
	return ret;
}

int clean_passed_on_or_not(struct folio *folio, bool is_io)
{
	int ret = 0;

	if (is_io) {
		folio_get(folio);
		ret = start_io(folio);
	}
	show(ret);
	unpin_folio(folio);
	return ret;
}

/* By the array the page is pinned, and stays so with an ordinary reference more. */
static struct page *first_of(unsigned long start)
{
	struct page *pages[4], *page;
	int n = pin_user_pages_fast(start, 4, 0, pages);

	if (n <= 0)
		return NULL;
	page = pages[0];
	get_page(page);
	if (n > 1)
		unpin_user_pages(pages + 1, n - 1);
	return page;
}

void clean_first_of(unsigned long start, bool is_shown)
{
	struct page *page = first_of(start);

	if (!page)
		return;
	if (is_shown)
		put_page(page);
	unpin_user_page(page);
}
