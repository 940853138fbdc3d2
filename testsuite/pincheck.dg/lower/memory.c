// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* { dg-additional-options "-fplugin-arg-pincheck-dump=ir" } */
/* Whole objects: copied, cleared, forgotten. */
#include <linux/mm.h>

void *memset(void *, int, unsigned long);
void *memcpy(void *, const void *, unsigned long);
void *__underlying_memset(void *, int, unsigned long);

struct pair {
	struct page *left, *right;
	int count;
};

void copies(struct pair *to, struct pair *from)
{
	*to = *from;
	/* { dg-dump {^\tcopy_memory \*%1 = \*%2$} } */
	put_page(to->left);
}

void copied_by_a_call(struct pair *to, const struct pair *from)
{
	struct pair pair;

	memcpy(&pair, from, sizeof(pair));
	/* { dg-dump {^\tcopy_memory pair = \*%2$} } */
	put_page(pair.left);
	/* { dg-dump {^\tclobber pair$} } */
}

void partly_copied(struct pair *pair, const void *from, unsigned long size)
{
	memcpy(pair, from, size);
	/* { dg-dump {^\thavoc \*%1$} } */
	put_page(pair->left);
}

void cleared(struct page *page)
{
	struct pair first = {}, second, third = { .left = page };

	/* { dg-dump {^\tzero first$} } */
	memset(&second, 0, sizeof(second));
	/* { dg-dump {^\tzero second$} } */
	/* { dg-dump {^\tzero third$} } */
	/* { dg-dump {^\tstore third\.\{pair\}left = %1\t# third\.left$} } */
	put_page(third.left);
	put_page(second.left);
	put_page(first.left);
}

void filled(struct page *page)
{
	struct pair pattern;

	__underlying_memset(&pattern, 0xff, sizeof(pattern));
	/* { dg-dump {^\thavoc pattern$} } */
	put_page(pattern.right);
	put_page(page);
}

void cleared_array(struct page **pages, unsigned long n)
{
	__underlying_memset(pages, 0, n * sizeof(*pages));
	/* { dg-dump {^\tzero \*%1$} } */
	unpin_user_pages(pages, n);
}

void written_by_assembly(struct pair *pair)
{
	struct page *page;

	__asm__("" : "=r"(page), "+m"(pair->count));
	/* { dg-dump {^\thavoc \*%1\.\{pair\}count$} } */
	put_page(page);
}
