// SPDX-License-Identifier: GPL-2.0-or-later
/* Pinned and released in one function, with a partial pin: put_page() is only in this comment. */
#include <linux/mm.h>

int touch(struct page **pages, int nr);

int one(unsigned long start, int nr, struct page **pages)
{
	int pinned = pin_user_pages_fast(start, nr, FOLL_WRITE, pages);
	int ret;

	if (pinned < 0)
		return pinned;
	if (pinned != nr) {
		ret = -EFAULT;
		goto unpin;
	}
	ret = touch(pages, nr);
unpin:
	unpin_user_pages(pages, pinned);
	return ret;
}

#ifdef MODULE
void not_in_this_configuration(struct page *page)
{
	put_page(page);
}
#endif
