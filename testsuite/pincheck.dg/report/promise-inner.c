// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* A function is to give pages back, and hands them to one that gives back none: which? */
#include <linux/mm.h>

void hand_to_none(struct page **pages, int count)
	__attribute__((pincheck("releases pinned $1[0 .. $2)")));

static void none_helper(struct page **pages, int count)
{
	int i;

	for (i = 0; i < count; i++)
		set_page_dirty_lock(pages[i]);
}	/* { dg-note {\(1\) 'none_helper' gets them, and gives back none} } */

void hand_to_none(struct page **pages, int count)
{
	none_helper(pages, count);
	/* { dg-warning {pincheck:leak} "" { target *-*-* } .+2 } */
	/* { dg-note {\(2\) the caller takes them} "" { target *-*-* } .+1 } */
}
