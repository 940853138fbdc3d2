// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * After the count the page itself is tested, though it cannot be NULL.
 * As in v6.12 drivers/virt/acrn/ioreq.c, acrn_ioreq_init().
 */
#include <linux/mm.h>

struct machine {
	struct page *buffer_page;
	void *buffer;
};

int buffer_init(struct machine *machine, unsigned long address)
{
	struct page *page;
	int ret;

	if (machine->buffer)
		return -EINVAL;
	ret = pin_user_pages_fast(address, 1, FOLL_WRITE | FOLL_LONGTERM, &page);
	if (unlikely(ret != 1 || !page))
		return -EFAULT;
	machine->buffer = page_address(page);
	machine->buffer_page = page;
	return 0;
}

void buffer_exit(struct machine *machine)
{
	if (machine->buffer_page) {
		unpin_user_page(machine->buffer_page);
		machine->buffer_page = NULL;
	}
}
