// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * The kind goes by two conditions: the ways on which one or the other fails meet before the
 * page is taken, and it is asked for both again where it is given back.
 */
#include <linux/mm.h>

struct control {
	bool is_user, is_write;
	int mode, type;
};

int use(struct page *page);

int clean_both(struct control *c, unsigned long start)
{
	struct page *page;

	if (c->is_user && c->is_write) {
		if (pin_user_pages_fast(start, 1, 0, &page) != 1)
			return -EFAULT;
	} else {
		if (get_user_pages_fast(start, 1, 0, &page) != 1)
			return -EFAULT;
	}
	use(page);
	if (c->is_user && c->is_write)
		unpin_user_page(page);
	else
		put_page(page);
	return 0;
}

int clean_not_first(struct control *c, unsigned long start)
{
	struct page *page;

	if (!c->is_user && c->is_write) {
		if (pin_user_pages_fast(start, 1, 0, &page) != 1)
			return -EFAULT;
	} else {
		if (get_user_pages_fast(start, 1, 0, &page) != 1)
			return -EFAULT;
	}
	use(page);
	if (!c->is_user && c->is_write)
		unpin_user_page(page);
	else
		put_page(page);
	return 0;
}

int clean_either(struct control *c, unsigned long start)
{
	struct page *page;

	if (c->mode == 3 || c->type == 5) {
		if (pin_user_pages_fast(start, 1, 0, &page) != 1)
			return -EFAULT;
	} else {
		if (get_user_pages_fast(start, 1, 0, &page) != 1)
			return -EFAULT;
	}
	use(page);
	if (c->mode == 3 || c->type == 5)
		unpin_user_page(page);
	else
		put_page(page);
	return 0;
}

int clean_parameters(bool is_user, bool is_write, unsigned long start)
{
	struct page *page;

	if (is_user && is_write) {
		if (pin_user_pages_fast(start, 1, 0, &page) != 1)
			return -EFAULT;
	} else {
		if (get_user_pages_fast(start, 1, 0, &page) != 1)
			return -EFAULT;
	}
	use(page);
	if (is_user && is_write)
		unpin_user_page(page);
	else
		put_page(page);
	return 0;
}

int clean_numbers(int mode, int type, unsigned long start)
{
	struct page *page;

	if (mode == 3 || type == 5) {
		if (pin_user_pages_fast(start, 1, 0, &page) != 1)
			return -EFAULT;
	} else {
		if (get_user_pages_fast(start, 1, 0, &page) != 1)
			return -EFAULT;
	}
	use(page);
	if (mode == 3 || type == 5)
		unpin_user_page(page);
	else
		put_page(page);
	return 0;
}

int by_one_of_both(struct control *c, unsigned long start)
{
	struct page *page;

	if (c->is_user && c->is_write) {
		if (pin_user_pages_fast(start, 1, 0, &page) != 1)
			return -EFAULT;
	} else {
		if (get_user_pages_fast(start, 1, 0, &page) != 1)
			return -EFAULT;
	}
	use(page);
	if (c->is_user)
		unpin_user_page(page);	/* { dg-warning {pincheck:unpin-ordinary} } */
	else
		put_page(page);
	return 0;
}

int by_one_of_either(struct control *c, unsigned long start)
{
	struct page *page;

	if (c->mode == 3 || c->type == 5) {
		if (pin_user_pages_fast(start, 1, 0, &page) != 1)
			return -EFAULT;
	} else {
		if (get_user_pages_fast(start, 1, 0, &page) != 1)
			return -EFAULT;
	}
	use(page);
	if (c->mode == 3)
		unpin_user_page(page);
	else
		put_page(page);	/* { dg-warning {pincheck:put-pinned} } */
	return 0;
}

int either_for_both(bool is_user, bool is_write, unsigned long start)
{
	struct page *page;

	if (is_user && is_write) {
		if (pin_user_pages_fast(start, 1, 0, &page) != 1)
			return -EFAULT;
	} else {
		if (get_user_pages_fast(start, 1, 0, &page) != 1)
			return -EFAULT;
	}
	use(page);
	if (is_user || is_write)
		unpin_user_page(page);	/* { dg-warning {pincheck:unpin-ordinary} } */
	else
		put_page(page);
	return 0;
}
