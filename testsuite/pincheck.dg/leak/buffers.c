// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * Buffer after buffer is pinned into one array, each in as many calls as it takes; how many
 * pages that are so far is told to the caller.
 *
 * By the shape of drivers/xen/privcmd.c of Linux 6.12.
 */
#include <linux/mm.h>
#include <linux/slab.h>

struct buffer {
	unsigned long start;
	unsigned long size;
};

/* Enough to know that all of it cannot be kept where paths meet. */
struct limits {
	int low[3], high[3];
};

#define IS_WITHIN(l, i)	((l)->low[i] < (l)->high[i])

int read_buffers(struct buffer *buffers, unsigned int count);
long run(struct buffer *buffers, unsigned int count);

static int lock_buffers(struct buffer *buffers, unsigned int count, struct page **pages,
			unsigned int nr_pages, unsigned int *pinned)
{
	unsigned int i, done = 0;

	for (i = 0; i < count; ) {
		unsigned int requested;
		int taken;

		requested = DIV_ROUND_UP(buffers[i].start % PAGE_SIZE + buffers[i].size,
					 PAGE_SIZE) - done;
		if (requested > nr_pages)
			return -EINVAL;
		taken = pin_user_pages_fast(buffers[i].start + done * PAGE_SIZE, requested,
					    FOLL_WRITE, pages);
		if (taken <= 0)
			return taken ?: -EFAULT;
		*pinned += taken;
		nr_pages -= taken;
		pages += taken;
		done = requested == taken ? 0 : done + taken;
		i += !done;
	}
	return 0;
}

long clean(unsigned int count, unsigned int nr_pages)
{
	struct buffer *buffers = kcalloc(count, sizeof(*buffers), GFP_KERNEL);
	struct page **pages = NULL;
	unsigned int pinned = 0;
	long ret;

	if (!buffers)
		return -ENOMEM;
	ret = read_buffers(buffers, count);
	if (ret)
		goto out;
	ret = -ENOMEM;
	pages = kcalloc(nr_pages, sizeof(*pages), GFP_KERNEL);
	if (!pages)
		goto out;
	ret = lock_buffers(buffers, count, pages, nr_pages, &pinned);
	if (ret < 0)
		goto out;
	ret = run(buffers, count);
out:
	unpin_user_pages_dirty_lock(pages, pinned, true);
	kfree(pages);
	kfree(buffers);
	return ret;
}

long lost(struct limits *l, unsigned int count, unsigned int nr_pages)
{
	struct buffer *buffers = kcalloc(count, sizeof(*buffers), GFP_KERNEL);
	struct page **pages = NULL;
	unsigned int pinned = 0;
	long ret;

	if (!buffers)
		return -ENOMEM;
	ret = read_buffers(buffers, count);
	if (ret || !IS_WITHIN(l, 0) || !IS_WITHIN(l, 1) || !IS_WITHIN(l, 2))
		goto out;
	ret = -ENOMEM;
	pages = kcalloc(nr_pages, sizeof(*pages), GFP_KERNEL);
	if (!pages)
		goto out;
	ret = lock_buffers(buffers, count, pages, nr_pages, &pinned);
	if (ret < 0)
		goto out;
	run(buffers, count);
	kfree(pages);	/* { dg-warning {pincheck:leak} } */
	kfree(buffers);
	return 0;
out:
	unpin_user_pages_dirty_lock(pages, pinned, true);
	kfree(pages);
	kfree(buffers);
	return ret;
}
