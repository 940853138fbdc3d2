// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * Pages that a loop takes one by one rest in the array that it stores them in: as many as it
 * made rounds.
 */
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/slab.h>

struct buffer {
	struct page **pages;
	int nr;
};

void device_write(struct page **pages, int n);
int device_map(struct buffer *buffer);

int right_fill(struct page **pages, unsigned long n)
{
	unsigned long i;

	for (i = 0; i < n; i++) {
		pages[i] = get_dump_page(i * PAGE_SIZE);
		if (!pages[i])
			goto undo;
	}
	return 0;
undo:
	while (i--)
		put_page(pages[i]);
	return -EFAULT;
}

/* In another's array, too (fs/smb/client/file.c, cifs_write_allocate_pages()). */
int fill_wrong_kind(struct page **pages, unsigned long n)
{
	unsigned long i;
	int err = 0;

	for (i = 0; i < n; i++) {
		pages[i] = get_dump_page(i * PAGE_SIZE);
		if (!pages[i]) {
			n = i;
			err = -EFAULT;
			break;
		}
	}
	if (err)
		for (i = 0; i < n; i++)
			unpin_user_page(pages[i]);	/* { dg-warning {it is an ordinary page reference.*unpin-ordinary} } */
	return err;
}

int fill_twice_given_back(struct page **pages, unsigned long n)
{
	unsigned long i;

	for (i = 0; i < n; i++) {
		pages[i] = get_dump_page(i * PAGE_SIZE);
		if (!pages[i])
			goto undo;
	}
	return 0;
undo:
	while (i--) {
		put_page(pages[i]);
		put_page(pages[i]);	/* { dg-warning {a second time.*double-release} } */
	}
	return -EFAULT;
}

int right_own_array(int n)
{
	struct page *pages[16], *page;
	int i, err = 0;

	for (i = 0; i < n && i < 16; i++) {
		page = get_dump_page(i * PAGE_SIZE);
		if (!page) {
			err = -EFAULT;
			break;
		}
		pages[i] = page;
	}
	if (!err)
		device_write(pages, 0);
	while (--i >= 0)
		put_page(pages[i]);
	return err;
}

int own_array_lost(int n)
{
	struct page **pages = kcalloc(n, sizeof(*pages), GFP_KERNEL);
	int i;

	if (!pages)
		return -ENOMEM;
	for (i = 0; i < n; i++) {
		pages[i] = get_dump_page(i * PAGE_SIZE);
		if (!pages[i]) {	/* { dg-warning {'pages.*never given back on this path.*leak} } */
			kfree(pages);
			return -EFAULT;
		}
	}
	while (i--)
		put_page(pages[i]);
	kfree(pages);
	return 0;
}

int right_own_array_lost(int n)
{
	struct page **pages = kcalloc(n, sizeof(*pages), GFP_KERNEL);
	int i;

	if (!pages)
		return -ENOMEM;
	for (i = 0; i < n; i++) {
		pages[i] = get_dump_page(i * PAGE_SIZE);
		if (!pages[i]) {
			release_pages(pages, i);
			kfree(pages);
			return -EFAULT;
		}
	}
	while (i--)
		put_page(pages[i]);
	kfree(pages);
	return 0;
}

int one_short(int n)
{
	struct page **pages = kcalloc(n, sizeof(*pages), GFP_KERNEL);
	int i;

	if (!pages)
		return -ENOMEM;
	for (i = 0; i < n; i++) {	/* { dg-warning {'pages.*never given back on this path.*leak} } */
		pages[i] = get_dump_page(i * PAGE_SIZE);
		if (!pages[i])
			break;
	}
	release_pages(pages, i - 1);
	kfree(pages);
	return 0;
}

/* The record's own function gives them back. */
int right_into_record(struct buffer *buffer, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		buffer->pages[i] = get_dump_page(i * PAGE_SIZE);
		if (!buffer->pages[i])
			return -EFAULT;
		buffer->nr++;
	}
	return device_map(buffer);
}

/* Each is in a second place as well. */
int right_two_arrays(struct page **mine, struct page **yours, int n)
{
	struct page *page;
	int i;

	for (i = 0; i < n; i++) {
		page = get_dump_page(i * PAGE_SIZE);
		if (!page)
			break;
		mine[i] = page;
		yours[i] = page;
	}
	return i;
}

/* The last one is held on to by its name. */
int right_last(int n)
{
	struct page *pages[16], *last = NULL;
	int i;

	for (i = 0; i < 16; i++) {
		last = get_dump_page(i * PAGE_SIZE);
		if (!last)
			break;
		pages[i] = last;
	}
	if (last && n)
		device_write(&last, 1);
	release_pages(pages, i);
	return i;
}

/* One element, again and again. */
int right_one_element(int n)
{
	struct page *pages[2];
	int i;

	for (i = 0; i < n; i++) {
		pages[0] = get_dump_page(i * PAGE_SIZE);
		if (!pages[0])
			return -EFAULT;
		device_write(pages, 0);
		put_page(pages[0]);
	}
	return 0;
}

/* The array behind its record: the way to it is stored in the record (fs/fuse/dev.c). */
int right_behind_record(int n)
{
	struct buffer *buffer = kzalloc(sizeof(*buffer) + n * sizeof(struct page *), GFP_KERNEL);
	int err;

	if (!buffer)
		return -ENOMEM;
	buffer->pages = (struct page **)(buffer + 1);
	while (buffer->nr < n) {
		struct page *page = get_dump_page(buffer->nr * PAGE_SIZE);

		if (!page)
			break;
		buffer->pages[buffer->nr++] = page;
	}
	err = device_map(buffer);
	if (err) {
		release_pages(buffer->pages, buffer->nr);
		kfree(buffer);
	}
	return err;
}

static void *fill_and_map(struct page **pages, int n)
{
	void *map;
	int i;

	for (i = 0; i < n; i++) {
		pages[i] = get_dump_page(i * PAGE_SIZE);
		if (!pages[i])
			goto undo;
	}
	map = kzalloc(64, GFP_KERNEL);
	if (map)
		return map;
undo:
	while (i--)
		put_page(pages[i]);
	return ERR_PTR(-ENOMEM);
}

/* What was allocated is no error (io_uring/memmap.c, io_pages_map()). */
void *right_map_or_error(struct buffer *buffer, int n)
{
	struct page **pages = kmalloc_array(n, sizeof(*pages), GFP_KERNEL);
	void *map;

	if (!pages)
		return ERR_PTR(-ENOMEM);
	map = fill_and_map(pages, n);
	if (!IS_ERR(map)) {
		buffer->pages = pages;
		buffer->nr = n;
		return map;
	}
	kfree(pages);
	return map;
}

void *vmap(struct page **pages, unsigned int count, unsigned long flags, unsigned long prot);

static void *fill_and_vmap(struct page **pages, int n)
{
	void *map;
	int i;

	for (i = 0; i < n; i++) {
		pages[i] = get_dump_page(i * PAGE_SIZE);
		if (!pages[i])
			goto undo;
	}
	map = vmap(pages, n, 4, 0);
	if (map)
		return map;
undo:
	while (i--)
		put_page(pages[i]);
	return ERR_PTR(-ENOMEM);
}

/* Nor is what fails by NULL, as its contract tells. */
void *right_vmap_or_error(struct buffer *buffer, int n)
{
	struct page **pages = kmalloc_array(n, sizeof(*pages), GFP_KERNEL);
	void *map;

	if (!pages)
		return ERR_PTR(-ENOMEM);
	map = fill_and_vmap(pages, n);
	if (!IS_ERR(map)) {
		buffer->pages = pages;
		buffer->nr = n;
		return map;
	}
	kfree(pages);
	return map;
}

/* Pages are moved to a list of others, and only those that are left are given back. */
int right_some_moved(struct buffer *buffer, int n, int keep)
{
	struct page *pages[16];
	int i, j;

	for (i = 0; i < n && i < 16; i++) {
		pages[i] = get_dump_page(i * PAGE_SIZE);
		if (!pages[i])
			break;
	}
	for (j = 0; j < i && j < keep; j++)
		buffer->pages[j] = pages[j];
	buffer->nr = j;
	for (; j < i; j++)
		put_page(pages[j]);
	return 0;
}
