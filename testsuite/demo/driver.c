// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A driver that lets a device read and write user memory, with one mistake of
 * each kind that pincheck finds.  `make demo' compiles it.
 */
#include <linux/err.h>
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/slab.h>

#define XFER_PAGES	16

struct xfer_device {
	void *registers;
};

int xfer_start(struct xfer_device *device, struct page **pages, int count, bool write);

/* What went into the device is given back: this is how it should be. */
int xfer_write_user(struct xfer_device *device, unsigned long start)
{
	struct page *pages[XFER_PAGES];
	int pinned, error;

	pinned = pin_user_pages_fast(start, XFER_PAGES, 0, pages);
	if (pinned < 0)
		return pinned;
	error = xfer_start(device, pages, pinned, true);
	unpin_user_pages(pages, pinned);
	return error;
}

/* put-pinned: converted to pin_user_pages_fast(), but not to the end. */
int xfer_read_user(struct xfer_device *device, unsigned long start)
{
	struct page *pages[XFER_PAGES];
	int pinned, error, i;

	pinned = pin_user_pages_fast(start, XFER_PAGES, FOLL_WRITE, pages);
	if (pinned < 0)
		return pinned;
	error = xfer_start(device, pages, pinned, false);
	for (i = 0; i < pinned; i++) {
		set_page_dirty_lock(pages[i]);
		put_page(pages[i]);
	}
	return error;
}

static inline void xfer_release_page(struct page *page, bool dirty)
{
	if (dirty)
		set_page_dirty_lock(page);
	unpin_user_page(page);
}

/* unpin-ordinary: the page is the driver's own; nobody has pinned it. */
int xfer_reset(struct xfer_device *device)
{
	struct page *page = alloc_page(GFP_KERNEL);
	int error;

	if (!page)
		return -ENOMEM;
	error = xfer_start(device, &page, 1, true);
	xfer_release_page(page, false);
	return error;
}
