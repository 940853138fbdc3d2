// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * What is in a record when it is freed need be no reference: who has taken the pages, or who has
 * called that function, has given them back, and left the pointers there.
 */
#include <linux/mm.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>

void dma_sync(void);

struct simple { struct page *page; int n; };

int simple_io(struct simple *s, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, 0, &page) != 1)
		return -EFAULT;
	s->page = page;
	dma_sync();
	unpin_user_page(page);
	return 0;
}

void simple_free(struct simple *s)
{
	s->n = 0;
	kfree(s);
}

struct deep { struct { int n; struct scatterlist mem; } dd[4]; };

int deep_io(struct deep *s, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, 0, &page) != 1)
		return -EFAULT;
	sg_set_page(&s->dd[0].mem, page, PAGE_SIZE, 0);
	dma_sync();
	unpin_user_page(page);
	return 0;
}

void deep_free(struct deep *s)
{
	s->dd[0].n = 0;
	kfree(s);
}

struct deep2 { struct { int n; struct scatterlist mem; } d2[4]; };

int deep2_io(struct deep2 *s, int i, unsigned long addr)
{
	struct page *page;
	int ret;

	ret = pin_user_pages_fast(addr, 1, 0, &page);
	if (ret != 1)
		return -EFAULT;
	sg_set_page(&s->d2[i].mem, page, PAGE_SIZE, 0);
	dma_sync();
	unpin_user_pages(&page, 1);
	return 0;
}

void deep2_free(struct deep2 *s)
{
	s->d2[0].n = 0;
	kfree(s);
}

struct deep3 { struct { int n; struct scatterlist mem; } d3[4]; };

int deep3_io(struct deep3 *s, unsigned long addr)
{
	struct page *pages[4];
	int ret, i;

	ret = pin_user_pages_fast(addr, 4, 0, pages);
	if (ret < 0)
		return ret;
	for (i = 0; i < ret; i++)
		sg_set_page(&s->d3[i].mem, pages[i], PAGE_SIZE, 0);
	dma_sync();
	unpin_user_pages(pages, ret);
	return 0;
}

void deep3_free(struct deep3 *s)
{
	s->d3[0].n = 0;
	kfree(s);
}

struct simple4 { struct page *pages[4]; int n; };

int simple4_io(struct simple4 *s, unsigned long addr)
{
	struct page *pages[4];
	int ret, i;

	ret = pin_user_pages_fast(addr, 4, 0, pages);
	if (ret < 0)
		return ret;
	for (i = 0; i < ret; i++)
		s->pages[i] = pages[i];
	dma_sync();
	unpin_user_pages(pages, ret);
	return 0;
}

void simple4_free(struct simple4 *s)
{
	s->n = 0;
	kfree(s);
}

struct of_caller { struct page *page; int n; };

static struct page *caller_grab(struct of_caller *s, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, 0, &page) != 1)
		return NULL;
	s->page = page;
	return page;
}

int caller_io(struct of_caller *s, unsigned long addr)
{
	struct page *page = caller_grab(s, addr);

	if (!page)
		return -EFAULT;
	dma_sync();
	unpin_user_page(page);
	return 0;
}

void caller_free(struct of_caller *s)
{
	s->n = 0;
	kfree(s);
}

struct deep_of_caller { struct { int n; struct scatterlist mem; } of_deep_caller[4]; };

static struct page *deep_caller_grab(struct deep_of_caller *s, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, 0, &page) != 1)
		return NULL;
	sg_set_page(&s->of_deep_caller[0].mem, page, PAGE_SIZE, 0);
	return page;
}

int deep_caller_io(struct deep_of_caller *s, unsigned long addr)
{
	struct page *page = deep_caller_grab(s, addr);

	if (!page)
		return -EFAULT;
	dma_sync();
	unpin_user_page(page);
	return 0;
}

void deep_caller_free(struct deep_of_caller *s)
{
	s->of_deep_caller[0].n = 0;
	kfree(s);
}

struct arr { struct page *pages[4]; int n; };

static int arr_grab(struct arr *s, struct page **pages, unsigned long addr)
{
	int ret, i;

	ret = pin_user_pages_fast(addr, 4, 0, pages);
	if (ret < 0)
		return ret;
	for (i = 0; i < ret; i++)
		s->pages[i] = pages[i];
	return ret;
}

int arr_io(struct arr *s, unsigned long addr)
{
	struct page *pages[4];
	int ret = arr_grab(s, pages, addr);

	if (ret < 0)
		return ret;
	dma_sync();
	unpin_user_pages(pages, ret);
	return 0;
}

void arr_free(struct arr *s)
{
	s->n = 0;
	kfree(s);
}

struct loop { struct page *pages[4]; int n; };

int loop_io(struct loop *s, unsigned long addr)
{
	struct page *pages[4];
	int ret, i;

	ret = pin_user_pages_fast(addr, 4, 0, pages);
	if (ret < 0)
		return ret;
	for (i = 0; i < ret; i++) {
		s->pages[i] = pages[i];
		dma_sync();
	}
	for (i = 0; i < ret; i++)
		unpin_user_page(pages[i]);
	return 0;
}

void loop_free(struct loop *s)
{
	s->n = 0;
	kfree(s);
}

struct one { struct page *page; int n; };

int one_io(struct one *s, unsigned long addr, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		struct page *page;
		if (pin_user_pages_fast(addr, 1, 0, &page) != 1)
			return -EFAULT;
		s->page = page;
		dma_sync();
		unpin_user_page(page);
		addr += PAGE_SIZE;
	}
	return 0;
}

void one_free(struct one *s)
{
	s->n = 0;
	kfree(s);
}
