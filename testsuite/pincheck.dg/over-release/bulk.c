// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* A call that allocates pages counts them, as one that pins them does. */
#include <linux/mm.h>
#include <linux/slab.h>

#define alloc_bulk(count, pages) \
	__alloc_pages_bulk(GFP_KERNEL, 0, NULL, count, NULL, pages)

struct nodemask;
struct list_head;

unsigned long __alloc_pages_bulk(gfp_t gfp, int preferred_nid, struct nodemask *nodemask,
				 int nr_pages, struct list_head *page_list,
				 struct page **page_array);
void use(struct page *page);

int one_more(struct page **pages, unsigned long count)
{
	unsigned long got = alloc_bulk(count, pages);

	if (got != count) {
		release_pages(pages, got + 1);	/* { dg-warning {'pages\[got\]' was never taken.*over-release} } */
		return -ENOMEM;
	}
	return 0;
}

int one_more_of_own(unsigned long count)
{
	struct page **pages = kcalloc(count, sizeof(*pages), GFP_KERNEL);
	unsigned long got;

	if (!pages)
		return -ENOMEM;
	got = alloc_bulk(count, pages);
	release_pages(pages, got + 1);	/* { dg-warning {pincheck:over-release} } */
	kfree(pages);
	return 0;
}

int clean(struct page **pages, unsigned long count)
{
	unsigned long got = alloc_bulk(count, pages);

	if (got != count) {
		release_pages(pages, got);
		return -ENOMEM;
	}
	return 0;
}

/* The element behind those that were asked for is filled by itself. */
int clean_with_last(unsigned long count, struct page *last)
{
	struct page **pages = kcalloc(count + 1, sizeof(*pages), GFP_KERNEL);
	unsigned long got;

	if (!pages)
		return -ENOMEM;
	got = alloc_bulk(count, pages);
	get_page(last);
	pages[got] = last;
	release_pages(pages, got + 1);
	kfree(pages);
	return 0;
}

/* In a unit that pins, what is allocated has to be given back as well. */
int clean_pinned(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	use(page);
	unpin_user_page(page);
	return 0;
}
