// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* Functions that are called through a table: contracts of its fields say what they get. */
#include <linux/mm.h>
#include <linux/pagemap.h>

struct address_space_operations {
	int (*launder_folio)(struct folio *folio);
	int (*write_begin)(struct file *file, struct address_space *mapping, loff_t pos,
			   unsigned int len, struct folio **foliop, void **fsdata);
	int (*write_end)(struct file *file, struct address_space *mapping, loff_t pos,
			 unsigned int len, unsigned int copied, struct folio *folio, void *fsdata);
};

struct netfs_request_ops {
	int (*check_write_begin)(struct file *file, loff_t pos, unsigned int len,
				 struct folio **foliop, void **fsdata);
};

struct rmap_walk_control {
	void *arg;
	bool (*rmap_one)(struct folio *folio, struct vm_area_struct *vma, unsigned long addr,
			 void *arg);
};

/* The same signature, in a table that no contract knows. */
struct other_operations {
	int (*write_end)(struct file *file, struct address_space *mapping, loff_t pos,
			 unsigned int len, unsigned int copied, struct folio *folio, void *fsdata);
};

void walk(struct folio *folio, struct rmap_walk_control *control);

static int end_wrongly(struct file *file, struct address_space *mapping, loff_t pos,
		       unsigned int len, unsigned int copied, struct folio *folio, void *fsdata)
{
	unpin_folio(folio);		/* { dg-warning {pincheck:unpin-ordinary} } */
	return copied;
}

static int clean_end(struct file *file, struct address_space *mapping, loff_t pos,
		     unsigned int len, unsigned int copied, struct folio *folio, void *fsdata)
{
	folio_put(folio);
	return copied;
}

/* What an operation takes and gives back for itself is another reference. */
static int clean_launder(struct folio *folio)
{
	struct page *page;

	if (pin_user_pages_fast((unsigned long)folio, 1, 0, &page) != 1)
		return -EFAULT;
	unpin_user_page(page);
	return 0;
}

static int launder_wrongly(struct folio *folio)
{
	unpin_user_page(&folio->page);	/* { dg-warning {pincheck:unpin-ordinary} } */
	return 0;
}

static int check_wrongly(struct file *file, loff_t pos, unsigned int len, struct folio **foliop,
			 void **fsdata)
{
	if (pos)
		return 0;
	unpin_folio(*foliop);		/* { dg-warning {pincheck:unpin-ordinary} } */
	*foliop = NULL;
	return 0;
}

static int clean_check(struct file *file, loff_t pos, unsigned int len, struct folio **foliop,
		       void **fsdata)
{
	if (pos)
		return 0;
	folio_put(*foliop);
	*foliop = NULL;
	return 0;
}

static int clean_other_end(struct file *file, struct address_space *mapping, loff_t pos,
			   unsigned int len, unsigned int copied, struct folio *folio,
			   void *fsdata)
{
	unpin_folio(folio);
	return copied;
}

const struct address_space_operations wrong_aops = {
	.launder_folio = launder_wrongly,
	.write_end = end_wrongly,
};

const struct address_space_operations clean_aops = {
	.launder_folio = clean_launder,
	.write_end = clean_end,
};

const struct netfs_request_ops wrong_ops = { .check_write_begin = check_wrongly };
const struct netfs_request_ops clean_ops = { .check_write_begin = clean_check };
const struct other_operations other_ops = { .write_end = clean_other_end };

/* The address is put into the table by an assignment. */
static bool walk_one_wrongly(struct folio *folio, struct vm_area_struct *vma,
			     unsigned long addr, void *arg)
{
	unpin_folio(folio);		/* { dg-warning {pincheck:unpin-ordinary} } */
	return true;
}

static bool clean_walk_one(struct folio *folio, struct vm_area_struct *vma, unsigned long addr,
			   void *arg)
{
	folio_put(folio);
	return true;
}

void walk_all(struct folio *folio, void *arg)
{
	struct rmap_walk_control wrong = { .arg = arg, .rmap_one = walk_one_wrongly };
	struct rmap_walk_control clean = { .arg = arg, .rmap_one = clean_walk_one };

	walk(folio, &wrong);
	walk(folio, &clean);
}

/* Whoever calls through the table goes by the contract, too. */
int write_wrongly(const struct address_space_operations *ops, struct address_space *mapping)
{
	struct folio *folio;
	void *fsdata;

	if (ops->write_begin(NULL, mapping, 0, 1, &folio, &fsdata))
		return -EIO;
	unpin_folio(folio);		/* { dg-warning {pincheck:unpin-ordinary} } */
	return 0;
}

int clean_write(const struct address_space_operations *ops, struct address_space *mapping)
{
	struct folio *folio;
	void *fsdata;

	if (ops->write_begin(NULL, mapping, 0, 1, &folio, &fsdata))
		return -EIO;
	return ops->write_end(NULL, mapping, 0, 1, 1, folio, fsdata);
}

int end_pinned_wrongly(const struct address_space_operations *ops, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, 0, &page) != 1)
		return -EFAULT;
	return ops->write_end(NULL, NULL, 0, 1, 1, page_folio(page), NULL);	/* { dg-warning {pincheck:put-pinned} } */
}
