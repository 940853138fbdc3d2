// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * What a warning says cannot be is left out from there on: `pin' and `writable' exclude each
 * other.  As in v6.13 virt/kvm/kvm_main.c, hva_to_pfn_slow().
 */
#include <linux/mm.h>

struct follow {
	unsigned long address;
	int flags;
	bool pin;
	bool *writable;
	struct page **page;
};

int clean_follow(struct follow *f)
{
	struct page *page, *other;
	int count;

	if (f->pin)
		count = pin_user_pages_unlocked(f->address, 1, &page, f->flags);
	else
		count = get_user_pages_unlocked(f->address, 1, &page, f->flags);
	if (count != 1)
		return count;
	if (WARN_ON(f->writable && f->pin))
		goto out;
	if (!(f->flags & FOLL_WRITE) && f->writable &&
	    get_user_pages_fast(f->address, 1, FOLL_WRITE, &other) == 1) {
		put_page(page);
		page = other;
	}
out:
	*f->page = page;
	return count;
}

/* The outcome is kept in a variable. */
int clean_variable(struct follow *f)
{
	bool is_pinned = false, both = false;
	struct page *page;
	int count;

	if (f->flags & FOLL_WRITE)
		is_pinned = true;
	if (f->pin)
		count = pin_user_pages_unlocked(f->address, 1, &page, f->flags);
	else
		count = get_user_pages_unlocked(f->address, 1, &page, f->flags);
	if (count != 1)
		return count;
	if (f->writable && f->pin)
		both = true;
	if (!both && f->writable && !is_pinned)
		put_page(page);
	else if (f->pin)
		unpin_user_page(page);
	else
		put_page(page);
	return 0;
}

/* The other way round: where both are set it is given back as what it is not. */
int wrong_follow(struct follow *f)
{
	struct page *page, *other;
	int count;

	if (f->pin)
		count = pin_user_pages_unlocked(f->address, 1, &page, f->flags);
	else
		count = get_user_pages_unlocked(f->address, 1, &page, f->flags);
	if (count != 1)
		return count;
	if (WARN_ON(!(f->writable && f->pin)))
		goto out;
	if (f->writable && get_user_pages_fast(f->address, 1, FOLL_WRITE, &other) == 1) {
		put_page(page);		/* { dg-warning {pincheck:put-pinned} } */
		page = other;
	}
out:
	*f->page = page;
	return count;
}
