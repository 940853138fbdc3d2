// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* The same in a unit that takes no pages. */
#include <linux/mm.h>
#include <linux/scatterlist.h>

void two_of_one(struct scatterlist *sg)
{
	struct page *page = sg_page(sg);

	/* { dg-warning {pincheck:over-release} "" { target *-*-* } .+1 } */
	unpin_user_pages_dirty_lock(&page, 2, true);
}

void clean_one_of_one(struct scatterlist *sg)
{
	struct page *page = sg_page(sg);

	unpin_user_pages_dirty_lock(&page, 1, true);
}
