// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* { dg-additional-options "-fplugin-arg-pincheck-not-dirtied" } */
/* Taken to be written to and given back clean, all in one function. */
#include <linux/highmem.h>
#include <linux/mm.h>

void fill(void *p);

int clean(unsigned long start)
{
	struct page *page;
	void *p;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	p = kmap_local_page(page);
	fill(p);
	kunmap_local(p);
	unpin_user_page(page);	/* { dg-warning {'unpin_user_page' gives back 'page' clean.*pincheck:not-dirtied} } */
	return 0;
}

int dirtied(unsigned long start)
{
	struct page *page;
	void *p;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	p = kmap_local_page(page);
	fill(p);
	kunmap_local(p);
	set_page_dirty_lock(page);
	unpin_user_page(page);
	return 0;
}

/* Said to be clean by the argument, also of ordinary references. */
int says_clean(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE | FOLL_FORCE, &page) != 1)
		return -EFAULT;
	fill(kmap(page));
	kunmap(page);
	unpin_user_pages_dirty_lock(&page, 1, false);	/* { dg-warning {'unpin_user_pages_dirty_lock'.*not-dirtied} } */
	return 0;
}

int got_clean(unsigned long start)
{
	struct page *page;

	if (get_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	fill(kmap(page));
	kunmap(page);
	put_page(page);	/* { dg-warning {'put_page' gives back 'page' clean.*not-dirtied} } */
	return 0;
}

int says_dirty(unsigned long start, bool dirty)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE | FOLL_FORCE, &page) != 1)
		return -EFAULT;
	fill(kmap(page));
	kunmap(page);
	unpin_user_pages_dirty_lock(&page, 1, dirty);
	return 0;
}

/* Only read. */
int read_only(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, FOLL_FORCE, &page) != 1)
		return -EFAULT;
	fill(kmap(page));
	kunmap(page);
	unpin_user_page(page);
	return 0;
}

/* The flag is added on one path, in words of its own or as a truth value. */
int flag_on_a_path(unsigned long start, bool write)
{
	unsigned int flags = FOLL_LONGTERM;
	struct page *page;

	if (write)
		flags |= FOLL_WRITE;
	if (pin_user_pages_fast(start, 1, flags, &page) != 1)
		return -EFAULT;
	fill(kmap(page));
	kunmap(page);
	unpin_user_page(page);	/* { dg-warning {not-dirtied} } */
	return 0;
}

int flag_of_caller(unsigned long start, unsigned int flags)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, flags, &page) != 1)
		return -EFAULT;
	fill(kmap(page));
	kunmap(page);
	unpin_user_page(page);
	return 0;
}

/* After a failure nothing was written. */
int failure(unsigned long start)
{
	struct page *pages[2];
	void *p;
	int ret;

	ret = pin_user_pages_fast(start, 2, FOLL_WRITE, pages);
	if (ret < 0)
		return ret;
	if (ret != 2) {
		unpin_user_pages(pages, ret);
		return -EFAULT;
	}
	p = kmap_local_page(pages[0]);
	fill(p);
	kunmap_local(p);
	unpin_user_pages_dirty_lock(pages, 2, true);
	return 0;
}

/* To fault the page in, and to look it up (drivers/misc/sgi-gru/grufault.c). */
int look_up(unsigned long start, unsigned long *pfn)
{
	struct page *page;

	if (get_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	*pfn = page_to_pfn(page);
	put_page(page);
	return 0;
}

/* Somebody else has it on the way. */
void remember(struct page *page);

int remembered(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	remember(page);
	unpin_user_page(page);
	return 0;
}

/* A function of its own marks them. */
static void mark(struct page **pages, int n)
{
	int i;

	for (i = 0; i < n; i++)
		set_page_dirty_lock(pages[i]);
}

int marked(unsigned long start)
{
	struct page *pages[4];
	int ret = pin_user_pages_fast(start, 4, FOLL_WRITE, pages);

	if (ret <= 0)
		return -EFAULT;
	fill(kmap(pages[0]));
	kunmap(pages[0]);
	mark(pages, ret);
	unpin_user_pages(pages, ret);
	return 0;
}

/* Two acquires, and one release for both. */
int either(unsigned long start, bool write)
{
	struct page *page;
	int ret;

	if (write)
		ret = pin_user_pages_fast(start, 1, FOLL_WRITE, &page);
	else
		ret = pin_user_pages_fast(start, 1, 0, &page);
	if (ret != 1)
		return -EFAULT;
	fill(kmap(page));
	kunmap(page);
	if (write)
		set_page_dirty_lock(page);
	unpin_user_page(page);
	return 0;
}
