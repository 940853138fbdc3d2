// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Given back twice, where it is not known any more what of it was held. */
#include <linux/mm.h>

struct buffer {
	struct page *map[16];
	int count;
};

int fill_list(struct buffer *buffer);

static int take(struct buffer *buffer, unsigned long start)
{
	int ret = pin_user_pages_fast(start, 16, 0, buffer->map);

	if (ret < 16) {
		if (ret > 0)
			unpin_user_pages(buffer->map, ret);
		return -EFAULT;
	}
	buffer->count = 16;
	return 0;
}

int through_an_unknown_call(struct buffer *buffer, unsigned long start)
{
	if (take(buffer, start))
		return -EFAULT;
	if (fill_list(buffer) < 0) {
		unpin_user_pages(buffer->map, buffer->count);
		unpin_user_pages(buffer->map, buffer->count);	/* { dg-warning {pincheck:double-release} } */
		return -ENOMEM;
	}
	return 0;
}

/* Which of them are there now, only the callee knows. */
int clean_call_between(struct buffer *buffer, unsigned long start)
{
	if (take(buffer, start))
		return -EFAULT;
	if (fill_list(buffer) < 0) {
		unpin_user_pages(buffer->map, buffer->count);
		fill_list(buffer);
		unpin_user_pages(buffer->map, buffer->count);
		return -ENOMEM;
	}
	return 0;
}

/* The elements are others the second time. */
int clean_two_halves(struct buffer *buffer, unsigned long start)
{
	if (take(buffer, start))
		return -EFAULT;
	if (fill_list(buffer) < 0) {
		unpin_user_pages(buffer->map, 8);
		unpin_user_pages(buffer->map + 8, 8);
		return -ENOMEM;
	}
	return 0;
}

/* Taken anew in between. */
int clean_again(struct buffer *buffer, unsigned long start)
{
	int ret;

	if (take(buffer, start))
		return -EFAULT;
	fill_list(buffer);
	unpin_user_pages(buffer->map, 16);
	ret = pin_user_pages_fast(start + 65536, 16, 0, buffer->map);
	if (ret > 0)
		unpin_user_pages(buffer->map, ret);
	return ret;
}

/* Another page is put where one was given back. */
int clean_stored(struct buffer *buffer, unsigned long start, struct page *other)
{
	if (take(buffer, start))
		return -EFAULT;
	fill_list(buffer);
	unpin_user_page(buffer->map[3]);
	buffer->map[3] = other;
	unpin_user_page(buffer->map[3]);
	return 0;
}

/* In each round of a loop it is another one. */
int clean_loop(struct buffer *buffer, unsigned long start)
{
	int i;

	if (take(buffer, start))
		return -EFAULT;
	fill_list(buffer);
	for (i = 0; i < buffer->count; i++)
		unpin_user_page(buffer->map[i]);
	return 0;
}

int loop(struct buffer *buffer, unsigned long start)
{
	int i;

	if (take(buffer, start))
		return -EFAULT;
	fill_list(buffer);
	for (i = 0; i < buffer->count; i++) {
		unpin_user_page(buffer->map[i]);
		unpin_user_page(buffer->map[i]);	/* { dg-warning {pincheck:double-release} } */
	}
	return 0;
}
