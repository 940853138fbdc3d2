// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * Pages in memory of the caller's: of two failures that it cannot tell apart one gives
 * them back.
 */
#include <linux/mm.h>
#include <linux/slab.h>

struct request {
	int count;
	int mapped;
	struct page *pages[16];
};

struct table {
	struct page **list;
	int count;
};

int check(int id);
int map(int id);

int kept(struct request *request, unsigned long start, int id)
{
	int pinned = pin_user_pages_fast(start, 16, 0, request->pages);

	if (pinned < 0)
		return pinned;
	if (pinned != 16) {
		unpin_user_pages(request->pages, pinned);
		return -EFAULT;
	}
	if (check(id) < 0)	/* { dg-warning {pincheck:leak} } */
		return -EINVAL;
	request->count = 16;
	return 0;
}

int kept_partly(struct request *request, unsigned long start, int id)
{
	int pinned, error;

	if (request->count)
		return -EBUSY;
	pinned = pin_user_pages_fast(start, 16, 0, request->pages);
	if (pinned != 16)	/* { dg-warning {pincheck:leak} } */
		return pinned < 0 ? pinned : -EFAULT;
	request->count = 16;
	error = map(id);
	if (error) {
		unpin_user_pages(request->pages, 16);
		request->count = 0;
		return error;
	}
	return 0;
}

/* The error is not known to be negative, but what else is returned is zero. */
int kept_after_error(struct request *request, unsigned long start, int id)
{
	int error;

	if (pin_user_pages_fast(start, 1, 0, request->pages) != 1)
		return -EFAULT;
	if (check(id) < 0) {
		unpin_user_page(request->pages[0]);
		return -EINVAL;
	}
	error = map(id);
	if (error)		/* { dg-warning {pincheck:leak} } */
		return error;
	return 0;
}

int clean_both(struct request *request, unsigned long start, int id)
{
	int pinned = pin_user_pages_fast(start, 16, 0, request->pages);

	if (pinned < 0)
		return pinned;
	if (pinned != 16 || check(id) < 0) {
		unpin_user_pages(request->pages, pinned);
		return -EFAULT;
	}
	request->count = 16;
	return 0;
}

/* The count tells the caller what there is left to do. */
int clean_counted(struct request *request, unsigned long start, int id)
{
	int pinned = pin_user_pages_fast(start, 16, 0, request->pages);

	if (pinned < 0)
		return pinned;
	if (pinned != 16) {
		unpin_user_pages(request->pages, pinned);
		return -EFAULT;
	}
	request->count = 16;
	return check(id) < 0 ? -EINVAL : 0;
}

/* ... also if the caller has set it, and only the other failure clears it. */
int clean_cleared(struct table *table, unsigned long start, int id)
{
	int pinned = pin_user_pages_fast(start, table->count, 0, table->list);

	if (pinned != table->count) {
		if (pinned > 0)
			unpin_user_pages(table->list, pinned);
		table->count = 0;
		return -EFAULT;
	}
	return check(id) < 0 ? -EINVAL : 0;
}

/* What is returned is a number of pages, not an error. */
int clean_number(struct request *request, unsigned long start, int id)
{
	int pinned = pin_user_pages_fast(start, 16, 0, request->pages);

	if (pinned <= 0)
		return pinned;
	if (check(id) < 0) {
		unpin_user_pages(request->pages, pinned);
		return -EINVAL;
	}
	return pinned;
}

/* net/xdp/xdp_umem.c: the pointer that is returned is no error. */
struct table *clean_pointer(struct table *table, unsigned long start)
{
	int pinned;

	if (!table)
		return NULL;
	pinned = pin_user_pages_fast(start, table->count, 0, table->list);
	if (pinned < 0)
		return NULL;
	if (pinned < table->count) {
		unpin_user_pages(table->list, pinned);
		return NULL;
	}
	return table;
}
