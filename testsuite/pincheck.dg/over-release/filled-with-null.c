// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* An array that is filled with NULL by hand has nothing to give back: what is tested for it. */
#include <linux/mm.h>
#include <linux/slab.h>

int clean(unsigned long start, int n, int why)
{
	struct page **pages = kmalloc(n * sizeof(*pages), GFP_KERNEL);
	int i, ret = 0;

	if (!pages)
		return -ENOMEM;
	for (i = 0; i < n; i++)
		pages[i] = NULL;
	if (why) {
		ret = -EINVAL;
		goto out;
	}
	for (i = 0; i < n; i++)
		if (pin_user_pages_fast(start + i * PAGE_SIZE, 1, 0, &pages[i]) != 1)
			break;
out:
	for (i = 0; i < n; i++)
		if (pages[i])
			unpin_user_page(pages[i]);
	kfree(pages);
	return ret;
}

int buggy(unsigned long start, int n, int why)
{
	struct page **pages = kmalloc(n * sizeof(*pages), GFP_KERNEL);
	int i, ret = 0;

	if (!pages)
		return -ENOMEM;
	if (why) {
		ret = -EINVAL;
		goto out;
	}
	for (i = 0; i < n; i++)
		if (pin_user_pages_fast(start + i * PAGE_SIZE, 1, 0, &pages[i]) != 1)
			break;
out:
	for (i = 0; i < n; i++)
		if (pages[i])
			unpin_user_page(pages[i]);	/* { dg-warning {never taken.*pincheck:over-release} } */
	kfree(pages);
	return ret;
}
