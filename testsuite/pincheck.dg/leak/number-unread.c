// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * The number of a page in the command for a device, by which no function finds the page again,
 * put there by a helper that has loops of its own.
 * Reduced from drivers/platform/goldfish/goldfish_pipe.c, transfer_max_buffers().
 */
#include <linux/mm.h>
#include <linux/slab.h>

#define MOST 16

extern int ring_bell(unsigned long id, int op);

struct lost_command {
	int op, count;
	union {
		struct {
			u64 first[MOST];
			u32 length[MOST];
		} pieces;
	};
};

struct lost_pipe {
	unsigned long id;
	struct lost_command *command;
	struct page *pages[MOST];
};

static void lost_describe(struct page **pages, int count, struct lost_command *command)
{
	u64 now = page_to_phys(pages[0]), before = now;
	int n = 0, i;

	command->pieces.first[0] = now;
	command->pieces.length[0] = PAGE_SIZE;
	for (i = 1; i < count; i++) {
		now = page_to_phys(pages[i]);
		if (now == before + PAGE_SIZE) {
			command->pieces.length[n] += PAGE_SIZE;
		} else {
			n++;
			command->pieces.first[n] = now;
			command->pieces.length[n] = PAGE_SIZE;
		}
		before = now;
	}
	command->count = n + 1;
}

int lost_transfer(struct lost_pipe *pipe, unsigned long addr, int count)
{
	int ret;

	if (count > MOST)
		count = MOST;
	ret = pin_user_pages_fast(addr, count, FOLL_WRITE, pipe->pages);
	if (ret <= 0)
		return -EFAULT;
	lost_describe(pipe->pages, ret, pipe->command);
	return ring_bell(pipe->id, 1);
}

void lost_close(struct lost_pipe *pipe)
{
	kfree(pipe->command);
	kfree(pipe);		/* { dg-warning {no function gives back .*pincheck:leak} } */
}

/* The same, given back when the device is done. */
struct command {
	int op, count;
	u64 first[MOST];
};

struct pipe {
	unsigned long id;
	struct command *command;
	struct page *pages[MOST];
};

static void describe(struct page **pages, int count, struct command *command)
{
	int i;

	for (i = 0; i < count; i++)
		command->first[i] = page_to_phys(pages[i]);
	command->count = count;
}

int transfer(struct pipe *pipe, unsigned long addr, int count)
{
	int ret;

	if (count > MOST)
		count = MOST;
	ret = pin_user_pages_fast(addr, count, FOLL_WRITE, pipe->pages);
	if (ret <= 0)
		return -EFAULT;
	describe(pipe->pages, ret, pipe->command);
	ring_bell(pipe->id, 1);
	unpin_user_pages_dirty_lock(pipe->pages, ret, true);
	return 0;
}

void pipe_close(struct pipe *pipe)
{
	kfree(pipe->command);
	kfree(pipe);
}

/* Given back by the number: that field is read. */
struct order {
	int count;
	u64 where[MOST];
};

struct queue {
	unsigned long id;
	struct order *order;
	struct page *pages[MOST];
};

static void place(struct page **pages, int count, struct order *order)
{
	int i;

	for (i = 0; i < count; i++)
		order->where[i] = page_to_phys(pages[i]);
	order->count = count;
}

int queue_start(struct queue *queue, unsigned long addr, int count)
{
	int ret;

	if (count > MOST)
		count = MOST;
	ret = pin_user_pages_fast(addr, count, FOLL_WRITE, queue->pages);
	if (ret <= 0)
		return -EFAULT;
	place(queue->pages, ret, queue->order);
	return ring_bell(queue->id, 2);
}

void queue_done(struct queue *queue)
{
	int i;

	for (i = 0; i < queue->order->count; i++)
		unpin_user_page(phys_to_page(queue->order->where[i]));
	queue->order->count = 0;
}

void queue_close(struct queue *queue)
{
	queue_done(queue);
	kfree(queue->order);
	kfree(queue);
}

/* ... or by another name for the same memory. */
struct raw_order {
	int count;
	union {
		u64 where[MOST];
		u64 word[MOST];
	};
};

struct raw_queue {
	unsigned long id;
	struct raw_order *order;
	struct page *pages[MOST];
};

static void raw_place(struct page **pages, int count, struct raw_order *order)
{
	int i;

	for (i = 0; i < count; i++)
		order->where[i] = page_to_phys(pages[i]);
	order->count = count;
}

int raw_start(struct raw_queue *queue, unsigned long addr, int count)
{
	int ret;

	if (count > MOST)
		count = MOST;
	ret = pin_user_pages_fast(addr, count, FOLL_WRITE, queue->pages);
	if (ret <= 0)
		return -EFAULT;
	raw_place(queue->pages, ret, queue->order);
	return ring_bell(queue->id, 2);
}

void raw_close(struct raw_queue *queue)
{
	int i;

	for (i = 0; i < queue->order->count; i++)
		unpin_user_page(phys_to_page(queue->order->word[i]));
	kfree(queue->order);
	kfree(queue);
}
