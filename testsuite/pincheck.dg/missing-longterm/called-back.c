// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* { dg-additional-options "-fplugin-arg-pincheck-missing-longterm" } */
/* Pages that are given back when the device is done: a transfer needs no FOLL_LONGTERM. */
#include <linux/mm.h>
#include <linux/slab.h>

struct work {
	void (*func)(struct work *work);
};

void submit(struct work *work);

static struct page **pages_new(int nr)
{
	return kcalloc(nr, sizeof(struct page *), GFP_KERNEL);
}

/* The function is told with each request (drivers/rapidio/devices/rio_mport_cdev.c). */
struct request {
	struct work done;
	struct page **pages;
	int nr;
};

static void request_free(struct request *request)
{
	unpin_user_pages(request->pages, request->nr);
	kfree(request->pages);
	kfree(request);
}

static void request_done(struct work *work)
{
	request_free((struct request *)work);
}

int request_start(unsigned long start, int nr)
{
	struct request *request = kzalloc(sizeof(*request), GFP_KERNEL);
	int ret;

	if (!request)
		return -ENOMEM;
	request->pages = pages_new(nr);
	if (!request->pages) {
		kfree(request);
		return -ENOMEM;
	}
	request->nr = nr;
	ret = pin_user_pages_fast(start, nr, 0, request->pages);
	if (ret != nr) {
		if (ret > 0)
			unpin_user_pages(request->pages, ret);
		kfree(request->pages);
		kfree(request);
		return -EFAULT;
	}
	request->done.func = request_done;
	submit(&request->done);
	return 0;
}

void request_cancel(struct request *request)
{
	request_free(request);
}

/* ... or once for all of them (drivers/gpu/drm/via/via_dri1.c). */
struct blit {
	struct page **pages;
	int nr;
};

struct queue {
	struct work work;
	struct blit *blits[8];
	int count;
};

static void queue_work(struct work *work)
{
	struct queue *queue = (struct queue *)work;
	int i;

	for (i = 0; i < queue->count; i++)
		unpin_user_pages(queue->blits[i]->pages, queue->blits[i]->nr);
	queue->count = 0;
}

void queue_init(struct queue *queue)
{
	queue->work.func = queue_work;
}

int queue_blit(struct queue *queue, unsigned long start, int nr)
{
	struct blit *blit = kzalloc(sizeof(*blit), GFP_KERNEL);
	int ret;

	if (!blit)
		return -ENOMEM;
	blit->pages = pages_new(nr);
	if (!blit->pages) {
		kfree(blit);
		return -ENOMEM;
	}
	blit->nr = nr;
	ret = pin_user_pages_fast(start, nr, 0, blit->pages);
	if (ret != nr) {
		if (ret > 0)
			unpin_user_pages(blit->pages, ret);
		kfree(blit->pages);
		kfree(blit);
		return -EFAULT;
	}
	queue->blits[queue->count++] = blit;
	submit(&queue->work);
	return 0;
}

/* What somebody gives back is only put off (net/xdp/xdp_umem.c). */
struct umem {
	struct work work;
	struct page **pages;
	int nr;
};

static void umem_release(struct umem *umem)
{
	unpin_user_pages(umem->pages, umem->nr);
	kfree(umem->pages);
	kfree(umem);
}

static void umem_release_deferred(struct work *work)
{
	umem_release((struct umem *)work);
}

void umem_put(struct umem *umem, bool is_deferred)
{
	if (is_deferred) {
		umem->work.func = umem_release_deferred;
		submit(&umem->work);
	} else {
		umem_release(umem);
	}
}

struct umem *umem_create(unsigned long start, int nr)
{
	struct umem *umem = kzalloc(sizeof(*umem), GFP_KERNEL);
	int ret;

	if (!umem)
		return NULL;
	umem->pages = pages_new(nr);
	if (!umem->pages) {
		kfree(umem);
		return NULL;
	}
	umem->nr = nr;
	ret = pin_user_pages_fast(start, nr, FOLL_WRITE, umem->pages);	/* { dg-warning {missing-longterm} } */
	if (ret != nr) {
		if (ret > 0)
			unpin_user_pages(umem->pages, ret);
		kfree(umem->pages);
		kfree(umem);
		return NULL;
	}
	return umem;
}
