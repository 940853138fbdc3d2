// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* What is lost is named as C would name it, or not by a number that has no name. */
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/uio.h>

int check(int id);

ssize_t rounded(struct iov_iter *iter, size_t len, int id)
{
	struct page *pages[16];
	size_t off;
	ssize_t got = iov_iter_get_pages2(iter, pages, len, 16, &off);
	int i;

	if (got <= 0)
		return got;
	if (check(id) < 0)	/* { dg-warning {'pages\[0 \.\. \(got \+ off \+ 4095\) / 4096\)' is never given back} } */
		return -EFAULT;
	for (i = 0; i < DIV_ROUND_UP(off + got, PAGE_SIZE); i++)
		put_page(pages[i]);
	return got;
}

/* `n' is what is left now, and was another number: `n - n' would be none. */
int renamed(unsigned long start, int n, int id)
{
	struct page **pages = kmalloc_array(n, sizeof(*pages), GFP_KERNEL), **all = pages;
	int got;

	if (!pages)
		return -ENOMEM;
	while (n) {
		got = pin_user_pages_fast(start, n, 0, pages);
		if (got <= 0) {		/* { dg-warning {'pages\[\.\.\]' is never given back} } */
			kfree(all);
			return -EFAULT;
		}
		pages += got;
		n -= got;
	}
	unpin_user_pages(all, pages - all);
	kfree(all);
	return 0;
}
