// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* { dg-additional-options "-fplugin-arg-pincheck-dump=ir" } */
/*
 * Which records no other unit can see into: those whose definition stands here; and which
 * only those of the same directory can: those of a header beside it.
 */
#include <linux/mm.h>
#include <linux/scatterlist.h>

#include "near.h"

struct later;

struct inner {
	struct page *page;
};

#define DECLARE_PAGES(name)	struct page **name

struct outer {
	DECLARE_PAGES(pages);
	struct inner inner;
	struct {
		struct page *head;
	} queue;
	union {
		struct page *one;
		unsigned long word;
	};
};

typedef struct {
	struct page *page;
} slot_t;

struct unused {
	struct page *page;
};

/* Called like a member of `struct outer', but not the same. */
struct page_list {
	struct page *page;
};

struct later {
	struct page *page;
};

void one(struct outer *outer)
{
	put_page(outer->pages[0]);
	/* { dg-dump {^private record outer$} } */
	put_page(outer->queue.head);
	/* { dg-dump {^private record queue$} } */
	put_page(outer->inner.page);
	/* { dg-dump {^private record inner$} } */
}

void two(slot_t *slot, struct later *later)
{
	put_page(slot->page);
	/* { dg-dump {^private record slot_t$} } */
	put_page(later->page);
	/* { dg-dump {^private record later$} } */
}

struct page *three(struct scatterlist *sg, struct page *page)
{
	sg->length = 0;
	sg->offset = page->flags;
	put_page(page);
	return page;
	/* { dg-dump-not {^private record (scatterlist|page)$} } */
}

void four(struct beside *beside)
{
	put_page(beside->page);
	/* { dg-dump {^near record beside$} } */
}

/* { dg-dump-not {^private record (unused|page_list|beside)$} } */
