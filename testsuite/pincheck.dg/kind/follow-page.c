// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * follow_page() takes a reference if it is asked to by a flag, and is asked for it again by
 * the same flag where it is given back; as do_pages_stat_array() does in mm/migrate.c.
 */
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/mm.h>

#define FOLL_DUMP	0x10

int node_lost(struct vm_area_struct *vma, unsigned long addr, unsigned long huge)
{
	unsigned int flags = FOLL_DUMP;
	struct page *page;

	if (!huge)
		flags |= FOLL_GET;
	page = follow_page(vma, addr, flags);
	if (IS_ERR(page))
		return PTR_ERR(page);
	if (!page)
		return -EFAULT;
	if (page_to_pfn(page) & 1)	/* { dg-warning {pincheck:leak} } */
		return 1;
	if (flags & FOLL_GET)
		put_page(page);
	return 0;
}

int node(struct vm_area_struct *vma, unsigned long addr, unsigned long huge)
{
	unsigned int flags = FOLL_DUMP;
	struct page *page;
	int ret = 0;

	if (!huge)
		flags |= FOLL_GET;
	page = follow_page(vma, addr, flags);
	if (IS_ERR(page))
		return PTR_ERR(page);
	if (!page)
		return -EFAULT;
	if (page_to_pfn(page) & 1)
		ret = 1;
	if (flags & FOLL_GET)
		put_page(page);
	return ret;
}

/* Without the flag there is nothing to give back. */
unsigned long borrowed(struct vm_area_struct *vma, unsigned long addr)
{
	struct page *page = follow_page(vma, addr, FOLL_DUMP);

	return IS_ERR_OR_NULL(page) ? 0 : page_to_pfn(page);
}

/* ---- as mm/ksm.c: the page goes with an object, which is found by a member of it ---- */

struct link {
	struct link *next;
};

struct item {
	unsigned long addr;
	struct link link;
};

static struct item *find(struct link *link, struct vm_area_struct *vma, struct page **found)
{
	struct item *item;
	struct page *page;

	if (!link->next)
		return NULL;
	item = container_of(link->next, struct item, link);
	page = follow_page(vma, item->addr, FOLL_GET);
	if (IS_ERR_OR_NULL(page))
		return NULL;
	*found = page;
	return item;
}

void merge(struct link *link, struct vm_area_struct *vma)
{
	struct page *page;
	struct item *item = find(link, vma, &page);

	if (item) {
		item->addr = 0;
		put_page(page);
	}
}

void merge_lost(struct link *link, struct vm_area_struct *vma, unsigned long sum)
{
	struct page *page;
	struct item *item = find(link, vma, &page);

	if (item) {
		if (item->addr == sum)	/* { dg-warning {pincheck:leak} } */
			return;
		put_page(page);
	}
}
