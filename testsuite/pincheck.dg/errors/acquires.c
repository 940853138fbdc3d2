// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Acquires that return a page, NULL, or an error in a pointer. */
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/pagemap.h>

int probe(void);

/* Two functions of this file's own, by their contracts. */
struct page *pin_or_error(unsigned long start)
	__attribute__((pincheck("acquires pinned return or error")));
struct page *pin_or_null(unsigned long start)
	__attribute__((pincheck("acquires pinned return or null")));

int lost_null(unsigned long start)
{
	struct page *page = pin_or_null(start);

	if (!page)
		return -EIO;
	if (probe())	/* { dg-warning {pincheck:leak} } */
		return -EIO;
	unpin_user_page(page);
	return 0;
}

int lost_error_pointer(unsigned long start)
{
	struct page *page = pin_or_error(start);

	if (IS_ERR(page))
		return PTR_ERR(page);
	if (probe())	/* { dg-warning {pincheck:leak} } */
		return -EIO;
	unpin_user_page(page);
	return 0;
}

int put_error_pointer(unsigned long start)
{
	struct page *page = pin_or_error(start);

	if (IS_ERR(page))
		return PTR_ERR(page);
	put_page(page);	/* { dg-warning {pincheck:put-pinned} } */
	return 0;
}

int clean_own_null(unsigned long start)
{
	struct page *page = pin_or_null(start);

	if (!page)
		return -EIO;
	unpin_user_page(page);
	return 0;
}

int clean_own_error_pointer(unsigned long start)
{
	struct page *page = pin_or_error(start);
	int error = probe();

	if (IS_ERR(page))
		return PTR_ERR(page);
	unpin_user_page(page);
	return error;
}

int clean_null(struct address_space *mapping)
{
	struct page *page = find_get_page(mapping, 0);

	if (!page)
		return -EIO;
	put_page(page);
	return 0;
}

int clean_error_pointer(struct address_space *mapping, struct file *file)
{
	struct page *page = read_mapping_page(mapping, 0, file);

	if (IS_ERR(page))
		return PTR_ERR(page);
	put_page(page);
	return 0;
}

int clean_error_pointer_later(struct address_space *mapping, struct file *file)
{
	struct page *page = read_mapping_page(mapping, 0, file);
	int error = probe();

	if (!IS_ERR(page))
		put_page(page);
	return error;
}

int clean_folio(struct address_space *mapping)
{
	struct folio *folio = filemap_get_folio(mapping, 0);

	if (IS_ERR(folio))
		return PTR_ERR(folio);
	folio_put(folio);
	return 0;
}

int clean_allocated(void)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	__free_page(page);
	return 0;
}

/* Either a page or NULL, and the release asks. */
int clean_asked(struct address_space *mapping)
{
	struct page *page = find_get_page(mapping, 0);
	int error = probe();

	if (page)
		put_page(page);
	return error;
}
