// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Pages in fields of the kernel's own records are of one kind, whoever put them there. */
#include <linux/mm.h>

struct vm_fault {
	struct vm_area_struct *vma;
	struct page *page;
	struct page *cow_page;
};

struct pipe_buffer {
	struct page *page;
	unsigned int offset, len;
};

struct splice_pipe_desc {
	struct page **pages;
	int nr_pages;
};

struct vhost_iotlb_map {
	u64 addr, size;
};

/* The same names in another record. */
struct my_fault {
	struct page *page;
};

struct copy_state {
	struct pipe_buffer *buffers;
	struct page *page;
};

int take_fault(struct vm_fault *vmf);
void fault_done(struct copy_state *state);

void put_fault(struct vm_fault *vmf)
{
	unpin_user_page(vmf->page);	/* { dg-warning {pincheck:unpin-ordinary} } */
}

void clean_put_fault(struct vm_fault *vmf)
{
	put_page(vmf->page);
	put_page(vmf->cow_page);
}

void clean_other_record(struct my_fault *fault)
{
	unpin_user_page(fault->page);
}

/* One reference more does not make its kind unknown. */
int get_fault(struct vm_fault *vmf)
{
	struct folio *folio = page_folio(vmf->page);
	int ret;

	folio_get(folio);
	ret = take_fault(vmf);
	if (ret)
		unpin_folio(folio);	/* { dg-warning {pincheck:unpin-ordinary} } */
	else
		folio_put(folio);
	return ret;
}

/* How often it may be given back nobody knows. */
void clean_twice(struct vm_fault *vmf)
{
	put_page(vmf->page);
	put_page(vmf->page);
}

/* Through a field of the driver's own, to another function. */
void copy_begin(struct copy_state *state)
{
	state->page = state->buffers->page;
}

void copy_end(struct copy_state *state)
{
	unpin_user_page(state->page);	/* { dg-warning {pincheck:unpin-ordinary} } */
	fault_done(state);
}

/* A pin in exchange, and given back as such. */
int clean_pin_in_exchange(struct vm_fault *vmf, unsigned long start)
{
	struct page *page = vmf->page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	unpin_user_page(page);
	return 0;
}

/* A whole array, and elements of it. */
void put_all(struct splice_pipe_desc *spd)
{
	unpin_user_pages(spd->pages, spd->nr_pages);	/* { dg-warning {pincheck:unpin-ordinary} } */
}

void put_one(struct splice_pipe_desc *spd, int i)
{
	unpin_user_page(spd->pages[i]);	/* { dg-warning {pincheck:unpin-ordinary} } */
}

void clean_put_all(struct splice_pipe_desc *spd)
{
	release_pages(spd->pages, spd->nr_pages);
}

/* The address of a page, and those that follow it. */
void put_mapped(struct vhost_iotlb_map *map)
{
	unsigned long pfn, count = map->size >> PAGE_SHIFT;

	for (pfn = map->addr >> PAGE_SHIFT; count > 0; pfn++, count--)
		put_page(pfn_to_page(pfn));	/* { dg-warning {pincheck:put-pinned} } */
}

void clean_put_mapped(struct vhost_iotlb_map *map)
{
	unsigned long pfn, count = map->size >> PAGE_SHIFT;

	for (pfn = map->addr >> PAGE_SHIFT; count > 0; pfn++, count--)
		unpin_user_page(pfn_to_page(pfn));
}
