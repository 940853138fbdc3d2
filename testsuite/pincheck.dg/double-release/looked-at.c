// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * A function that only looks at pages, by functions that a contract calls neutral, hands none
 * over: what is held of the array is known behind it.  Reduced from mm/gup_test.c.
 */
#include <linux/mm.h>
#include <linux/slab.h>

bool page_maybe_dma_pinned(struct page *page);
void dump_page(struct page *page, const char *reason);
void take_over(struct page *page);
bool __folio_mark_uptodate(struct page *page);

static void look(int command, struct page **pages, int n)
{
	int i;

	if (command != 3)
		return;
	for (i = 0; i < n; i++) {
		if (!page_maybe_dma_pinned(pages[i]))
			dump_page(pages[i], "clean");
		else if (i > 3)
			dump_page(pages[i], "dirty");
	}
}

static void look_and_keep(int command, struct page **pages, int n)
{
	int i;

	if (command != 3)
		return;
	for (i = 0; i < n; i++) {
		if (!page_maybe_dma_pinned(pages[i]))
			dump_page(pages[i], "clean");
		else if (i > 3)
			take_over(pages[i]);
	}
}

int looked_at(int command, unsigned long start, int n)
{
	struct page **pages = kcalloc(n, sizeof(*pages), GFP_KERNEL);
	int i, ret;

	if (!pages)
		return -ENOMEM;
	ret = get_user_pages_fast(start, n, 0, pages);
	look(command, pages, ret);
	for (i = 0; i < ret; i++) {
		put_page(pages[i]);
		put_page(pages[i]);	/* { dg-warning {pincheck:double-release} } */
	}
	kfree(pages);
	return 0;
}

int clean_looked_at(int command, unsigned long start, int n)
{
	struct page **pages = kcalloc(n, sizeof(*pages), GFP_KERNEL);
	int i, ret;

	if (!pages)
		return -ENOMEM;
	ret = get_user_pages_fast(start, n, 0, pages);
	look(command, pages, ret);
	for (i = 0; i < ret; i++)
		put_page(pages[i]);
	kfree(pages);
	return 0;
}

/* Who got them may have taken references for this one. */
int clean_kept(int command, unsigned long start, int n)
{
	struct page **pages = kcalloc(n, sizeof(*pages), GFP_KERNEL);
	int i, ret;

	if (!pages)
		return -ENOMEM;
	ret = get_user_pages_fast(start, n, 0, pages);
	look_and_keep(command, pages, ret);
	for (i = 0; i < ret; i++) {
		put_page(pages[i]);
		put_page(pages[i]);
	}
	kfree(pages);
	return 0;
}

/* Marking a page hands it to nobody. */
int marked(void)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	__folio_mark_uptodate(page);
	put_page(page);
	put_page(page);			/* { dg-warning {pincheck:double-release} } */
	return 0;
}

int clean_handed_on(void)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	take_over(page);
	put_page(page);
	put_page(page);
	return 0;
}
