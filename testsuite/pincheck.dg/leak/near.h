/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of a driver share: for near.c. */
#ifndef NEAR_H
#define NEAR_H

#include <linux/mm.h>

struct mapping {
	struct page **pages;
	int count;
};

struct asked {
	struct page **pages;
	int count;
};

struct watched {
	struct page **pages;
	int count;
	void (*stop)(struct watched *watched);
};

struct shown {
	struct page **pages;
	int count;
};

struct owned {
	struct page **pages;
	int count;
};

struct plain {
	struct page **pages;
	int count;
};

struct again {
	struct page **pages;
	int count;
};

void asked_stop(struct asked *asked);
void shown_use(struct page **pages, int count);

#endif /* NEAR_H */
