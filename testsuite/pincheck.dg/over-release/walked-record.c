// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * A function that moves a pointer of its record on, to what that led to before, has put
 * nothing where it was not: who passed the record knows still what is held in it.
 */
#include <linux/mm.h>
#include <linux/highmem.h>

struct link {
	struct link *next;
	void *data;
	unsigned int length;
};

struct walk {
	struct page *pages[32];
	struct link *link;
	struct link *first;
};

extern struct link *somebodys;

/* drivers/block/ublk_drv.c */
static void copy_pages(struct walk *walk, unsigned int total)
{
	unsigned int done = 0, i = 0;

	while (done < total) {
		void *address = kmap_local_page(walk->pages[i++]);

		__builtin_memcpy(address, walk->link->data, PAGE_SIZE);
		kunmap_local(address);
		done += PAGE_SIZE;
		walk->link = walk->link->next;
		if (!walk->link)
			break;
	}
}

int one_too_many(struct walk *outer, unsigned long start)
{
	struct walk walk = { .link = outer->link };
	int i, n = get_user_pages_fast(start, 32, 0, walk.pages);

	if (n <= 0)
		return n;
	copy_pages(&walk, n * PAGE_SIZE);
	for (i = 0; i <= n; i++)
		put_page(walk.pages[i]);	/* { dg-warning {pincheck:over-release} } */
	return 0;
}

int clean(struct walk *outer, unsigned long start)
{
	struct walk walk = { .link = outer->link };
	int i, n = get_user_pages_fast(start, 32, 0, walk.pages);

	if (n <= 0)
		return n;
	copy_pages(&walk, n * PAGE_SIZE);
	for (i = 0; i < n; i++)
		put_page(walk.pages[i]);
	return 0;
}

/* What it leads to goes to others: they may give it back. */
static void hand_out(struct walk *walk, unsigned int total)
{
	unsigned int done = 0, i = 0;

	while (done < total) {
		void *address = kmap_local_page(walk->pages[i++]);

		__builtin_memcpy(address, walk->link->data, PAGE_SIZE);
		kunmap_local(address);
		done += PAGE_SIZE;
		walk->link = walk->link->next;
		if (!walk->link)
			break;
	}
	somebodys = (struct link *)walk;
}

int clean_handed_out(struct walk *walk, unsigned long start)
{
	int n = get_user_pages_fast(start, 32, 0, walk->pages);

	if (n <= 0)
		return n;
	hand_out(walk, n * PAGE_SIZE);
	return 0;
}
