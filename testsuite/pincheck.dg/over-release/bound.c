/* SPDX-License-Identifier: GPL-2.0-or-later */
/* { dg-do compile } */
/* { dg-additional-options "-Wno-aggressive-loop-optimizations" } */
/* Loops that give back what is behind the end of an array. */
#include <linux/mm.h>

#define NO_PFN		(~0UL)

struct descriptor {
	unsigned long pfns[8];
	struct page *pages[4];
	unsigned int count;
	unsigned long open[6];
};

void put_up_to_none(struct descriptor *d)
{
	unsigned long i;

	for (i = 0; i < ARRAY_SIZE(d->pfns) + 1 && d->pfns[i] != NO_PFN; i++)
		unpin_user_page(pfn_to_page(d->pfns[i]));	/* { dg-warning {pincheck:over-release} } */
}

void clean_put_up_to_none(struct descriptor *d)
{
	unsigned long i;

	for (i = 0; i < ARRAY_SIZE(d->pfns) && d->pfns[i] != NO_PFN; i++)
		unpin_user_page(pfn_to_page(d->pfns[i]));
}

void put_those(struct descriptor *d)
{
	int i;

	for (i = 0; i <= 4; i++)
		if (d->pages[i])
			put_page(d->pages[i]);		/* { dg-warning {pincheck:over-release} } */
}

void clean_put_those(struct descriptor *d)
{
	int i;

	for (i = 0; i < 4; i++)
		if (d->pages[i])
			put_page(d->pages[i]);
}

void put_behind(struct descriptor *d)
{
	int i;

	for (i = 0; i < 4; i++)
		put_page(d->pages[i + 1]);		/* { dg-warning {pincheck:over-release} } */
}

void clean_put_behind(struct descriptor *d)
{
	int i;

	for (i = 0; i < 3; i++)
		put_page(d->pages[i + 1]);
}

/* One loop for two arrays: of the shorter one no more than there is. */
void clean_put_both(struct descriptor *d)
{
	int i;

	for (i = 0; i < 8; i++) {
		if (d->pfns[i] != NO_PFN)
			unpin_user_page(pfn_to_page(d->pfns[i]));
		if (i < 4)
			put_page(d->pages[i]);
	}
}

/* The loop ends by a number that is told elsewhere. */
void clean_put_counted(struct descriptor *d)
{
	int i;

	for (i = 0; i < 100; i++) {
		if (i == d->count)
			break;
		put_page(d->pages[i]);
	}
}

void clean_put_returned(struct descriptor *d)
{
	int i;

	for (i = 0; i < 100; i++) {
		if (i >= d->count)
			return;
		put_page(d->pages[i]);
	}
}

/* The last of a record may have more. */
void clean_put_open(struct descriptor *d)
{
	int i;

	for (i = 0; i < 10; i++)
		if (d->open[i] != NO_PFN)
			unpin_user_page(pfn_to_page(d->open[i]));
}

/* Counted another way. */
void clean_put_some(struct descriptor *d)
{
	int i;

	for (i = -1; i < 3; i++)
		put_page(d->pages[i + 1]);
	for (i = 4; i > 0; i--)
		unpin_user_page(pfn_to_page(d->pfns[i - 1]));
}

void clean_put_before(struct descriptor *d)
{
	unsigned int i;

	for (i = 1; i < 5; i++)
		put_page(d->pages[i - 1]);
}

/* One of them is always none. */
void clean_put_to_the_last(struct descriptor *d)
{
	unsigned int i;

	for (i = 0; i < 1000 && d->pages[i]; i++)
		put_page(d->pages[i]);
	for (i = 0; i != -1u && d->pfns[i] != NO_PFN; i++)
		unpin_user_page(pfn_to_page(d->pfns[i]));
}
