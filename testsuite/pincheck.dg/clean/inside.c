// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Pages in a scatterlist deep inside a record, which others get: they may give them back. */
#include <linux/mm.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>

struct cell {
	unsigned long uvirt;
	struct scatterlist mem;
};

void put_entry(struct scatterlist *mem);
struct scatterlist *where;

struct passed {
	struct { unsigned long uvirt; struct scatterlist mem; } by_passed[8];
};

int passed_map(struct passed *table, int i, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, 0, &page) != 1)
		return -EFAULT;
	sg_set_page(&table->by_passed[i].mem, page, PAGE_SIZE, 0);
	return 0;
}

void passed_free(struct passed *table)
{
	int i;

	for (i = 0; i < 8; i++)
		put_entry(&table->by_passed[i].mem);
	table->by_passed[0].uvirt = 0;
	kfree(table);
}

struct walked {
	struct { unsigned long uvirt; struct scatterlist mem; } by_walked[8];
};

int walked_map(struct walked *table, int i, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, 0, &page) != 1)
		return -EFAULT;
	sg_set_page(&table->by_walked[i].mem, page, PAGE_SIZE, 0);
	return 0;
}

void walked_free(struct walked *table)
{
	struct scatterlist *mem = &table->by_walked[0].mem;

	while (mem) {
		put_entry(mem);
		mem = sg_next(mem);
	}
	table->by_walked[0].uvirt = 0;
	kfree(table);
}

struct kept {
	struct { unsigned long uvirt; struct scatterlist mem; } by_kept[8];
};

int kept_map(struct kept *table, int i, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, 0, &page) != 1)
		return -EFAULT;
	sg_set_page(&table->by_kept[i].mem, page, PAGE_SIZE, 0);
	return 0;
}

void kept_free(struct kept *table)
{
	put_entry(where);
	table->by_kept[0].uvirt = 0;
	kfree(table);
}

void kept_show(struct kept *table)
{
	where = &table->by_kept[0].mem;
}

struct returned {
	struct { unsigned long uvirt; struct scatterlist mem; } by_returned[8];
};

int returned_map(struct returned *table, int i, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, 0, &page) != 1)
		return -EFAULT;
	sg_set_page(&table->by_returned[i].mem, page, PAGE_SIZE, 0);
	return 0;
}

struct page *returned_page(struct returned *table, int i)
{
	return sg_page(&table->by_returned[i].mem);
}

void returned_free(struct returned *table)
{
	table->by_returned[0].uvirt = 0;
	kfree(table);
}

struct copied {
	struct cell by_copied[8];
};

int copied_map(struct copied *table, int i, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, 0, &page) != 1)
		return -EFAULT;
	sg_set_page(&table->by_copied[i].mem, page, PAGE_SIZE, 0);
	return 0;
}

void copied_take(struct copied *table, struct cell *cell)
{
	*cell = table->by_copied[0];
	table->by_copied[0].uvirt = 0;
	kfree(table);
}

struct moved {
	struct { unsigned long uvirt; struct scatterlist mem; } by_moved[8];
};

int moved_map(struct moved *table, int i, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, 0, &page) != 1)
		return -EFAULT;
	sg_set_page(&table->by_moved[i].mem, page, PAGE_SIZE, 0);
	return 0;
}

void moved_free(struct moved *table, struct scatterlist *to)
{
	sg_set_page(to, sg_page(&table->by_moved[0].mem), PAGE_SIZE, 0);
	table->by_moved[0].uvirt = 0;
	kfree(table);
}
