// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* The contents of a page are read or written through their address. */
#include <linux/highmem.h>
#include <linux/mm.h>

void out(u32 value);

int read_after(unsigned long start, int reg)
{
	struct page *page;
	u32 *addr;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	addr = kmap_local_page(page);
	unpin_user_page(page);
	out(addr[reg]);		/* { dg-warning {the contents of 'page' are used after it was given back.*use-after-release} } */
	kunmap_local(addr);
	return 0;
}

int read_before(unsigned long start, int reg)
{
	struct page *page;
	u32 *addr;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	addr = kmap_local_page(page);
	out(addr[reg]);
	unpin_user_page(page);
	kunmap_local(addr);
	return 0;
}

/* One page after the other (drivers/misc/xilinx_sdfec.c has it right). */
int each_after(unsigned long start)
{
	struct page *pages[8];
	int i, ret = pin_user_pages_fast(start, 8, 0, pages);
	u32 *addr;

	for (i = 0; i < ret; i++) {
		addr = kmap_local_page(pages[i]);
		unpin_user_page(pages[i]);
		out(*addr);	/* { dg-warning {the contents of 'pages' are used after it was given back.*use-after-release} } */
		kunmap_local(addr);
	}
	return ret;
}

int each_before(unsigned long start)
{
	struct page *pages[8];
	int i, ret = pin_user_pages_fast(start, 8, 0, pages);
	u32 *addr;

	for (i = 0; i < ret; i++) {
		addr = kmap_local_page(pages[i]);
		out(*addr);
		kunmap_local(addr);
		unpin_user_page(pages[i]);
	}
	return ret;
}

/* The next page's address, and another page's. */
int another(unsigned long start)
{
	struct page *pages[2];
	int ret = pin_user_pages_fast(start, 2, 0, pages);
	u32 *addr;

	if (ret < 2) {
		if (ret > 0)
			unpin_user_pages(pages, ret);
		return -EFAULT;
	}
	addr = kmap_local_page(pages[1]);
	unpin_user_page(pages[0]);
	out(*addr);
	kunmap_local(addr);
	unpin_user_page(pages[1]);
	return 0;
}

int written_after(unsigned long start, u32 value)
{
	struct page *page;
	u32 *addr;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	addr = page_address(page);
	unpin_user_pages_dirty_lock(&page, 1, true);
	*addr = value;		/* { dg-warning {use-after-release} } */
	return 0;
}

/* Given back on one path alone, which does not look at it. */
int on_a_path(unsigned long start, bool done)
{
	struct page *page;
	u32 *addr;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	addr = kmap_local_page(page);
	if (done)
		unpin_user_page(page);
	if (!done) {
		out(*addr);
		unpin_user_page(page);
	}
	kunmap_local(addr);
	return 0;
}
