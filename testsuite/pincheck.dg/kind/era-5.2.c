// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* { dg-era 5.2 } */
/* get_user_pages() pins, where put_user_page() is all there is to give back. */
#include <linux/mm.h>

int not_converted(unsigned long start)
{
	struct page *page;

	if (get_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	put_page(page);		/* { dg-warning {'put_page'.*pincheck:put-pinned} } */
	return 0;
}

int with_vmas(unsigned long start)
{
	struct page *pages[4];
	long i, got = get_user_pages(start, 4, FOLL_WRITE, pages, NULL);

	for (i = 0; i < got; i++)
		put_page(pages[i]);	/* { dg-warning {'put_page'.*pincheck:put-pinned} } */
	return 0;
}

int converted(unsigned long start)
{
	struct page *page;

	if (get_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	put_user_page(page);
	return 0;
}

int ordinary(void)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	put_user_page(page);	/* { dg-warning {'put_user_page'.*pincheck:unpin-ordinary} } */
	return 0;
}
