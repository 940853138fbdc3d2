// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Where a call has failed, the path leaves the one that gives back at the test of its result. */
#include <linux/mm.h>
#include <linux/slab.h>

struct entry {
	struct page *page;
	struct entry *next;
};

static int add_entry(struct entry **list, struct page *page)
{
	struct entry *entry = kmalloc(sizeof(*entry), GFP_KERNEL);

	if (!entry)
		return -ENOMEM;
	entry->page = page;
	entry->next = *list;
	*list = entry;
	return 0;
}

static void drop_entries(struct entry *list)
{
	while (list) {
		struct entry *next = list->next;

		unpin_user_page(list->page);
		kfree(list);
		list = next;
	}
}

/* As udmabuf_pin_folios() of 6.12 does. */
int called(unsigned long start, int count, struct entry **list)
{
	struct page **pages = kvmalloc_array(count, sizeof(*pages), GFP_KERNEL);
	int pinned, i, error = 0;

	if (!pages)
		return -ENOMEM;
	*list = NULL;
	pinned = pin_user_pages_fast(start, count, 0, pages);
	if (pinned <= 0) {
		error = -EFAULT;
		goto out;
	}
	for (i = 0; i < pinned; i++) {
		error = add_entry(list, pages[i]);
		if (error < 0)	/* { dg-warning {pincheck:leak} } */
			goto out;
	}
out:
	if (error)
		drop_entries(*list);
	kvfree(pages);
	return error;
}

int called_right(unsigned long start, int count, struct entry **list)
{
	struct page **pages = kvmalloc_array(count, sizeof(*pages), GFP_KERNEL);
	int pinned, i, error = 0;

	if (!pages)
		return -ENOMEM;
	*list = NULL;
	pinned = pin_user_pages_fast(start, count, 0, pages);
	if (pinned <= 0) {
		error = -EFAULT;
		goto out;
	}
	for (i = 0; i < pinned; i++) {
		error = add_entry(list, pages[i]);
		if (error < 0) {
			unpin_user_pages(pages + i, pinned - i);
			goto out;
		}
	}
out:
	if (error)
		drop_entries(*list);
	kvfree(pages);
	return error;
}
