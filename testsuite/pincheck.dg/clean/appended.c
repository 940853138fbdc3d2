// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * A page behind those that are counted, or a field beside them that is no count: what another
 * function gives back is what there is.
 */
#include <linux/mm.h>
#include <linux/slab.h>

/* The field is the index of the last page, and starts at -1. */
struct by_last {
	struct page *pages[16];
	int last;
};

int by_last_set(struct by_last *rec, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, 0, &page) != 1)
		return -EFAULT;
	rec->pages[rec->last] = page;
	return 0;
}

void by_last_next(struct by_last *rec)
{
	rec->last++;
}

void by_last_put(struct by_last *rec)
{
	unpin_user_pages(rec->pages, rec->last + 1);
}

struct by_next {
	struct page *pages[16];
	int last;
};

int by_next_add(struct by_next *rec, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, 0, &page) != 1)
		return -EFAULT;
	rec->pages[++rec->last] = page;
	return 0;
}

void by_next_put(struct by_next *rec)
{
	unpin_user_pages(rec->pages, rec->last + 1);
	rec->last = -1;
}

/* One more than is counted, put there at the end. */
struct sealed {
	struct page *pages[16];
	int count;
};

int sealed_add(struct sealed *rec, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, 0, &page) != 1)
		return -EFAULT;
	rec->pages[rec->count++] = page;
	return 0;
}

int sealed_end(struct sealed *rec, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, 0, &page) != 1)
		return -EFAULT;
	rec->pages[rec->count] = page;
	return 0;
}

void sealed_put(struct sealed *rec)
{
	unpin_user_pages(rec->pages, rec->count + 1);
	rec->count = 0;
}

/* ... by somebody else, who gets the place, */
struct shown {
	struct page *pages[16];
	int count;
};

int pin_into(struct page **place, unsigned long addr);

int shown_add(struct shown *rec, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, 0, &page) != 1)
		return -EFAULT;
	rec->pages[rec->count++] = page;
	return 0;
}

int shown_end(struct shown *rec, unsigned long addr)
{
	return pin_into(&rec->pages[rec->count], addr);
}

void shown_put(struct shown *rec)
{
	unpin_user_pages(rec->pages, rec->count + 1);
	rec->count = 0;
}

/* ... or the place where a loop has ended, */
struct looped {
	struct page *pages[16];
	unsigned int count;
};

int looped_add(struct looped *rec, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, 0, &page) != 1)
		return -EFAULT;
	rec->pages[rec->count++] = page;
	return 0;
}

void wait_a_little(void);

int looped_end(struct looped *rec, unsigned long addr)
{
	unsigned int i;

	for (i = 0; i < rec->count; i++)
		wait_a_little();
	return pin_into(&rec->pages[i], addr);
}

void looped_put(struct looped *rec)
{
	unpin_user_pages(rec->pages, rec->count + 1);
	rec->count = 0;
}

/* ... or keeps the array, */
struct kept {
	struct page **pages;
	int count;
};

struct page **where;

int kept_add(struct kept *rec, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, 0, &page) != 1)
		return -EFAULT;
	rec->pages[rec->count++] = page;
	return 0;
}

void kept_show(struct kept *rec)
{
	where = rec->pages;
}

void kept_put(struct kept *rec)
{
	unpin_user_pages(rec->pages, rec->count + 1);
	rec->count = 0;
}

/* ... or by a call that takes many. */
struct bulk {
	struct page *pages[16];
	int count;
};

int bulk_add(struct bulk *rec, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, 0, &page) != 1)
		return -EFAULT;
	rec->pages[rec->count++] = page;
	return 0;
}

int bulk_end(struct bulk *rec, unsigned long addr)
{
	return pin_user_pages_fast(addr, 1, 0, rec->pages + rec->count) == 1 ? 0 : -EFAULT;
}

void bulk_put(struct bulk *rec)
{
	unpin_user_pages(rec->pages, rec->count + 1);
	rec->count = 0;
}

/* The count is made the index of the last page. */
struct closed {
	struct page *pages[16];
	int count;
};

int closed_add(struct closed *rec, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, 0, &page) != 1)
		return -EFAULT;
	rec->pages[rec->count++] = page;
	return 0;
}

void closed_close(struct closed *rec)
{
	if (rec->pages[0])
		rec->count--;
}

void closed_put(struct closed *rec)
{
	unpin_user_pages(rec->pages, rec->count + 1);
	rec->count = 0;
}

/* Given back from the end. */
struct stack {
	struct page *pages[16];
	int count;
};

int stack_push(struct stack *rec, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, 0, &page) != 1)
		return -EFAULT;
	rec->pages[rec->count++] = page;
	return 0;
}

void stack_drop(struct stack *rec)
{
	while (rec->count)
		unpin_user_page(rec->pages[--rec->count]);
}

void stack_drop_one(struct stack *rec)
{
	rec->count--;
	unpin_user_pages(rec->pages + rec->count, 1);
}

void stack_drop_last(struct stack *rec)
{
	int last = rec->count - 1;

	unpin_user_pages(rec->pages, last + 1);
	rec->count = 0;
}

/* A ring: where the next one goes is the oldest one. */
struct ring {
	struct page *pages[16];
	unsigned int head;
	bool is_full;
};

int ring_add(struct ring *rec, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, 0, &page) != 1)
		return -EFAULT;
	rec->pages[rec->head++] = page;
	if (rec->head == 16) {
		rec->head = 0;
		rec->is_full = true;
	}
	return 0;
}

void ring_drop_oldest(struct ring *rec)
{
	if (rec->is_full)
		unpin_user_pages(&rec->pages[rec->head], 1);
}

void ring_put(struct ring *rec)
{
	unpin_user_pages(rec->pages, rec->is_full ? 16 : rec->head);
}

/* Counted elsewhere, or not with each page. */
struct owner {
	unsigned int count;
};

struct elsewhere {
	struct page *pages[16];
	unsigned int count;
};

int elsewhere_add(struct elsewhere *rec, struct owner *owner, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, 0, &page) != 1)
		return -EFAULT;
	rec->pages[owner->count++] = page;
	return 0;
}

void elsewhere_put(struct elsewhere *rec)
{
	unpin_user_pages(rec->pages, rec->count + 1);
}

struct first_alone {
	struct page *pages[16];
	unsigned int more;
};

int first_alone_begin(struct first_alone *rec, unsigned long addr)
{
	rec->more = 0;
	return pin_user_pages_fast(addr, 1, 0, rec->pages) == 1 ? 0 : -EFAULT;
}

int first_alone_add(struct first_alone *rec, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, 0, &page) != 1)
		return -EFAULT;
	rec->more++;
	rec->pages[rec->more] = page;
	return 0;
}

void first_alone_put(struct first_alone *rec)
{
	unpin_user_pages(rec->pages, rec->more + 1);
}
