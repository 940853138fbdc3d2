// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * Flags that are asked for again after they were stored with others: the bits are the same.
 * As in v5.5 to v5.17 drivers/tee/tee_shm.c, tee_shm_register() and release_registered_pages().
 */
#include <linux/mm.h>
#include <linux/slab.h>

#define FROM_USER	0x2
#define FROM_KERNEL	0x10
#define REGISTERED	0x1
#define WRITABLE	0x4

struct shm {
	struct page **pages;
	size_t count;
	u32 flags;
};

int announce(struct shm *shm);

static void give_back(struct shm *shm)
{
	size_t n;

	if (shm->flags & FROM_USER) {
		unpin_user_pages(shm->pages, shm->count);
	} else {
		for (n = 0; n < shm->count; n++)
			put_page(shm->pages[n]);
	}
	kfree(shm->pages);
}

int shm_register(unsigned long start, int count, u32 flags)
{
	struct shm *shm;
	int ret;

	if (flags != FROM_USER && flags != FROM_KERNEL)
		return -EINVAL;
	shm = kzalloc(sizeof(*shm), GFP_KERNEL);
	if (!shm)
		return -ENOMEM;
	shm->flags = flags | REGISTERED;
	shm->pages = kcalloc(count, sizeof(*shm->pages), GFP_KERNEL);
	if (!shm->pages) {
		kfree(shm);
		return -ENOMEM;
	}
	if (flags & FROM_USER)
		ret = pin_user_pages_fast(start, count, FOLL_WRITE, shm->pages);
	else
		ret = get_user_pages_fast(start, count, FOLL_WRITE, shm->pages);
	if (ret > 0)
		shm->count = ret;
	if (ret != count) {
		give_back(shm);
		kfree(shm);
		return ret < 0 ? ret : -ENOMEM;
	}
	ret = announce(shm);
	if (ret) {
		give_back(shm);
		kfree(shm);
	}
	return ret;
}

int bit_set(unsigned long start, u32 flags)
{
	struct page *page = NULL;
	u32 stored = flags | REGISTERED;

	if (flags & FROM_USER && pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	if (stored & FROM_USER)
		unpin_user_page(page);
	return 0;
}

int bit_set_perhaps(unsigned long start, u32 flags, bool write)
{
	struct page *page = NULL;
	u32 stored = flags;

	if (write)
		stored |= WRITABLE;
	if (flags & FROM_USER && pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	if (stored & FROM_USER)
		unpin_user_page(page);
	return stored;
}

int bits_cleared(unsigned long start, u32 flags)
{
	struct page *page = NULL;
	u32 stored;

	if (flags & WRITABLE && pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	stored = flags & ~(FROM_USER | REGISTERED);
	if (stored & WRITABLE)
		unpin_user_page(page);
	return 0;
}

int bits_masked(unsigned long start, u32 flags)
{
	struct page *page = NULL;
	u32 stored = flags & 0x7;

	if (flags & WRITABLE && pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	if (stored & WRITABLE)
		unpin_user_page(page);
	return 0;
}

int narrowed(unsigned long start, unsigned long flags)
{
	struct page *page = NULL;
	unsigned int stored = flags;
	u8 few = flags;

	if (flags & WRITABLE && pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	if (flags & FROM_KERNEL) {
		if (stored & WRITABLE)
			unpin_user_page(page);
		return 0;
	}
	if (few & WRITABLE)
		unpin_user_page(page);
	return 0;
}

int other_bit(unsigned long start, u32 flags, bool write)
{
	struct page *page = NULL;
	u32 stored = flags | REGISTERED;

	if (write)
		stored |= WRITABLE;
	if (flags & FROM_USER && pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	if (stored & FROM_KERNEL)	/* { dg-warning "is never given back on this path" } */
		unpin_user_page(page);
	return 0;
}
