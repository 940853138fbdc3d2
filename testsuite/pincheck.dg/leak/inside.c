// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * Pages in a scatterlist deep inside a record of the unit's own.
 * Reduced from drivers/infiniband/hw/mthca/mthca_memfree.c, mthca_map_user_db() and
 * mthca_cleanup_user_db_tab().
 */
#include <linux/mm.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>

struct lost_table {
	int count;
	struct {
		unsigned long uvirt;
		struct scatterlist mem;
		int users;
	} entry[8];
};

struct lost_table *lost_new(void)
{
	struct lost_table *table = kmalloc(sizeof(*table), GFP_KERNEL);
	int i;

	if (!table)
		return NULL;
	for (i = 0; i < 8; i++) {
		table->entry[i].users = 0;
		table->entry[i].uvirt = 0;
		sg_init_table(&table->entry[i].mem, 1);
	}
	return table;
}

int lost_map(struct lost_table *table, int i, unsigned long addr)
{
	struct page *page;

	if (table->entry[i].uvirt)
		return -EBUSY;
	if (pin_user_pages_fast(addr, 1, FOLL_WRITE | FOLL_LONGTERM, &page) != 1)
		return -EFAULT;
	sg_set_page(&table->entry[i].mem, page, PAGE_SIZE, 0);
	table->entry[i].uvirt = addr;
	table->entry[i].users = 1;
	return 0;
}

void lost_free(struct lost_table *table)
{
	int i;

	for (i = 0; i < 8; i++)
		if (table->entry[i].uvirt)
			table->entry[i].uvirt = 0;
	kfree(table);		/* { dg-warning {no function gives back .*pincheck:leak} } */
}

struct table {
	int count;
	struct {
		unsigned long uvirt;
		struct scatterlist mem;
		int users;
	} slot[8];
};

int table_map(struct table *table, int i, unsigned long addr)
{
	struct page *page;

	if (table->slot[i].uvirt)
		return -EBUSY;
	if (pin_user_pages_fast(addr, 1, FOLL_WRITE | FOLL_LONGTERM, &page) != 1)
		return -EFAULT;
	sg_set_page(&table->slot[i].mem, page, PAGE_SIZE, 0);
	table->slot[i].uvirt = addr;
	table->slot[i].users = 1;
	return 0;
}

void table_free(struct table *table)
{
	int i;

	for (i = 0; i < 8; i++)
		if (table->slot[i].uvirt)
			unpin_user_page(sg_page(&table->slot[i].mem));
	kfree(table);
}
