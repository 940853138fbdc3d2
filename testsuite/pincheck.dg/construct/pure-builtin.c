// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* strcspn(), and what fortified string functions ask for sizes, keep nothing. */
#include <linux/mm.h>
#include <linux/highmem.h>

struct text {
	struct page *pages[16];
	unsigned int length;
};

static void measure(struct text *text, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		char *address = kmap_local_page(text->pages[i]);

		text->length += __builtin_strcspn(address, "\n");
		kunmap_local(address);
	}
}

int one_too_many(unsigned long start)
{
	struct text text = { .length = 0 };
	int i, n = get_user_pages_fast(start, 16, 0, text.pages);

	if (n <= 0)
		return n;
	measure(&text, n);
	for (i = 0; i <= n; i++)
		put_page(text.pages[i]);	/* { dg-warning {pincheck:over-release} } */
	return text.length;
}

int clean(unsigned long start)
{
	struct text text = { .length = 0 };
	int i, n = get_user_pages_fast(start, 16, 0, text.pages);

	if (n <= 0)
		return n;
	measure(&text, n);
	for (i = 0; i < n; i++)
		put_page(text.pages[i]);
	return text.length;
}

/* What is called by a pointer may keep what it gets. */
static void measure_by(struct text *text, int n, unsigned int (*length)(char *address))
{
	int i;

	for (i = 0; i < n; i++) {
		char *address = kmap_local_page(text->pages[i]);

		text->length += length(address);
		kunmap_local(address);
	}
}

int clean_by_pointer(unsigned long start, unsigned int (*length)(char *address))
{
	struct text text = { .length = 0 };
	int n = get_user_pages_fast(start, 16, 0, text.pages);

	if (n <= 0)
		return n;
	measure_by(&text, n, length);
	return text.length;
}
