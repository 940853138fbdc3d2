// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * A helper takes a page into a variable of its own, and returns it, or puts it where its caller
 * has said: the caller holds it then.  Reduced from get_arg_page() of fs/exec.c.
 */
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/slab.h>

struct context {
	struct page *page;
	struct page *pages[8];
};

int use(void *address);

static struct page *get_one(unsigned long pos)
{
	struct page *page;

	if (get_user_pages_fast(pos, 1, 0, &page) != 1)
		return NULL;
	return page;
}

static struct page *pin_one(unsigned long pos)
{
	struct page *page;
	int ret = pin_user_pages_fast(pos, 1, 0, &page);

	if (ret != 1)
		return ERR_PTR(ret < 0 ? ret : -EFAULT);
	return page;
}

static int pin_out(unsigned long pos, struct page **pagep)
{
	struct page *page;
	int ret = pin_user_pages_fast(pos, 1, 0, &page);

	if (ret != 1)
		return ret < 0 ? ret : -EFAULT;
	*pagep = page;
	return 0;
}

static void put_one(struct page *page)
{
	put_page(page);
}

static void put_twice(struct page *page)
{
	put_page(page);
	put_page(page);		/* { dg-warning {pincheck:double-release} } */
}

int twice(unsigned long pos)
{
	struct page *page = get_one(pos);

	if (!page)
		return -EFAULT;
	put_twice(page);
	return 0;
}

int clean_once(unsigned long pos)
{
	struct page *page = get_one(pos);

	if (!page)
		return -EFAULT;
	put_one(page);
	return 0;
}

int lost(unsigned long pos)
{
	struct page *page = get_one(pos);
	int ret;

	if (!page)
		return -EFAULT;
	ret = use(NULL);
	if (ret)			/* { dg-warning {pincheck:leak} } */
		return ret;
	put_page(page);
	return 0;
}

int lost_out(unsigned long pos)
{
	struct page *page;
	int ret = pin_out(pos, &page);

	if (ret)
		return ret;
	ret = use(NULL);
	if (ret)			/* { dg-warning {pincheck:leak} } */
		return ret;
	unpin_user_page(page);
	return 0;
}

int clean_out(unsigned long pos, struct context *context)
{
	struct page *page;
	int ret = pin_out(pos, &page);

	if (ret)
		return ret;
	ret = use(page_address(page));
	if (ret) {
		unpin_user_page(page);
		return ret;
	}
	context->page = page;
	return 0;
}

int clean_kept(struct context *context, unsigned long pos)
{
	context->page = pin_one(pos);
	if (IS_ERR(context->page)) {
		context->page = NULL;
		return -EFAULT;
	}
	return 0;
}

int clean_several(struct context *context, unsigned long pos, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		context->pages[i] = pin_one(pos + i * PAGE_SIZE);
		if (IS_ERR(context->pages[i]))
			goto undo;
	}
	return 0;
undo:
	while (--i >= 0)
		unpin_user_page(context->pages[i]);
	return -EFAULT;
}

int clean_last(unsigned long pos, int n)
{
	struct page *page, *last = NULL;
	int i;

	for (i = 0; i < n; i++) {
		page = pin_one(pos + i * PAGE_SIZE);
		if (IS_ERR(page))
			break;
		if (last)
			unpin_user_page(last);
		last = page;
	}
	if (last)
		unpin_user_page(last);
	return 0;
}

int clean_two(unsigned long pos)
{
	struct page *first, *second = NULL;
	int ret = -EFAULT;

	first = pin_one(pos);
	if (IS_ERR(first)) {
		first = NULL;
		goto out;
	}
	second = pin_one(pos + PAGE_SIZE);
	if (IS_ERR(second)) {
		second = NULL;
		goto out;
	}
	ret = use(page_address(first)) + use(page_address(second));
out:
	if (first)
		unpin_user_page(first);
	if (second)
		unpin_user_page(second);
	return ret;
}

int clean_again(unsigned long pos, int tries)
{
	struct page *page;
	int ret;

retry:
	page = get_one(pos);
	if (!page)
		return -EFAULT;
	ret = use(page_address(page));
	put_page(page);
	if (ret == -EAGAIN && tries--)
		goto retry;
	return ret;
}

/* The helper finds a page that is there already, or takes one. */
static struct page *look_up(struct context *context, unsigned long pos)
{
	struct page *page;

	if (context->page) {
		get_page(context->page);
		return context->page;
	}
	if (get_user_pages_fast(pos, 1, 0, &page) != 1)
		return NULL;
	return page;
}

int clean_look_up(struct context *context, unsigned long pos)
{
	struct page *page = look_up(context, pos);
	int ret;

	if (!page)
		return -EFAULT;
	ret = use(page_address(page));
	put_page(page);
	return ret;
}

/* It has taken one reference more, for another who gets the page. */
static struct page *get_both(unsigned long pos, struct page **second)
{
	struct page *page;

	if (get_user_pages_fast(pos, 1, 0, &page) != 1)
		return NULL;
	get_page(page);
	*second = page;
	return page;
}

int clean_both(unsigned long pos)
{
	struct page *other, *page = get_both(pos, &other);
	int ret;

	if (!page)
		return -EFAULT;
	ret = use(page_address(page));
	put_page(page);
	put_page(other);
	return ret;
}

/* The number of the page outlives the variable. */
static unsigned long number_of(unsigned long pos)
{
	struct page *page;

	if (get_user_pages_fast(pos, 1, 0, &page) != 1)
		return ~0UL;
	return page_to_pfn(page);
}

int clean_number(unsigned long pos)
{
	unsigned long pfn = number_of(pos);
	int ret;

	if (pfn == ~0UL)
		return -EFAULT;
	ret = use((void *)pfn);
	put_page(pfn_to_page(pfn));
	return ret;
}
