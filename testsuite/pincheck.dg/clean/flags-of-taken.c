// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * Flags tell which of several pages have been taken, or a search for the set bits of a mask.
 * From drivers that undo what they have done by a mask.
 */
#include <linux/errno.h>
#include <linux/mm.h>

#define GOT_P	1
#define GOT_Q	2

struct pair {
	struct page *p, *q;
};

unsigned long next_bit(const unsigned long *mask, unsigned long bits, unsigned long from);

int clean_by_flags(struct pair *s, unsigned long a, unsigned long b)
{
	unsigned int got = 0;

	if (pin_user_pages_fast(a, 1, FOLL_WRITE, &s->p) == 1)
		got |= GOT_P;
	if (pin_user_pages_fast(b, 1, FOLL_WRITE, &s->q) == 1)
		got |= GOT_Q;
	if (got == (GOT_P | GOT_Q))
		return 0;
	if (got & GOT_P)
		unpin_user_page(s->p);
	if (got & GOT_Q)
		unpin_user_page(s->q);
	return -EFAULT;
}

int by_the_wrong_flag(unsigned long a, unsigned long b)
{
	struct page *p, *q;
	unsigned int got = 0;

	if (pin_user_pages_fast(a, 1, FOLL_WRITE, &p) == 1)
		got |= GOT_P;
	if (pin_user_pages_fast(b, 1, FOLL_WRITE, &q) == 1)	/* { dg-warning "never given back" } */
		got |= GOT_Q;
	if (got & GOT_P)
		unpin_user_page(p);
	if (got & GOT_P)
		unpin_user_page(q);	/* { dg-warning "'q'.* was never taken" } */
	return -EFAULT;
}

int clean_by_search(unsigned long a, unsigned long b)
{
	struct page *p[2];
	unsigned long mask = 0;
	unsigned long bit;
	int i, ret = 0;

	for (i = 0; i < 2; i++) {
		ret = pin_user_pages_fast(i ? b : a, 1, 0, &p[i]);
		if (ret != 1)
			break;
		mask |= 1ul << i;
	}
	for (bit = 0; (bit = next_bit(&mask, 2, bit)) < 2; bit++)
		unpin_user_page(p[bit]);
	return ret;
}
