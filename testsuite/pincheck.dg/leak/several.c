// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * What one acquire has taken is lost at several places.  Each is said where it has to be
 * mended by itself, and none twice.
 */
#include <linux/mm.h>
#include <linux/slab.h>

int check(int id);
int map(int id);
void unmap(int id);

int two_returns(unsigned long start, int id)
{
	struct page *pages[16];
	int pinned = pin_user_pages_fast(start, 16, 0, pages), ret = -EINVAL;

	if (pinned < 0)
		return pinned;
	if (pinned != 16)	/* { dg-warning {pincheck:leak} } */
		return -EFAULT;
	if (check(id) < 0)	/* { dg-warning {pincheck:leak} } */
		return ret;
	if (check(id + 1) < 0)
		goto unpin;
	ret = 0;
unpin:
	unpin_user_pages(pages, pinned);
	return ret;
}

int clean_two_labels(unsigned long start, int id)
{
	struct page *pages[16];
	int pinned = pin_user_pages_fast(start, 16, 0, pages), ret = -EINVAL;

	if (pinned < 0)
		return pinned;
	if (pinned != 16)
		goto unpin;
	if (check(id) < 0)
		goto unpin;
	if (check(id + 1) < 0)
		goto unpin;
	ret = 0;
unpin:
	unpin_user_pages(pages, pinned);
	return ret;
}

static void give_back(struct page **pages, int pinned)
{
	if (pinned > 0)
		unpin_user_pages(pages, pinned);
}

/* The same, given back by a function of its own. */
int two_returns_but_helper(unsigned long start, int id)
{
	struct page *pages[16];
	int pinned = pin_user_pages_fast(start, 16, 0, pages), ret = -EINVAL;

	if (pinned < 0)
		return pinned;
	if (pinned != 16)	/* { dg-warning {pincheck:leak} } */
		return -EFAULT;
	if (check(id) < 0)	/* { dg-warning {pincheck:leak} } */
		return ret;
	give_back(pages, pinned);
	return 0;
}

/* The pages of earlier rounds are lost where a later acquire fails. */
int rounds(unsigned long start, int id)
{
	struct page *pages[16];
	int i, got, ret = 0;

	for (i = 0; i < 16 && !ret; i++) {
		if (map(id))
			ret = -EIO;
		got = pin_user_pages_fast(start + i * PAGE_SIZE, 1, 0, pages + i);
		if (got < 1)		/* { dg-warning {pincheck:leak} } */
			return -EFAULT;
	}
	unpin_user_pages(pages, i);
	return ret;
}

int clean_rounds(unsigned long start, int id)
{
	struct page *pages[16];
	int i, got, ret = 0;

	for (i = 0; i < 16 && !ret; i++) {
		if (map(id))
			ret = -EIO;
		got = pin_user_pages_fast(start + i * PAGE_SIZE, 1, 0, pages + i);
		if (got < 1) {
			ret = -EFAULT;
			break;
		}
	}
	unpin_user_pages(pages, i);
	return ret;
}

/* One line is missing: behind the label that both come to. */
int one_label(unsigned long start, int n, int id)
{
	struct page **pages = kmalloc_array(n, sizeof(*pages), GFP_KERNEL);
	int pinned, ret = -EFAULT;

	if (!pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, n, 0, pages);
	if (pinned < 0)
		goto free;
	if (pinned != n) {
		unpin_user_pages(pages, pinned);
		goto free;
	}
	if (check(id) < 0)		/* { dg-warning {pincheck:leak} } */
		goto unmap;
	if (check(id + 1) < 0)
		goto unmap;
	unpin_user_pages(pages, n);
	ret = 0;
	goto free;
unmap:
	unmap(id);
free:
	kfree(pages);
	return ret;
}

int clean_one_label(unsigned long start, int n, int id)
{
	struct page **pages = kmalloc_array(n, sizeof(*pages), GFP_KERNEL);
	int pinned, ret = -EFAULT;

	if (!pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, n, 0, pages);
	if (pinned < 0)
		goto free;
	if (pinned != n || check(id) < 0)
		goto unmap;
	if (check(id + 1) < 0)
		goto unmap;
	ret = 0;
unmap:
	unmap(id);
	unpin_user_pages(pages, pinned);
free:
	kfree(pages);
	return ret;
}

/* One return, to which two tests lead. */
int one_return(unsigned long start, int id)
{
	struct page *pages[16];
	int pinned = pin_user_pages_fast(start, 16, 0, pages);

	if (pinned < 0)
		return pinned;
	if (pinned != 16 || check(id) < 0)	/* { dg-warning {pincheck:leak} } */
		return -EINVAL;
	unpin_user_pages(pages, pinned);
	return 0;
}

/* Nobody gives anything back: said once. */
int nowhere(unsigned long start, int id)
{
	struct page *page;
	int ret;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	if (check(id) < 0)		/* { dg-warning {pincheck:leak} } */
		return -EINVAL;
	ret = check(id + 1);
	if (ret < 0)
		return -EBUSY;
	return ret;
}
