/* SPDX-License-Identifier: GPL-2.0-or-later */
/* { dg-do compile } */
/* A page that is the caller's, in an array of the function's own: the caller notices. */
#include <linux/mm.h>

struct domain {
	int is_dirty;
};

int account(struct domain *domain);

static int put_number_wrongly(unsigned long pfn, bool is_dirty)
{
	struct page *page = pfn_to_page(pfn);

	if (is_dirty)
		set_page_dirty_lock(page);
	release_pages(&page, 1);		/* { dg-warning {pincheck:put-pinned} } */
	return 1;
}

static int put_number(unsigned long pfn, bool is_dirty)
{
	struct page *page = pfn_to_page(pfn);

	unpin_user_pages_dirty_lock(&page, 1, is_dirty);
	return 1;
}

int pin_wrongly(struct domain *domain, unsigned long start, unsigned long *pfn)
{
	struct page *pages[1];
	int ret;

	ret = pin_user_pages_fast(start, 1, FOLL_WRITE, pages);
	if (ret != 1)
		return ret < 0 ? ret : -EFAULT;
	*pfn = page_to_pfn(pages[0]);
	ret = account(domain);
	if (ret)
		put_number_wrongly(*pfn, domain->is_dirty);
	return ret;
}

int clean_pin(struct domain *domain, unsigned long start, unsigned long *pfn)
{
	struct page *pages[1];
	int ret;

	ret = pin_user_pages_fast(start, 1, FOLL_WRITE, pages);
	if (ret != 1)
		return ret < 0 ? ret : -EFAULT;
	*pfn = page_to_pfn(pages[0]);
	ret = account(domain);
	if (ret)
		put_number(*pfn, domain->is_dirty);
	return ret;
}
