// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Pages are put behind each other, and counted in their record; another function gives back more. */
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/slab.h>

/* Reduced from drivers/xen/gntdev.c, gntdev_get_page() and gntdev_put_pages(). */
struct batch {
	struct page *pages[16];
	unsigned int nr_pages;
	bool writeable;
};

static int batch_add(struct batch *batch, unsigned long addr)
{
	struct page *page;
	int ret;

	ret = pin_user_pages_fast(addr, 1, batch->writeable ? FOLL_WRITE : 0, &page);
	if (ret < 0)
		return ret;
	batch->pages[batch->nr_pages++] = page;
	return 0;
}

int batch_add_two(struct batch *batch, unsigned long addr)
{
	int ret = batch_add(batch, addr);

	return ret < 0 ? ret : batch_add(batch, addr + PAGE_SIZE);
}

void batch_put_too_many(struct batch *batch)
{
	/* { dg-warning {pincheck:over-release} "" { target *-*-* } .+1 } */
	unpin_user_pages_dirty_lock(batch->pages, batch->nr_pages + 1, batch->writeable);
	batch->nr_pages = 0;
}

void batch_put_up_to_the_count(struct batch *batch)
{
	unsigned int i;

	for (i = 0; i <= batch->nr_pages; i++)
		unpin_user_page(batch->pages[i]);	/* { dg-warning {pincheck:over-release} } */
	batch->nr_pages = 0;
}

void batch_put(struct batch *batch)
{
	unpin_user_pages_dirty_lock(batch->pages, batch->nr_pages, batch->writeable);
	batch->nr_pages = 0;
	batch->writeable = false;
}

/* The number from before is the one of now, but one. */
int batch_try(struct batch *batch, unsigned long addr, bool is_wanted)
{
	unsigned int before = batch->nr_pages;
	int ret = batch_add(batch, addr);

	if (ret < 0)
		return ret;
	if (!is_wanted) {
		unpin_user_pages(batch->pages, before + 1);
		batch->nr_pages = 0;
	}
	return 0;
}

/* Reduced from fs/fuse/dev.c, fuse_retrieve() and fuse_retrieve_end(). */
struct request {
	struct args {
		unsigned int num_pages;
		struct page **pages;
	} ap;
};

void replace(struct page **pagep);
int send(struct request *request);

void request_end_too_many(struct request *request)
{
	/* { dg-warning {pincheck:over-release} "" { target *-*-* } .+1 } */
	release_pages(request->ap.pages, request->ap.num_pages + 1);
	kfree(request);
}

void request_end(struct request *request)
{
	release_pages(request->ap.pages, request->ap.num_pages);
	kfree(request);
}

int retrieve(struct address_space *mapping, unsigned long index, unsigned int count)
{
	struct request *request;
	struct args *ap;
	int err;

	request = kzalloc(sizeof(*request) + count * sizeof(struct page *), GFP_KERNEL);
	if (!request)
		return -ENOMEM;
	ap = &request->ap;
	ap->pages = (void *)(request + 1);
	while (ap->num_pages < count) {
		struct page *page = find_get_page(mapping, index);

		if (!page)
			break;
		ap->pages[ap->num_pages] = page;
		ap->num_pages++;
		index++;
	}
	err = send(request);
	if (err)
		request_end(request);
	return err;
}

/* Those that are counted may be replaced. */
void replace_all(struct args *ap)
{
	unsigned int i;

	for (i = 0; i < ap->num_pages; i++)
		replace(&ap->pages[i]);
}
