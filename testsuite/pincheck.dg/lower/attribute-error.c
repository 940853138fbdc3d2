// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Texts of attributes that say nothing. */
struct page;

void misspelt(struct page *page)	/* { dg-error {column 1 of the text: expected} } */
	__attribute__((pincheck("releses pinned $1")));
void too_far(struct page *page)		/* { dg-error {column \d+ of the text} } */
	__attribute__((pincheck("releases pinned $2")));
void no_text(struct page *page)		/* { dg-error {takes one string} } */
	__attribute__((pincheck(3)));
typedef int number __attribute__((pincheck("neutral")));
/* { dg-warning {ignored} "" { target *-*-* } .-1 } */

struct holder {
	struct page **pages __attribute__((pincheck("pinned")));
};

struct page *global __attribute__((pincheck("ordinary")));
