// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * A function of the unit's own returns an array of pages, or an error that is told to the log:
 * behind that test, which is made twice, it is the array.
 * Reduced from drivers/media/common/videobuf2/frame_vector.c, put_vaddr_frames().
 */
#include <linux/err.h>
#include <linux/mm.h>

struct vector {
	unsigned int nr_frames;
	bool got_ref;
	bool is_pfns;
	void *ptrs[];
};

int vector_fill(struct vector *vec, unsigned long start, unsigned int nr_frames)
{
	int ret = pin_user_pages_fast(start, nr_frames, 0, (struct page **)vec->ptrs);

	vec->got_ref = true;
	vec->is_pfns = false;
	vec->nr_frames = ret;
	if (ret > 0)
		return ret;
	vec->nr_frames = 0;
	return ret ? ret : -EFAULT;
}

bool may_be_page(unsigned long pfn);

static int vector_to_pages(struct vector *vec)
{
	unsigned long *nums = (unsigned long *)vec->ptrs;
	struct page **pages = (struct page **)vec->ptrs;
	int i;

	for (i = 0; i < vec->nr_frames; i++)
		if (!may_be_page(nums[i]))
			return -EINVAL;
	for (i = 0; i < vec->nr_frames; i++)
		pages[i] = pfn_to_page(nums[i]);
	vec->is_pfns = false;
	return 0;
}

static struct page **vector_pages(struct vector *vec)
{
	if (vec->is_pfns) {
		int err = vector_to_pages(vec);

		if (err)
			return ERR_PTR(err);
	}
	return (struct page **)vec->ptrs;
}

void vector_put_too_many(struct vector *vec)
{
	struct page **pages;

	if (!vec->got_ref)
		goto out;
	pages = vector_pages(vec);
	if (WARN_ON(IS_ERR(pages)))
		goto out;
	unpin_user_pages(pages, vec->nr_frames + 1);	/* { dg-warning {pincheck:over-release} } */
	vec->got_ref = false;
out:
	vec->nr_frames = 0;
}

void vector_put(struct vector *vec)
{
	struct page **pages;

	if (!vec->got_ref)
		goto out;
	pages = vector_pages(vec);
	if (WARN_ON(IS_ERR(pages)))
		goto out;
	unpin_user_pages(pages, vec->nr_frames);
	vec->got_ref = false;
out:
	vec->nr_frames = 0;
}
