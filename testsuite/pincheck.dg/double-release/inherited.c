// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Given back twice by a function that did not take it. */
#include <linux/mm.h>
#include <linux/slab.h>

void refill(void);
bool is_busy(void);

void array_of_the_caller(struct page **pages, int count)
{
	unpin_user_pages(pages, count);
	unpin_user_pages(pages, count);	/* { dg-warning {pincheck:double-release} } */
}

void clean_array_of_the_caller(struct page **pages, int count)
{
	unpin_user_pages(pages, count);
	pages += count;
	unpin_user_pages(pages, count);
}

struct buffer {
	struct page **pages;
	int count;
};

void array_in_a_record(struct buffer *buffer)
{
	unpin_user_pages(buffer->pages, buffer->count);
	/* { dg-warning {pincheck:double-release} "" { target *-*-* } .+1 } */
	unpin_user_pages(buffer->pages, buffer->count);
	buffer->count = 0;
}

void clean_count_in_between(struct buffer *buffer)
{
	unpin_user_pages(buffer->pages, buffer->count);
	buffer->count = 0;
	unpin_user_pages(buffer->pages, buffer->count);
}

void clean_refilled_in_between(struct buffer *buffer)
{
	unpin_user_pages(buffer->pages, buffer->count);
	refill();
	unpin_user_pages(buffer->pages, buffer->count);
}

void clean_stored_in_between(struct buffer *buffer, struct page *page)
{
	unpin_user_page(buffer->pages[0]);
	buffer->pages[buffer->count] = page;
	unpin_user_page(buffer->pages[0]);
}

void element_by_element(struct buffer *buffer)
{
	int i;

	for (i = 0; i < buffer->count; i++) {
		unpin_user_page(buffer->pages[i]);
		unpin_user_page(buffer->pages[i]);	/* { dg-warning {pincheck:double-release} } */
	}
}

void clean_element_by_element(struct buffer *buffer)
{
	int i;

	for (i = 0; i < buffer->count; i++)
		unpin_user_page(buffer->pages[i]);
	kfree(buffer->pages);
}

void clean_on_either_path(struct buffer *buffer)
{
	if (is_busy())
		unpin_user_pages(buffer->pages, buffer->count);
	if (!is_busy())
		unpin_user_pages(buffer->pages, buffer->count);
}

/* The list is not followed: each round finds another record. */
struct node {
	struct node *next;
	struct page *page;
};

void clean_list(struct node *head)
{
	struct node *node;

	while (head->next != head) {
		node = head->next;
		unpin_user_page(node->page);
		node->next->next = head;
		head->next = node->next;
	}
}

void by_frame_number(unsigned long frame)
{
	unpin_user_page(pfn_to_page(frame));
	unpin_user_page(pfn_to_page(frame));	/* { dg-warning {pincheck:double-release} } */
}

void clean_by_frame_number(unsigned long frame)
{
	unpin_user_page(pfn_to_page(frame));
	unpin_user_page(pfn_to_page(frame + 1));
}

void through_a_local_array(struct page *page)
{
	struct page *pages[1];

	pages[0] = page;
	unpin_user_pages(pages, 1);
	unpin_user_pages(pages, 1);	/* { dg-warning {pincheck:double-release} } */
}

/* Ordinary references: the caller may have two. */
void clean_two_of_the_caller(struct page *page)
{
	put_page(page);
	put_page(page);
}

/* In a field, put there with one reference. */
struct own {
	struct page *page;
};

int own_fill(struct own *own)
{
	own->page = alloc_page(GFP_KERNEL);
	return own->page ? 0 : -ENOMEM;
}

void own_drop(struct own *own)
{
	put_page(own->page);
	put_page(own->page);	/* { dg-warning {pincheck:double-release} } */
}

/* ... with two. */
struct both {
	struct page *page;
};

int clean_both_fill(struct both *both)
{
	both->page = alloc_page(GFP_KERNEL);
	if (!both->page)
		return -ENOMEM;
	get_page(both->page);
	return 0;
}

void clean_both_drop(struct both *both)
{
	put_page(both->page);
	put_page(both->page);
}

/* ... by somebody else. */
struct given {
	struct page *page;
};

void clean_given_set(struct given *given, struct page *page)
{
	given->page = page;
}

void clean_given_drop(struct given *given)
{
	put_page(given->page);
	put_page(given->page);
}

void clean_taken_again(struct own *own)
{
	put_page(own->page);
	own->page = alloc_page(GFP_KERNEL);
	if (own->page)
		put_page(own->page);
}
