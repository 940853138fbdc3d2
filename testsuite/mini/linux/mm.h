/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Another era of the page API is another gup.h, found first: see mini-5.2/, mini-6.1/. */
#ifndef MINI_MM_H
#define MINI_MM_H

#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/gup.h>
#include <linux/mm_types.h>
#include <linux/page_ref.h>

bool set_page_dirty(struct page *page);
int set_page_dirty_lock(struct page *page);
void lock_page(struct page *page);
void unlock_page(struct page *page);

void *page_address(const struct page *page);
struct page *vmalloc_to_page(const void *addr);
#define page_to_phys(page)	((phys_addr_t)page_to_pfn(page) << PAGE_SHIFT)
#define phys_to_page(phys)	pfn_to_page((phys) >> PAGE_SHIFT)

void *vmap(struct page **pages, unsigned int count, unsigned long flags, unsigned long prot);
void vunmap(const void *addr);

enum mf_flags {
	MF_COUNT_INCREASED = 1 << 0,
	MF_SOFT_OFFLINE = 1 << 3,
};

int soft_offline_page(unsigned long pfn, int flags);

typedef struct { unsigned long pte; } pte_t;

struct page *follow_page(struct vm_area_struct *vma, unsigned long address,
			 unsigned int foll_flags);
struct page *vm_normal_page(struct vm_area_struct *vma, unsigned long addr, pte_t pte);
int vm_insert_page(struct vm_area_struct *vma, unsigned long addr, struct page *page);

#endif
