// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Pages that were put into an object as well: who cannot get at that cannot get at them. */
#include <linux/mm.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>

struct request {
	struct sg_table *table;
	struct page *first;
};

int map(int id);
int submit(struct sg_table *table);

int lost(unsigned long start, int id)
{
	struct page *page;
	struct sg_table *table;
	int error = -ENOMEM;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	table = kmalloc(sizeof(*table), GFP_KERNEL);
	if (!table)
		goto out;
	error = sg_alloc_table_from_pages(table, &page, 1, 0, PAGE_SIZE, GFP_KERNEL);
	if (error)
		goto out;
	if (map(id))		/* { dg-warning {pincheck:leak} } */
		return -EIO;
	sg_free_table(table);
out:
	kfree(table);
	unpin_user_page(page);
	return error;
}

int clean_kept(struct request *request, unsigned long start)
{
	struct page *pages[16];
	struct sg_table *table;
	int pinned = pin_user_pages_fast(start, 16, 0, pages);

	if (pinned < 0)
		return pinned;
	table = kmalloc(sizeof(*table), GFP_KERNEL);
	if (!table || sg_alloc_table_from_pages(table, pages, pinned, 0, pinned * PAGE_SIZE,
						GFP_KERNEL)) {
		kfree(table);
		unpin_user_pages(pages, pinned);
		return -ENOMEM;
	}
	request->table = table;
	return 0;
}

int clean_submitted(unsigned long start)
{
	struct page *pages[16];
	struct sg_table table;
	int pinned = pin_user_pages_fast(start, 16, 0, pages);

	if (pinned < 0)
		return pinned;
	if (sg_alloc_table_from_pages(&table, pages, pinned, 0, pinned * PAGE_SIZE, GFP_KERNEL)) {
		unpin_user_pages(pages, pinned);
		return -ENOMEM;
	}
	return submit(&table);
}

int clean_entry_submitted(unsigned long start, int (*run)(struct scatterlist *list))
{
	struct page *pages[16];
	struct sg_table table;
	int pinned = pin_user_pages_fast(start, 16, 0, pages);

	if (pinned < 0)
		return pinned;
	if (sg_alloc_table_from_pages(&table, pages, pinned, 0, pinned * PAGE_SIZE, GFP_KERNEL)) {
		unpin_user_pages(pages, pinned);
		return -ENOMEM;
	}
	return run(table.sgl);
}

int clean_given_back(unsigned long start, int id)
{
	struct page *pages[16];
	struct sg_table table;
	int pinned = pin_user_pages_fast(start, 16, 0, pages), error;
	unsigned int i;

	if (pinned < 0)
		return pinned;
	if (sg_alloc_table_from_pages(&table, pages, pinned, 0, pinned * PAGE_SIZE, GFP_KERNEL)) {
		unpin_user_pages(pages, pinned);
		return -ENOMEM;
	}
	error = map(id);
	for (i = 0; i < table.nents; i++)
		unpin_user_page(sg_page(&table.sgl[i]));
	sg_free_table(&table);
	return error;
}

int clean_taken_out(struct request *request, unsigned long start)
{
	struct page *page;
	struct sg_table table;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	if (sg_alloc_table_from_pages(&table, &page, 1, 0, PAGE_SIZE, GFP_KERNEL)) {
		unpin_user_page(page);
		return -ENOMEM;
	}
	request->first = sg_page(table.sgl);
	sg_free_table(&table);
	return 0;
}
