// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * With no array at all get_user_pages() takes nothing, whatever it returns.  Who passes one
 * that was found in a record has one, or rounds without holdings come between those with.
 */
#include <linux/mm.h>

struct table {
	struct page **pages;
	unsigned int count;
	unsigned long start;
	int stop;
};

int forgotten(struct table *table, struct table *other)
{
	unsigned int taken = 0, more = 0;
	int ret;

	do {
		ret = get_user_pages(table->start + taken * PAGE_SIZE, table->count - taken, 0,
				     table->pages + taken);
		if (ret < 0)
			goto release;
		taken += ret;
	} while (taken < table->count);
	do {
		ret = get_user_pages(other->start + more * PAGE_SIZE, other->count - more, 0,
				     other->pages + more);
		if (ret < 0)
			goto release;
		more += ret;
	} while (more < other->count);
	if (table->stop)	/* { dg-warning {pincheck:leak} } */
		return -EBUSY;
	return 0;

release:
	release_pages(other->pages, more);
	release_pages(table->pages, taken);
	return ret;
}

int clean_forgotten(struct table *table, struct table *other)
{
	unsigned int taken = 0, more = 0;
	int ret;

	do {
		ret = get_user_pages(table->start + taken * PAGE_SIZE, table->count - taken, 0,
				     table->pages + taken);
		if (ret < 0)
			goto release;
		taken += ret;
	} while (taken < table->count);
	do {
		ret = get_user_pages(other->start + more * PAGE_SIZE, other->count - more, 0,
				     other->pages + more);
		if (ret < 0)
			goto release;
		more += ret;
	} while (more < other->count);
	ret = -EBUSY;
	if (table->stop)
		goto release;
	return 0;

release:
	release_pages(other->pages, more);
	release_pages(table->pages, taken);
	return ret;
}

/* Here the path knows that there is none. */
long clean_fault_in(unsigned long start, unsigned long count)
{
	return get_user_pages(start, count, FOLL_WRITE, NULL);
}

/* The caller decides. */
long clean_perhaps(unsigned long start, unsigned long count, struct page **pages)
{
	long ret = get_user_pages(start, count, FOLL_WRITE, pages);

	if (ret > 0 && pages)
		release_pages(pages, ret);
	return ret;
}
