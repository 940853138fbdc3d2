// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Some pages of an array are kept elsewhere, too; others are in the array alone. */
#include <linux/mm.h>
#include <linux/slab.h>

struct descriptor {
	unsigned long stat[8], info[8];
};

/* The second part is in nobody's hands when it is found to be incomplete. */
int two_parts(struct descriptor *descriptor, unsigned long stat, unsigned long info, int n)
{
	struct page **pages, **infos;
	int taken, more, i;

	if (n < 1 || n > 8)
		return -EINVAL;
	pages = kmalloc_array(16, sizeof(*pages), GFP_KERNEL);
	if (!pages)
		return -ENOMEM;
	infos = pages + 8;
	taken = pin_user_pages_fast(stat, n, FOLL_LONGTERM, pages);
	if (taken != n)
		goto drop_stat;
	for (i = 0; i < n; i++)
		descriptor->stat[i] = page_to_pfn(pages[i]);
	more = pin_user_pages_fast(info, n, FOLL_LONGTERM, infos);
	if (more != n)			/* { dg-warning {pincheck:leak} } */
		goto drop_stat;
	for (i = 0; i < n; i++)
		descriptor->info[i] = page_to_pfn(infos[i]);
	kfree(pages);
	return 0;

drop_stat:
	if (taken > 0)
		unpin_user_pages(pages, taken);
	kfree(pages);
	return -ENOMEM;
}

int clean_two_parts(struct descriptor *descriptor, unsigned long stat, unsigned long info, int n)
{
	struct page **pages, **infos;
	int taken, more, i;

	if (n < 1 || n > 8)
		return -EINVAL;
	pages = kmalloc_array(16, sizeof(*pages), GFP_KERNEL);
	if (!pages)
		return -ENOMEM;
	infos = pages + 8;
	taken = pin_user_pages_fast(stat, n, FOLL_LONGTERM, pages);
	if (taken != n)
		goto drop_stat;
	for (i = 0; i < n; i++)
		descriptor->stat[i] = page_to_pfn(pages[i]);
	more = pin_user_pages_fast(info, n, FOLL_LONGTERM, infos);
	if (more != n)
		goto drop_info;
	for (i = 0; i < n; i++)
		descriptor->info[i] = page_to_pfn(infos[i]);
	kfree(pages);
	return 0;

drop_info:
	if (more > 0)
		unpin_user_pages(infos, more);
drop_stat:
	if (taken > 0)
		unpin_user_pages(pages, taken);
	kfree(pages);
	return -ENOMEM;
}

/* Who has got the first page gives it back; its place in the array is taken anew. */
int clean_filled_anew(struct descriptor *descriptor, unsigned long stat, unsigned long info)
{
	struct page *pages[2];

	if (pin_user_pages_fast(stat, 1, FOLL_LONGTERM, pages) != 1)
		return -EFAULT;
	descriptor->stat[0] = page_to_pfn(pages[0]);
	if (pin_user_pages_fast(info, 1, FOLL_LONGTERM, pages) != 1)
		return -EFAULT;
	descriptor->info[0] = page_to_pfn(pages[0]);
	return 0;
}

/* One page is kept elsewhere, the other is not. */
int keep_one(struct descriptor *descriptor, unsigned long start)
{
	struct page *pages[2];

	if (pin_user_pages_fast(start, 1, FOLL_LONGTERM, pages) != 1)
		return -EFAULT;
	if (pin_user_pages_fast(start + 4096, 1, FOLL_LONGTERM, pages + 1) != 1) {	/* { dg-warning {pincheck:leak} } */
		unpin_user_page(pages[0]);
		return -EFAULT;
	}
	descriptor->stat[0] = page_to_pfn(pages[0]);
	return 0;
}

int clean_keep_one(struct descriptor *descriptor, unsigned long start)
{
	struct page *pages[2];

	if (pin_user_pages_fast(start, 1, FOLL_LONGTERM, pages) != 1)
		return -EFAULT;
	if (pin_user_pages_fast(start + 4096, 1, FOLL_LONGTERM, pages + 1) != 1) {
		unpin_user_page(pages[0]);
		return -EFAULT;
	}
	descriptor->stat[0] = page_to_pfn(pages[0]);
	descriptor->info[0] = page_to_pfn(pages[1]);
	return 0;
}
