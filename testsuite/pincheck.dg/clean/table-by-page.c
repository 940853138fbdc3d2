// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* A table of two levels, filled a second level at a time and given back by the number of the page. */
#include <linux/errno.h>
#include <linux/mm.h>
#include <linux/slab.h>

#define ENTRIES 512UL

struct table {
	struct page ***levels;
	unsigned long nr;
};

static void table_free(struct table *table, unsigned long pinned)
{
	unsigned long i;

	for (i = 0; i < pinned; i++)
		unpin_user_page(table->levels[i / ENTRIES][i % ENTRIES]);
	for (i = 0; i < table->nr / ENTRIES; i++)
		kfree(table->levels[i]);
	kfree(table->levels);
	table->levels = NULL;
}

int table_pin(struct table *table, unsigned long start, unsigned long nr)
{
	unsigned long i, count = nr / ENTRIES, pinned = 0;
	long ret = -ENOMEM;

	table->levels = kcalloc(count, sizeof(*table->levels), GFP_KERNEL);
	if (!table->levels)
		return -ENOMEM;
	table->nr = nr;
	for (i = 0; i < count; i++) {
		table->levels[i] = kcalloc(ENTRIES, sizeof(**table->levels), GFP_KERNEL);
		if (!table->levels[i])
			goto fail;
	}
	for (i = 0; i < count; i++) {
		unsigned long want = min(nr - pinned, ENTRIES);

		ret = pin_user_pages_fast(start + (pinned << PAGE_SHIFT), want, FOLL_WRITE,
					  table->levels[i]);
		if (ret > 0)
			pinned += ret;
		if (ret != want) {
			ret = ret < 0 ? ret : -EFAULT;
			goto fail;
		}
	}
	return 0;
fail:
	table_free(table, pinned);
	return ret;
}
