// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* { dg-additional-options "-fplugin-arg-pincheck-dump=ir" } */
/* Memory: what is reached from where, and under which name. */
#include <linux/mm.h>

struct list {
	struct list *next, *prev;
};

struct range {
	int first, count;
};

struct object {
	struct list list;
	struct page **pages;
	unsigned int is_pinned : 1;
	union {
		unsigned long word;
		struct page *one;
		struct {
			struct page *left, *right;
		};
	};
	struct {
		struct page *head;
	} queue;
	struct page *ring[4];
	struct range ranges[2];
	struct list node;
	struct page *tail[];
};

typedef struct {
	struct page *page;
} slot_t;

static struct object single;
extern struct object several[];
struct page *dangling;

void fields(struct object *object)
{
	put_page(object->pages[0]);
	/* { dg-dump {load \*%1\.\{object\}pages : pages\t# object->pages$} } */
	/* { dg-dump {load \*%\d+ : page\t# \*object->pages$} } */
	put_page(object->queue.head);
	/* { dg-dump {load \*%1\.\{object\}queue\.\{queue\}head : page\t# object->queue\.head$} } */
}

void unions(struct object *object)
{
	put_page(object->one);
	/* { dg-dump {load \*%1\.\{union object\}one : page\t# object->one$} } */
	put_page(object->right);
	/* { dg-dump {load \*%1\.\{union object\}right : page\t# object->right$} } */
}

void elements(struct object *object, int i, unsigned short j)
{
	put_page(object->ring[i]);
	/* { dg-dump {load \*%1\.\{object\}ring\[%2 x8\] : page\t# object->ring\[i\]$} } */
	put_page(object->ring[3]);
	/* { dg-dump {load \*%1\.\{object\}ring\[3 x8\] : page\t# object->ring\[3\]$} } */
	put_page(object->tail[j]);
	/* { dg-dump {load \*%1\.\{object\}tail\[%\d+ x8\] : page\t# object->tail\[j\]$} } */
	put_page(object->pages[object->ranges[1].count]);
	/* { dg-dump {load \*%1\.\{object\}ranges\[1 x8\]\.\{range\}count : i32$} } */
}

void sums(struct page **pages, int i, unsigned long n)
{
	unpin_user_pages(pages + i, n);
	/* { dg-dump {address \*%1\[%\d+ x8\] : pages\t# pages \+ i$} } */
	unpin_user_pages(pages + n - 1, n);
	/* { dg-dump {address \*%1\[%3-1 x8\] : pages} } */
	unpin_user_pages(&pages[2], n);
	/* { dg-dump {address \*%1\[2 x8\] : pages} } */
	unpin_user_pages((struct page **)((char *)pages + n), 1);
	/* { dg-dump {address \*%1\[%\d+ x8\] : pages} } */
}

void containers(struct list *node)
{
	void *member = node;
	struct object *object = member - __builtin_offsetof(struct object, node);

	put_page(object->one);
	/* { dg-dump {address \*%1\[-104 x1\] : pointer\t# object$} } */
}

void variables(slot_t *slot, int i)
{
	put_page(single.ring[1]);
	/* { dg-dump {load single\.\{object\}ring\[1 x8\] : page\t# single\.ring\[1\]$} } */
	put_page(several[i].one);
	/* { dg-dump {load several\[%2 x120\]\.\{union object\}one : page\t# several\[i\]\.one$} } */
	dangling = slot->page;
	/* { dg-dump {load \*%1\.\{slot_t\}page : page\t# slot->page$} } */
	/* { dg-dump {store dangling = %\d+\t# dangling$} } */
	put_page(dangling);
}

void bits(struct object *object, struct page *page)
{
	object->is_pinned = 1;
	/* { dg-dump {store \*%1\.\{object\}is_pinned = %\d+\t# object->is_pinned$} } */
	unpin_user_page(page);
}

/* The address of a member, through an integer and back. */
void punned(struct page *page)
{
	struct object object;

	*(struct page **)((char *)&object + __builtin_offsetof(struct object, queue)) = page;
	/* { dg-dump {address object\.\{object\}queue\.\{queue\}head : pages} } */
	put_page(object.queue.head);
}
