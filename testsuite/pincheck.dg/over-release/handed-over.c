// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Somebody got at the array of whom nothing is known; there are no more pages for that. */
#include <linux/mm.h>
#include <linux/slab.h>

struct pipe {
	struct page *pages[16];
	int count;
};

void show(struct page **pages, int count);

static int take(struct pipe *pipe, unsigned long start, int wanted)
{
	int got;

	if (wanted > 16)
		wanted = 16;
	got = pin_user_pages_fast(start, wanted, 0, pipe->pages);
	return got <= 0 ? -EFAULT : got;
}

int one_more(struct pipe *pipe, unsigned long start, int wanted)
{
	int got = take(pipe, start, wanted);

	if (got < 0)
		return got;
	show(pipe->pages, got);
	unpin_user_pages(pipe->pages, got + 1);	/* { dg-warning {pincheck:over-release} } */
	return 0;
}

int clean_all(struct pipe *pipe, unsigned long start, int wanted)
{
	int got = take(pipe, start, wanted);

	if (got < 0)
		return got;
	show(pipe->pages, got);
	unpin_user_pages(pipe->pages, got);
	return 0;
}

/* The page behind was there before. */
int clean_part(struct pipe *pipe, unsigned long start, int wanted)
{
	int got = pin_user_pages_fast(start, wanted, 0, pipe->pages);

	if (got <= 0 || got == wanted)
		return -EFAULT;
	show(pipe->pages, got);
	unpin_user_pages(pipe->pages, got + 1);
	return 0;
}

/* ... or was put there. */
int clean_one_of_own(struct pipe *pipe, unsigned long start, int wanted, struct page *last)
{
	int got = take(pipe, start, wanted);

	if (got < 0)
		return got;
	pipe->pages[got] = last;
	show(pipe->pages, got);
	unpin_user_pages(pipe->pages, got + 1);
	return 0;
}

/* How many pages are in the record is known of an array that was shown, too. */
struct shown {
	struct page **pages;
	int count;
};

int shown_fill(struct shown *shown, unsigned long start, int wanted)
{
	struct page **pages = kcalloc(wanted, sizeof(*pages), GFP_KERNEL);
	int pinned;

	if (!pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, wanted, 0, pages);
	if (pinned <= 0) {
		kfree(pages);
		return -EFAULT;
	}
	show(pages, pinned);
	shown->pages = pages;
	shown->count = pinned;
	return 0;
}

void shown_drop_more(struct shown *shown)
{
	unpin_user_pages(shown->pages, shown->count + 1);	/* { dg-warning {pincheck:over-release} } */
	kfree(shown->pages);
}

void clean_shown_drop(struct shown *shown)
{
	unpin_user_pages(shown->pages, shown->count);
	kfree(shown->pages);
}

/* Some of them are in use from now on; the others are given back. */
int rest_and_one_more(struct pipe *pipe, unsigned long start, int wanted, int done)
{
	int got = take(pipe, start, wanted);

	if (got < 0)
		return got;
	show(pipe->pages, got);
	if (done >= 0 && done < got)
		unpin_user_pages(pipe->pages + done, got - done + 1);	/* { dg-warning {pincheck:over-release} } */
	return done;
}

int all_from_a_later_one(struct pipe *pipe, unsigned long start, int wanted, int done)
{
	int got = take(pipe, start, wanted);

	if (got < 0)
		return got;
	show(pipe->pages, got);
	if (done > 0 && done < got)
		unpin_user_pages(pipe->pages + done, got);	/* { dg-warning {pincheck:over-release} } */
	return done;
}

int clean_rest(struct pipe *pipe, unsigned long start, int wanted, int done)
{
	int got = take(pipe, start, wanted);

	if (got < 0)
		return got;
	show(pipe->pages, got);
	if (done > 0 && done < got)
		unpin_user_pages(pipe->pages + done, got - done);
	return done;
}

/* Nobody says that there is a later one. */
int clean_all_from_some(struct pipe *pipe, unsigned long start, int wanted, int done)
{
	int got = take(pipe, start, wanted);

	if (got < 0)
		return got;
	show(pipe->pages, got);
	if (done >= 0 && done < got)
		unpin_user_pages(pipe->pages + done, got);
	return done;
}

/* Those who get the array put as many into it as they use. */
int clean_two(unsigned long start)
{
	struct page *pages[4];
	int got = pin_user_pages_fast(start, 2, 0, pages);

	if (got != 2) {
		if (got > 0)
			unpin_user_pages(pages, got);
		return -EFAULT;
	}
	show(pages, 2);
	unpin_user_pages(pages + 1, 2);
	return 0;
}

/* Pages at the end of a table of the function's own. */
int behind_a_table(unsigned long start, int wanted, int done)
{
	struct page **table, **pages;
	int got;

	table = kcalloc(3 * (size_t)wanted, sizeof(*pages), GFP_KERNEL);
	if (!table)
		return -ENOMEM;
	pages = table + 2 * wanted;
	got = pin_user_pages_fast(start, wanted, 0, pages);
	if (got > 0) {
		show(table, got);
		if (done >= 0 && done < got)
			unpin_user_pages(pages + done, got - done);
	}
	kfree(table);
	return 0;
}
