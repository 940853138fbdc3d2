// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Pages in odd places of one function. */
#include <linux/mm.h>

struct request {
	unsigned int is_write : 1;
	unsigned int count : 7;
	struct page *page;
};

int beside_bit_fields(unsigned long start)
{
	struct request request = { .is_write = 1 };

	if (pin_user_pages_fast(start, 1, 0, &request.page) != 1)
		return -EFAULT;
	request.count = 1;
	put_page(request.page);	/* { dg-warning {pincheck:put-pinned} } */
	return request.is_write;
}

int of_variable_length(unsigned long start, int count)
{
	struct page *pages[count];
	int i, pinned = pin_user_pages_fast(start, count, 0, pages);

	for (i = 0; i < pinned; i++)
		put_page(pages[i]);	/* { dg-warning {pincheck:put-pinned} } */
	return 0;
}

int clean_of_variable_length(unsigned long start, int count)
{
	struct page *pages[count];
	int pinned = pin_user_pages_fast(start, count, 0, pages);

	if (pinned > 0)
		unpin_user_pages(pages, pinned);
	return 0;
}
