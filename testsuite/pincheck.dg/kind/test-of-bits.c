// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * What to take goes by several bits at once, what to give back by one of them: that it is the
 * same is not seen, and nothing is said of either side.
 */
#include <linux/mm.h>

struct object {
	struct page **pages;
	size_t count;
	u32 flags;
};

static void give_back(struct object *object)
{
	size_t n;

	if (object->flags & 2) {
		unpin_user_pages(object->pages, object->count);
	} else {
		for (n = 0; n < object->count; n++)
			put_page(object->pages[n]);
	}
}

int by_several_bits(struct object *object, unsigned long start, int count, u32 flags)
{
	int ret;

	object->flags = flags;
	if ((flags & 6) == 2)
		ret = pin_user_pages_fast(start, count, FOLL_WRITE, object->pages);
	else if (!(flags & 6))
		ret = get_user_pages_fast(start, count, FOLL_WRITE, object->pages);
	else
		return -EINVAL;
	object->count = ret > 0 ? ret : 0;
	if (ret != count)
		give_back(object);
	return ret;
}

/* No bit is the other way round by any reading of it. */
static void give_back_wrong(struct object *object)
{
	size_t n;

	if (object->flags & 2) {
		for (n = 0; n < object->count; n++)
			put_page(object->pages[n]);	/* { dg-warning {pincheck:wrong-guard} } */
	} else {
		unpin_user_pages(object->pages, object->count);	/* { dg-warning {pincheck:wrong-guard} } */
	}
}

int by_the_same_bit(struct object *object, unsigned long start, int count, u32 flags)
{
	int ret;

	object->flags = flags;
	if (flags & 2)
		ret = pin_user_pages_fast(start, count, FOLL_WRITE, object->pages);
	else
		ret = get_user_pages_fast(start, count, FOLL_WRITE, object->pages);
	object->count = ret > 0 ? ret : 0;
	if (ret != count)
		give_back_wrong(object);
	return ret;
}
