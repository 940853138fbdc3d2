/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MINI_PAGEMAP_H
#define MINI_PAGEMAP_H

#include <linux/mm.h>

struct address_space;

struct page *find_get_page(struct address_space *mapping, pgoff_t index);
struct page *read_mapping_page(struct address_space *mapping, pgoff_t index, struct file *file);
struct folio *filemap_get_folio(struct address_space *mapping, pgoff_t index);
struct page *pagecache_get_page(struct address_space *mapping, pgoff_t index, int fgp_flags,
				gfp_t gfp);

/* The data has a reference on the page of its own. */
static inline void attach_page_private(struct page *page, void *data)
{
	get_page(page);
	page->private = (unsigned long)data;
}

static inline void *detach_page_private(struct page *page)
{
	void *data = (void *)page->private;

	if (data) {
		page->private = 0;
		put_page(page);
	}
	return data;
}

struct writeback_control;

void folio_add_lru(struct folio *folio);
int folio_wait_private_2_killable(struct folio *folio);
bool redirty_page_for_writepage(struct writeback_control *wbc, struct page *page);

#endif
