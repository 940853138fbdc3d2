// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* A flag tells which kind of pages is in the array, and is tested with the wrong sense. */
#include <linux/mm.h>
#include <linux/slab.h>

struct obj {
	struct page **pages;
	int count;
	bool is_user;
};

int obj_user(struct obj *obj, unsigned long start)
{
	int got = pin_user_pages_fast(start, 8, FOLL_WRITE, obj->pages);

	if (got <= 0)
		return -EFAULT;
	obj->count = got;
	obj->is_user = true;
	return 0;
}

int obj_kernel(struct obj *obj)
{
	obj->pages[0] = alloc_page(GFP_KERNEL);
	if (!obj->pages[0])
		return -ENOMEM;
	obj->count = 1;
	obj->is_user = false;
	return 0;
}

void obj_drop(struct obj *obj)
{
	int i;

	for (i = 0; i < obj->count; i++) {
		if (obj->is_user)
			put_page(obj->pages[i]);	/* { dg-warning {'put_page'.*'is_user' is set.*pincheck:wrong-guard} } */
		else
			unpin_user_page(obj->pages[i]);	/* { dg-warning {'unpin_user_page'.*'is_user' is clear.*pincheck:wrong-guard} } */
	}
}

/* Tested right. */
struct right {
	struct page **pages;
	int count;
	bool is_user;
};

int right_user(struct right *obj, unsigned long start)
{
	int got = pin_user_pages_fast(start, 8, FOLL_WRITE, obj->pages);

	if (got <= 0)
		return -EFAULT;
	obj->count = got;
	obj->is_user = true;
	return 0;
}

int right_kernel(struct right *obj)
{
	obj->pages[0] = alloc_page(GFP_KERNEL);
	if (!obj->pages[0])
		return -ENOMEM;
	obj->count = 1;
	obj->is_user = false;
	return 0;
}

void right_drop(struct right *obj)
{
	int i;

	for (i = 0; i < obj->count; i++) {
		if (obj->is_user)
			unpin_user_page(obj->pages[i]);
		else
			put_page(obj->pages[i]);
	}
}

/* A flag about something else, which changes later. */
struct other {
	struct page **pages;
	int count;
	bool is_user, is_active;
};

int other_user(struct other *obj, unsigned long start)
{
	int got = pin_user_pages_fast(start, 8, FOLL_WRITE, obj->pages);

	if (got <= 0)
		return -EFAULT;
	obj->count = got;
	obj->is_user = true;
	obj->is_active = false;
	return 0;
}

int other_kernel(struct other *obj)
{
	obj->pages[0] = alloc_page(GFP_KERNEL);
	if (!obj->pages[0])
		return -ENOMEM;
	obj->count = 1;
	obj->is_active = true;
	return 0;
}

void other_start(struct other *obj)
{
	obj->is_active = obj->pages != NULL;
}

void stop(struct other *obj);

void other_drop(struct other *obj)
{
	int i;

	if (obj->is_active)
		for (i = 0; i < obj->count; i++) {
			if (obj->is_user)
				unpin_user_page(obj->pages[i]);
			else
				put_page(obj->pages[i]);
		}
}

/* The function that is told, and both kinds in it. */
struct asked {
	struct page **pages;
	int count;
	bool is_user;
};

int asked_fill(struct asked *obj, unsigned long start, bool is_user)
{
	obj->is_user = is_user;
	if (is_user) {
		obj->count = pin_user_pages_fast(start, 8, FOLL_WRITE, obj->pages);
		return obj->count <= 0 ? -EFAULT : 0;
	}
	obj->pages[0] = alloc_page(GFP_KERNEL);
	if (!obj->pages[0])
		return -ENOMEM;
	obj->count = 1;
	return 0;
}

void asked_drop(struct asked *obj)
{
	int i;

	for (i = 0; i < obj->count; i++)
		if (obj->is_user)
			unpin_user_page(obj->pages[i]);
		else
			put_page(obj->pages[i]);
}

/* One kind leaves the flag as it was: nobody here knows how. */
struct unset {
	struct page **pages;
	int count;
	bool is_kernel;
};

int unset_user(struct unset *obj, unsigned long start)
{
	int got = pin_user_pages_fast(start, 8, FOLL_WRITE, obj->pages);

	if (got <= 0)
		return -EFAULT;
	obj->count = got;
	return 0;
}

int unset_kernel(struct unset *obj)
{
	obj->pages[0] = alloc_page(GFP_KERNEL);
	if (!obj->pages[0])
		return -ENOMEM;
	obj->count = 1;
	obj->is_kernel = true;
	return 0;
}

void unset_drop(struct unset *obj)
{
	int i;

	for (i = 0; i < obj->count; i++)
		if (!obj->is_kernel)
			unpin_user_page(obj->pages[i]);
		else
			put_page(obj->pages[i]);
}

/* Another function turns it round, and knows why. */
struct turned {
	struct page **pages;
	int count;
	bool is_user;
};

int turned_user(struct turned *obj, unsigned long start)
{
	int got = pin_user_pages_fast(start, 8, FOLL_WRITE, obj->pages);

	if (got <= 0)
		return -EFAULT;
	obj->count = got;
	obj->is_user = true;
	return 0;
}

int turned_kernel(struct turned *obj)
{
	obj->pages[0] = alloc_page(GFP_KERNEL);
	if (!obj->pages[0])
		return -ENOMEM;
	obj->count = 1;
	obj->is_user = false;
	return 0;
}

static void turn(struct turned *obj)
{
	obj->is_user = !obj->is_user;
}

void turned_drop(struct turned *obj)
{
	int i;

	turn(obj);
	for (i = 0; i < obj->count; i++)
		if (!obj->is_user)
			unpin_user_page(obj->pages[i]);
		else
			put_page(obj->pages[i]);
}

/* The flag is cleared first, and what it was decides. */
struct cleared {
	struct page **pages;
	int count;
	bool is_user;
};

int cleared_user(struct cleared *obj, unsigned long start)
{
	int got = pin_user_pages_fast(start, 8, FOLL_WRITE, obj->pages);

	if (got <= 0)
		return -EFAULT;
	obj->count = got;
	obj->is_user = true;
	return 0;
}

int cleared_kernel(struct cleared *obj)
{
	obj->pages[0] = alloc_page(GFP_KERNEL);
	if (!obj->pages[0])
		return -ENOMEM;
	obj->count = 1;
	obj->is_user = false;
	return 0;
}

void cleared_drop(struct cleared *obj)
{
	bool was_user = obj->is_user;
	int i;

	obj->is_user = false;
	for (i = 0; i < obj->count; i++)
		if (was_user)
			unpin_user_page(obj->pages[i]);
		else
			put_page(obj->pages[i]);
}
