// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Where the first of several acquires has failed, nothing is held of what was asked for. */
#include <linux/mm.h>
#include <linux/slab.h>

struct object {
	unsigned long start, size;
	struct page **pages;
	int users;
};

extern int object_lock(struct object *object);
extern int object_retry(struct object *object);
extern int object_use(struct object *object);

/* drivers/gpu/drm/i915/gem/i915_gem_userptr.c: other failures go to the same label. */
int rounds(struct object *object)
{
	const unsigned long n = object->size >> PAGE_SHIFT;
	struct page **pages = kvmalloc_array(n, sizeof(*pages), GFP_KERNEL);
	int pinned = 0, ret;

	if (!pages)
		return -ENOMEM;
	while (pinned < n) {
		ret = pin_user_pages_fast(object->start + pinned * PAGE_SIZE, n - pinned,
					  FOLL_WRITE, &pages[pinned]);
		if (ret < 0)
			goto out;
		pinned += ret;
	}
	ret = object_lock(object);
	if (ret)
		goto out;
	if (object_retry(object)) {
		ret = -EAGAIN;
		goto out;
	}
	if (!object->users++) {
		object->pages = pages;
		pages = NULL;
		ret = object_use(object);
	}
	object->users--;
out:
	if (pages) {
		unpin_user_pages(pages, n);	/* { dg-warning {gives back more than is held.*pincheck:over-release} } */
		kvfree(pages);
	}
	return ret;
}

int clean_rounds(struct object *object)
{
	const unsigned long n = object->size >> PAGE_SHIFT;
	struct page **pages = kvmalloc_array(n, sizeof(*pages), GFP_KERNEL);
	int pinned = 0, ret;

	if (!pages)
		return -ENOMEM;
	while (pinned < n) {
		ret = pin_user_pages_fast(object->start + pinned * PAGE_SIZE, n - pinned,
					  FOLL_WRITE, &pages[pinned]);
		if (ret < 0)
			goto out;
		pinned += ret;
	}
	ret = object_lock(object);
	if (ret)
		goto out;
	if (object_retry(object)) {
		ret = -EAGAIN;
		goto out;
	}
	if (!object->users++) {
		object->pages = pages;
		pages = NULL;
		ret = object_use(object);
	}
	object->users--;
out:
	if (pages) {
		unpin_user_pages(pages, pinned);
		kvfree(pages);
	}
	return ret;
}

/* drivers/xen/privcmd.c: a helper takes the pages of several buffers. */
struct buffer {
	unsigned long start;
	unsigned int pages;
};

static int take_all(const struct buffer *buffers, unsigned int count, struct page **pages,
		    unsigned int n, unsigned int *pinned)
{
	unsigned int i, off = 0;

	for (i = 0; i < count; ) {
		unsigned int requested = buffers[i].pages - off;
		int ret;

		if (requested > n)
			return -ENOMEM;
		ret = pin_user_pages_fast(buffers[i].start + off * PAGE_SIZE, requested,
					  FOLL_WRITE, pages);
		if (ret <= 0)
			return ret ? ret : -EFAULT;
		*pinned += ret;
		n -= ret;
		pages += ret;
		off = requested == ret ? 0 : off + ret;
		i += !off;
	}
	return 0;
}

int several(struct object *object, const struct buffer *buffers, unsigned int count,
	    unsigned int n)
{
	struct page **pages = kcalloc(n, sizeof(*pages), GFP_KERNEL);
	unsigned int pinned = 0;
	int ret;

	if (!pages)
		return -ENOMEM;
	ret = take_all(buffers, count, pages, n, &pinned);
	if (!ret)
		ret = object_use(object);
	unpin_user_pages_dirty_lock(pages, n, true);	/* { dg-warning {pincheck:over-release} } */
	kfree(pages);
	return ret;
}

int clean_several(struct object *object, const struct buffer *buffers, unsigned int count,
		  unsigned int n)
{
	struct page **pages = kcalloc(n, sizeof(*pages), GFP_KERNEL);
	unsigned int pinned = 0;
	int ret;

	if (!pages)
		return -ENOMEM;
	ret = take_all(buffers, count, pages, n, &pinned);
	if (!ret)
		ret = object_use(object);
	unpin_user_pages_dirty_lock(pages, pinned, true);
	kfree(pages);
	return ret;
}

/* All are there, or none is asked for: the callers see to it that count and n agree. */
int clean_agreed(struct object *object, const struct buffer *buffers, unsigned int count,
		 unsigned int n)
{
	struct page **pages = kcalloc(n, sizeof(*pages), GFP_KERNEL);
	unsigned int pinned = 0;
	int ret;

	if (!pages)
		return -ENOMEM;
	ret = take_all(buffers, count, pages, n, &pinned);
	if (ret) {
		unpin_user_pages(pages, pinned);
		goto out;
	}
	ret = object_use(object);
	unpin_user_pages_dirty_lock(pages, n, true);
out:
	kfree(pages);
	return ret;
}

/* A failure before anything was asked for goes to the same label, too. */
int clean_before(struct object *object, unsigned long n)
{
	struct page **pages = kcalloc(n, sizeof(*pages), GFP_KERNEL);
	int ret;

	if (!pages)
		return -ENOMEM;
	ret = object_lock(object);
	if (ret) {
		n = 0;
		goto out;
	}
	ret = pin_user_pages_fast(object->start, n, FOLL_WRITE, pages);
	if (ret < 0) {
		n = 0;
		goto out;
	}
	n = ret;
	ret = object_use(object);
out:
	unpin_user_pages(pages, n);
	kfree(pages);
	return ret;
}
