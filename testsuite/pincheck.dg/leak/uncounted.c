// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Too few pages are left in a record, and the count of those that were asked for with them. */
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/slab.h>

struct object {
	struct page **pages;
	unsigned int nr;
	int end;
	void *list;
};

int printk(const char *format, ...);
void remember(struct object *object, int n);
void remember_globally(int n);

/* drivers/misc/bcm-vk/bcm_vk_sg.c, if the number was not corrected. */
int lost(struct object *object, unsigned long start, unsigned long size)
{
	int ret;

	object->nr = (size + PAGE_SIZE - 1) >> PAGE_SHIFT;
	object->pages = kmalloc_array(object->nr, sizeof(struct page *), GFP_KERNEL);
	if (!object->pages)
		return -ENOMEM;
	ret = pin_user_pages_fast(start, object->nr, FOLL_WRITE, object->pages);
	if (ret != object->nr) {	/* { dg-warning {pincheck:leak} } */
		printk("%d of %u\n", ret, object->nr);
		return ret < 0 ? ret : -EINVAL;
	}
	object->list = kzalloc(64, GFP_KERNEL);
	return object->list ? 0 : -ENOMEM;
}

int clean(struct object *object, unsigned long start, unsigned long size)
{
	int ret;

	object->nr = (size + PAGE_SIZE - 1) >> PAGE_SHIFT;
	object->pages = kmalloc_array(object->nr, sizeof(struct page *), GFP_KERNEL);
	if (!object->pages)
		return -ENOMEM;
	ret = pin_user_pages_fast(start, object->nr, FOLL_WRITE, object->pages);
	if (ret != object->nr) {
		object->nr = ret >= 0 ? ret : 0;
		return ret < 0 ? ret : -EINVAL;
	}
	return 0;
}

void put(struct object *object)
{
	unpin_user_pages(object->pages, object->nr);
	kfree(object->pages);
}

/* The number is returned. */
int clean_returned(struct object *object, unsigned long start, unsigned long size)
{
	unsigned int n = (size + PAGE_SIZE - 1) >> PAGE_SHIFT;

	object->pages = kmalloc_array(n, sizeof(struct page *), GFP_KERNEL);
	if (!object->pages)
		return -ENOMEM;
	return pin_user_pages_fast(start, n, FOLL_WRITE, object->pages);
}

/* ... or passed on. */
int clean_passed(struct object *object, unsigned long start, unsigned long size)
{
	unsigned int n = (size + PAGE_SIZE - 1) >> PAGE_SHIFT;
	int ret;

	object->pages = kmalloc_array(n, sizeof(struct page *), GFP_KERNEL);
	if (!object->pages)
		return -ENOMEM;
	ret = pin_user_pages_fast(start, n, FOLL_WRITE, object->pages);
	if (ret < 0)
		return ret;
	remember_globally(ret);
	return ret == n ? 0 : -EFAULT;
}

/* ... or the rest of it is kept, or an element marks the end. */
int clean_rest(struct object *object, unsigned long start, unsigned long size)
{
	unsigned int n = (size + PAGE_SIZE - 1) >> PAGE_SHIFT;
	int ret;

	object->pages = kmalloc_array(n, sizeof(struct page *), GFP_KERNEL);
	if (!object->pages)
		return -ENOMEM;
	ret = pin_user_pages_fast(start, n, FOLL_WRITE, object->pages);
	if (ret < 0)
		return ret;
	object->nr = n;
	object->end = n - ret;
	return ret == n ? 0 : -EFAULT;
}

int clean_marked(struct object *object, unsigned long start, unsigned long size)
{
	unsigned int n = (size + PAGE_SIZE - 1) >> PAGE_SHIFT;
	int ret;

	object->pages = kmalloc_array(n + 1, sizeof(struct page *), GFP_KERNEL);
	if (!object->pages)
		return -ENOMEM;
	ret = pin_user_pages_fast(start, n, FOLL_WRITE, object->pages);
	object->pages[ret < 0 ? 0 : ret] = NULL;
	return ret == n ? 0 : -EFAULT;
}

/* What is behind them is NULL. */
int clean_zeroed(struct object *object, unsigned long start, unsigned long size)
{
	unsigned int n = (size + PAGE_SIZE - 1) >> PAGE_SHIFT;

	object->nr = n;
	object->pages = kcalloc(n, sizeof(struct page *), GFP_KERNEL);
	if (!object->pages)
		return -ENOMEM;
	return pin_user_pages_fast(start, n, FOLL_WRITE, object->pages) == n ? 0 : -EFAULT;
}

/* The caller asks for one page at a time, of which there is no part. */
static int take(struct object *object, unsigned long start, unsigned int n)
{
	int ret;

	object->nr = n;
	object->pages = kmalloc_array(n, sizeof(struct page *), GFP_KERNEL);
	if (!object->pages)
		return -ENOMEM;
	ret = pin_user_pages_fast(start, n, FOLL_WRITE, object->pages);
	return ret == n ? 0 : -EFAULT;
}

int clean_one(struct object *object, unsigned long start)
{
	return take(object, start, 1);
}
