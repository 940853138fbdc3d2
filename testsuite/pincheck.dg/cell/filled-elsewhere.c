// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * A field that is filled by another file, too, which gets its address, and where a flag says
 * by whom.  Reduced from io_uring's buffer rings.
 */
#include <linux/mm.h>
#include <linux/slab.h>

struct ring {
	struct page **pages;
	int count;
	bool is_mapped;
};

struct frame {
	struct page *page;
	bool is_mapped;
};

struct own_ring {
	struct page **pages;
	int count;
	bool is_mapped;
};

int map_ring(struct page ***pages, int *count);
int map_frame(struct page **page);
int ask(struct own_ring *ring, int *count);

static struct page **pin_all(unsigned long addr, int n)
{
	struct page **pages = kcalloc(n, sizeof(*pages), GFP_KERNEL);
	int ret;

	if (!pages)
		return NULL;
	ret = pin_user_pages_fast(addr, n, 0, pages);
	if (ret == n)
		return pages;
	if (ret > 0)
		unpin_user_pages(pages, ret);
	kfree(pages);
	return NULL;
}

int pin_ring(struct ring *ring, unsigned long addr, int n)
{
	struct page **pages = pin_all(addr, n);

	if (!pages)
		return -ENOMEM;
	ring->pages = pages;
	ring->count = n;
	ring->is_mapped = false;
	return 0;
}

int alloc_ring(struct ring *ring)
{
	ring->is_mapped = true;
	return map_ring(&ring->pages, &ring->count);
}

void clean_free_ring(struct ring *ring)
{
	int i;

	if (ring->is_mapped)
		for (i = 0; i < ring->count; i++)
			put_page(ring->pages[i]);
	else
		unpin_user_pages(ring->pages, ring->count);
	kfree(ring->pages);
}

int pin_frame(struct frame *frame, unsigned long addr)
{
	frame->is_mapped = false;
	return pin_user_pages_fast(addr, 1, 0, &frame->page);
}

int alloc_frame(struct frame *frame)
{
	frame->is_mapped = true;
	return map_frame(&frame->page);
}

void clean_free_frame(struct frame *frame)
{
	if (frame->is_mapped)
		put_page(frame->page);
	else
		unpin_user_page(frame->page);
}

/* Nobody else gets the address of this one's pages. */
int pin_own_ring(struct own_ring *ring, unsigned long addr, int n)
{
	struct page **pages = pin_all(addr, n);

	if (!pages)
		return -ENOMEM;
	ring->pages = pages;
	ring->count = n;
	return ask(ring, &ring->count);
}

void free_own_ring(struct own_ring *ring)
{
	int i;

	for (i = 0; i < ring->count; i++)
		put_page(ring->pages[i]);	/* { dg-warning {pincheck:put-pinned} } */
	kfree(ring->pages);
}

/* ---- what others have got is passed on to a function that only stores it ---- */

struct view {
	struct page **pages;
	int count;
	bool is_borrowed;
};

void borrow(struct view *view, struct page **pages, int n)
{
	view->pages = pages;
	view->count = n;
	view->is_borrowed = true;
}

int pin_view(struct view *view, unsigned long addr, int n)
{
	view->is_borrowed = false;
	view->pages = pin_all(addr, n);
	view->count = n;
	return view->pages ? 0 : -ENOMEM;
}

void clean_free_view(struct view *view)
{
	int i;

	if (view->is_borrowed)
		for (i = 0; i < view->count; i++)
			put_page(view->pages[i]);
	else
		unpin_user_pages(view->pages, view->count);
	kfree(view->pages);
}

/* The same by a function that is called only from where pages are pinned. */
struct own_view {
	struct page **pages;
	int count;
};

static void set_own_view(struct own_view *view, struct page **pages, int n)
{
	view->pages = pages;
	view->count = n;
}

int pin_own_view(struct own_view *view, unsigned long addr, int n)
{
	struct page **pages = pin_all(addr, n);

	if (!pages)
		return -ENOMEM;
	set_own_view(view, pages, n);
	return 0;
}

void free_own_view(struct own_view *view)
{
	int i;

	for (i = 0; i < view->count; i++)
		put_page(view->pages[i]);	/* { dg-warning {pincheck:put-pinned} } */
	kfree(view->pages);
}

/* Nobody gives its pages back as pins: no flag can make that right. */
struct object {
	struct page **pages;
	int count;
};

void set_object(struct object *object, struct page **pages, int n)
{
	object->pages = pages;
	object->count = n;
}

int pin_object(struct object *object, unsigned long addr, int n)
{
	object->pages = pin_all(addr, n);
	object->count = n;
	return object->pages ? 0 : -ENOMEM;
}

void put_object(struct object *object)
{
	release_pages(object->pages, object->count);	/* { dg-warning {pincheck:put-pinned} } */
	kfree(object->pages);
}
