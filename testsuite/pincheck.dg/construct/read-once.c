// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * What is read with READ_ONCE() twice may have changed in between: the code for that case
 * is no dead code.
 *
 * By the shape of get_futex_key() of kernel/futex/core.c of Linux 6.1.
 */
#include <linux/mm.h>
#include <linux/slab.h>

#define READ_ONCE(x)	(*(const volatile typeof(x) *)&(x))

struct owner {
	void *mapping;
	unsigned long seq;
};

int use(struct page *page);

int clean(struct owner *owner, unsigned long start)
{
	struct page *page;
	void *mapping;
	int ret;

again:
	if (get_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	mapping = READ_ONCE(owner->mapping);
	if (!mapping) {
		put_page(page);
		return -EINVAL;
	}
	if (READ_ONCE(owner->mapping) != mapping) {
		put_page(page);
		goto again;
	}
	ret = use(page);
	put_page(page);
	return ret;
}

int lost_where_it_changed(struct owner *owner, unsigned long start)
{
	struct page *page;
	unsigned long seq;
	int ret;

	if (get_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	seq = READ_ONCE(owner->seq);
	if (READ_ONCE(owner->seq) != seq)	/* { dg-warning {'page' is never given back.*pincheck:leak} } */
		return -EAGAIN;
	ret = use(page);
	put_page(page);
	return ret;
}

int mixed_up_where_it_changed(struct owner *owner, unsigned long start)
{
	struct page *page;
	void *mapping;
	int ret;

	if (get_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	mapping = READ_ONCE(owner->mapping);
	if (READ_ONCE(owner->mapping) != mapping) {
		unpin_user_page(page);	/* { dg-warning {pincheck:unpin-ordinary} } */
		return -EAGAIN;
	}
	ret = use(page);
	put_page(page);
	return ret;
}

static bool test_bit(int nr, const volatile unsigned long *address)
{
	return 1ul << nr & *address;
}

/* A flag is still the same flag. */
int clean_flag(struct owner *owner, unsigned long start)
{
	struct page *page;
	int ret;

	if (test_bit(1, &owner->seq)) {
		if (pin_user_pages_fast(start, 1, 0, &page) != 1)
			return -EFAULT;
	} else {
		page = owner->mapping;
	}
	ret = use(page);
	if (test_bit(1, &owner->seq))
		unpin_user_page(page);
	return ret;
}

int wrong_side_of_flag(struct owner *owner, unsigned long start)
{
	struct page *page = NULL;
	int ret;

	if (test_bit(1, &owner->seq)) {
		if (pin_user_pages_fast(start, 1, 0, &page) != 1)
			return -EFAULT;
	} else {
		if (get_user_pages_fast(start, 1, 0, &page) != 1)
			return -EFAULT;
	}
	ret = owner->mapping != NULL;
	if (test_bit(1, &owner->seq))
		put_page(page);	/* { dg-warning {pincheck:wrong-guard} } */
	else
		unpin_user_page(page);	/* { dg-warning {pincheck:wrong-guard} } */
	return ret;
}
