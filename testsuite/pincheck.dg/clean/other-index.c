// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * What is stored at an index that is known is given back by one that is not, in a loop that
 * goes down or tests each element.  From the undo loops of drivers with an array of queues,
 * and of two-level tables.
 */
#include <linux/errno.h>
#include <linux/mm.h>
#include <linux/slab.h>

struct queue {
	struct page *page;
	int nr;
	u16 nr_pages;
	struct page **pages;
	struct page *in[4];
};

struct device {
	struct queue *queues;
	unsigned int nr;
};

int clean_down(unsigned long addr, unsigned long other, int n)
{
	struct page **v = kcalloc(n, sizeof(*v), GFP_KERNEL);
	int i;

	if (!v)
		return -ENOMEM;
	if (pin_user_pages_fast(addr, 1, 0, &v[0]) != 1)
		goto out;
	pin_user_pages_fast(other, 1, 0, &v[2]);
out:
	for (i = n - 1; i >= 0; i--)
		if (v[i])
			unpin_user_page(v[i]);
	kfree(v);
	return 0;
}

int clean_down_in_records(unsigned long addr, int n)
{
	struct queue *q = kcalloc(n, sizeof(*q), GFP_KERNEL);
	int i;

	if (!q)
		return -ENOMEM;
	if (pin_user_pages_fast(addr, 1, 0, &q[0].page) != 1) {
		kfree(q);
		return -EFAULT;
	}
	for (i = n - 1; i >= 0; i--)
		if (q[i].page)
			unpin_user_page(q[i].page);
	kfree(q);
	return 0;
}

int clean_down_by_count(unsigned long addr, int n)
{
	struct queue *q = kcalloc(n, sizeof(*q), GFP_KERNEL);
	int i;

	if (!q)
		return -ENOMEM;
	q[0].nr = pin_user_pages_fast(addr, 4, 0, q[0].in);
	if (q[0].nr != 4) {
		if (q[0].nr > 0)
			unpin_user_pages(q[0].in, q[0].nr);
		kfree(q);
		return -EFAULT;
	}
	for (i = n - 1; i >= 0; i--)
		if (q[i].nr)
			unpin_user_pages(q[i].in, q[i].nr);
	kfree(q);
	return 0;
}

int clean_down_in_table(unsigned long addr, int n)
{
	struct page ***v = kcalloc(n, sizeof(*v), GFP_KERNEL);
	int i, ret = 0;

	if (!v)
		return -ENOMEM;
	v[0] = kcalloc(16, sizeof(*v[0]), GFP_KERNEL);
	if (v[0]) {
		ret = pin_user_pages_fast(addr, 16, 0, v[0]);
		if (ret != 16) {
			if (ret > 0)
				unpin_user_pages(v[0], ret);
			kfree(v[0]);
			v[0] = NULL;
		}
	}
	for (i = n - 1; i >= 0; i--)
		if (v[i]) {
			unpin_user_pages(v[i], 16);
			kfree(v[i]);
		}
	kfree(v);
	return ret;
}

int clean_picked(unsigned long addr, int k)
{
	struct page *v[4] = {};
	int ret = -EFAULT;

	if (pin_user_pages_fast(addr, 1, 0, &v[0]) != 1)
		return -EFAULT;
	if (k < 0 || k > 3)
		goto out;
	if (!v[k]) {
		unpin_user_page(v[0]);
		return -EINVAL;
	}
	unpin_user_page(v[k]);
	v[k] = NULL;
	ret = 0;
out:
	if (v[0])
		unpin_user_page(v[0]);
	return ret;
}

int left_in_table(unsigned long addr, int n)
{
	struct page ***v = kcalloc(n, sizeof(*v), GFP_KERNEL);
	int ret;

	if (!v)
		return -ENOMEM;
	v[0] = kcalloc(16, sizeof(*v[0]), GFP_KERNEL);
	if (!v[0])
		return -ENOMEM;
	ret = pin_user_pages_fast(addr, 16, 0, v[0]);
	if (ret > 0 && v[1])	/* { dg-warning "never given back" } */
		ret = 0;
	kfree(v[0]);
	kfree(v);
	return ret;
}

static int queue_pin(struct queue *q, unsigned long addr, unsigned int n)
{
	u16 count = n;
	int ret;

	q->pages = kvmalloc_array(count, sizeof(*q->pages), GFP_KERNEL);
	if (!q->pages)
		return -ENOMEM;
	ret = pin_user_pages_fast(addr, count, FOLL_WRITE, q->pages);
	if (ret != count) {
		if (ret > 0) {
			unpin_user_pages(q->pages, ret);
			ret = -EFAULT;
		}
		kvfree(q->pages);
		q->pages = NULL;
		return ret;
	}
	q->nr_pages = count;
	return 0;
}

int clean_undone(struct device *d, const unsigned long *addr, const unsigned int *len,
		 unsigned int nr)
{
	int i, ret;

	d->queues = kcalloc(nr, sizeof(*d->queues), GFP_KERNEL);
	if (!d->queues)
		return -ENOMEM;
	for (i = 0; i < nr; i++) {
		ret = queue_pin(&d->queues[i], addr[i], len[i]);
		if (ret)
			goto undo;
	}
	d->nr = nr;
	return 0;
undo:
	while (--i >= 0) {
		unpin_user_pages(d->queues[i].pages, d->queues[i].nr_pages);
		kvfree(d->queues[i].pages);
	}
	kfree(d->queues);
	d->queues = NULL;
	return ret;
}

int not_undone(struct device *d, const unsigned long *addr, const unsigned int *len,
	       unsigned int nr)
{
	int i, ret;

	d->queues = kcalloc(nr, sizeof(*d->queues), GFP_KERNEL);
	if (!d->queues)
		return -ENOMEM;
	for (i = 0; i < nr; i++) {	/* { dg-warning "never given back" } */
		ret = queue_pin(&d->queues[i], addr[i], len[i]);
		if (ret)
			goto undo;
	}
	d->nr = nr;
	return 0;
undo:
	while (--i >= 0)
		kvfree(d->queues[i].pages);
	kfree(d->queues);
	d->queues = NULL;
	return ret;
}
