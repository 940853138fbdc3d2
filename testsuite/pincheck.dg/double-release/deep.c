// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * Pages that a small function gives back which is called deeper than calls are followed
 * otherwise.  As in drivers/misc/vmw_vmci/vmci_queue_pair.c, qp_release_pages().
 */
#include <linux/mm.h>

extern int device_stop(int id);
extern int device_is_stopped(int id);

static void give_back(struct page **pages, int count)
{
	int i;

	for (i = 0; i < count; i++)
		unpin_user_page(pages[i]);
}

static int close_queue(int id, struct page **pages, int count)
{
	int ret = device_stop(id);

	if (ret && !device_is_stopped(id))
		ret = -EBUSY;
	give_back(pages, count);
	return ret;
}

static int close_pair(int id, struct page **pages, int count)
{
	int ret = close_queue(id, pages, count);

	if (ret && device_is_stopped(id + 1))
		ret = 0;
	return ret;
}

static int close_all(int id, struct page **pages, int count)
{
	int ret = close_pair(id, pages, count);

	if (ret)
		device_stop(-id);
	return ret;
}

int twice(unsigned long addr)
{
	struct page *pages[4];
	int ret;

	if (pin_user_pages_fast(addr, 1, FOLL_WRITE, pages) != 1)
		return -EFAULT;
	ret = close_all(1, pages, 1);
	unpin_user_page(pages[0]);	/* { dg-warning {a second time.*pincheck:double-release} } */
	return ret;
}

int once(unsigned long addr)
{
	struct page *pages[4];

	if (pin_user_pages_fast(addr, 1, FOLL_WRITE, pages) != 1)
		return -EFAULT;
	return close_all(1, pages, 1);
}
