// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* { dg-additional-options "-fplugin-arg-pincheck-dump=ir" } */
/*
 * A static function of the file that has the name of one of the kernel's is not
 * the kernel's.
 */
struct page;
void unpin_user_page(struct page *page);

struct box {
	struct page *page;
};

static void put_page(struct box *box)
{
	unpin_user_page(box->page);
}

void close_box(struct box *box)
{
	put_page(box);
	/* { dg-dump {call put_page body: %1$} } */
}
