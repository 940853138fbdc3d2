// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * A function that returns NULL, an error or a page (alloc_anon_folio() of mm/memory.c): the
 * error is told from the page, and the page keeps its kind.
 */
#include <linux/mm.h>
#include <linux/err.h>
#include <linux/slab.h>

int prepare(void);
int charge(struct page *page);

static struct page *my_alloc(int retry)
{
	struct page *page;

	if (prepare())
		return ERR_PTR(-EAGAIN);
	do {
		page = alloc_page(GFP_KERNEL);
		if (page) {
			if (!charge(page))
				return page;
			put_page(page);
		}
	} while (--retry > 0);
	return NULL;
}

int put_wrongly(int retry)
{
	struct page *page = my_alloc(retry);
	int ret;

	if (IS_ERR(page))
		return PTR_ERR(page);
	if (!page)
		return -ENOMEM;
	ret = prepare();
	if (ret)
		unpin_user_page(page);	/* { dg-warning {pincheck:unpin-ordinary} } */
	return ret;
}

int clean_put(int retry)
{
	struct page *page = my_alloc(retry);
	int ret;

	if (IS_ERR(page))
		return PTR_ERR(page);
	if (!page)
		return -ENOMEM;
	ret = prepare();
	if (ret)
		put_page(page);
	return ret;
}

static struct page *alloc_unless(int fails)
{
	return fails ? ERR_PTR(-EAGAIN) : alloc_page(GFP_KERNEL);
}

/* Where it fails there is an error, so that the last test cannot be true. */
int clean_error_is_one(unsigned long start, int fails)
{
	struct page *page, *other;
	int ret = 0;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	other = alloc_unless(fails);
	if (IS_ERR(other)) {
		ret = PTR_ERR(other);
		goto out;
	}
	if (fails)
		return 0;
	if (other)
		put_page(other);
out:
	unpin_user_page(page);
	return ret == -EAGAIN ? 0 : ret;
}

/* Where pages are held there is no error: sev_pin_memory() of KVM, and its callers. */
int clean_array_is_no_error(unsigned long start, int count)
{
	struct page **pages = kmalloc(count * sizeof(*pages), GFP_KERNEL);
	int pinned;

	if (!pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, count, 0, pages);
	if (pinned != count) {
		if (pinned > 0)
			unpin_user_pages(pages, pinned);
		kfree(pages);
		return -EFAULT;
	}
	if (IS_ERR(pages))
		return -EINVAL;
	unpin_user_pages(pages, count);
	kfree(pages);
	return 0;
}
