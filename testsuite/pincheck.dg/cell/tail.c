/* SPDX-License-Identifier: GPL-2.0-or-later */
/* { dg-do compile } */
/* The array of pages is behind its record, in the same piece of memory. */
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/slab.h>

struct extent {
	unsigned int offset, length;
};

struct args {
	unsigned int count;
	struct page **pages;
	struct extent *extents;
};

struct request {
	struct args args;
	void (*end)(struct request *request);
};

struct pinned_request {
	unsigned int count;
	struct page **pages;
};

/* Two arrays: which of them a page was put into is not known. */
struct double_request {
	unsigned int count;
	struct page **pinned, **cached;
};

int send(struct request *request, struct args *args);
int send_pinned(struct pinned_request *request);
int send_double(struct double_request *request);

static void end_wrongly(struct request *request)
{
	unpin_user_pages(request->args.pages, request->args.count);	/* { dg-warning {pincheck:unpin-ordinary} } */
	kfree(request);
}

int fill(struct address_space *mapping, unsigned long index, unsigned int max)
{
	struct request *request;
	struct args *args;

	request = kzalloc(sizeof(*request) + max * (sizeof(args->pages[0]) + sizeof(args->extents[0])),
			  GFP_KERNEL);
	if (!request)
		return -ENOMEM;
	args = &request->args;
	args->pages = (void *)(request + 1);
	args->extents = (void *)(args->pages + max);
	request->end = end_wrongly;
	while (args->count < max) {
		struct page *page = find_get_page(mapping, index++);

		if (!page)
			break;
		args->pages[args->count] = page;
		args->extents[args->count].length = PAGE_SIZE;
		args->count++;
	}
	return send(request, args);
}

void clean_end_pinned(struct pinned_request *request)
{
	unpin_user_pages(request->pages, request->count);
	kfree(request);
}

void end_pinned_wrongly(struct pinned_request *request)
{
	release_pages(request->pages, request->count);	/* { dg-warning {pincheck:put-pinned} } */
	kfree(request);
}

int fill_pinned(unsigned long start, int max)
{
	struct pinned_request *request;
	int ret;

	request = kzalloc(sizeof(*request) + max * sizeof(request->pages[0]), GFP_KERNEL);
	if (!request)
		return -ENOMEM;
	request->pages = (struct page **)(request + 1);
	ret = pin_user_pages_fast(start, max, 0, request->pages);
	if (ret <= 0) {
		kfree(request);
		return ret;
	}
	request->count = ret;
	return send_pinned(request);
}

void clean_end_double(struct double_request *request)
{
	unpin_user_pages(request->pinned, request->count);
	release_pages(request->cached, request->count);
	kfree(request);
}

int fill_double(struct address_space *mapping, unsigned long start, int max)
{
	struct double_request *request;
	int ret, i;

	request = kzalloc(sizeof(*request) + 2 * max * sizeof(request->pinned[0]), GFP_KERNEL);
	if (!request)
		return -ENOMEM;
	request->pinned = (struct page **)(request + 1);
	request->cached = request->pinned + max;
	ret = pin_user_pages_fast(start, max, 0, request->pinned);
	if (ret <= 0) {
		kfree(request);
		return ret;
	}
	request->count = ret;
	for (i = 0; i < ret; i++)
		request->cached[i] = find_get_page(mapping, i);
	return send_double(request);
}
