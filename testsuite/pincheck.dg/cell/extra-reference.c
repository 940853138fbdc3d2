// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * A page gets one reference more and is put into a second place: the other references that
 * it may have are those of where it was found, or of the callers' page.
 * Reduced from fs/direct-io.c of 6.1, submit_page_section().
 */
#include <linux/mm.h>
#include <linux/uio.h>

#define MOST 64

extern int send(struct page *page);

struct wrong_dio {
	unsigned head, tail;
	struct page *wrong_pages[MOST];
	struct page *wrong_now;
};

int wrong_fill(struct wrong_dio *dio, unsigned long addr)
{
	int ret = get_user_pages_fast(addr, MOST, 0, dio->wrong_pages);

	if (ret < 0)
		return ret;
	dio->head = 0;
	dio->tail = ret;
	return 0;
}

static int wrong_keep(struct wrong_dio *dio, struct page *page)
{
	int ret = 0;

	if (dio->wrong_now) {
		ret = send(dio->wrong_now);
		unpin_user_page(dio->wrong_now);	/* { dg-warning {user-pinned.*unpin-ordinary} } */
		dio->wrong_now = NULL;
	}
	get_page(page);
	dio->wrong_now = page;
	return ret;
}

int wrong_walk(struct wrong_dio *dio)
{
	int ret = 0;

	while (!ret && dio->head < dio->tail) {
		struct page *page = dio->wrong_pages[dio->head++];

		ret = wrong_keep(dio, page);
		put_page(page);
	}
	return ret;
}

/* The same, of pages that are pinned: the second reference is an ordinary one all the same. */
struct dio {
	unsigned head, tail;
	struct page *pages[MOST];
	struct page *now;
};

int fill(struct dio *dio, unsigned long addr)
{
	int ret = pin_user_pages_fast(addr, MOST, 0, dio->pages);

	if (ret < 0)
		return ret;
	dio->head = 0;
	dio->tail = ret;
	return 0;
}

static int keep(struct dio *dio, struct page *page)
{
	int ret = 0;

	if (dio->now) {
		ret = send(dio->now);
		put_page(dio->now);
		dio->now = NULL;
	}
	get_page(page);
	dio->now = page;
	return ret;
}

int walk(struct dio *dio)
{
	int ret = 0;

	while (!ret && dio->head < dio->tail) {
		struct page *page = dio->pages[dio->head++];

		ret = keep(dio, page);
		unpin_user_page(page);
	}
	return ret;
}

/* ... kept by a function that finds the page itself, and given back by another. */
struct pool {
	struct page *pool_pages[MOST];
	struct page *first;
};

int pool_fill(struct pool *pool, unsigned long addr)
{
	return pin_user_pages_fast(addr, MOST, 0, pool->pool_pages);
}

void pool_choose(struct pool *pool, unsigned i)
{
	get_page(pool->pool_pages[i]);
	pool->first = pool->pool_pages[i];
}

void pool_forget(struct pool *pool)
{
	put_page(pool->first);
	pool->first = NULL;
}

void pool_drop(struct pool *pool, unsigned count)
{
	unpin_user_pages(pool->pool_pages, count);
}

/* ... of whoever's page it is. */
struct keeper {
	struct page *kept;
};

void keeper_keep(struct keeper *keeper, struct page *page)
{
	get_page(page);
	keeper->kept = page;
}

void keeper_swap(struct keeper *keeper)
{
	unpin_user_page(keeper->kept);
	keeper->kept = NULL;
}
