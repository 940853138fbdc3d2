// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * The page is in the same variable, whichever call has put it there.
 * As in v6.12 kernel/futex/core.c, get_futex_key().
 */
#include <linux/mm.h>

int probe(void);

int twice(unsigned long address, int is_read)
{
	struct folio *folio;
	struct page *page;
	int err;

	err = get_user_pages_fast(address, 1, FOLL_WRITE, &page);
	if (err == -EFAULT && is_read)
		err = get_user_pages_fast(address, 1, 0, &page);
	if (err < 0)
		return err;
	err = 0;
	folio = page_folio(page);
	if (probe()) {
		folio_put(folio);
		err = -EFAULT;
	}
	folio_put(folio);	/* { dg-warning {pincheck:double-release} } */
	return err;
}

int clean_twice(unsigned long address, int is_read)
{
	struct folio *folio;
	struct page *page;
	int err;

again:
	err = get_user_pages_fast(address, 1, FOLL_WRITE, &page);
	if (err == -EFAULT && is_read)
		err = get_user_pages_fast(address, 1, 0, &page);
	if (err < 0)
		return err;
	err = 0;
	folio = page_folio(page);
	if (probe()) {
		folio_put(folio);
		goto again;
	}
	folio_put(folio);
	return err;
}
