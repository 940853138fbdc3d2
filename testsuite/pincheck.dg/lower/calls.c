// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* { dg-additional-options "-fplugin-arg-pincheck-dump=ir" } */
/* Who is called, and with what. */
#include <linux/mm.h>

struct pair {
	struct page *left, *right;
};

struct operations {
	void (*release)(struct page *page);
	struct {
		void (*drop)(struct page *page);
	} inner;
};

struct pair make_pair(struct page *left, struct page *right);
void unknown(struct page *page, ...);

static void release(struct page *page)
{
	put_page(page);
	/* { dg-dump {call put_page contract: %1$} } */
}

static void drop(struct page *page)
{
	put_page(page);
}

const struct operations table[] = {
	{ .release = release, .inner.drop = drop },
	/* { dg-dump {^\{operations\}release -> release$} } */
	/* { dg-dump {^\{inner\}drop -> drop$} } */
};

void direct(struct page *page)
{
	release(page);
	/* { dg-dump {call release body: %1$} } */
	unknown(page, 3, 4);
	/* { dg-dump {call unknown: %1, %\d+, %\d+$} } */
}

void other_name(struct page *page) __attribute__((alias("direct")));

void by_another_name(struct page *page)
{
	other_name(page);
	/* { dg-dump {call other_name body: %1$} } */
}

void indirect(const struct operations *operations, struct page *page)
{
	operations->release(page);
	/* { dg-dump {load \*%1\.\{operations\}release : code\t# operations->release$} } */
	/* { dg-dump {call \*%\d+: %2$} } */
	release(page);
}

void by_value(struct page *page)
{
	struct pair pair = make_pair(page, page);

	/* { dg-dump {call make_pair: %1, %1 : other$} } */
	/* { dg-dump {^\thavoc pair$} } */
	put_page(pair.left);
}

int hints(struct page **pages, int n)
{
	int sum;

	if (__builtin_expect(n > 3, 0))
		return __builtin_constant_p(n);
	/* { dg-dump-not {__builtin_expect|__builtin_constant_p} } */
	if (__builtin_add_overflow(n, 1, &sum))
		return 0;
	put_page(pages[sum]);
	return 1;
}

/* Named in the attribute, by position. */
void taker(int number, struct page *page)
	__attribute__((pincheck("releases pinned $2")));

void attributed(struct page *page)
{
	taker(1, page);
	/* { dg-dump {call taker contract: %\d+, %1$} } */
}
