// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * A command says how pages are taken, batch by batch, and how they are given back: however
 * many there are, of what kind they are goes with the command.
 *
 * By the shape of mm/gup_test.c of Linux 6.12.
 */
#include <linux/mm.h>
#include <linux/slab.h>

enum command { GET_FAST, GET_SLOW, PIN_FAST, PIN_SLOW, PIN_LONG };

struct request {
	unsigned long start, size;
	long batch;
	bool is_clean;
};

void show_pages(struct page **pages, unsigned long count);

static void clean_put(enum command command, struct page **pages, unsigned long count)
{
	unsigned long i;

	switch (command) {
	case GET_FAST:
	case GET_SLOW:
		for (i = 0; i < count; i++)
			put_page(pages[i]);
		break;
	case PIN_FAST:
	case PIN_SLOW:
	case PIN_LONG:
		unpin_user_pages(pages, count);
		break;
	}
}

static void put(enum command command, struct page **pages, unsigned long count)
{
	unsigned long i;

	switch (command) {
	case GET_FAST:
	case PIN_SLOW:
		for (i = 0; i < count; i++)
			put_page(pages[i]);	/* { dg-warning {pincheck:put-pinned} } */
		break;
	case GET_SLOW:
	case PIN_FAST:
	case PIN_LONG:
		unpin_user_pages(pages, count);	/* { dg-warning {pincheck:unpin-ordinary} } */
		break;
	}
}

int run(enum command command, struct request *request)
{
	unsigned long address, next, nr_pages = request->size / PAGE_SIZE, i = 0;
	long nr = request->batch;
	struct page **pages = kvcalloc(nr_pages, sizeof(*pages), GFP_KERNEL);

	if (!pages)
		return -ENOMEM;
	for (address = request->start; address < request->start + request->size; address = next) {
		if (nr != request->batch)
			break;
		next = address + nr * PAGE_SIZE;
		switch (command) {
		case GET_FAST:
			nr = get_user_pages_fast(address, nr, 0, pages + i);
			break;
		case GET_SLOW:
			nr = get_user_pages(address, nr, 0, pages + i);
			break;
		case PIN_FAST:
			nr = pin_user_pages_fast(address, nr, 0, pages + i);
			break;
		case PIN_SLOW:
			nr = pin_user_pages(address, nr, 0, pages + i);
			break;
		case PIN_LONG:
			nr = pin_user_pages(address, nr, FOLL_LONGTERM, pages + i);
			break;
		default:
			goto out;
		}
		if (nr <= 0)
			break;
		i += nr;
	}
	show_pages(pages, i);
	if (request->is_clean)
		clean_put(command, pages, i);
	else
		put(command, pages, i);
out:
	kvfree(pages);
	return 0;
}
