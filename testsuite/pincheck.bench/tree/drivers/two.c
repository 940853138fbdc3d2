// SPDX-License-Identifier: GPL-2.0-or-later
/* Pages rest in a field between two functions; one release is dead code. */
#include <linux/mm.h>

struct buffer {
	struct page *page;
};

int buffer_fill(struct buffer *buffer, unsigned long start)
{
	if (pin_user_pages_fast(start, 1, FOLL_WRITE | FOLL_LONGTERM, &buffer->page) != 1)
		return -EFAULT;
	return 0;
}

void buffer_drain(struct buffer *buffer)
{
	unpin_user_page(buffer->page);
	if (0)
		put_page(buffer->page);
}
