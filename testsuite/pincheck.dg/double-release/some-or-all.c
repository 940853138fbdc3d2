// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * One label for some of the pages and for all of them: how many were given back there goes
 * by two names, and the first one is among them either way.
 */
#include <linux/mm.h>
#include <linux/slab.h>

void report(int error);

int given_back_twice(struct page **pages, unsigned long start, unsigned int n, int error)
{
	int rc;

	rc = pin_user_pages_fast(start, n, FOLL_WRITE, pages);
	if (rc < 0)
		return rc;
	if (rc != n) {
		n = rc;
		rc = -ENOMEM;
		goto put;
	}
	rc = error;
	if (!rc)
		return 0;
put:
	unpin_user_pages(pages, n);
	if (rc != -ENOMEM)
		report(rc);
	unpin_user_page(pages[0]);	/* { dg-warning {pincheck:double-release} } */
	return rc;
}

/* Some of N, or all of them: those in *N. */
static int take(struct page **pages, unsigned long start, unsigned int *n, int error)
{
	int rc = pin_user_pages_fast(start, *n, FOLL_WRITE, pages);

	if (rc < 0) {
		*n = 0;
		return rc;
	}
	if (rc == *n)
		return error;
	*n = rc;
	return -ENOMEM;
}

int taken_by_a_helper(struct page **pages, unsigned long start, unsigned int n, int error)
{
	int rc = take(pages, start, &n, error);

	if (!n)
		return rc;
	unpin_user_pages(pages, n);
	if (rc != -ENOMEM)
		report(rc);
	unpin_user_page(pages[0]);	/* { dg-warning {pincheck:double-release} } */
	return rc;
}

/* The count is gone where it was made, as it shares a variable with an error. */
int used(unsigned long start, unsigned int n, int error)
{
	struct page **pages = kvmalloc_array(n, sizeof(*pages), GFP_KERNEL);
	int rc;

	if (!pages)
		return -ENOMEM;
	rc = pin_user_pages_fast(start, n, FOLL_WRITE, pages);
	if (rc < 0)
		goto free;
	if (rc != n) {
		n = rc;
		rc = -ENOMEM;
		goto put;
	}
	rc = error;
put:
	unpin_user_pages(pages, n);
	if (rc == -ENOMEM)
		set_page_dirty_lock(pages[0]);	/* { dg-warning {pincheck:use-after-release} } */
free:
	kvfree(pages);
	return rc;
}

int clean_before(unsigned long start, unsigned int n, int error)
{
	struct page *pages[16];
	int rc = take(pages, start, &n, error);

	if (!n)
		return rc;
	set_page_dirty_lock(pages[0]);
	unpin_user_pages(pages, n);
	return rc;
}

/* All of them are given back on one side, and all but the first on the other. */
int clean_one_is_left(unsigned long start, unsigned int n)
{
	struct page *pages[16];
	bool is_left = false;
	int rc = pin_user_pages_fast(start, n, FOLL_WRITE, pages);

	if (rc < 0)
		return rc;
	if (rc != n) {
		unpin_user_pages(pages, rc);
	} else {
		unpin_user_pages(pages + 1, n - 1);
		is_left = true;
	}
	if (is_left)
		unpin_user_page(pages[0]);
	return 0;
}

/* New ones were taken there since. */
int clean_taken_again(unsigned long start, unsigned int n, int error)
{
	struct page *pages[16];
	int rc = take(pages, start, &n, error);

	if (n)
		unpin_user_pages(pages, n);
	if (pin_user_pages_fast(start, 1, FOLL_WRITE, pages) == 1)
		unpin_user_page(pages[0]);
	return rc;
}
