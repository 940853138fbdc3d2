// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * The array is one local pointer, and its page is what the function returns.
 * As in v6.12 fs/exec.c, get_arg_page().
 */
#include <linux/mm.h>

struct page *argument_page(struct mm_struct *mm, unsigned long position, bool write)
{
	struct page *page;
	int got;

	got = get_user_pages_remote(mm, position, 1, write ? FOLL_WRITE : 0, &page, NULL);
	if (got <= 0)
		return NULL;
	return page;
}

void argument_page_put(struct page *page)
{
	put_page(page);
}

int argument_read(struct mm_struct *mm, unsigned long position)
{
	struct page *page = argument_page(mm, position, false);

	if (!page)
		return -EFAULT;
	argument_page_put(page);
	return 0;
}
