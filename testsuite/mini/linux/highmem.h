/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MINI_HIGHMEM_H
#define MINI_HIGHMEM_H

#include <linux/mm.h>

void *kmap(struct page *page);
void kunmap(struct page *page);
void *kmap_local_page(struct page *page);
void kunmap_local(const void *addr);
int copy_mc_user_highpage(struct page *to, struct page *from, unsigned long vaddr,
			  struct vm_area_struct *vma);

#endif
