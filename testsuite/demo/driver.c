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
int xfer_kick(struct xfer_device *device, bool write);

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

/* leak: fewer pages than asked for are pages all the same. */
int xfer_write_all(struct xfer_device *device, unsigned long start)
{
	struct page *pages[XFER_PAGES];
	int pinned, error;

	pinned = pin_user_pages_fast(start, XFER_PAGES, 0, pages);
	if (pinned != XFER_PAGES)
		return pinned < 0 ? pinned : -EFAULT;
	error = xfer_start(device, pages, pinned, true);
	unpin_user_pages(pages, pinned);
	return error;
}

/* over-release: as many as were asked for, not as many as there are. */
int xfer_write_whole(struct xfer_device *device, unsigned long start)
{
	struct page *pages[XFER_PAGES];
	int pinned, error;

	pinned = pin_user_pages_fast(start, XFER_PAGES, 0, pages);
	if (pinned < XFER_PAGES) {
		if (pinned > 0)
			unpin_user_pages(pages, XFER_PAGES);
		return pinned < 0 ? pinned : -EFAULT;
	}
	error = xfer_start(device, pages, pinned, true);
	unpin_user_pages(pages, pinned);
	return error;
}

/* double-release: the error path has done it already. */
int xfer_write_page(struct xfer_device *device, unsigned long start)
{
	struct page *page;
	int error;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	error = xfer_kick(device, true);
	if (error)
		unpin_user_page(page);
	unpin_user_page(page);
	return error;
}

/* use-after-release: dirty is what a page has to be made before. */
int xfer_read_page(struct xfer_device *device, unsigned long start)
{
	struct page *page;
	int error;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	error = xfer_kick(device, false);
	unpin_user_page(page);
	set_page_dirty_lock(page);
	return error;
}

/* bad-contract-use: one pin more, where there is none. */
int xfer_share_page(struct xfer_device *device, unsigned long start)
{
	struct page *page;
	int error;

	if (get_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	folio_add_pin(page_folio(page));
	error = xfer_kick(device, true);
	unpin_user_page(page);
	put_page(page);
	return error;
}

struct xfer_buffer {
	struct page **pages;
	int count;
};

/* Pages that stay: they rest in the buffer until it is unmapped. */
int xfer_map(struct xfer_buffer *buffer, unsigned long start, int count)
{
	int pinned;

	buffer->pages = kcalloc(count, sizeof(*buffer->pages), GFP_KERNEL);
	if (!buffer->pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, count, FOLL_WRITE | FOLL_LONGTERM, buffer->pages);
	if (pinned <= 0) {
		kfree(buffer->pages);
		return pinned ? pinned : -EFAULT;
	}
	buffer->count = pinned;
	return 0;
}

/* put-pinned once more: another function filled the field. */
void xfer_unmap(struct xfer_buffer *buffer)
{
	int i;

	for (i = 0; i < buffer->count; i++)
		put_page(buffer->pages[i]);
	kfree(buffer->pages);
}
