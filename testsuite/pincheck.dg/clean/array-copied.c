// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * A part of an array of pages is copied to another one, which keeps them.  From drivers that
 * pin in chunks and append those to a growing table.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/slab.h>

struct table {
	struct page **pages;
	int nr;
};

int clean_appended(struct table *t, unsigned long addr, int n)
{
	struct page *chunk[16], **grown;
	int got = pin_user_pages_fast(addr, min(n, 16), FOLL_WRITE, chunk);

	if (got <= 0)
		return got;
	grown = kmalloc_array(t->nr + got, sizeof(*grown), GFP_KERNEL);
	if (!grown) {
		unpin_user_pages(chunk, got);
		return -ENOMEM;
	}
	__builtin_memcpy(grown, t->pages, t->nr * sizeof(*grown));
	__builtin_memcpy(grown + t->nr, chunk, got * sizeof(*grown));
	kfree(t->pages);
	t->pages = grown;
	t->nr += got;
	return 0;
}

void *kmemdup(const void *src, size_t len, gfp_t gfp);

int clean_duplicated(struct table *t, unsigned long addr)
{
	struct page *chunk[4];
	int got = pin_user_pages_fast(addr, 4, FOLL_WRITE, chunk);

	if (got < 4)
		goto undo;
	t->pages = kmemdup(chunk, sizeof(chunk), GFP_KERNEL);
	if (!t->pages)
		goto undo;
	t->nr = 4;
	return 0;
undo:
	if (got > 0)
		unpin_user_pages(chunk, got);
	return -EFAULT;
}

int others_copied(struct table *t, struct page **others, unsigned long addr, int n)
{
	struct page *chunk[16];
	int got = pin_user_pages_fast(addr, min(n, 16), FOLL_WRITE, chunk);

	if (got <= 0)	/* { dg-warning "never given back" } */
		return got;
	__builtin_memcpy(t->pages + t->nr, others, got * sizeof(*others));
	t->nr += got;
	return 0;
}

/* The contents of a page, not what leads to it. */
int contents_copied(unsigned long addr, void *to, int n)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, 0, &page) != 1)	/* { dg-warning "'page' is never given back" } */
		return -EFAULT;
	__builtin_memcpy(to, page_address(page), n);
	return 0;
}
