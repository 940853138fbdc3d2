/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Cell: a struct field, or an array element class, in which references rest
 * between functions.
 *
 *	static int pin(struct umem *umem)	{ ... umem->pgs = pages; ... }
 *	static void unpin(struct umem *umem)	{ ... put_page(umem->pgs[i]) ... }
 *
 * The cell `umem.pgs[*]' gets pinned pages in one function and loses them, in
 * the wrong way, in another.  A cell is named by record type and access path,
 * the owner's record first (`umem.pgs[*]', `ib_umem.sgt.sgl[*].page_link'), so
 * that the scatterlist inside one record is not the scatterlist inside another,
 * and from each later record on (`chunk.plist[*]' for `umem.chunk[*].plist[*]'),
 * for the functions that get no more than that.  A record does not start
 * the name of a cell if it is a container that the whole kernel uses.
 *
 * While the functions are followed, the table collects what is stored into each
 * cell and what is released out of it; cell_table_solve() then compares.  A cell
 * is foreign if a page of unknown kind may be in it: nothing is said of it.
 *
 * A fault that needs to know how pages came into a cell is a claim until then: a page
 * that one function finds there and gives back twice is given back once too often if
 * it was put there with the one reference that it was taken with, and one that gives
 * back umem->pages[0 .. umem->npages + 1) if umem->npages is how many were taken.  And
 * where nobody takes pages out of a cell of a record that only this unit knows, or only
 * units beside it, but what names them is freed, they leak.
 *
 * Ownership: the table, names and events are in the unit's arena.
 */
#ifndef PINCHECK_CELL_H
#define PINCHECK_CELL_H

#include "engine.h"

struct cell_table;

/* FOLLOWS_ALL: where pages go is of interest, whatever records there are. */
struct cell_table *cell_table_new(struct ir_unit *unit, const struct contract_set *contracts,
				  bool follows_all);

/* Pages of which KNOWLEDGE says the kind are in REGION. */
void cell_note_kinds(struct engine *engine, const struct disjunct *d,
		     const struct region *region, const struct kind_knowledge *knowledge);
/* VALUE is put into REGION: a page of unknown kind, its number, or a pointer to an array of pages. */
void cell_note_store(struct engine *engine, const struct disjunct *d,
		     const struct region *region, const struct linear *value, bool is_number);
/*
 * PAGE, which is put into REGION, has references that this function knows and may have others:
 * do cells tell of those, by where the page was found, or by who calls?
 */
bool cell_note_found(struct engine *engine, const struct disjunct *d,
		     const struct region *region, const struct linear *page);
/* Pages of the array at POINTER, of which nobody here knows the kind, are put into REGION. */
void cell_note_array(struct engine *engine, const struct disjunct *d,
		     const struct region *region, const struct linear *pointer);
/* POINTER is in REGION now: the fields of what it points to are found through that. */
void cell_note_owner(struct engine *engine, const struct disjunct *d,
		     const struct region *region, const struct linear *pointer);
/* Pages of REGION, of which this function knows no kind, are released as HOW says. */
void cell_note_release(struct engine *engine, const struct frame *frame,
		       const struct disjunct *d, const struct reference *reference,
		       const struct release *how);

/*
 * A page of STATE's region is released as HOW says, and was BEFORE, too: a fault if it
 * was put there with one reference.
 */
void cell_note_double_release(struct engine *engine, const struct frame *frame,
			      const struct disjunct *d, const struct region_state *state,
			      const struct released *before, const struct release *how);

/* A page is put into REGION by the instruction WRITER of FRAME's function; NULL: of nobody's. */
void cell_note_placed(struct engine *engine, const struct frame *frame, const struct disjunct *d,
		      const struct region *region, uint32_t writer);
/* The root function returns: how many pages are in the cells that it has filled? */
void cell_note_exit(struct engine *engine, const struct disjunct *d);
/* The same, where somebody unknown gets at the pages of STATE: what is known yet of their number. */
void cell_note_handed(struct engine *engine, const struct disjunct *d,
		      const struct region_state *state);
/* REFERENCE, which others have taken, is released as HOW says: is it more than there are? */
void cell_note_count(struct engine *engine, const struct frame *frame, const struct disjunct *d,
		     const struct reference *reference, const struct release *how);

/* The root function returns: which flags tell of the pages that it has put into cells? */
void cell_note_flags(struct engine *engine, const struct disjunct *d);
/* The root function returns: what pages that it has taken has it not given back? */
void cell_note_left(struct engine *engine, const struct disjunct *d);
/* Pages that KNOWLEDGE is about are given back as KIND. */
void cell_note_known_release(struct engine *engine, const struct kind_knowledge *knowledge,
			     contract_kind kind);

/* Is it asked what is done with the contents of pages?  For cell-dirty.c and cell-brief.c. */
bool cell_follows_writes(const struct engine *engine);
/* What is acquired at LOCATION is taken to be written to. */
void cell_note_write(struct engine *engine, ir_location location);
/* What is acquired at LOCATION is taken for a short time (IS_BRIEF), or for a long one. */
void cell_note_time(struct engine *engine, ir_location location, const char *acquirer,
		    bool is_brief);
/* The references that are acquired at LOCATION do not allow to write to the pages. */
void cell_note_unwritable(struct engine *engine, ir_location location, const char *acquirer);
/* FRAME's function, a root, returns at LOCATION, and those of HOLDING, of STATE, stay taken. */
void cell_note_outlived(struct engine *engine, const struct frame *frame,
			const struct disjunct *d, const struct region_state *state,
			const struct holding *holding, ir_location location);
/* EVENT is an acquire of pages of KIND, into a region of which BEFORE (or NULL) was known. */
void cell_note_acquire(struct engine *engine, const struct region_state *before,
		       const struct event *event, contract_kind kind);
/* What comes from A and from B is not told apart any more. */
void cell_note_confused(struct engine *engine, const struct event *a, const struct event *b);
/* The pages of REFERENCE are marked dirty, or may be, by a call of FRAME at LOCATION. */
void cell_note_dirty(struct engine *engine, const struct frame *frame,
		     const struct disjunct *d, const struct reference *reference,
		     ir_location location);
/* Pages are, and it cannot be told which. */
void cell_note_dirty_somewhere(struct engine *engine);
/* Something may be done with the contents of pages that KNOWLEDGE is about. */
void cell_note_use(struct engine *engine, const struct kind_knowledge *knowledge);
/* VALUE, perhaps a page or its number, is passed to a function that may do anything with it. */
void cell_note_passed(struct engine *engine, const struct disjunct *d,
		      const struct linear *value);
/* Pages that KNOWLEDGE is about are given back as HOW says. */
void cell_note_clean(struct engine *engine, const struct frame *frame,
		     const struct kind_knowledge *knowledge, const struct release *how);
/* CALLEE is not followed, whatever it does. */
void cell_note_unfollowed(struct engine *engine, const struct ir_callee *callee);

/* VALUE, a page or an array of pages, goes where it is not followed. */
void cell_note_lost(struct engine *engine, const struct disjunct *d, const struct linear *value);
/* The same, by a function whose contract says what else it does. */
void cell_note_kept(struct engine *engine, const struct disjunct *d, const struct linear *value);
/* VALUE, a pointer, is given away: what it points to is not only the unit's. */
void cell_note_shared(struct engine *engine, const struct disjunct *d, const struct linear *value);
/* VALUE is put into REGION; it may be somebody else's. */
void cell_note_borrowed(struct engine *engine, const struct disjunct *d,
			const struct region *region, const struct linear *value);
/* Is REGION a cell, if only one of the function at hand? */
bool cell_is_named(struct engine *engine, const struct disjunct *d, const struct region *region);
/* The same, but to REGION, where cells tell of it. */
void cell_note_lent(struct engine *engine, const struct disjunct *d, const struct region *region,
		    const struct linear *value);
/* VALUE is put into REGION: the address of a function, perhaps, or of a container. */
void cell_note_object_store(struct engine *engine, const struct disjunct *d,
			    const struct region *region, const struct linear *value,
			    ir_location location);
/* Somebody has got POINTER who may do anything with the container it points to. */
void cell_note_unknown_object(struct engine *engine, const struct disjunct *d,
			      const struct linear *pointer);
/* Somebody has got POINTER who may put anything where it points to. */
void cell_note_filled(struct engine *engine, const struct disjunct *d,
		      const struct linear *pointer);
/* Memory is copied into REGION. */
void cell_note_overwritten(struct engine *engine, const struct disjunct *d,
			   const struct region *region);
/* The known page VALUE, or its number, is put into REGION. */
void cell_note_copy(struct engine *engine, const struct disjunct *d, const struct region *region,
		    const struct linear *value, bool is_number);
/* What is in REGION is copied, handed on, or given back as one cannot tell what. */
void cell_note_moved(struct engine *engine, const struct disjunct *d, const struct region *region);
/* The memory REGION, which the root function has found, is freed. */
void cell_note_free(struct engine *engine, const struct frame *frame, const struct disjunct *d,
		    const struct region *region, ir_location location);

/* Is the root called only by functions that are followed themselves? */
bool cell_is_seen_from_callers(const struct engine *engine);

/* Compare what was stored with what was released; adds to FINDINGS. */
void cell_table_solve(struct cell_table *table, const struct plan *plan,
		      const struct analysis_options *options, struct finding_list *findings);

/* The cells, what is in them and what comes out, as text. */
void cell_table_print(FILE *out, const struct cell_table *table);

#endif /* PINCHECK_CELL_H */
