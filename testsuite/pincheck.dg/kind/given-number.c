// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* A page frame number that a call leaves in a variable. */
#include <linux/mm.h>

int find_frame(unsigned long at, unsigned long *pfn)
	__attribute__((pincheck("gives ordinary *$2 when return == 0")));
int look_at(unsigned long pfn, int *level);
int replace(unsigned long *pfn);

int unpin_found(unsigned long at)
{
	unsigned long pfn;
	int level, ret;

	ret = find_frame(at, &pfn);
	if (ret)
		return ret;
	ret = look_at(pfn, &level);
	unpin_user_page(pfn_to_page(pfn));	/* { dg-warning {pincheck:unpin-ordinary} } */
	return ret;
}

int clean_put_found(unsigned long at)
{
	unsigned long pfn;
	int level, ret;

	ret = find_frame(at, &pfn);
	if (ret)
		return ret;
	ret = look_at(pfn, &level);
	put_page(pfn_to_page(pfn));
	return ret;
}

/* Another page may be there now. */
int clean_replaced(unsigned long at)
{
	unsigned long pfn;
	int ret;

	ret = find_frame(at, &pfn);
	if (ret)
		return ret;
	ret = replace(&pfn);
	unpin_user_page(pfn_to_page(pfn));
	return ret;
}
