/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MINI_PAGEMAP_H
#define MINI_PAGEMAP_H

#include <linux/mm.h>

struct address_space;

struct page *find_get_page(struct address_space *mapping, pgoff_t index);
struct page *read_mapping_page(struct address_space *mapping, pgoff_t index, struct file *file);
struct folio *filemap_get_folio(struct address_space *mapping, pgoff_t index);

#endif
