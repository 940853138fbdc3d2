// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* The body of a function with a contract: its callers go by the contract. */
#include <linux/mm.h>
#include <linux/slab.h>

struct buffer {
	struct page **pages;
	int count;
};

#define PINCHECK(text)	__attribute__((pincheck(text)))

void free_wrongly(struct page ***pages, int count)
	PINCHECK("releases pinned *$1[0 .. $2) frees *$1");
void clean_free(struct page ***pages, int count)
	PINCHECK("releases pinned *$1[0 .. $2) frees *$1");
void put_one_wrongly(struct page *page) PINCHECK("releases pinned $1");
void clean_put_one(struct page *page) PINCHECK("releases pinned $1");
void put_buffer_wrongly(struct buffer *buffer)
	PINCHECK("releases pinned $1->pages[0 .. $1->count)");
void clean_put_by_flag(struct page *page, int is_pinned)
	PINCHECK("releases pinned $1 when $2 != 0");
void put_by_flag_wrongly(struct page *page, int is_pinned)
	PINCHECK("releases pinned $1 when $2 != 0");
int take_wrongly(unsigned long start, int count, struct page **pages)
	PINCHECK("returns -errno .. $2 acquires pinned $3[0 .. return)");
int clean_take(unsigned long start, int count, struct page **pages)
	PINCHECK("returns -errno .. $2 acquires pinned $3[0 .. return)");
int clean_take_either(unsigned long start, int count, struct page **pages, int pin)
	PINCHECK("returns -errno .. $2 acquires pinned $3[0 .. return) when $4 != 0 "
		 "acquires ordinary $3[0 .. return) when $4 == 0");

void free_wrongly(struct page ***pages, int count)
{
	struct page **array = *pages;

	if (!array)
		return;
	release_pages(array, count);	/* { dg-warning {pincheck:put-pinned} } */
	kfree(array);
	*pages = NULL;
}

void clean_free(struct page ***pages, int count)
{
	struct page **array = *pages;

	if (!array)
		return;
	unpin_user_pages(array, count);
	kfree(array);
	*pages = NULL;
}

void put_one_wrongly(struct page *page)
{
	put_page(page);			/* { dg-warning {pincheck:put-pinned} } */
}

void clean_put_one(struct page *page)
{
	unpin_user_page(page);
}

void put_buffer_wrongly(struct buffer *buffer)
{
	int i;

	for (i = 0; i < buffer->count; i++)
		put_page(buffer->pages[i]);	/* { dg-warning {pincheck:put-pinned} } */
}

void clean_put_by_flag(struct page *page, int is_pinned)
{
	if (is_pinned)
		unpin_user_page(page);
	else
		put_page(page);
}

void put_by_flag_wrongly(struct page *page, int is_pinned)
{
	if (is_pinned)
		put_page(page);		/* { dg-warning {pincheck:put-pinned} } */
	else
		put_page(page);
}

int take_wrongly(unsigned long start, int count, struct page **pages)
{
	int ret = get_user_pages_fast(start, count, 0, pages);	/* { dg-warning {pincheck:unpin-ordinary} } */

	return ret ? ret : -EFAULT;
}

int clean_take(unsigned long start, int count, struct page **pages)
{
	return pin_user_pages_fast(start, count, 0, pages);
}

int clean_take_either(unsigned long start, int count, struct page **pages, int pin)
{
	if (pin)
		return pin_user_pages_fast(start, count, 0, pages);
	return get_user_pages_fast(start, count, 0, pages);
}
