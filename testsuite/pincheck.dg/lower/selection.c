// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* { dg-additional-options "-fplugin-arg-pincheck-dump=ir" } */
/* Functions that no call connects, but the memory that pages are kept in. */
#include <linux/mm.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>

struct buffer {
	struct page **pages;
	struct page *ring[4];
	unsigned long address;
	int nr;
};

struct device {
	struct page *status;	/* nobody takes or gives references there */
	struct buffer buffer;
	int nr;
};

struct other {
	struct page *page;
};

int fill(struct device *device, struct page **pages)
{
	struct buffer *buffer = &device->buffer;

	buffer->nr = pin_user_pages_fast(buffer->address, 4, 0, pages);
	device->buffer.pages = pages;
	return buffer->nr;
}

void drain(struct buffer *buffer)
{
	put_page(buffer->ring[0]);
}
/* { dg-dump {^function drain\(} } */

void in_scatterlist(struct scatterlist *sg, struct page *page)
{
	get_page(page);
	sg_assign_page(sg, page);
}

/* Loads and stores such a field, and the elements of one. */
struct page **take(struct buffer *buffer)
{
	struct page **pages = buffer->pages;

	buffer->pages = 0;
	return pages;
}
/* { dg-dump {^function take\(} } */

void set(struct buffer *buffer, struct page *page, int i)
{
	buffer->ring[i] = page;
}
/* { dg-dump {^function set\(} } */

/* Frees the record, or one that it is in. */
void free_buffer(struct buffer *buffer)
{
	kfree(buffer);
}
/* { dg-dump {^function free_buffer\(} } */

void free_device(struct device *device)
{
	kfree(device);
}
/* { dg-dump {^function free_device\(} } */

/* What a sharer calls is needed, too. */
static __attribute__((noinline)) int count(struct buffer *buffer)
{
	return buffer->nr;
}
/* { dg-dump {^static function count\(} } */

int is_full(struct buffer *buffer)
{
	return buffer->pages && count(buffer) == 4;
}

/* Other fields, and those of other records, connect nothing. */
int number(struct buffer *buffer)
{
	return buffer->nr;
}

void other_field(struct device *device, struct page *page)
{
	device->status = page;
}

void other_record(struct other *other, struct page *page)
{
	other->page = page;
}

void free_other(struct other *other)
{
	kfree(other);
}
/* { dg-dump-not {^function (number|other_field|other_record|free_other)\(} } */
