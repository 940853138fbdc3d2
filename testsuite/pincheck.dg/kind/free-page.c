// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* An array whose address was got as a number. */
#include <linux/mm.h>

#define SLOTS	(PAGE_SIZE / sizeof(struct page *))

int map_one(struct page *page);

int map_all(unsigned long start)
{
	struct page **pages = (struct page **)__get_free_page(GFP_KERNEL);
	int pinned, i, ret = -ENOMEM;

	if (!pages)
		return -ENOMEM;
	pinned = pin_user_pages(start, SLOTS, 0, pages);
	for (i = 0; i < pinned; i++) {
		ret = map_one(pages[i]);
		if (ret) {
			release_pages(&pages[i], pinned - i);	/* { dg-warning {pincheck:put-pinned} } */
			break;
		}
	}
	free_page((unsigned long)pages);
	return ret;
}

int clean_map_all(unsigned long start)
{
	struct page **pages = (struct page **)__get_free_page(GFP_KERNEL);
	int pinned, i, ret = -ENOMEM;

	if (!pages)
		return -ENOMEM;
	pinned = pin_user_pages(start, SLOTS, 0, pages);
	for (i = 0; i < pinned; i++) {
		ret = map_one(pages[i]);
		if (ret) {
			unpin_user_pages(&pages[i], pinned - i);
			break;
		}
	}
	free_page((unsigned long)pages);
	return ret;
}
