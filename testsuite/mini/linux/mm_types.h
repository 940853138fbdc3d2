/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MINI_MM_TYPES_H
#define MINI_MM_TYPES_H

#include <linux/kernel.h>

#define PAGE_SHIFT	12
#define PAGE_SIZE	(1UL << PAGE_SHIFT)
#define PAGE_MASK	(~(PAGE_SIZE - 1))
#define PAGE_ALIGN(addr)	(((addr) + PAGE_SIZE - 1) & PAGE_MASK)
#define offset_in_page(p)	((unsigned long)(p) & ~PAGE_MASK)

struct page {
	unsigned long flags;
	unsigned long compound_head;	/* bit 0: a tail page, the rest its head */
	void *mapping;
	unsigned long index;
	unsigned long private;
	atomic_t _refcount;
};

struct folio {
	union {
		struct {
			unsigned long flags;
			void *mapping;
		};
		struct page page;
	};
};

struct mm_struct;
struct file;

struct vm_area_struct {
	unsigned long vm_start, vm_end;
	struct mm_struct *vm_mm;
};

extern struct page *mem_map;
struct page *virt_to_page(const void *addr);
extern unsigned long empty_zero_page[];
#define ZERO_PAGE(vaddr)	((void)(vaddr), virt_to_page(empty_zero_page))

#define page_to_pfn(page)	((unsigned long)((page) - mem_map))
#define pfn_to_page(pfn)	(mem_map + (pfn))
#define nth_page(page, n)	pfn_to_page(page_to_pfn(page) + (n))

#endif
