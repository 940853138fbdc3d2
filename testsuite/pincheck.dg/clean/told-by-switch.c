// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * Two switches on one number, and variables that are set as another one says: what the first
 * has told is known where the second asks.
 */
#include <linux/mm.h>

enum type { KERNEL, USER, SHARED, FOREIGN, LOCKED };

struct object {
	struct page *page;
	enum type type;
	int mode;
};

int switched_twice(unsigned long start, int type)
{
	struct page *page = NULL;

	switch (type) {
	case USER:
	case LOCKED:
		if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
			return -EFAULT;
		break;
	case SHARED:
	case FOREIGN:
		break;
	default:
		return -EINVAL;
	}
	switch (type) {
	case USER:
	case LOCKED:
		unpin_user_page(page);
		break;
	}
	return 0;
}

int compared_later(unsigned long start, int type)
{
	struct page *page = NULL;

	switch (type) {
	case 0x4001:
	case 0x4108:
	case 0x5401:
		if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
			return -EFAULT;
	}
	if (type == 0x4001)
		unpin_user_page(page);
	else if (type == 0x4108)
		unpin_user_page(page);
	else if (type == 0x5401)
		unpin_user_page(page);
	return 0;
}

int one_is_missing(unsigned long start, int type)
{
	struct page *page = NULL;

	switch (type) {
	case USER:
	case LOCKED:
	case FOREIGN:
		/* { dg-warning "is never given back on this path" "" { target *-*-* } .+1 } */
		if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
			return -EFAULT;
		break;
	default:
		return -EINVAL;
	}
	switch (type) {
	case USER:
	case LOCKED:
		unpin_user_page(page);
	}
	return 0;
}

/* A direction that follows from a flag. */
int set_both_ways(unsigned long start, int write)
{
	struct page *page = NULL;
	int direction = write ? 2 : 1;

	if (write && pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	if (direction == 2)
		unpin_user_page(page);
	return 0;
}

static void object_release(struct object *object)
{
	if (object->mode & 1)
		unpin_user_page(object->page);
	else
		put_page(object->page);
}

int work_on(struct object *object);

int field_set_both_ways(struct object *object, unsigned long start, int user)
{
	int ret;

	object->mode = user == 3 ? 5 : 8;
	if (user == 3)
		ret = pin_user_pages_fast(start, 1, FOLL_WRITE, &object->page);
	else
		ret = get_user_pages_fast(start, 1, FOLL_WRITE, &object->page);
	if (ret != 1)
		return -EFAULT;
	ret = -EBUSY;
	object_release(object);
	return ret;
}

int set_the_other_way(unsigned long start, int write)
{
	struct page *page = NULL;
	int direction = write ? 2 : 1;

	if (write && pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	if (direction == 1)	/* { dg-warning "is never given back on this path" } */
		unpin_user_page(page);
	return 0;
}
