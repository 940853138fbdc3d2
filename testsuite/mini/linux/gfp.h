/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MINI_GFP_H
#define MINI_GFP_H

#include <linux/mm_types.h>

#define GFP_KERNEL	0xcc0u
#define GFP_ATOMIC	0x820u
#define __GFP_ZERO	0x100u

struct page *alloc_pages(gfp_t gfp, unsigned int order);
unsigned long alloc_pages_bulk_array(gfp_t gfp, unsigned long nr_pages,
				     struct page **page_array);
struct folio *folio_alloc(gfp_t gfp, unsigned int order);
unsigned long get_zeroed_page(gfp_t gfp);
unsigned long __get_free_pages(gfp_t gfp, unsigned int order);
void __free_pages(struct page *page, unsigned int order);
void free_pages(unsigned long addr, unsigned int order);

#define __get_free_page(gfp)	__get_free_pages((gfp), 0)
#define alloc_page(gfp)		alloc_pages(gfp, 0)
#define __free_page(page)	__free_pages((page), 0)
#define free_page(addr)		free_pages((addr), 0)

#endif
