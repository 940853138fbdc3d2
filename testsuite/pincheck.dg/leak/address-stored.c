// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * The address of a page's contents, in a field found by its offset, is how it is found again.
 * As in v6.13 kernel/bpf/syscall.c, bpf_obj_pin_uptrs().
 */
#include <linux/mm.h>

struct field {
	unsigned int offset;
	int type;
};

static void unpin_fields(const struct field *field, int count, void *object)
{
	void **address;
	int i;

	for (i = 0; i < count; i++, field++) {
		if (field->type != 1)
			continue;
		address = object + field->offset;
		if (*address)
			unpin_user_page(virt_to_page(*address));
	}
}

int clean_fields(const struct field *fields, int count, void *object)
{
	const struct field *field = fields;
	struct page *page;
	unsigned long start;
	void **address;
	int i, error;

	for (i = 0; i < count; i++, field++) {
		if (field->type != 1)
			continue;
		address = object + field->offset;
		start = *(unsigned long *)address;
		if (!start)
			continue;
		error = pin_user_pages_fast(start, 1, FOLL_LONGTERM | FOLL_WRITE, &page);
		if (error != 1)
			goto unpin;
		*address = page_address(page) + (start & ~PAGE_MASK);
	}
	return 0;
unpin:
	unpin_fields(fields, i, object);
	return error;
}

struct buffer {
	void *address[16];
};

/* Into an object of its own, one after the other. */
int clean_buffer(unsigned long start, int count, struct buffer *buffer)
{
	struct page *page;
	int i;

	for (i = 0; i < count; i++) {
		if (pin_user_pages_fast(start + i * PAGE_SIZE, 1, FOLL_WRITE, &page) != 1)
			break;
		buffer->address[i] = page_address(page);
	}
	return i;
}

int lost_page(const struct field *field, int count, void *object)
{
	struct page *page;
	unsigned long start;
	void **address;
	int i, error;

	for (i = 0; i < count; i++, field++) {
		address = object + field->offset;
		start = *(unsigned long *)address;
		error = pin_user_pages_fast(start, 1, FOLL_WRITE, &page);
		if (error != 1)	/* { dg-warning {pincheck:leak} "" { target *-*-* } .-1 } */
			return error;
		*address = (void *)start;
	}
	return 0;
}
