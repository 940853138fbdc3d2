// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * An array brings pages in each round of a loop, and an object of the function's own gets
 * them.  What earlier rounds have brought is there and nowhere else.
 */
#include <linux/mm.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>

struct sg_append_table {
	struct sg_table sgt;
	struct scatterlist *prv;
	unsigned int total_nents;
};

struct memory {
	struct sg_append_table append;
	unsigned long start;
	struct memory *next;
};

int sg_alloc_append_table_from_pages(struct sg_append_table *sgt, struct page **pages,
				     unsigned int n_pages, unsigned int offset,
				     unsigned long size, unsigned int max_segment,
				     unsigned int left_pages, gfp_t gfp_mask);
void sg_free_append_table(struct sg_append_table *table);

int use(unsigned long start);
void give_up(struct memory *m);
extern struct memory *all;

static int append(struct memory *m, struct page **list, unsigned int n, unsigned long left)
{
	return sg_alloc_append_table_from_pages(&m->append, list, n, 0, n * PAGE_SIZE, 65536,
						left, GFP_KERNEL);
}

static void release(struct memory *m)
{
	struct scatterlist *sg;
	unsigned int i;

	for_each_sgtable_sg(&m->append.sgt, sg, i)
		unpin_user_page_range_dirty_lock(sg_page(sg), sg->length >> PAGE_SHIFT, 0);
	sg_free_append_table(&m->append);
}

/* Those of this round are given back, and those of earlier ones are not. */
struct memory *lost(unsigned long start, unsigned long n)
{
	struct page **list = (struct page **)__get_free_page(GFP_KERNEL);
	struct memory *m = kzalloc(sizeof(*m), GFP_KERNEL);
	int pinned, ret = -ENOMEM;

	if (!m || !list)
		goto out;
	while (n) {
		pinned = pin_user_pages_fast(start, min(n, 512ul), 0, list);
		if (pinned < 0) {
			ret = pinned;
			goto release;
		}
		start += pinned * PAGE_SIZE;
		n -= pinned;
		ret = append(m, list, pinned, n);
		if (ret) {		/* { dg-warning {pages in 'm'.*pincheck:leak} } */
			unpin_user_pages(list, pinned);
			free_page((unsigned long)list);
			return NULL;
		}
	}
	ret = use(start);
	if (!ret) {
		free_page((unsigned long)list);
		return m;
	}
release:
	release(m);
out:
	free_page((unsigned long)list);
	kfree(m);
	return NULL;
}

struct memory *clean(unsigned long start, unsigned long n)
{
	struct page **list = (struct page **)__get_free_page(GFP_KERNEL);
	struct memory *m = kzalloc(sizeof(*m), GFP_KERNEL);
	int pinned, ret = -ENOMEM;

	if (!m || !list)
		goto out;
	while (n) {
		pinned = pin_user_pages_fast(start, min(n, 512ul), 0, list);
		if (pinned < 0) {
			ret = pinned;
			goto release;
		}
		start += pinned * PAGE_SIZE;
		n -= pinned;
		ret = append(m, list, pinned, n);
		if (ret) {
			unpin_user_pages(list, pinned);
			goto release;
		}
	}
	ret = use(start);
	if (ret)
		goto release;
	goto done;
release:
	release(m);
out:
	kfree(m);
	m = NULL;
done:
	free_page((unsigned long)list);
	return m;
}

/* Somebody else gives back what is there. */
struct memory *clean_handed_on(unsigned long start, unsigned long n)
{
	struct page **list = (struct page **)__get_free_page(GFP_KERNEL);
	struct memory *m = kzalloc(sizeof(*m), GFP_KERNEL);
	int pinned;

	while (m && list && n) {
		pinned = pin_user_pages_fast(start, min(n, 512ul), 0, list);
		if (pinned < 0)
			goto fail;
		start += pinned * PAGE_SIZE;
		n -= pinned;
		if (append(m, list, pinned, n)) {
			unpin_user_pages(list, pinned);
			goto fail;
		}
	}
	free_page((unsigned long)list);
	return m;
fail:
	give_up(m);
	free_page((unsigned long)list);
	return NULL;
}

/* Others know the object, from before the loop on. */
int clean_known(unsigned long start, unsigned long n)
{
	struct page **list = (struct page **)__get_free_page(GFP_KERNEL);
	struct memory *m = kzalloc(sizeof(*m), GFP_KERNEL);
	int pinned;

	if (!m || !list) {
		kfree(m);
		free_page((unsigned long)list);
		return -ENOMEM;
	}
	m->next = all;
	all = m;
	while (n) {
		pinned = pin_user_pages_fast(start, min(n, 512ul), 0, list);
		if (pinned < 0)
			break;
		start += pinned * PAGE_SIZE;
		n -= pinned;
		if (append(m, list, pinned, n)) {
			unpin_user_pages(list, pinned);
			break;
		}
	}
	free_page((unsigned long)list);
	return 0;
}

/* Each of them is in a larger array, too, and is given back out of that. */
struct memory *clean_twice(unsigned long start, unsigned long n)
{
	struct page **list = (struct page **)__get_free_page(GFP_KERNEL);
	struct page **every = kcalloc(n, sizeof(*every), GFP_KERNEL);
	struct memory *m = kzalloc(sizeof(*m), GFP_KERNEL);
	unsigned long done = 0;
	int pinned, i;

	while (m && list && every && done < n) {
		pinned = pin_user_pages_fast(start, min(n - done, 512ul), 0, list);
		if (pinned < 0)
			goto fail;
		for (i = 0; i < pinned; i++)
			every[done + i] = list[i];
		start += pinned * PAGE_SIZE;
		done += pinned;
		if (append(m, list, pinned, n - done))
			goto fail;
	}
	free_page((unsigned long)list);
	kfree(every);
	return m;
fail:
	for (i = 0; i < done; i++)
		unpin_user_page(every[i]);
	free_page((unsigned long)list);
	kfree(every);
	kfree(m);
	return NULL;
}
