// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* { dg-additional-options "-fplugin-arg-pincheck-dump=ir" } */
/* Ways to leave a block. */
#include <linux/mm.h>

void die(void) __attribute__((noreturn));
int setjmp(void **buffer) __attribute__((returns_twice));

void ranges(struct page *page, signed char c)
{
	switch (c) {
	/* { dg-dump {switch %\d+; -3 \.\. -1 block \d+; 7 block \d+; else block \d+$} } */
	case -3 ... -1:
		put_page(page);
		break;
	case 7:
		unpin_user_page(page);
		break;
	}
}

void computed(struct page *page, int i)
{
	static const void *const labels[] = { &&one, &&two };

	goto *labels[i];
	/* { dg-dump {goto_any block \d+, block \d+$} } */
one:
	put_page(page);
	return;
two:
	unpin_user_page(page);
}

void assembly(struct page *page)
{
	__asm__ goto("" : : : : out);
	put_page(page);
out:
	;
}

void loops(struct page **pages, int n)
{
	for (int i = 0; i < n; i++)
		put_page(pages[i]);
	/* { dg-dump {^block \d+:\t# from \d+, \d+; loop$} } */
	/* { dg-dump {phi %\d+, %\d+ : i32\t# i$} } */
	/* { dg-dump {less %\d+, %2 : u1$} } */
	/* { dg-dump {branch %\d+ \? block \d+ : block \d+$} } */
}

void dead(struct page *page, int is_bad)
{
	if (is_bad)
		die();
	/* { dg-dump {call die:$} } */
	/* { dg-dump {^\tunreachable$} } */
	put_page(page);
}

int twice(struct page *page, void **buffer)
{
	if (setjmp(buffer))
		return 1;
	put_page(page);
	return 0;
}

void forever(struct page *page)
{
	for (;;)
		put_page(page);
}
