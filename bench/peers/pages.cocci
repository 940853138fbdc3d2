// SPDX-License-Identifier: GPL-2.0-or-later
//
// What a careful kernel developer would write for Coccinelle to look for mixed-up and lost page
// references: pairs of calls in one function, on one expression; pairs in one file, on one field name;
// and for a local array, a path to a return that gives nothing back.

virtual report

// ---- pinned, then an ordinary release: in one function

@pinned exists@
expression pages;
position p;
@@

(
 pin_user_pages(..., pages)
|
 pin_user_pages_fast(..., pages)
|
 pin_user_pages_remote(..., pages, \(NULL\|&...\))
|
 pin_user_pages_unlocked(..., pages, ...)
|
 iov_iter_extract_pages(..., &pages, ...)
)
... when any
(
 release_pages@p(pages, ...)
|
 put_page@p(pages[...])
|
 put_page@p(*pages)
)

@script:python depends on report@
p << pinned.p;
@@
print(f"{p[0].file}:{p[0].line}:1: warning: ordinary release of pinned pages")

@pinned_one exists@
expression page;
position p;
@@

(
 pin_user_pages(..., &page)
|
 pin_user_pages_fast(..., &page)
|
 pin_user_pages_remote(..., &page, \(NULL\|&...\))
|
 pin_user_pages_unlocked(..., &page, ...)
)
... when any
(
 put_page@p(page)
|
 release_pages@p(&page, ...)
)

@script:python depends on report@
p << pinned_one.p;
@@
print(f"{p[0].file}:{p[0].line}:1: warning: ordinary release of a pinned page")

// ---- ordinary, then a pin release: in one function

@ordinary exists@
expression pages;
position p;
@@

(
 get_user_pages(..., pages)
|
 get_user_pages_fast(..., pages)
|
 get_user_pages_remote(..., pages, \(NULL\|&...\))
|
 get_user_pages_unlocked(..., pages, ...)
|
 iov_iter_get_pages2(..., pages, ...)
|
 iov_iter_get_pages_alloc2(..., &pages, ...)
)
... when any
(
 unpin_user_pages@p(pages, ...)
|
 unpin_user_pages_dirty_lock@p(pages, ...)
|
 unpin_user_page@p(pages[...])
|
 unpin_user_page@p(*pages)
)

@script:python depends on report@
p << ordinary.p;
@@
print(f"{p[0].file}:{p[0].line}:1: warning: pin release of ordinary pages")

@ordinary_one exists@
expression page;
position p;
@@

(
 get_user_pages(..., &page)
|
 get_user_pages_fast(..., &page)
|
 get_user_pages_remote(..., &page, \(NULL\|&...\))
|
 get_user_pages_unlocked(..., &page, ...)
|
 get_user_page_fast_only(..., &page)
|
 page = \(alloc_page\|alloc_pages\|find_get_page\|get_dump_page\|get_user_page_vma_remote\)(...)
|
 get_page(page)
)
... when any
(
 unpin_user_page@p(page)
|
 unpin_user_pages@p(&page, ...)
|
 unpin_user_pages_dirty_lock@p(&page, ...)
)

@script:python depends on report@
p << ordinary_one.p;
@@
print(f"{p[0].file}:{p[0].line}:1: warning: pin release of an ordinary page")

@ordinary_folio exists@
expression folio;
position p;
@@

(
 folio = \(folio_alloc\|filemap_get_folio\|filemap_lock_folio\|page_folio\|ksm_get_folio\)(...)
|
 folio_get(folio)
|
 folio_try_get(folio)
)
... when any
(
 unpin_folio@p(folio)
|
 unpin_user_folio@p(folio, ...)
)

@script:python depends on report@
p << ordinary_folio.p;
@@
print(f"{p[0].file}:{p[0].line}:1: warning: pin release of an ordinary folio")

// ---- through a field: acquired into it in one function, released from it in another

@pinned_field@
expression owner;
identifier member;
@@

(
 pin_user_pages(..., \(owner->member\|owner.member\|&owner->member\|&owner.member\))
|
 pin_user_pages_fast(..., \(owner->member\|owner.member\|&owner->member\|&owner.member\))
|
 pin_user_pages_remote(..., \(owner->member\|owner.member\), \(NULL\|&...\))
|
 pin_user_pages_unlocked(..., \(owner->member\|owner.member\), ...)
)

@put_field@
expression owner;
identifier pinned_field.member;
position p;
@@

(
 release_pages@p(\(owner->member\|owner.member\), ...)
|
 put_page@p(\(owner->member\|owner.member\))
|
 put_page@p(\(owner->member[...]\|owner.member[...]\))
)

@script:python depends on report@
p << put_field.p;
@@
print(f"{p[0].file}:{p[0].line}:1: warning: ordinary release of a field of pinned pages")

@ordinary_field@
expression owner;
identifier member;
@@

(
 get_user_pages(..., \(owner->member\|owner.member\))
|
 get_user_pages_fast(..., \(owner->member\|owner.member\))
|
 iov_iter_get_pages2(..., \(owner->member\|owner.member\), ...)
)

@unpin_field@
expression owner;
identifier ordinary_field.member;
position p;
@@

(
 unpin_user_pages@p(\(owner->member\|owner.member\), ...)
|
 unpin_user_pages_dirty_lock@p(\(owner->member\|owner.member\), ...)
|
 unpin_user_page@p(\(owner->member\|owner.member\))
|
 unpin_user_page@p(\(owner->member[...]\|owner.member[...]\))
)

@script:python depends on report@
p << unpin_field.p;
@@
print(f"{p[0].file}:{p[0].line}:1: warning: pin release of a field of ordinary pages")

// ---- lost: a field that is acquired into and that nothing in the file releases from

@released_field@
expression owner;
identifier pinned_field.member;
@@

(
 unpin_user_pages(\(owner->member\|owner.member\), ...)
|
 unpin_user_pages_dirty_lock(\(owner->member\|owner.member\), ...)
|
 unpin_user_page(\(owner->member\|owner.member\))
|
 unpin_user_page(\(owner->member[...]\|owner.member[...]\))
)

@lost_field depends on !released_field@
expression owner;
identifier pinned_field.member;
position p;
@@

(
 pin_user_pages@p(..., \(owner->member\|owner.member\))
|
 pin_user_pages_fast@p(..., \(owner->member\|owner.member\))
)

@script:python depends on report@
p << lost_field.p;
@@
print(f"{p[0].file}:{p[0].line}:1: warning: pages pinned into a field are never unpinned")

// ---- lost: a local page, on a path that succeeds

@lost_one exists@
identifier acquire =~ "^(pin|get)_user_pages(_fast)?$";
local idexpression page;
expression e;
position p;
statement S;
@@

 e = acquire@p(..., &page);
 if (\(e < 0\|e <= 0\|e != 1\|e < 1\|unlikely(e <= 0)\|unlikely(e < 0)\)) S
 ... when != unpin_user_page(...)
     when != unpin_user_pages(...)
     when != unpin_user_pages_dirty_lock(...)
     when != put_page(...)
     when != folio_put(...)
     when != \(*page\|page_to_pfn(page)\|page_to_phys(page)\)
 return ...;

@script:python depends on report@
p << lost_one.p;
@@
print(f"{p[0].file}:{p[0].line}:1: warning: a page is lost on a path to a return")

@lost_array exists@
identifier acquire =~ "^(pin|get)_user_pages(_fast)?$";
local idexpression pages;
expression e, x;
position p;
statement S;
@@

 e = acquire@p(..., pages);
 if (\(e < 0\|e <= 0\|unlikely(e <= 0)\|unlikely(e < 0)\)) S
 ... when != unpin_user_pages(pages, ...)
     when != unpin_user_pages_dirty_lock(pages, ...)
     when != unpin_user_page(...)
     when != release_pages(pages, ...)
     when != put_page(...)
     when != x = pages
 return ...;

@script:python depends on report@
p << lost_array.p;
@@
print(f"{p[0].file}:{p[0].line}:1: warning: an array of pages is lost on a path to a return")
