// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * A helper puts an array into a record, and is called by one that nobody follows, too, since it
 * takes no pages: the array is new then, and has none.  Reduced from cifs's readdata.
 */
#include <linux/mm.h>
#include <linux/slab.h>

struct job {
	struct page **pages;
	int count;
};

static struct job *new_job(struct page **pages)
{
	struct job *job = kzalloc(sizeof(*job), GFP_KERNEL);

	if (job)
		job->pages = pages;
	return job;
}

static struct job *new_empty(int n)
{
	struct page **pages = kcalloc(n, sizeof(*pages), GFP_KERNEL);
	struct job *job = NULL;

	if (pages) {
		job = new_job(pages);
		if (!job)
			kfree(pages);
	}
	return job;
}

struct job *direct(unsigned long addr, int n)
{
	struct page **pages = kcalloc(n, sizeof(*pages), GFP_KERNEL);
	struct job *job;
	int ret;

	if (!pages)
		return NULL;
	ret = get_user_pages_fast(addr, n, 0, pages);
	if (ret <= 0) {
		kfree(pages);
		return NULL;
	}
	job = new_job(pages);
	if (!job) {
		release_pages(pages, ret);
		kfree(pages);
		return NULL;
	}
	job->count = ret;
	return job;
}

/* A loop has stored the pages: what is given back again at once was held once. */
int fill(struct job *job, int n)
{
	struct page *page;
	int i, ret = 0, failed;

	for (i = 0; i < n; i++) {
		page = alloc_page(GFP_KERNEL);
		if (!page) {
			ret = -ENOMEM;
			break;
		}
		job->pages[i] = page;
	}
	failed = i;
	if (ret)
		for (i = 0; i < failed; i++) {
			put_page(job->pages[i]);
			put_page(job->pages[i]);	/* { dg-warning {pincheck:double-release} } */
			job->pages[i] = NULL;
		}
	return ret;
}

int clean_fill(struct job *job, int n)
{
	struct page *page;
	int i, ret = 0, failed;

	for (i = 0; i < n; i++) {
		page = alloc_page(GFP_KERNEL);
		if (!page) {
			ret = -ENOMEM;
			break;
		}
		job->pages[i] = page;
	}
	failed = i;
	if (ret)
		for (i = 0; i < failed; i++) {
			put_page(job->pages[i]);
			job->pages[i] = NULL;
		}
	return ret;
}

struct job *start(int n)
{
	struct job *job = new_empty(n);

	if (job && fill(job, n)) {
		kfree(job->pages);
		kfree(job);
		return NULL;
	}
	return job;
}

void clean_finish(struct job *job)
{
	int i;

	for (i = 0; i < job->count; i++)
		put_page(job->pages[i]);
}

void finish(struct job *job)
{
	int i;

	for (i = 0; i < job->count; i++)
		unpin_user_page(job->pages[i]);	/* { dg-warning {pincheck:unpin-ordinary} } */
}

/* ---- who nobody follows has put pages into the new array ---- */

struct page *frame_of(int n);

struct mapping {
	struct page **pages;
	int count;
	bool is_borrowed;
};

static struct mapping *new_mapping(struct page **pages)
{
	struct mapping *mapping = kzalloc(sizeof(*mapping), GFP_KERNEL);

	if (mapping)
		mapping->pages = pages;
	return mapping;
}

struct mapping *borrow(int n)
{
	struct page **pages = kcalloc(n, sizeof(*pages), GFP_KERNEL);
	struct mapping *mapping;
	int i;

	if (!pages)
		return NULL;
	for (i = 0; i < n; i++)
		pages[i] = frame_of(i);
	mapping = new_mapping(pages);
	if (mapping) {
		mapping->count = n;
		mapping->is_borrowed = true;
	}
	return mapping;
}

struct mapping *pin(unsigned long addr, int n)
{
	struct page **pages = kcalloc(n, sizeof(*pages), GFP_KERNEL);
	struct mapping *mapping;
	int ret;

	if (!pages)
		return NULL;
	ret = pin_user_pages_fast(addr, n, 0, pages);
	if (ret <= 0) {
		kfree(pages);
		return NULL;
	}
	mapping = new_mapping(pages);
	if (!mapping) {
		unpin_user_pages(pages, ret);
		kfree(pages);
		return NULL;
	}
	mapping->count = ret;
	return mapping;
}

void clean_unmap(struct mapping *mapping)
{
	int i;

	if (mapping->is_borrowed)
		for (i = 0; i < mapping->count; i++)
			put_page(mapping->pages[i]);
	else
		unpin_user_pages(mapping->pages, mapping->count);
	kfree(mapping->pages);
	kfree(mapping);
}
