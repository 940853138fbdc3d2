// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * The variable with the count has got an error since: the loop that is to give back is told
 * of none.  As in v6.5 io_uring/io_uring.c, __io_uaddr_map().
 */
#include <linux/mm.h>
#include <linux/slab.h>

int probe(int number);

static void unpin_array(struct page ***array, int count)
{
	struct page **pages = *array;
	int i;

	if (!pages)
		return;
	for (i = 0; i < count; i++)
		unpin_user_page(pages[i]);
	kfree(pages);
	*array = NULL;
}

int lost_array(unsigned long start, unsigned int count, struct page ***result)
{
	struct page **pages = kcalloc(count, sizeof(*pages), GFP_KERNEL);
	unsigned int i;
	int pinned;

	if (!pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, count, FOLL_WRITE, pages);
	if (pinned != count) {
error:
		unpin_array(&pages, pinned > 0 ? pinned : 0);
		return pinned < 0 ? pinned : -EFAULT;
	}
	for (i = 0; i < count; i++) {
		pinned = -EINVAL;
		if (probe(i))	/* { dg-warning {pincheck:leak} } */
			goto error;
	}
	*result = pages;
	return 0;
}

int clean_array(unsigned long start, unsigned int count, struct page ***result)
{
	struct page **pages = kcalloc(count, sizeof(*pages), GFP_KERNEL);
	int pinned, error = -EFAULT;
	unsigned int i;

	if (!pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, count, FOLL_WRITE, pages);
	if (pinned != count)
		goto error;
	for (i = 0; i < count; i++) {
		error = -EINVAL;
		if (probe(i))
			goto error;
	}
	*result = pages;
	return 0;
error:
	unpin_array(&pages, pinned > 0 ? pinned : 0);
	return error;
}
