// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* A page that each round of a loop takes is lost where nothing leads to it in the next one. */
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/pagemap.h>

int is_wanted(unsigned long index);
struct page *get_dump_page(unsigned long addr);

int user_page(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	unpin_user_page(page);
	return 0;
}

int passed_over(struct address_space *mapping, pgoff_t index, pgoff_t end)
{
	for (; index < end; index++) {
		struct page *page = find_get_page(mapping, index);

		if (!page)
			break;
		if (!is_wanted(index))	/* { dg-warning {'page' is never given back.*pincheck:leak} } */
			continue;
		put_page(page);
	}
	return 0;
}

int passed_over_put(struct address_space *mapping, pgoff_t index, pgoff_t end)
{
	for (; index < end; index++) {
		struct page *page = find_get_page(mapping, index);

		if (!page)
			break;
		if (!is_wanted(index)) {
			put_page(page);
			continue;
		}
		put_page(page);
	}
	return 0;
}

/* As in v6.12 fs/coredump.c, dump_user_range(): in every round, and another one is held. */
int every_round(unsigned long start, unsigned long end)
{
	struct page *other = alloc_page(GFP_KERNEL);

	if (!other)
		return -ENOMEM;
	for (; start < end; start += PAGE_SIZE) {
		struct page *page = get_dump_page(start);

		if (page) {
			if (*(int *)page_address(page) == 5)	/* { dg-warning {'page' is never given back.*pincheck:leak} } */
				*(int *)page_address(other) = 6;
		}
	}
	__free_page(other);
	return 0;
}

/* The page of the last round is given back in this one. */
int one_behind(struct address_space *mapping, pgoff_t index, pgoff_t end)
{
	struct page *previous = NULL;

	for (; index < end; index++) {
		struct page *page = find_get_page(mapping, index);

		if (!page)
			break;
		if (previous)
			put_page(previous);
		previous = page;
	}
	if (previous)
		put_page(previous);
	return 0;
}

int one_behind_lost(struct address_space *mapping, pgoff_t index, pgoff_t end)
{
	struct page *previous = NULL;

	for (; index < end; index++) {	/* { dg-warning {never given back.*pincheck:leak} } */
		struct page *page = find_get_page(mapping, index);

		if (!page)
			break;
		if (previous && is_wanted(index))
			put_page(previous);
		previous = page;
	}
	if (previous)
		put_page(previous);
	return 0;
}

/* Its memory leads to the page. */
int by_address(struct address_space *mapping, pgoff_t index, pgoff_t end)
{
	char *data = NULL;

	for (; index < end; index++) {
		struct page *page = find_get_page(mapping, index);

		if (!page)
			break;
		if (data)
			free_page((unsigned long)data);
		data = (char *)page_address(page);
	}
	if (data)
		free_page((unsigned long)data);
	return 0;
}

/* A table has it. */
int into_table(struct page **table, struct address_space *mapping, pgoff_t index, pgoff_t end)
{
	for (; index < end; index++) {
		struct page *page = find_get_page(mapping, index);

		if (!page)
			break;
		table[index] = page;
	}
	return 0;
}
