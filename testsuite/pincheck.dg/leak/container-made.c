// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * The call that puts pages into a table makes the table's array, in a record that was all zero
 * before; drivers/rapidio/devices/rio_mport_cdev.c.
 */
#include <linux/mm.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>

void *memset(void *to, int byte, size_t size);

struct request {
	struct request *next;
	struct sg_table table;
	struct page **pages;
	unsigned int count;
};

struct queue {
	struct request *first;
	int depth;
};

extern int map(struct queue *queue);
extern int submit(struct request *request);

int lost(struct queue *queue, unsigned long start, unsigned int count)
{
	struct request *request = kzalloc(sizeof(*request), GFP_KERNEL);
	struct page **pages;
	int ret;

	if (!request)
		return -ENOMEM;
	pages = kmalloc_array(count, sizeof(*pages), GFP_KERNEL);
	if (!pages) {
		kfree(request);
		return -ENOMEM;
	}
	ret = pin_user_pages_fast(start, count, 0, pages);
	if (ret != count) {
		if (ret > 0)
			unpin_user_pages(pages, ret);
		ret = -EFAULT;
		goto free;
	}
	ret = sg_alloc_table_from_pages(&request->table, pages, count, 0, count * PAGE_SIZE,
					GFP_KERNEL);
	if (ret)
		goto unpin;
	request->pages = pages;
	request->count = count;
	if (map(queue))		/* { dg-warning {pincheck:leak} } */
		return -EIO;
	request->next = queue->first;
	queue->first = request;
	return 0;
unpin:
	unpin_user_pages(pages, count);
free:
	kfree(pages);
	kfree(request);
	return ret;
}

int clean(struct queue *queue, unsigned long start, unsigned int count)
{
	struct request *request = kzalloc(sizeof(*request), GFP_KERNEL);
	struct page **pages;
	int ret;

	if (!request)
		return -ENOMEM;
	pages = kmalloc_array(count, sizeof(*pages), GFP_KERNEL);
	if (!pages) {
		kfree(request);
		return -ENOMEM;
	}
	ret = pin_user_pages_fast(start, count, 0, pages);
	if (ret != count) {
		if (ret > 0)
			unpin_user_pages(pages, ret);
		ret = -EFAULT;
		goto free;
	}
	ret = sg_alloc_table_from_pages(&request->table, pages, count, 0, count * PAGE_SIZE,
					GFP_KERNEL);
	if (ret)
		goto unpin;
	request->pages = pages;
	request->count = count;
	if (map(queue)) {
		ret = -EIO;
		sg_free_table(&request->table);
		goto unpin;
	}
	request->next = queue->first;
	queue->first = request;
	return 0;
unpin:
	unpin_user_pages(pages, count);
free:
	kfree(pages);
	kfree(request);
	return ret;
}

/* The pages are in the table alone, and the record goes to the queue, or to somebody unknown. */
int clean_in_table(struct queue *queue, unsigned long start)
{
	struct request *request = kzalloc(sizeof(*request), GFP_KERNEL);
	struct page *pages[4];
	int ret;

	if (!request)
		return -ENOMEM;
	ret = pin_user_pages_fast(start, 4, 0, pages);
	if (ret < 1) {
		kfree(request);
		return ret;
	}
	if (sg_alloc_table_from_pages(&request->table, pages, ret, 0, ret * PAGE_SIZE,
				      GFP_KERNEL)) {
		unpin_user_pages(pages, ret);
		kfree(request);
		return -ENOMEM;
	}
	if (queue->depth)
		return submit(request);
	request->next = queue->first;
	queue->first = request;
	return 0;
}

/* What is in the table is given back from there. */
int clean_from_table(struct queue *queue, unsigned long start)
{
	struct request *request = kzalloc(sizeof(*request), GFP_KERNEL);
	struct scatterlist *sg;
	struct page *pages[4];
	int ret, i;

	if (!request)
		return -ENOMEM;
	ret = pin_user_pages_fast(start, 4, 0, pages);
	if (ret < 1) {
		kfree(request);
		return ret;
	}
	if (sg_alloc_table_from_pages(&request->table, pages, ret, 0, ret * PAGE_SIZE,
				      GFP_KERNEL)) {
		unpin_user_pages(pages, ret);
		kfree(request);
		return -ENOMEM;
	}
	ret = map(queue);
	for_each_sgtable_sg(&request->table, sg, i)
		unpin_user_page(sg_page(sg));
	sg_free_table(&request->table);
	kfree(request);
	return ret;
}

/* The caller's record. */
int clean_callers(struct request *request, struct queue *queue, unsigned long start)
{
	struct page *pages[4];
	int ret = pin_user_pages_fast(start, 4, 0, pages);

	if (ret < 1)
		return ret;
	memset(&request->table, 0, sizeof(request->table));
	if (sg_alloc_table_from_pages(&request->table, pages, ret, 0, ret * PAGE_SIZE,
				      GFP_KERNEL)) {
		unpin_user_pages(pages, ret);
		return -ENOMEM;
	}
	return map(queue);
}

struct transfer {
	struct sg_table *table;
	struct page **pages;
	unsigned int count;
};

struct limits {
	int least[10];
};

/*
 * However much is known of other things, that the table is this function's own stays known;
 * drivers/accel/qaic/qaic_control.c.
 */
int lost_among_many(const struct limits *l, unsigned long start, int n, struct queue *queue,
		    struct transfer *transfer)
{
	struct sg_table *table;
	struct page **pages;
	int ret;

	if (n < l->least[0] || n < l->least[1] || n < l->least[2] || n < l->least[3] ||
	    n < l->least[4] || n < l->least[5] || n < l->least[6] || n < l->least[7] ||
	    n < l->least[8] || n < l->least[9] || n < 1)
		return -EINVAL;
	pages = kmalloc_array(n, sizeof(*pages), GFP_KERNEL);
	if (!pages)
		return -ENOMEM;
	ret = pin_user_pages_fast(start, n, 0, pages);
	if (ret < 0)
		goto free;
	if (ret != n)
		goto unpin;
	table = kmalloc(sizeof(*table), GFP_KERNEL);
	if (!table)
		goto unpin;
	if (sg_alloc_table_from_pages(table, pages, ret, 0, ret * PAGE_SIZE, GFP_KERNEL)) {
		kfree(table);
		goto unpin;
	}
	if (map(queue))		/* { dg-warning {pincheck:leak} } */
		return -EIO;
	transfer->table = table;
	transfer->pages = pages;
	transfer->count = ret;
	return 0;
unpin:
	unpin_user_pages(pages, ret);
free:
	kfree(pages);
	return -ENOMEM;
}
