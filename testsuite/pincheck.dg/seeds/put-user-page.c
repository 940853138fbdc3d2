// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* { dg-era 5.2 } */
/* The release that was made for pages of get_user_pages(), on pages that are not from there. */
#include <linux/mm.h>
#include <linux/slab.h>

int bounce(void)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	put_user_page(page);	/* { dg-warning {'put_user_page'.*pincheck:unpin-ordinary} } */
	return 0;
}

int right_bounce(void)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	put_page(page);
	return 0;
}

struct request_pages {
	struct page *header;
	struct page *payload;
};

int request_fill(struct request_pages *req, unsigned long start)
{
	req->header = alloc_page(GFP_KERNEL);
	if (!req->header)
		return -ENOMEM;
	if (get_user_pages_fast(start, 1, FOLL_WRITE, &req->payload) != 1) {
		put_page(req->header);
		req->header = NULL;
		return -EFAULT;
	}
	return 0;
}

void request_drop(struct request_pages *req)
{
	put_user_page(req->payload);
	put_user_page(req->header);	/* { dg-warning {'put_user_page'.*pincheck:unpin-ordinary} } */
}

struct right_pages {
	struct page *header;
	struct page *payload;
};

int right_fill(struct right_pages *req, unsigned long start)
{
	req->header = alloc_page(GFP_KERNEL);
	if (!req->header)
		return -ENOMEM;
	if (get_user_pages_fast(start, 1, FOLL_WRITE, &req->payload) != 1) {
		put_page(req->header);
		req->header = NULL;
		return -EFAULT;
	}
	return 0;
}

void right_drop(struct right_pages *req)
{
	put_user_page(req->payload);
	put_page(req->header);
}

int all_of_them(int nr)
{
	struct page **pages = kcalloc(nr, sizeof(*pages), GFP_KERNEL);
	int i;

	if (!pages)
		return -ENOMEM;
	for (i = 0; i < nr; i++) {
		pages[i] = alloc_page(GFP_KERNEL);
		if (!pages[i])
			break;
	}
	put_user_pages(pages, i);	/* { dg-warning {'put_user_pages'.*pincheck:unpin-ordinary} } */
	kfree(pages);
	return 0;
}

int right_all_of_them(int nr)
{
	struct page **pages = kcalloc(nr, sizeof(*pages), GFP_KERNEL);
	int i;

	if (!pages)
		return -ENOMEM;
	for (i = 0; i < nr; i++) {
		pages[i] = alloc_page(GFP_KERNEL);
		if (!pages[i])
			break;
	}
	while (i--)
		put_page(pages[i]);
	kfree(pages);
	return 0;
}
