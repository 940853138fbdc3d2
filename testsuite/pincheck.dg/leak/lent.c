// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * Pages lent to functions of the kernel, which look at them, or remember them with a
 * reference of their own: whose they were, he has to give them back.
 */
#include <linux/bvec.h>
#include <linux/highmem.h>
#include <linux/pagemap.h>
#include <linux/slab.h>

#include "lent.h"

/* ---- an array: as in drivers/vdpa/vdpa_user/vduse_dev.c ---- */

int leaking_register(struct vduse_iova_domain *domain, unsigned long start, int count)
{
	struct page **pages = kcalloc(count, sizeof(*pages), GFP_KERNEL);
	int pinned, ret;

	if (!pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, count, FOLL_LONGTERM | FOLL_WRITE, pages);
	if (pinned != count) {
		ret = pinned < 0 ? pinned : -ENOMEM;
		goto out;
	}
	ret = vduse_domain_add_user_bounce_pages(domain, pages, pinned);
	if (ret)	/* { dg-warning {pincheck:leak} } */
		goto free;
	unpin_user_pages(pages, pinned);
	goto free;
out:
	if (pinned > 0)
		unpin_user_pages(pages, pinned);
free:
	kfree(pages);
	return ret;
}

int clean_register(struct vduse_iova_domain *domain, unsigned long start, int count)
{
	struct page **pages = kcalloc(count, sizeof(*pages), GFP_KERNEL);
	int pinned, ret;

	if (!pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, count, FOLL_LONGTERM | FOLL_WRITE, pages);
	if (pinned != count) {
		ret = pinned < 0 ? pinned : -ENOMEM;
		goto out;
	}
	ret = vduse_domain_add_user_bounce_pages(domain, pages, pinned);
out:
	if (pinned > 0)
		unpin_user_pages(pages, pinned);
	kfree(pages);
	return ret;
}

struct umem {
	struct page **pages;
	int count;
};

int umem_fill(struct umem *umem, struct vduse_iova_domain *domain, unsigned long start, int count)
{
	struct page **pages = kcalloc(count, sizeof(*pages), GFP_KERNEL);
	int pinned, ret = -ENOMEM;

	if (!pages)
		return -ENOMEM;
	pinned = pin_user_pages_fast(start, count, FOLL_LONGTERM | FOLL_WRITE, pages);
	if (pinned != count)
		goto out;
	ret = vduse_domain_add_user_bounce_pages(domain, pages, pinned);
	if (ret)
		goto out;
	umem->pages = pages;
	umem->count = pinned;
	return 0;
out:
	if (pinned > 0)
		unpin_user_pages(pages, pinned);
	kfree(pages);
	return ret;
}

void umem_drop(struct umem *umem)
{
	kfree(umem->pages);	/* { dg-warning {pincheck:leak} } */
	kfree(umem);
}

/* ---- one page, or none: as in fs/ceph/addr.c, ceph_filemap_fault() ---- */

int leaking_fault(struct inode *inode, struct address_space *mapping)
{
	struct page *page = find_get_page(mapping, 0);
	int ret;

	if (!page)
		return -ENOMEM;
	ret = __ceph_do_getattr(inode, page, 1, true);
	if (ret < 0)	/* { dg-warning {pincheck:leak} } */
		return ret;
	put_page(page);
	return 0;
}

int doubling_fault(struct inode *inode, struct address_space *mapping)
{
	struct page *page = find_get_page(mapping, 0);
	int ret;

	if (!page)
		return -ENOMEM;
	ret = __ceph_do_getattr(inode, page, 1, true);
	if (ret < 0)
		put_page(page);
	put_page(page);	/* { dg-warning {pincheck:double-release} } */
	return ret;
}

int clean_fault(struct inode *inode, struct address_space *mapping)
{
	struct page *page = find_get_page(mapping, 0);
	int ret;

	ret = __ceph_do_getattr(inode, page, 1, true);
	if (page)
		put_page(page);
	return ret;
}

/* ---- copied from and to ---- */

int leaking_copy(struct page *to, unsigned long start, struct vm_area_struct *vma)
{
	struct page *page;

	if (get_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	if (copy_mc_user_highpage(to, page, start, vma))	/* { dg-warning {pincheck:leak} } */
		return -EIO;
	put_page(page);
	return 0;
}

int clean_copy(struct page *to, unsigned long start, struct vm_area_struct *vma)
{
	struct page *page;
	int ret = 0;

	if (get_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	if (copy_mc_user_highpage(to, page, start, vma))
		ret = -EIO;
	put_page(page);
	return ret;
}

/* The vector still names the page. */
int leaking_vector(const char *from, unsigned long start)
{
	struct bio_vec vec = { .bv_len = PAGE_SIZE };

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &vec.bv_page) != 1)	/* { dg-warning "leak" } */
		return -EFAULT;
	memcpy_to_bvec(&vec, from);
	return 0;
}

int clean_vector(const char *from, unsigned long start)
{
	struct bio_vec vec = { .bv_len = PAGE_SIZE };

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &vec.bv_page) != 1)
		return -EFAULT;
	memcpy_to_bvec(&vec, from);
	unpin_user_page(vec.bv_page);
	return 0;
}

/* ---- waited for, put on the LRU's lists, marked ---- */

int leaking_wait(struct address_space *mapping)
{
	struct folio *folio = (struct folio *)find_get_page(mapping, 0);
	int ret;

	if (!folio)
		return -ENOMEM;
	ret = folio_wait_private_2_killable(folio);
	if (ret < 0)	/* { dg-warning {pincheck:leak} } */
		return ret;
	folio_put(folio);
	return 0;
}

int clean_wait(struct address_space *mapping)
{
	struct folio *folio = (struct folio *)find_get_page(mapping, 0);
	int ret;

	if (!folio)
		return -ENOMEM;
	ret = folio_wait_private_2_killable(folio);
	folio_put(folio);
	return ret;
}

int leaking_listed(void)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)	/* { dg-warning {pincheck:leak} } */
		return -ENOMEM;
	folio_add_lru(page_folio(page));
	return 0;
}

int clean_listed(void)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	folio_add_lru(page_folio(page));
	put_page(page);
	return 0;
}

int leaking_mark(struct writeback_control *wbc, struct address_space *mapping)
{
	struct page *page = find_get_page(mapping, 0);

	if (!page)	/* { dg-warning {pincheck:leak} } */
		return -ENOMEM;
	redirty_page_for_writepage(wbc, page);
	return 0;
}

/* The lock on it keeps it in the cache, and so alive. */
int clean_mark(struct writeback_control *wbc, struct address_space *mapping)
{
	struct page *page = find_get_page(mapping, 0);

	if (!page)
		return -ENOMEM;
	lock_page(page);
	put_page(page);
	redirty_page_for_writepage(wbc, page);
	unlock_page(page);
	return 0;
}
