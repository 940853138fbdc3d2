// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * A flag in a record chooses the kind, and a helper in between writes another field of the
 * record (mm/gup_test.c: dump_pages_test).
 */
#include <linux/mm.h>
#include <linux/uaccess.h>

struct request {
	unsigned long start;
	unsigned int flags;
	unsigned int which[8];
};

static void check_which(struct request *request, unsigned int count)
{
	unsigned int i;

	for (i = 0; i < 8; i++)
		if (request->which[i] > count)
			request->which[i] = 0;
}

static void check_twice(struct request *request, unsigned int count)
{
	unsigned int i;

	for (i = 0; i < 2; i++)
		check_which(request, count);
}

/* A parameter, a field of which has been written before. */
int of_caller(struct request *request, struct page **pages)
{
	long ret;

	if (request->flags & 1)
		ret = pin_user_pages_fast(request->start, 8, 0, pages);
	else
		ret = get_user_pages_fast(request->start, 8, 0, pages);
	if (ret != 8)
		return ret;
	request->start = 0;
	check_which(request, 8);
	if (request->flags & 1)
		release_pages(pages, 8);	/* { dg-warning {pincheck:wrong-guard} } */
	else
		unpin_user_pages(pages, 8);	/* { dg-warning {pincheck:wrong-guard} } */
	return 0;
}

int of_caller_right(struct request *request, struct page **pages)
{
	long ret;

	if (request->flags & 1)
		ret = pin_user_pages_fast(request->start, 8, 0, pages);
	else
		ret = get_user_pages_fast(request->start, 8, 0, pages);
	if (ret != 8)
		return ret;
	request->start = 0;
	check_which(request, 8);
	if (request->flags & 1)
		unpin_user_pages(pages, 8);
	else
		release_pages(pages, 8);
	return 0;
}

/* A record of its own, that the user has filled; the helper asks another one. */
int of_user(void *user, struct page **pages)
{
	struct request request;
	long ret;

	if (copy_from_user(&request, user, sizeof(request)))
		return -EFAULT;
	if (request.flags & 1)
		ret = pin_user_pages_fast(request.start, 8, 0, pages);
	else
		ret = get_user_pages_fast(request.start, 8, 0, pages);
	if (ret != 8)
		return ret;
	check_twice(&request, 8);
	if (request.flags & 1)
		release_pages(pages, 8);	/* { dg-warning {pincheck:wrong-guard} } */
	else
		unpin_user_pages(pages, 8);	/* { dg-warning {pincheck:wrong-guard} } */
	return 0;
}

int of_user_right(void *user, struct page **pages)
{
	struct request request;
	long ret;

	if (copy_from_user(&request, user, sizeof(request)))
		return -EFAULT;
	if (request.flags & 1)
		ret = pin_user_pages_fast(request.start, 8, 0, pages);
	else
		ret = get_user_pages_fast(request.start, 8, 0, pages);
	if (ret != 8)
		return ret;
	check_twice(&request, 8);
	if (request.flags & 1)
		unpin_user_pages(pages, 8);
	else
		release_pages(pages, 8);
	return 0;
}

/* The fields that are written are unknown afterwards: this is all the same number. */
int written_right(void *user, struct page **pages)
{
	struct request request;
	long ret;
	unsigned int first;

	if (copy_from_user(&request, user, sizeof(request)))
		return -EFAULT;
	first = request.which[0];
	if (first)
		ret = pin_user_pages_fast(request.start, 8, 0, pages);
	else
		ret = get_user_pages_fast(request.start, 8, 0, pages);
	if (ret != 8)
		return ret;
	check_which(&request, 8);
	if (request.which[0] == first && first)
		unpin_user_pages(pages, 8);
	else if (!first)
		release_pages(pages, 8);
	else
		unpin_user_pages(pages, 8);
	return 0;
}
