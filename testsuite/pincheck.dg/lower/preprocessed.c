# 1 "somewhere/driver.c"
# 1 "<built-in>"
# 1 "<command-line>"
# 1 "somewhere/driver.c"
// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* { dg-additional-options "-fpreprocessed -fplugin-arg-pincheck-dump=ir" } */
/* In a preprocessed unit the main file is the one that the line markers call so. */
# 1 "include/linux/mm.h" 1
struct page;
struct shared {
	struct page *page;
};
void unpin_user_page(struct page *page);
static inline void put_page(struct page *page)
{
	*(int *)page = 0;
}
# 9 "somewhere/driver.c" 2
struct own {
	struct page *page;
	struct shared *shared;
};

static void get_page(struct page *page)
{
	*(int *)page = 1;
}

void f(struct own *own)
{
	unpin_user_page(own->page);
	put_page(own->shared->page);
	get_page(own->page);
}
/* { dg-dump {^private record own$} } */
/* { dg-dump-not {^private record shared$} } */
/* { dg-dump {call put_page contract} } */
/* { dg-dump {call get_page body} } */
/* { dg-dump-not {^static function put_page} } */
