/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Contracts in the source: what a function does to page references, at its
 * declaration.  Without the plugin all of this is nothing.
 *
 * A place is written with the parameters by position, $1, $2, ..., and `return'
 * for what the function gives back; a function may have several lines.  They are
 * the clauses of the contract files, see README.md.
 *
 * Pins up to npages pages, and returns how many, or a negative errno:
 *
 *	int obj_pin(struct obj *obj, unsigned long start, int npages, struct page **pages)
 *		PINCHECK_RETURNS("-errno .. $3")
 *		PINCHECK_ACQUIRES("pinned", "$4[0 .. return)");
 *
 *	void obj_unpin(struct obj *obj, struct page **pages, int npages)
 *		PINCHECK_RELEASES("pinned", "$2[0 .. $3)");
 *
 * All pages or none, in an array that it makes:
 *
 *	struct page **obj_pages(struct obj *obj, int *npages)
 *		PINCHECK_ALLOCATES("return or error")
 *		PINCHECK_ACQUIRES("pinned", "return[0 .. *$2) when not return is error");
 *
 * A pinned page under a type of its own, its bit 0 set:
 *
 *	struct user_page *user_page_of(struct page *page)
 *		PINCHECK_REQUIRES("pinned", "$1")
 *		PINCHECK_RETURNS("same $1");
 *
 * A container that takes user-pinned pages only:
 *
 *	int bio_add_user_page(struct bio *bio, struct page *page, unsigned len, unsigned off)
 *		PINCHECK_REQUIRES("pinned", "$2")
 *		PINCHECK_RETURNS("0 .. $3")
 *		PINCHECK_STORES("$2", "$1->bi_io_vec[*].bv_page when return > 0");
 *
 * A pin in addition, on a page that is held already:
 *
 *	void page_add_user_pin(struct page *page)
 *		PINCHECK_ADDS("pinned", "$1");
 *
 * A function that looks, and neither keeps nor releases; one that takes over:
 *
 *	void obj_dump(struct obj *obj, struct page **pages)	PINCHECK_NEUTRAL;
 *	void obj_queue(struct page **pages, int npages)
 *		PINCHECK_TRANSFERS("$1[0 .. $2)");
 */
#ifndef PINCHECK_ANNOTATIONS_H
#define PINCHECK_ANNOTATIONS_H

/* Any clauses of the contract language, in one string. */
#ifdef __has_attribute
#if __has_attribute(pincheck)
#define PINCHECK(clauses)	__attribute__((pincheck(clauses)))
#endif
#endif
#ifndef PINCHECK
#define PINCHECK(clauses)
#endif

/* The caller owes one release for each, of this kind. */
#define PINCHECK_ACQUIRES(kind, place)	PINCHECK("acquires " kind " " place)
/* The same, but no reason to look at who calls nothing else of the kind. */
#define PINCHECK_TAKES(kind, place)	PINCHECK("takes " kind " " place)
/* The caller owes one release less. */
#define PINCHECK_RELEASES(kind, place)	PINCHECK("releases " kind " " place)
/* One reference more on a page that is held already. */
#define PINCHECK_ADDS(kind, place)	PINCHECK("adds " kind " " place)
/* A reference of this kind that the caller need not give back. */
#define PINCHECK_GIVES(kind, place)	PINCHECK("gives " kind " " place)
/* To be called with a page of this kind only. */
#define PINCHECK_REQUIRES(kind, place)	PINCHECK("requires " kind " " place)
/* The page has to be held while the function runs. */
#define PINCHECK_USES(place)		PINCHECK("uses " place)
/* The page is marked dirty; it is taken to be written to. */
#define PINCHECK_DIRTIES(place)		PINCHECK("dirties " place)
#define PINCHECK_WRITES(place)		PINCHECK("writes " place)
/* Nobody here has to release it any more. */
#define PINCHECK_TRANSFERS(place)	PINCHECK("transfers " place)
/* The pointer is remembered; who held the references still does. */
#define PINCHECK_KEEPS(place)		PINCHECK("keeps " place)
/* The page is found there afterwards. */
#define PINCHECK_STORES(value, place)	PINCHECK("stores " value " in " place)
/* "same $1", "$1->field", "-errno .. $2", "true when ...". */
#define PINCHECK_RETURNS(what)		PINCHECK("returns " what)
#define PINCHECK_SETS(place, value)	PINCHECK("sets " place " to " value)
/* "return or null", "*$2 zeroed or null". */
#define PINCHECK_ALLOCATES(place)	PINCHECK("allocates " place)
#define PINCHECK_FREES(place)		PINCHECK("frees " place)
/* Takes, gives back and remembers no reference, and keeps no pointer. */
#define PINCHECK_NEUTRAL		PINCHECK("neutral")
/* May take over what it is passed; nothing is said of what it does. */
#define PINCHECK_UNKNOWN		PINCHECK("unknown")

#endif /* PINCHECK_ANNOTATIONS_H */
