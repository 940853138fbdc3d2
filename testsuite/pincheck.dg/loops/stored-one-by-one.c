// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Pages are stored in an array one by one, and the array is given back. */
#include <linux/mm.h>

int one(unsigned long start)
{
	struct page *pages[8];

	pages[0] = get_dump_page(start);
	if (!pages[0])
		return -EFAULT;
	release_pages(pages, 1);
	return 0;
}

int two(unsigned long start)
{
	struct page *pages[8];

	pages[0] = get_dump_page(start);
	if (!pages[0])
		return -EFAULT;
	pages[1] = get_dump_page(start + PAGE_SIZE);
	if (!pages[1]) {
		put_page(pages[0]);
		return -EFAULT;
	}
	release_pages(pages, 2);
	return 0;
}

int one_of_two(unsigned long start)
{
	struct page *pages[8];

	pages[0] = get_dump_page(start);
	if (!pages[0])
		return -EFAULT;
	pages[1] = get_dump_page(start + PAGE_SIZE);
	if (!pages[1]) {	/* { dg-warning {is never given back on this path.*leak} } */
		put_page(pages[0]);
		return -EFAULT;
	}
	release_pages(pages, 1);
	return 0;
}

int twice(unsigned long start)
{
	struct page *pages[8];

	pages[0] = get_dump_page(start);
	if (!pages[0])
		return -EFAULT;
	release_pages(pages, 1);
	put_page(pages[0]);	/* { dg-warning {double-release} } */
	return 0;
}

/* As many as the caller says there are. */
int so_many(unsigned long start, int n)
{
	struct page *pages[8];

	pages[0] = get_dump_page(start);
	if (!pages[0])
		return -EFAULT;
	release_pages(pages, n);
	return 0;
}

/* All that were got, whatever made the loop end. */
int all_of_loop(unsigned long start)
{
	struct page *pages[8];
	int i;

	for (i = 0; i < 8; i++) {
		pages[i] = get_dump_page(start + i * PAGE_SIZE);
		if (!pages[i])
			break;
	}
	release_pages(pages, i);
	return 0;
}

int one_of_loop(unsigned long start)
{
	struct page *pages[8];
	int i;

	for (i = 0; i < 1; i++) {
		struct page *page;

		if (pin_user_pages_fast(start + i * PAGE_SIZE, 1, 0, &page) != 1)
			break;
		pages[i] = page;
	}
	unpin_user_pages(pages, i);
	return 0;
}

int loop_of_loop(unsigned long start, int n)
{
	struct page *pages[8];
	int i;

	for (i = 0; i < n; i++) {
		struct page *page = get_dump_page(start + i * PAGE_SIZE);

		if (!page)
			break;
		pages[i] = page;
	}
	while (--i >= 0)
		put_page(pages[i]);
	return 0;
}

/* How often the loops go round is not known, but they go as often. */
int up(unsigned long start, int n)
{
	struct page *pages[8];
	int i, j;

	for (i = 0; i < n; i++) {
		struct page *page = get_dump_page(start + i * PAGE_SIZE);

		if (!page)
			break;
		pages[i] = page;
	}
	for (j = 0; j < i; j++)
		put_page(pages[j]);
	return 0;
}

int down(unsigned long start, int n)
{
	struct page *pages[8];
	int i;

	for (i = 0; i < n; i++) {
		struct page *page = get_dump_page(start + i * PAGE_SIZE);

		if (!page)
			goto undo;
		pages[i] = page;
	}
	i = n;
undo:
	for (i = i - 1; i >= 0; i--)
		put_page(pages[i]);
	return 0;
}

/* A function that has such a loop is followed to its end (fs/smb/client/file.c). */
int followed(unsigned long start, int n)
{
	struct page *pages[16], *page;
	int i;

	for (i = 0; i < n; i++) {
		pages[i] = get_dump_page(start + i * PAGE_SIZE);
		if (!pages[i])
			break;
	}
	while (i--)
		put_page(pages[i]);
	if (pin_user_pages_fast(start, 1, 0, &page) != 1)	/* { dg-warning {is never given back on this path.*leak} } */
		return -EFAULT;
	return 0;
}
