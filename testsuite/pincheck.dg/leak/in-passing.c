// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Pages that a unit with user pages allocates, or looks up, besides. */
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/slab.h>

/* As the macros around the allocators are from v6.10 on. */
#define alloc_hooks(call)	({ struct page *_res = call; _res; })

struct buffer {
	struct page *page;
};

int user_page(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	unpin_user_page(page);
	return 0;
}

int allocated(struct buffer *buffer)
{
	struct page *page = alloc_hooks(alloc_page(GFP_KERNEL));
	void *shadow;

	if (!page)
		return -ENOMEM;
	shadow = kmalloc(100, GFP_KERNEL);
	if (!shadow)		/* { dg-warning {'page' is never given back.*pincheck:leak} } */
		return -ENOMEM;
	kfree(shadow);
	buffer->page = page;
	return 0;
}

int allocated_and_freed(struct buffer *buffer)
{
	struct page *page = alloc_hooks(alloc_page(GFP_KERNEL));
	void *shadow;

	if (!page)
		return -ENOMEM;
	shadow = kmalloc(100, GFP_KERNEL);
	if (!shadow) {
		__free_page(page);
		return -ENOMEM;
	}
	kfree(shadow);
	buffer->page = page;
	return 0;
}

int looked_up(struct address_space *mapping, pgoff_t index)
{
	struct folio *folio = filemap_get_folio(mapping, index);

	if (IS_ERR(folio))	/* { dg-warning {'folio' is never given back.*pincheck:leak} } */
		return -EINVAL;
	return 0;
}

int looked_up_and_put(struct address_space *mapping, pgoff_t index)
{
	struct folio *folio = filemap_get_folio(mapping, index);

	if (IS_ERR(folio))
		return -EINVAL;
	folio_put(folio);
	return 0;
}

int read_in(struct address_space *mapping, pgoff_t index, int *word)
{
	struct page *page = read_mapping_page(mapping, index, NULL);

	if (IS_ERR(page))
		return -EIO;
	*word = *(int *)page_address(page);
	if (*word < 0)		/* { dg-warning {'page' is never given back.*pincheck:leak} } */
		return -EINVAL;
	put_page(page);
	return 0;
}

/* What it returns, its caller has. */
struct page *returned(struct address_space *mapping, pgoff_t index)
{
	struct page *page = find_get_page(mapping, index);

	if (page)
		lock_page(page);
	return page;
}
