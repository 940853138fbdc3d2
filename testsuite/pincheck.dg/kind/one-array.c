// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * Which round has set a variable is lost, and on which path; but all that is ever put there
 * comes out of one array, into which only pages of one kind were taken.  Chunks that are
 * mapped while they are pinned, as for a device's table.
 */
#include <linux/mm.h>
#include <linux/slab.h>

#define CHUNK	16

int map(unsigned long first, unsigned long last);
void look_up(struct page **pages, unsigned long addr);
void hold(struct page *page);

/* Pin chunk by chunk; FIRST is the page that all begins with, if IS_FIRST. */
#define PIN_CHUNKS(is_first, first_page)						\
	for (; n > 0; n -= got, addr += got * PAGE_SIZE) {				\
		got = pin_user_pages_fast(addr, min(n, (long)CHUNK), 0, pages);		\
		if (got <= 0)								\
			break;								\
		if (is_first)								\
			first = page_to_pfn(first_page);				\
		for (i = 0; i < got; i++)						\
			last = page_to_pfn(pages[i]);					\
	}										\
	if (last && !n)									\
		n = map(first, last)

int put(unsigned long addr, long n)
{
	unsigned long first, last = 0, pfn;
	struct page *pages[CHUNK];
	long got, i;

	PIN_CHUNKS(!last, pages[0]);
	if (n && last)
		for (pfn = first; pfn <= last; pfn++)
			put_page(pfn_to_page(pfn));	/* { dg-warning {pincheck:put-pinned} } */
	return n;
}

int put_own_memory(unsigned long addr, long n)
{
	struct page **pages = kcalloc(CHUNK, sizeof(*pages), GFP_KERNEL);
	unsigned long first, last = 0;
	long got, i;

	if (!pages)
		return -ENOMEM;
	PIN_CHUNKS(!last, pages[0]);
	if (n && last)
		put_page(pfn_to_page(first));	/* { dg-warning {pincheck:put-pinned} } */
	kfree(pages);
	return n;
}

int clean(unsigned long addr, long n)
{
	unsigned long first, last = 0, pfn;
	struct page *pages[CHUNK];
	long got, i;

	PIN_CHUNKS(!last, pages[0]);
	if (n && last)
		for (pfn = first; pfn <= last; pfn++)
			unpin_user_page(pfn_to_page(pfn));
	return n;
}

/* An array of the caller's: he may have put others there. */
int clean_argument(unsigned long addr, long n, struct page **pages)
{
	unsigned long first, last = 0;
	long got, i;

	PIN_CHUNKS(!last, pages[0]);
	if (n && last)
		put_page(pfn_to_page(first));
	return n;
}

/* Others are put there by somebody unknown, */
int clean_looked_up(unsigned long addr, long n)
{
	unsigned long first, last = 0;
	struct page *pages[CHUNK];
	long got, i;

	PIN_CHUNKS(!last, (n & 1 ? look_up(pages, addr) : (void)0, pages[0]));
	if (n && last)
		put_page(pfn_to_page(first));
	return n;
}

/* or by the function itself, */
int clean_stored(unsigned long addr, long n, struct page *other)
{
	unsigned long first, last = 0;
	struct page *pages[CHUNK];
	long got, i;

	PIN_CHUNKS(!last, (n & 1 ? pages[0] = other : NULL, pages[0]));
	if (n && last)
		put_page(pfn_to_page(first));
	return n;
}

/* or they come out of another array, */
int clean_two_arrays(unsigned long addr, long n, struct page **others)
{
	unsigned long first, last = 0;
	struct page *pages[CHUNK];
	long got, i;

	PIN_CHUNKS(!last, n & 1 ? others[0] : pages[0]);
	if (n && last)
		put_page(pfn_to_page(first));
	return n;
}

/* or one was there before. */
int clean_set(unsigned long addr, long n, struct page *other)
{
	unsigned long first = page_to_pfn(other), last = 0;
	struct page *pages[CHUNK];
	long got, i;

	PIN_CHUNKS(!last && (n & 1), pages[0]);
	if (n && last)
		put_page(pfn_to_page(first));
	return n;
}

/* The page beside it is another one. */
int clean_beside(unsigned long addr, long n)
{
	unsigned long first, last = 0;
	struct page *pages[CHUNK];
	long got, i;

	PIN_CHUNKS(!last, pages[0]);
	if (n && last)
		put_page(pfn_to_page(first + CHUNK));
	return n;
}

/* There is another reference to it. */
int clean_added(unsigned long addr, long n, bool is_wanted)
{
	unsigned long first, last = 0;
	struct page *pages[CHUNK];
	long got, i;

	PIN_CHUNKS(!last, pages[0]);
	if (last && is_wanted)
		get_page(pfn_to_page(first));
	if (n && last)
		put_page(pfn_to_page(first));
	return n;
}

int clean_held(unsigned long addr, long n)
{
	unsigned long first, last = 0;
	struct page *pages[CHUNK];
	long got, i;

	PIN_CHUNKS(!last, pages[0]);
	if (n && last) {
		hold(pfn_to_page(first));
		put_page(pfn_to_page(first));
	}
	return n;
}
