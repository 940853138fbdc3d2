/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MINI_HIGHMEM_H
#define MINI_HIGHMEM_H

#include <linux/mm.h>

void *kmap(struct page *page);
void kunmap(struct page *page);
void *kmap_local_page(struct page *page);
void kunmap_local(const void *addr);

#endif
