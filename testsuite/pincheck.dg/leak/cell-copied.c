// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* What is taken in one function is in two places, and given back through the other. */
#include <linux/mm.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>

static int fill(struct page **pages, unsigned long start, int count)
{
	int pinned = pin_user_pages_fast(start, count, FOLL_WRITE, pages);

	if (pinned == count)
		return 0;
	if (pinned > 0)
		unpin_user_pages(pages, pinned);
	return -EFAULT;
}

/* The pages are in a table, too, and given back through it. */
struct table {
	struct page **pages;
	struct scatterlist *list;
	int count;
};

int table_fill(struct table *table, unsigned long start)
{
	struct scatterlist *list;
	int i;

	list = kcalloc(16, sizeof(*list), GFP_KERNEL);
	if (!list)
		return -ENOMEM;
	table->pages = kcalloc(16, sizeof(*table->pages), GFP_KERNEL);
	if (!table->pages)
		goto free_list;
	if (fill(table->pages, start, 16))
		goto free_pages;
	for (i = 0; i < 16; i++)
		sg_set_page(&list[i], table->pages[i], PAGE_SIZE, 0);
	table->list = list;
	table->count = 16;
	return 0;
free_pages:
	kfree(table->pages);
free_list:
	kfree(list);
	return -EFAULT;
}

void clean_table_free(struct table *table)
{
	int i;

	for (i = 0; i < table->count; i++)
		unpin_user_page(sg_page(&table->list[i]));
	kfree(table->list);
	kfree(table->pages);
	kfree(table);
}

/* Got by another file, which may give it back. */
struct seen {
	struct page **pages;
	int count;
};

struct seen *seen_new(unsigned long start, int count)
{
	struct seen *seen = kzalloc(sizeof(*seen), GFP_KERNEL);

	if (!seen)
		return NULL;
	seen->pages = kcalloc(count, sizeof(*seen->pages), GFP_KERNEL);
	if (!seen->pages || fill(seen->pages, start, count)) {
		kfree(seen->pages);
		kfree(seen);
		return NULL;
	}
	seen->count = count;
	return seen;
}

struct page *clean_seen_page(struct seen *seen, int i)
{
	return seen->pages[i];
}

void clean_seen_free(struct seen *seen)
{
	kfree(seen->pages);
	kfree(seen);
}
