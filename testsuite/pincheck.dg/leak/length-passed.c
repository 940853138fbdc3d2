// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* What gets a length out of a record gets none of the pages that are in it. */
#include <linux/highmem.h>
#include <linux/mm.h>

struct copy {
	struct page *pages[8];
	u32 length;
	unsigned long frame;
};

void account(u32 bytes);
void hand_to_device(unsigned long frame);
void consume(u32 word);

static void look_at(struct copy *copy)
{
	u32 i;

	for (i = 0; i < copy->length / 4096; i++) {
		u32 *address = kmap_local_page(copy->pages[i]);

		consume(*address);
		kunmap_local(address);
		account(copy->length - i * 4096);
	}
}

static void look_at_frame(struct copy *copy)
{
	u32 i;

	for (i = 0; i < copy->length / 4096; i++) {
		u32 *address = kmap_local_page(copy->pages[i]);

		consume(*address);
		kunmap_local(address);
	}
	hand_to_device(copy->frame);
}

int forgotten(unsigned long start, u32 length)
{
	struct copy copy = { .length = length };

	if (pin_user_pages_fast(start, 1, 0, copy.pages) != 1)
		return -EFAULT;
	look_at(&copy);
	if (copy.length > 8 * 4096)
		return -EINVAL;	/* { dg-warning {pincheck:leak} "" { target *-*-* } .-1 } */
	unpin_user_page(copy.pages[0]);
	return 0;
}

int clean(unsigned long start, u32 length)
{
	struct copy copy = { .length = length };

	if (pin_user_pages_fast(start, 1, 0, copy.pages) != 1)
		return -EFAULT;
	look_at(&copy);
	unpin_user_page(copy.pages[0]);
	return 0;
}

/* A number of 64 bits may be that of a page. */
int clean_frame(unsigned long start, u32 length)
{
	struct copy copy = { .length = length };

	if (pin_user_pages_fast(start, 1, 0, copy.pages) != 1)
		return -EFAULT;
	copy.frame = page_to_pfn(copy.pages[0]);
	look_at_frame(&copy);
	return 0;
}
