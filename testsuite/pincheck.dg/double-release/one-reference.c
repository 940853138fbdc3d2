// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * A field of which a contract says that each place has one reference, and a function that is
 * said to give one back: what is found there is not given back twice, whoever took it.
 */
#include <linux/mm.h>

struct pipe_buffer {
	struct page *page;
	unsigned int offset, len;
};

struct splice_pipe_desc {
	struct page **pages;
	int nr_pages;
};

int ask(struct pipe_buffer *buf);

void buffer_twice(struct pipe_buffer *buf)
{
	put_page(buf->page);
	put_page(buf->page);		/* { dg-warning {pincheck:double-release} } */
}

void clean_buffer(struct pipe_buffer *buf)
{
	put_page(buf->page);
	buf->page = NULL;
}

void clean_buffers(struct pipe_buffer *bufs, int n)
{
	int i;

	for (i = 0; i < n; i++)
		put_page(bufs[i].page);
}

/* This function has taken one of the two. */
void clean_taken(struct pipe_buffer *buf)
{
	struct page *page = buf->page;

	get_page(page);
	if (ask(buf) < 0)
		put_page(page);
	put_page(page);
}

/* Another page is there by then. */
void clean_replaced(struct pipe_buffer *buf, struct page *page)
{
	put_page(buf->page);
	buf->page = page;
	put_page(buf->page);
}

void clean_asked(struct pipe_buffer *buf)
{
	put_page(buf->page);
	ask(buf);
	put_page(buf->page);
}

void element_twice(struct splice_pipe_desc *spd, unsigned int i)
{
	put_page(spd->pages[i]);
	put_page(spd->pages[i]);	/* { dg-warning {pincheck:double-release} } */
}

void clean_neighbours(struct splice_pipe_desc *spd, unsigned int i)
{
	put_page(spd->pages[i]);
	put_page(spd->pages[i + 1]);
}

/* Of a field of another record nothing is known: there may be two references. */
struct other {
	struct page *page;
};

void clean_other(struct other *other)
{
	put_page(other->page);
	put_page(other->page);
}

/* What is found there has one reference in another field, too. */
struct copying {
	struct page *page;
	bool is_buffer;
};

int clean_fill(struct copying *copying, struct pipe_buffer *buf, unsigned long start)
{
	int ret = 1;

	if (copying->is_buffer)
		copying->page = buf->page;
	else
		ret = get_user_pages_fast(start, 1, 0, &copying->page);
	return ret;
}

void copying_twice(struct copying *copying)
{
	if (copying->is_buffer)
		return;
	put_page(copying->page);
	put_page(copying->page);	/* { dg-warning {pincheck:double-release} } */
}

void clean_copying(struct copying *copying)
{
	if (!copying->is_buffer)
		put_page(copying->page);
	copying->page = NULL;
}

/* One reference of whatever kind. */
struct fuse_args_pages {
	struct page **pages;
	unsigned int num_pages;
};

void any_twice(struct fuse_args_pages *ap)
{
	unsigned int i;

	for (i = 0; i < ap->num_pages; i++) {
		put_page(ap->pages[i]);
		put_page(ap->pages[i]);	/* { dg-warning {pincheck:double-release} } */
	}
}

void clean_any(struct fuse_args_pages *ap, bool is_pinned)
{
	unsigned int i;

	for (i = 0; i < ap->num_pages; i++)
		if (is_pinned)
			unpin_user_page(ap->pages[i]);
		else
			put_page(ap->pages[i]);
}

/* ---- what the contract of the function itself says ---- */

void kvm_release_page_clean(struct page *page);
void kvm_release_page_clean(struct page *page)
{
	put_page(page);
	put_page(page);			/* { dg-warning {pincheck:double-release} } */
}

void kvm_release_page_unused(struct page *page);
void kvm_release_page_unused(struct page *page)
{
	if (page)
		put_page(page);
}

struct file;
struct address_space;

struct address_space_operations {
	int (*write_end)(struct file *file, struct address_space *mapping, long long pos,
			 unsigned int len, unsigned int copied, struct page *page, void *fsdata);
};

static int write_end(struct file *file, struct address_space *mapping, long long pos,
		     unsigned int len, unsigned int copied, struct page *page, void *fsdata)
{
	put_page(page);
	if (copied < len)
		put_page(page);		/* { dg-warning {pincheck:double-release} } */
	return copied;
}

const struct address_space_operations operations = { .write_end = write_end };

static int clean_write_end(struct file *file, struct address_space *mapping, long long pos,
			   unsigned int len, unsigned int copied, struct page *page, void *fsdata)
{
	get_page(page);
	put_page(page);
	put_page(page);
	return copied;
}

const struct address_space_operations clean_operations = { .write_end = clean_write_end };
