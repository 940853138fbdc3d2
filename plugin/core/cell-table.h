/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of cells inside: what cell*.c share; see cell.h. */
#ifndef PINCHECK_CELL_TABLE_H
#define PINCHECK_CELL_TABLE_H

#include "cell.h"
#include "cell-name.h"

#define CELL_COUNTS	4
#define CELL_ORIGINS	4
#define CELL_FLAGS	8
#define CELL_PLACES	32

/* Pages [0 .. text + constant), where `text' is of the record the cell is in. */
struct cell_count {
	const char *text;
	ir_integer constant;
};

/* A field of the record that a cell is in, known to be zero, or known not to be. */
struct cell_flag {
	const char *field;
	bool is_set;
};

/* What is the same of all who do something with a cell; not `is_known': nobody has yet. */
struct cell_flags {
	unsigned count;
	struct cell_flag items[CELL_FLAGS];
	bool is_known;
	/* Who has put pages there last, and whether it was told with what flags. */
	const struct ir_function *filler;
	bool is_told, is_lost;
};

/* An acquire, whose pages are in cells. */
struct cell_origin {
	struct cell_origin *next;
	ir_location location;
	const struct event *event;	/* and where its pages were put first */
	uint8_t kinds;
	bool is_lost;			/* its pages went elsewhere, too */
	bool is_astray;			/* ... and not even into another cell */
	bool is_left;			/* on some path its function does not give them back */
	bool is_kept;			/* ... or who calls it: they are held when it returns */
	bool is_blurred;		/* ... as far as is known */
	bool is_returned;		/* ... and on some path it does */
	bool is_counted;		/* its function has told how many there are */
	bool is_uncounted;		/* ... or leaves that to its callers, who have not yet */
	/* For not-dirtied and missing-longterm: see cell-dirty.c, cell-brief.c. */
	const struct event *acquired;
	bool is_written;		/* taken to be written to */
	bool is_brief;			/* taken for a short time, at least on some path */
	bool is_lasting;		/* ... and on some path for a long one */
	bool is_unwritable;		/* its references do not allow to write to the pages */
	bool is_found_again;		/* its pages go where they have to be found again, */
	bool is_by_entry;		/* ... or are taken for who calls in from outside */
	const struct event *dirtied;	/* NULL: by nobody */
	const struct event *outlived;	/* where a function returns that keeps its pages */
	const char *acquirer, *place;
	bool is_unseen;			/* somebody may dirty its pages unseen */
	bool is_used;			/* something is done with them while they are held */
	struct cell_clean *cleans;
};

/* Where pages are given back that the function knows the acquire of. */
struct cell_clean {
	struct cell_clean *next;
	ir_location location;
	uint32_t function;
	const char *releaser, *what;
};

/* A container, or a place, that somebody got who may put pages into it, or take them out. */
struct cell_object {
	struct cell_object *next;
	const char *name;
};

/* The container `object' has got the address of FUNCTION. */
struct cell_callback {
	struct cell_callback *next;
	uint32_t function;		/* unit->functions index + 1 */
	const char *object;
	ir_location location;
};

/* What a function found is freed: what a cell points to, or a record. */
struct cell_free {
	struct cell_free *next;
	const char *record;		/* NULL: not known */
	ir_location location;
	uint32_t function, root;	/* where that is, and what was followed */
};

struct cell {
	struct cell *next;		/* in the order in which they were met */
	const char *name;
	uint8_t kinds;
	bool is_foreign;
	/* ... but the others are put there by who takes none, and are of no kind that is known. */
	bool is_told_by_kind;
	/* A page of it may have more references than the one that it is there for. */
	bool is_shared;
	const struct event *provenance[CONTRACT_KIND_LIMIT];
	struct cell_source *sources;
	/* All of these are how many pages there are, wherever it was filled. */
	bool is_counted;
	unsigned count_count;
	struct cell_count counts[CELL_COUNTS];
	/* That was told before the function returned: another acquire may have put some behind. */
	bool is_counted_before;
	/* Of the tail: the field by which pages are appended; and they come in otherwise, too. */
	const char *appended;
	bool is_placed;
	const struct cell *tail;	/* by its last record alone; NULL: it is that, or none */
	/* References are put there that somebody has to give back. */
	bool is_held;
	/* They may have been put into an array that was there before them. */
	bool is_reused;
	/* Pages are given back out of it, or got by somebody who may. */
	bool is_taken;
	unsigned origin_count;
	struct cell_origin *origins[CELL_ORIGINS];
	const struct cell_free *freed;
	struct cell_flags flags[CONTRACT_KIND_LIMIT];	/* by the kind of what is put there */
	uint8_t released;		/* kinds that are given back out of it */
	bool is_put;			/* pages are put there by code, not only by contracts */
	bool is_shown;			/* to somebody who may mark them */
	const struct event *dirtied;	/* somebody marks pages of it dirty; NULL: nobody */
	bool is_handed_on;		/* pages of it are handed on, or copied to nobody knows where */
	/* Of one function, `root': the container is `object', `inside' the way from there. */
	const struct ir_function *root;
	const char *object, *inside;
};

/* Pages of another cell are copied into this one. */
struct cell_source {
	struct cell_source *next;
	struct cell *from;
};

/* A block of FUNCTION from where a release is come to, by `call'. */
struct cell_site {
	struct cell_site *next;
	const struct ir_function *function;
	ir_block_id block;
	ir_value call;
};

struct cell_release {
	struct cell_release *next;
	struct cell *cells[CELL_NAMES];	/* the longest name first */
	unsigned cell_count;
	contract_kind kind;
	ir_location location;
	uint32_t function;
	const char *releaser, *what;
	const struct contract *contract;
	struct cell_site *sites;
	struct cell_flags tests;
};

enum cell_claim_kind {
	CLAIM_DOUBLE_RELEASE,	/* a fault if each page of the cell has one reference */
	CLAIM_EXCESS,		/* a fault if there are fewer pages than `count' */
};

/* A fault of one function, if the others are as it needs: cell_table_solve() decides. */
struct cell_claim {
	struct cell_claim *next;
	enum cell_claim_kind is;
	struct cell_count count;
	bool is_from_start;		/* EXCESS: of what is given back, by all that is known */
	struct cell *cells[CELL_NAMES];
	unsigned cell_count;
	contract_kind kind;
	uint32_t root;			/* unit->functions index: what was followed */
	uint32_t function;		/* ... and where the location is */
	ir_location location, released_at;
	const char *releaser, *what;
	const struct event *trail, *before;
};

struct cell_table {
	struct ir_unit *unit;
	const struct contract_set *contracts;
	struct cell *first, **last;
	struct cell_release *first_release, **last_release;
	struct cell_claim *first_claim, **last_claim;
	struct cell_origin *origins;
	struct cell_free *frees;
	uint8_t stray_kinds;		/* given back out of nobody knows where */
	bool is_unclear;		/* pages of any cell may have gone anywhere */
	bool follows_all;		/* where pages go is of interest in any case */
	bool is_unfollowed;		/* a function was called that takes pages, and not followed */
	bool is_dirtied_anywhere;	/* pages were marked dirty, and nobody knows which */
	bool has_objects;		/* containers of one function are followed */
	struct cell_object *lost_objects;
	struct cell_object *shared_places;
	struct cell_object *filled_places, *stored_places;	/* see cell-filled.c */
	struct cell_callback *callbacks;
	struct guard_right *rights;	/* see guard-pair.h */
};

/* The cell NAME, which is interned. */
struct cell *cell_get(struct cell_table *table, const char *name);
/* The cells that REGION is, the longest name first; how many. */
unsigned cell_get_all(struct engine *engine, const struct disjunct *d,
		      const struct region *region, struct cell *cells[CELL_NAMES]);
/*
 * A claim about the release HOW of pages of REGION; NULL if that is no cell, or the
 * same was claimed before.
 */
struct cell_claim *cell_claim_new(struct engine *engine, const struct frame *frame,
				  const struct disjunct *d, const struct region *region,
				  const struct release *how, enum cell_claim_kind is);
void cell_add_kinds(struct cell *cell, const struct kind_knowledge *knowledge);
/* Pages of FROM are in CELL, too. */
void cell_add_source(struct cell_table *table, struct cell *cell, struct cell *from);

/* ------------------------------------------------------------ cell-count.c */

/* The record that the array REGION, or the pointer to it, is a field of; NULL: none. */
const struct region *cell_record_of(const struct engine *engine, const struct disjunct *d,
				    const struct region *region);

/* ----------------------------------------------------------- cell-append.c */

/* Are the pages of CELL [0 .. COUNT), a field beside them that is counted up with each? */
bool cell_is_appended(const struct cell_table *table, const struct plan *plan,
		      const struct cell *cell, const char *count);

/* ----------------------------------------------------------- cell-inside.c */

/* Is CELL in a record of the unit's own, and nobody who is not known gets a pointer to there? */
bool cell_is_hidden(const struct cell_table *table, const struct cell *cell,
		    const struct plan *plan);
/* Is the last field of CELL's name, in a record that only this unit knows, never read? */
bool cell_is_unread(const struct cell_table *table, const struct cell *cell);

/* ------------------------------------------------------------ cell-brief.c */

/* What is asked too much of the references that an acquire has taken. */
void cell_judge_brief(struct cell_table *table, const struct plan *plan,
		      const struct analysis_options *options, struct finding_list *findings);

/* ------------------------------------------------------------- cell-keep.c */

/* Pages of KNOWLEDGE are put into REGION: where they are kept for later calls? */
void cell_note_keeping(struct engine *engine, const struct disjunct *d,
		       const struct region *region, const struct kind_knowledge *knowledge);
/* Are ORIGIN's pages given back by who need not wait for another call from outside? */
bool cell_may_be_over(const struct cell_table *table, const struct cell_origin *origin);

/* ------------------------------------------------------------ cell-dirty.c */

/* The cells that pages of one acquire are in. */
struct cell_places {
	unsigned count;
	const struct cell *cells[CELL_PLACES];
};

/* Those that ORIGIN's pages were put into, and where they were copied to from there. */
bool cell_find_places(const struct cell_table *table, const struct cell_origin *origin,
		      struct cell_places *places);

/* The acquires whose pages are taken to be written to, and never dirtied. */
void cell_judge_dirty(struct cell_table *table, const struct plan *plan,
		      const struct analysis_options *options, struct finding_list *findings);
/* Where the pages of REFERENCE rest, if it is an array of one: where it was found. */
const struct region *cell_resting_place(struct engine *engine, const struct disjunct *d,
					const struct reference *reference);

/* ----------------------------------------------------------- cell-filled.c */

/* Pages of unknown kind may be in what is filled unseen. */
void cell_forget_filled(struct cell_table *table, const struct plan *plan);

/* ------------------------------------------------------------ cell-guard.c */

/* The function at hand puts pages of KINDS into CELL. */
void cell_note_filling(struct engine *engine, struct cell *cell, uint8_t kinds);
/* RELEASE of pages in REGION is come to in D: which flags are known? */
void cell_note_tests(struct engine *engine, const struct disjunct *d,
		     struct cell_release *release, const struct region *region);
/* RELEASE takes out of CELL, which has its kind: does a flag say that it has another one? */
void cell_judge_guard(struct cell_table *table, const struct cell_release *release,
		      const struct cell *cell, const struct analysis_options *options,
		      struct finding_list *findings);

/* ----------------------------------------------------------- cell-object.c */

/* The same as cell_get_all() for what is of one function only. */
unsigned cell_get_object(struct engine *engine, const struct disjunct *d,
			 const struct region *region, struct cell *cells[CELL_NAMES]);
void cell_find_objects(struct cell_table *table);
/* Is PLACE the name of CELL, or of something that leads to it? */
bool cell_is_behind(const struct cell *cell, const char *place);
/* What is in an object is found where the function gets it that it carries. */
void cell_connect_objects(struct cell_table *table);

/* ------------------------------------------------------------- cell-site.c */

/* RELEASE is come to by the call CALL of FRAME, and by those that led there. */
/* Is there a way in F from FROM to TO that does not come to a block in AVOIDED? */
bool cell_site_leads_to(const struct ir_function *f, ir_block_id from, ir_block_id to,
			const bool *avoided);
void cell_note_site(struct cell_table *table, struct cell_release *release,
		    const struct frame *frame, ir_value call);
/* Does a test after both ACQUIRES decide whether RELEASE is come to, or is it before one? */
bool cell_is_guarded(const struct cell_release *release, const struct event *const acquires[2]);

/* -------------------------------------------------------------- cell-mix.c */

/* Others than the unit's functions may know what REGION is, or points to. */
void cell_share_place(struct engine *engine, const struct disjunct *d,
		      const struct region *region);
/*
 * Does all that leads to CELL start at a field of a record of the unit's own (IS_PRIVATE), or
 * at least of one that is no container, and was each function that uses it followed?
 */
bool cell_is_in_record(const struct cell_table *table, const struct cell *cell,
		       const struct plan *plan, bool is_private);
/* RELEASE takes out of CELL, which has its kind: does it have another one as well? */
void cell_judge_mixed(struct cell_table *table, const struct cell_release *release,
		      const struct cell *cell, const struct plan *plan,
		      const struct analysis_options *options, struct finding_list *findings);

/* ------------------------------------------------------------- cell-leak.c */

/* Pages of KNOWLEDGE went where they are not followed. */
void cell_lose_origins(struct cell_table *table, const struct kind_knowledge *knowledge);
/* ... but where cells tell of them. */
void cell_lend_origins(struct cell_table *table, const struct kind_knowledge *knowledge);

/* Is it of interest to anybody where pages go? */
bool cell_follows_pages(const struct engine *engine);
/* The acquire at LOCATION. */
struct cell_origin *cell_origin_at(struct cell_table *table, ir_location location);
/* The acquire that EVENT comes from; NULL: from none. */
struct cell_origin *cell_origin_of(struct cell_table *table, const struct event *event);
/* CELL is `RECORD.FIELD' or `RECORD.FIELD[*]': which? */
bool cell_split_name(const struct cell_table *table, const struct cell *cell,
		     const char **record, const char **field);
/* Has every function that uses FIELD of RECORD been followed to its end? */
bool cell_is_all_seen(const struct cell_table *table, const struct plan *plan,
		      const char *record, const char *field);
void cell_add_origins(struct cell_table *table, struct cell *cell,
		      const struct kind_knowledge *knowledge);
/* Pages of REGION, which is no cell, and of which no kind is known, are released. */
void cell_note_stray_release(struct engine *engine, const struct region *region,
			     contract_kind kind);
void cell_judge_leak(struct cell_table *table, const struct cell *cell, const struct plan *plan,
		     const struct analysis_options *options, struct finding_list *findings);

#endif /* PINCHECK_CELL_TABLE_H */
