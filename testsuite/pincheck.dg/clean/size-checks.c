// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * Sizes are checked in unsigned arithmetic that is meant to wrap.
 * As in v6.12 drivers/misc/genwqe/card_utils.c, genwqe_user_vmap(), and
 * net/xdp/xdp_umem.c, xdp_umem_reg() and xdp_umem_pin_pages().
 */
#include <linux/mm.h>
#include <linux/slab.h>

#define ULONG_MAX	(~0UL)

struct mapping {
	unsigned long u_vaddr, size;
	unsigned int nr_pages;
	struct page **page_list;
};

int mapping_setup(struct mapping *m, const void *uaddr, unsigned long size)
{
	unsigned long data, offs;
	int rc = -EINVAL;

	if (!uaddr || !size) {
		m->size = 0;
		return -EINVAL;
	}
	data = (unsigned long)uaddr;
	offs = offset_in_page(data);
	if (size > ULONG_MAX - PAGE_SIZE - offs) {
		m->size = 0;
		return -EINVAL;
	}
	m->nr_pages = DIV_ROUND_UP(offs + size, PAGE_SIZE);
	m->page_list = kcalloc(m->nr_pages, sizeof(struct page *), GFP_KERNEL);
	if (!m->page_list) {
		m->nr_pages = 0;
		return -ENOMEM;
	}
	rc = pin_user_pages_fast(data & PAGE_MASK, m->nr_pages, FOLL_WRITE, m->page_list);
	if (rc < 0)
		goto fail;
	if (rc < m->nr_pages) {
		unpin_user_pages_dirty_lock(m->page_list, rc, true);
		rc = -EFAULT;
		goto fail;
	}
	return 0;
fail:
	kfree(m->page_list);
	m->page_list = NULL;
	m->nr_pages = 0;
	return rc;
}

struct umem {
	struct page **pgs;
	u32 npgs, chunk_size;
};

static void umem_unpin(struct umem *umem)
{
	unpin_user_pages_dirty_lock(umem->pgs, umem->npgs, true);
	kvfree(umem->pgs);
	umem->pgs = NULL;
}

static int umem_pin(struct umem *umem, unsigned long address)
{
	long npgs;
	int err;

	umem->pgs = kvcalloc(umem->npgs, sizeof(*umem->pgs), GFP_KERNEL);
	if (!umem->pgs)
		return -ENOMEM;
	npgs = pin_user_pages(address, umem->npgs, FOLL_WRITE | FOLL_LONGTERM, umem->pgs);
	if (npgs != umem->npgs) {
		if (npgs >= 0) {
			umem->npgs = npgs;
			err = -ENOMEM;
			goto out_pin;
		}
		err = npgs;
		goto out_pgs;
	}
	return 0;
out_pin:
	umem_unpin(umem);
out_pgs:
	kvfree(umem->pgs);
	umem->pgs = NULL;
	return err;
}

int umem_register(struct umem *umem, unsigned long address, u64 size, u32 chunk_size)
{
	u64 npgs;

	if (chunk_size - 2048 > 2048u)
		return -EINVAL;
	if (address + size < address)
		return -EINVAL;
	npgs = (size + PAGE_SIZE - 1) >> PAGE_SHIFT;
	if (npgs > ~0u)
		return -EINVAL;
	umem->chunk_size = chunk_size;
	umem->npgs = npgs;
	return umem_pin(umem, address);
}

void umem_release(struct umem *umem)
{
	if (umem->pgs)
		umem_unpin(umem);
}
