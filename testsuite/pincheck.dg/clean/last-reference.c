// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * An object with a counter: if this was not the last reference, others have the object and
 * its pages.  As in v4.19 drivers/rapidio/devices/rio_mport_cdev.c, rio_dma_transfer().
 */
#include <linux/mm.h>
#include <linux/refcount.h>
#include <linux/slab.h>

struct request {
	refcount_t references;
	struct page **pages;
	unsigned int count;
};

static void request_free(struct request *request)
{
	unsigned int i;

	for (i = 0; i < request->count; i++)
		put_page(request->pages[i]);
	kfree(request->pages);
	kfree(request);
}

static void request_put(struct request *request)
{
	if (refcount_dec_and_test(&request->references))
		request_free(request);
}

int map_request(struct page **pages, unsigned int count) __attribute__((access(read_only, 1, 2)));
int device_is_gone(void);

int transfer(unsigned long start, unsigned int count)
{
	struct request *request = kzalloc(sizeof(*request), GFP_KERNEL);
	int ret;

	if (!request)
		return -ENOMEM;
	refcount_set(&request->references, 1);
	request->pages = kmalloc_array(count, sizeof(*request->pages), GFP_KERNEL);
	if (!request->pages) {
		ret = -ENOMEM;
		goto out;
	}
	ret = get_user_pages_fast(start, count, FOLL_WRITE, request->pages);
	if (ret > 0)
		request->count = ret;
	if (ret != count)
		ret = -EFAULT;
	else
		ret = device_is_gone();
out:
	request_put(request);
	return ret;
}

int transfer_forgotten(unsigned long start, unsigned int count)
{
	struct request *request = kzalloc(sizeof(*request), GFP_KERNEL);
	int ret;

	if (!request)
		return -ENOMEM;
	refcount_set(&request->references, 1);
	request->pages = kmalloc_array(count, sizeof(*request->pages), GFP_KERNEL);
	if (!request->pages) {
		kfree(request);
		return -ENOMEM;
	}
	ret = get_user_pages_fast(start, count, FOLL_WRITE, request->pages);
	if (ret != count) {	/* { dg-warning "is never given back on this path" } */
		kfree(request->pages);
		kfree(request);
		return -EFAULT;
	}
	request->count = ret;
	request_put(request);
	return 0;
}
