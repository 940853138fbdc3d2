// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * Allocated pages and pages of the page cache, of which nothing is lost, in a unit with
 * user pages.
 */
#include <linux/bio.h>
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/pagemap.h>

struct inode_pages {
	unsigned long entry;
	unsigned long *table;
};

int user_page(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, 0, &page) != 1)
		return -EFAULT;
	unpin_user_page(page);
	return 0;
}

/* As in v6.12 block/blk-map.c, bio_copy_user_iov(): the length has got lost in the loop. */
int into_bio(struct bio *bio, unsigned int len, unsigned int offset)
{
	while (len) {
		unsigned int bytes = PAGE_SIZE;
		struct page *page;

		bytes -= offset;
		if (bytes > len)
			bytes = len;
		page = alloc_page(GFP_KERNEL);
		if (!page)
			return -ENOMEM;
		if (bio_add_page(bio, page, bytes, offset) < bytes) {
			__free_page(page);
			break;
		}
		len -= bytes;
		offset = 0;
	}
	return 0;
}

/* The entry of the table has one reference; it is the other one that is given back. */
int into_table(struct inode_pages *pages, int index)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	get_page(page);
	pages->table[index] = ~page_to_pfn(page) * pages->entry;
	put_page(page);
	return 0;
}

/* By its address. */
int by_address(unsigned long *entry)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	*entry = *(unsigned long *)page_address(page);
	free_page((unsigned long)page_address(page));
	return 0;
}

/* As in fs/btrfs/extent_io.c: elements that are filled stay as they are. */
int fill_up(unsigned int nr)
{
	struct page *pages[16] = { NULL };
	unsigned long filled = alloc_pages_bulk_array(GFP_KERNEL, nr, pages), i;

	if (filled < nr)
		filled = alloc_pages_bulk_array(GFP_KERNEL, nr, pages);
	for (i = 0; i < filled; i++)
		__free_page(pages[i]);
	return 0;
}

/* The private data of a page has a reference of its own. */
int with_private(struct address_space *mapping, pgoff_t index, void *data)
{
	struct page *page = find_get_page(mapping, index);

	if (!page)
		return -EINVAL;
	attach_page_private(page, data);
	put_page(page);
	return 0;
}

int without_private(struct address_space *mapping, pgoff_t index)
{
	struct page *page = find_get_page(mapping, index);

	if (!page)
		return -EINVAL;
	detach_page_private(page);
	put_page(page);
	return 0;
}

/* As in v6.1 mm/shmem.c: FGP_ENTRY, and an entry that is no page has no reference. */
int swapped_out(struct address_space *mapping, pgoff_t index)
{
	struct page *page = pagecache_get_page(mapping, index, 0x80, 0);

	if (!page)
		return 0;
	if ((unsigned long)page & 1)
		return 1;
	put_page(page);
	return 0;
}

/* As in v6.12 drivers/md/raid5.c, alloc_scratch_buffer(): which memory that is, is not known. */
int per_cpu(unsigned long base, unsigned long *offsets, int cpu)
{
	struct page **slot = (struct page **)(base + offsets[cpu]);
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	*slot = page;
	return 0;
}

/* As xchg() of the kernel. */
void exchanged(struct page **slot)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (page) {
		asm volatile("xchgq %q0, %1" : "+r" (page), "+m" (*slot) : : "memory");
		if (page)
			put_page(page);
	}
}

/* As this_cpu_xchg(): the page is a number to the asm. */
void exchanged_as_number(unsigned long *slot)
{
	struct page *page = alloc_page(GFP_KERNEL);
	unsigned long old = *slot;
	bool done;

	if (!page)
		return;
	do
		asm volatile("cmpxchgq %3, %2" : "=@ccz" (done), "+a" (old), "+m" (*slot) :
			     "r" ((unsigned long)page) : "memory");
	while (!done);
	if (old)
		put_page((struct page *)old);
}

unsigned long looked_at_as_number(void)
{
	struct page *page = alloc_page(GFP_KERNEL);
	unsigned long sum;

	if (!page)	/* { dg-warning "'page' is never given back" } */
		return 0;
	asm("leaq 1(%1), %0" : "=r" (sum) : "r" ((unsigned long)page));
	return sum;
}

/* As in v6.12 mm/huge_memory.c, do_huge_pmd_anonymous_page(): one page under two types. */
static int charged(struct page *page, int err)
{
	struct folio *folio = page_folio(page);

	folio_put(folio);
	return err;
}

int other_type(int err)
{
	struct folio *folio = folio_alloc(GFP_KERNEL, 0);

	if (!folio)
		return -ENOMEM;
	return charged(&folio->page, err);
}

/* As in v6.12 fs/jfs/jfs_metapage.c, __get_metapage(): its private data leads to the page. */
void *by_private(struct address_space *mapping, pgoff_t index)
{
	struct page *page = find_get_page(mapping, index);

	return page ? (void *)page->private : NULL;
}

/* As in v6.1 mm/memory.c, do_swap_page(): the page that is mapped may be the one it got. */
struct page *ksm_might_need_to_copy(struct page *page, struct vm_area_struct *vma,
				    unsigned long address);
void add_rmap(struct page *page);

int swapped_in(struct address_space *mapping, pgoff_t index, struct vm_area_struct *vma)
{
	struct page *swapcache = find_get_page(mapping, index), *page;

	if (!swapcache)
		return -ENOMEM;
	page = ksm_might_need_to_copy(swapcache, vma, 0);
	if (!page) {
		put_page(swapcache);
		return -ENOMEM;
	}
	add_rmap(page);
	if (page != swapcache)
		put_page(swapcache);
	return 0;
}
