// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* The structure is the kernel's, the pages are this unit's. */
#include <linux/bio.h>
#include <linux/mm.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>

struct vector {
	struct bio_vec *entries;
	int count;
};

int vector_fill(struct vector *vector, unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	vector->entries[vector->count].bv_page = page;
	vector->count++;
	return 0;
}

void vector_drop(struct vector *vector)
{
	int i;

	for (i = 0; i < vector->count; i++)
		put_page(vector->entries[i].bv_page);	/* { dg-warning {pincheck:put-pinned} } */
}

struct right {
	struct scatterlist *list;
};

int clean_fill(struct right *right, unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	sg_set_page(right->list, page, PAGE_SIZE, 0);
	return 0;
}

void clean_drop(struct right *right)
{
	unpin_user_page(sg_page(right->list));
}
