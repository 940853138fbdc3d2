// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * A page and its folio hold the same references, and are two pointers: how far they are apart,
 * or whether they are one, nobody knows beforehand.  Code that asks for it is no dead code.
 *
 * By the shape of io_try_coalesce_buffer() of io_uring/rsrc.c of Linux 6.12.
 */
#include <linux/mm.h>
#include <linux/slab.h>

unsigned int pages_of(struct folio *folio);

/* Of each folio one pin is kept. */
static bool thin_out(struct page **pages, int *nr, struct page **kept)
{
	struct folio *folio = page_folio(pages[0]);
	unsigned int last = pages_of(folio) - 1;
	int i;

	if (!last)
		return false;
	if (pages[0] - &folio->page != last)
		return false;
	kept[0] = pages[0];
	for (i = 1; i < *nr; i++) {
		if (page_folio(pages[i]) != folio || pages[i] != pages[i - 1] + 1)
			return false;
	}
	unpin_user_pages(&pages[1], *nr - 1);
	*nr = 1;
	return true;
}

static bool thin_out_wrongly(struct page **pages, int *nr, struct page **kept)
{
	struct folio *folio = page_folio(pages[0]);
	unsigned int last = pages_of(folio) - 1;
	int i;

	if (!last)
		return false;
	if (pages[0] - &folio->page != last)
		return false;
	kept[0] = pages[0];
	for (i = 1; i < *nr; i++) {
		if (page_folio(pages[i]) != folio || pages[i] != pages[i - 1] + 1)
			return false;
	}
	release_pages(&pages[1], *nr - 1);	/* { dg-warning {pincheck:put-pinned} } */
	*nr = 1;
	return true;
}

int clean(unsigned long start, int nr, struct page **kept)
{
	struct page **pages = kcalloc(nr, sizeof(*pages), GFP_KERNEL);
	int pinned;

	if (!pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, nr, 0, pages);
	if (pinned > 1 && thin_out(pages, &pinned, kept)) {
		kfree(pages);
		return 0;
	}
	if (pinned > 0)
		unpin_user_pages(pages, pinned);
	kfree(pages);
	return -EFAULT;
}

int thinned_out_wrongly(unsigned long start, int nr, struct page **kept)
{
	struct page **pages = kcalloc(nr, sizeof(*pages), GFP_KERNEL);
	int pinned;

	if (!pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, nr, 0, pages);
	if (pinned > 1 && thin_out_wrongly(pages, &pinned, kept)) {
		kfree(pages);
		return 0;
	}
	if (pinned > 0)
		unpin_user_pages(pages, pinned);
	kfree(pages);
	return -EFAULT;
}

/* Whether the page taken is the first of its folio, or another one. */
int lost_behind_the_first(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	if (&page_folio(page)->page != page)	/* { dg-warning {pincheck:leak} } */
		return -EINVAL;
	unpin_user_page(page);
	return 0;
}
