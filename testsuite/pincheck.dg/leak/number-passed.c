// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* What a function of the unit does with the number of a page is looked at, like any other. */
#include <linux/mm.h>

struct machine {
	unsigned long id;
	struct page *page;
};

static unsigned long monitored;

static inline long hypercall(unsigned long number, unsigned long id, unsigned long address)
{
	long result;

	asm volatile("nop" : "=r" (result) : "r" (number), "r" (id), "r" (address) : "memory");
	return result;
}

/* drivers/virt/acrn/hypercall.h */
static inline long set_monitor(unsigned long id, unsigned long address)
{
	return hypercall(17, id, address);
}

int lost(struct machine *machine, unsigned long start)
{
	struct page *page;
	long ret;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	ret = set_monitor(machine->id, page_to_pfn(page) << PAGE_SHIFT);
	if (ret < 0)	/* { dg-warning {pincheck:leak} } */
		return ret;
	machine->page = page;
	return 0;
}

int clean(struct machine *machine, unsigned long start)
{
	struct page *page;
	long ret;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	ret = set_monitor(machine->id, page_to_pfn(page) << PAGE_SHIFT);
	if (ret < 0) {
		unpin_user_page(page);
		return ret;
	}
	machine->page = page;
	return 0;
}

static long remember(unsigned long frame)
{
	monitored = frame;
	return hypercall(18, 0, frame);
}

int clean_remembered(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	return remember(page_to_pfn(page));
}

static void forget(unsigned long frame)
{
	unpin_user_page(pfn_to_page(frame));
}

int clean_forgotten(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	forget(page_to_pfn(page));
	return 0;
}

extern long somebody(unsigned long frame);

static long tell(unsigned long frame)
{
	return somebody(frame + 1);
}

int clean_told(unsigned long start)
{
	struct page *page;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	return tell(page_to_pfn(page));
}

extern phys_addr_t virt_to_phys(volatile void *address);

/* A call among those that make the number of it. */
int clean_by_call(struct machine *machine, unsigned long start)
{
	struct page *page;
	long ret;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	ret = set_monitor(machine->id, virt_to_phys(page_address(page)));
	unpin_user_page(page);
	return ret;
}
