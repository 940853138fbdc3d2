/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Ordinary references: as in the real kernel, inline functions all the way down. */
#ifndef MINI_PAGE_REF_H
#define MINI_PAGE_REF_H

#include <linux/mm_types.h>

void __folio_put(struct folio *folio);

static inline unsigned long _compound_head(const struct page *page)
{
	unsigned long head = page->compound_head;

	if (unlikely(head & 1))
		return head - 1;
	return (unsigned long)page;
}

#define compound_head(page)	((struct page *)_compound_head(page))
#define page_folio(page)	((struct folio *)_compound_head(page))
#define folio_page(folio, n)	nth_page(&(folio)->page, n)

static inline void folio_get(struct folio *folio)
{
	__atomic_fetch_add(&folio->page._refcount.counter, 1, __ATOMIC_RELAXED);
}

static inline bool folio_put_testzero(struct folio *folio)
{
	return __atomic_sub_fetch(&folio->page._refcount.counter, 1, __ATOMIC_RELEASE) == 0;
}

static inline void folio_put(struct folio *folio)
{
	if (folio_put_testzero(folio))
		__folio_put(folio);
}

static inline void folio_put_refs(struct folio *folio, int refs)
{
	if (__atomic_sub_fetch(&folio->page._refcount.counter, refs, __ATOMIC_RELEASE) == 0)
		__folio_put(folio);
}

static inline void get_page(struct page *page)
{
	folio_get(page_folio(page));
}

static inline void put_page(struct page *page)
{
	folio_put(page_folio(page));
}

static inline int page_count(const struct page *page)
{
	return page_folio(page)->page._refcount.counter;
}

void release_pages(struct page **pages, int nr);

#endif
