// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* { dg-additional-options "-fplugin-arg-pincheck-dump=summary" } */
/* Pages in the fields of objects, and in memory that is returned. */
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/slab.h>

struct object {
	struct page **pages;
	int count;
	struct page *page;
};

struct page **pin_array(unsigned long addr, int n, int *count)
{
	/* { dg-dump {^function pin_array\(addr, n, count\)\n\tallocates return zeroed or null\n\tacquires pinned return\[0 .. \*count\) when not return is null$} } */
	struct page **pages = kcalloc(n, sizeof(*pages), GFP_KERNEL);
	int ret;

	if (!pages)
		return NULL;
	ret = pin_user_pages_fast(addr, n, 0, pages);
	if (ret <= 0) {
		kfree(pages);
		return NULL;
	}
	*count = ret;
	return pages;
}

struct object *pin_object(unsigned long addr, int n)
{
	/* { dg-dump {^function pin_object\(addr, n\)\n\tallocates return.* or error\n\tallocates return->pages.* when not return is error\n\tacquires pinned return->pages\[0 .. return->count\) when not return is error$} } */
	struct object *object = kzalloc(sizeof(*object), GFP_KERNEL);
	int ret;

	if (!object)
		return ERR_PTR(-ENOMEM);
	object->pages = kcalloc(n, sizeof(*object->pages), GFP_KERNEL);
	if (!object->pages) {
		kfree(object);
		return ERR_PTR(-ENOMEM);
	}
	ret = pin_user_pages_fast(addr, n, 0, object->pages);
	if (ret < 0) {
		kfree(object->pages);
		kfree(object);
		return ERR_PTR(ret);
	}
	object->count = ret;
	return object;
}

int pin_into(struct object *object, unsigned long addr, int n)
{
	/* { dg-dump {^function pin_into\(object, addr, n\)\n\treturns -errno .. 0\n\tacquires pinned object->pages\[0 .. object->count\) when return == 0$} } */
	int ret = pin_user_pages_fast(addr, n, 0, object->pages);

	if (ret < 0)
		return ret;
	object->count = ret;
	return 0;
}

int pin_anew(struct object *object, unsigned long addr, int n)
{
	/* { dg-dump {^function pin_anew\(object, addr, n\)\n\treturns -errno .. 0\n\tallocates object->pages when return == 0\n\tacquires pinned object->pages\[0 .. n\) when return == 0$} } */
	struct page **pages = kvmalloc_array(n, sizeof(*pages), GFP_KERNEL);
	int ret;

	if (!pages)
		return -ENOMEM;
	ret = pin_user_pages_fast(addr, n, 0, pages);
	if (ret != n) {
		if (ret > 0)
			unpin_user_pages(pages, ret);
		kvfree(pages);
		return ret < 0 ? ret : -EFAULT;
	}
	object->pages = pages;
	object->count = n;
	return 0;
}

void put_object(struct object *object)
{
	/* { dg-dump {^function put_object\(object\)\n\treleases pinned object->pages\[0 .. object->count\) skipping null\n\tfrees object->pages\n\tfrees object$} } */
	unpin_user_pages(object->pages, object->count);
	kfree(object->pages);
	kfree(object);
}

struct page *put_field(struct object *object)
{
	/* { dg-dump {^function put_field\(object\)\n\treturns object->page\n\treleases ordinary object->page$} } */
	put_page(object->page);
	return object->page;
}

void keep(struct object *object, struct page *page)
{
	/* { dg-dump {^function keep\(object, page\)\n\tadds ordinary page\n\tstores page in object->page$} } */
	get_page(page);
	object->page = page;
}

static struct page *cached;

void put_cached(void)
{
	/* { dg-dump {^function put_cached\(\)\n\treleases ordinary global cached$} } */
	put_page(cached);
	cached = NULL;
}
