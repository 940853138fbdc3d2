/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Engine: the abstract interpreter over the page IR.
 *
 * engine_run_root() takes one function as the outermost and follows it over
 * all its paths, stepping into the functions of the unit that it calls (their
 * effect in this very situation is the most exact summary there is).  What
 * each file does:
 *
 *	engine-run.c	the worklist over the blocks, with run-*.c (run.h): edges,
 *			where paths meet, branches, calls into the unit
 *	evaluate.c	one instruction -> one term, with convert.c
 *	assume.c	a branch taken -> constraints; asked.c: which numbers branches ask of
 *	memory.c	places, loads, stores; reach.c: what an unknown call may change
 *	reference.c	where pages are kept, and of what kind they are
 *	declared.c	... by contract of the place where they are found
 *	promise.c	... or by the root function's own contract
 *	promise-kept.c	is as much given back as that says?
 *	acquire.c	holdings come ...
 *	release.c	... and go (interval.h), with release-*.c; excess.c: more than
 *			there are
 *	scatter.c	what of it others may find elsewhere (scatter.h); walk.c: one by one?
 *	missing.c	what a failed acquire has not given
 *	use.c		what is used after it was given back (use.h)
 *	apply.c		a contract -> the above, with apply-*.c (apply.h): its words,
 *			its verbs, the cases of an acquire
 *	merge.c		two disjuncts into one, with merge-*.c (merge.h)
 *	age.c		what a loop computes becomes what it was in an earlier round
 *	sweep.c		what can never be asked for again goes
 *	verdict.c	what is wrong -> findings with their story; verdict-return.c: what is
 *			lost when the root returns
 *	failure.c	what one return with an error keeps and another gives back
 *	cell*.c		what rests in fields between functions
 *
 * May miss: everything after a limit was reached (the function is given up),
 * and what depends on two pointers to one object that have different names.
 */
#ifndef PINCHECK_ENGINE_H
#define PINCHECK_ENGINE_H

#include "analysis.h"
#include "disjunct.h"
#include "plan.h"

struct cell_table;
struct failure;
struct flow;
struct summary_draft;

/*
 * Versions of memory: the value that wrote it, or this and the block where different
 * writers meet; both with the call context from bit WRITER_BITS on.
 */
#define WRITER_BITS		20
#define ENGINE_MERGED_VERSION	0x80000000u

/* A call that is being followed, or the root function. */
struct frame {
	const struct frame *caller;
	const struct ir_function *function;
	uint32_t context;		/* number of the chain of calls; 0: root */
	unsigned depth;
	ir_value call;			/* in the caller's function */
	const struct flow *flow;
	/* The caller's values while this function is followed. */
	unsigned saved_count;
	const struct linear **saved;
};

struct disjunct_list {
	unsigned count, room;
	struct disjunct **items;
};

struct engine {
	struct ir_unit *unit;
	const struct contract_set *contracts;
	const struct analysis_host *host;
	const struct analysis_options *options;
	struct cell_table *cells;
	const struct plan *plan;
	struct function_effect effect;	/* of the root, as far as it was followed */
	struct flow **flows;		/* by function; made when needed */
	struct arena *arena;		/* for this root function alone */
	struct term_table *terms;
	struct solver *solver;
	const struct ir_function *root;
	unsigned serial;		/* of events */
	unsigned steps;
	unsigned context_count, context_room;
	struct context {
		uint32_t parent;
		uint32_t function;	/* of the call */
		ir_value call;
		unsigned followed;
	} *contexts;
	struct symbol_set used;		/* what the sweep at hand has found in use */
	/* What the constraints of either side of the merge at hand are about. */
	struct symbol_set spoken_of[2];
	/* When a number was last asked of: steps, by symbol; see asked.c. */
	struct asked {
		uint32_t room;
		uint32_t *when;
	} asked;
	unsigned step_limit;
	const char *given_up;		/* why; NULL: not */
	/* A loop was forced to an end: what is held is not certain, the kinds are. */
	bool is_forced;
	/* Returns of the root that tell of an error; see failure.h. */
	struct failure *failures;
	unsigned failures_without;
	bool returns_zero, returns_numbers;
	struct summary_draft *summary;	/* of the root; NULL: none wanted */
	bool has_filled;		/* fill_container() has put pages somewhere */
	bool has_missing;		/* an acquire has failed; see missing.c */
	/* Findings of this root; moved to the analysis if it is not given up. */
	struct finding_list *findings;
	unsigned long disjuncts;
};

/* ------------------------------------------------------------ engine-run.c */

/* Follow FUNCTION as the outermost one; what it shows is left in ENGINE. */
void engine_run_root(struct engine *engine, const struct ir_function *function);
/* The term of the root's parameter N, as the root was called. */
const struct linear *engine_parameter(struct engine *engine, unsigned n);
/* The function at hand is not followed any further: WHY, for verbose output. */
void engine_give_up(struct engine *engine, const char *why);

/* How near is the root to its limit of steps?  0: not; 1: cases have to be few; 2: and calls simple. */
unsigned engine_pressure(const struct engine *engine);

void disjunct_list_add(struct disjunct_list *list, struct disjunct *d);
void disjunct_list_release(struct disjunct_list *list);

/* -------------------------------------------------------- disjunct-print.c */

void disjunct_print(FILE *out, struct engine *engine, const struct frame *frame,
		    ir_block_id block, const struct disjunct *d);

/* -------------------------------------------------------------- evaluate.c */

/* The term of VALUE in D, an unknown one if it was not computed on this path. */
const struct linear *engine_value(struct engine *engine, const struct frame *frame,
				  struct disjunct *d, ir_value value);
/* Compute INSTRUCTION (no memory, no control) and remember its term. */
void engine_evaluate(struct engine *engine, const struct frame *frame,
		     struct disjunct *d, ir_value value);
/* A new number: the result of VALUE; EXTRA tells several apart. */
const struct linear *engine_result(struct engine *engine, const struct frame *frame,
				   ir_value value, uint32_t extra);
/* The same, a pointer to some element of the array that ARRAY points into. */
const struct linear *engine_element(struct engine *engine, const struct frame *frame,
				    ir_value value, const struct linear *array);
const struct linear *engine_convert(struct engine *engine, struct disjunct *d,
				    const struct linear *a, struct ir_type from,
				    struct ir_type to);
/* floor(a / divisor), for a that is not negative or is meant to be rounded down. */
const struct linear *engine_floor_divide(struct engine *engine, const struct linear *a,
					 ir_integer divisor, struct ir_type type);
/* 1 if a <op> 0, else 0. */
const struct linear *engine_comparison(struct engine *engine, enum ir_op op,
				       const struct linear *a);
const struct linear *engine_operation(struct engine *engine, enum ir_op op, uint32_t extra,
				      const struct linear *a, const struct linear *b,
				      struct ir_type type);

/* ---------------------------------------------------------------- assume.c */

/* Restrict D to where CONDITION is not zero (or, !TRUTH, is).  False: nowhere. */
bool engine_assume(struct engine *engine, struct disjunct *d,
		   const struct linear *condition, bool truth);
/*
 * The same for conditions that need a case distinction: adds the disjuncts in
 * which CONDITION has TRUTH to OUT; takes over D.
 */
void engine_assume_cases(struct engine *engine, struct disjunct *d,
			 const struct linear *condition, bool truth,
			 struct disjunct_list *out);

/* ----------------------------------------------------------------- asked.c */

/* The program decides by A, and by what it is computed of. */
void engine_note_asked(struct engine *engine, const struct linear *a);
/* Has it decided by each number of A, later than at step SINCE? */
bool engine_has_asked(const struct engine *engine, const struct linear *a, unsigned since);

/* ---------------------------------------------------------------- memory.c */

/* Region and byte offset of PLACE; NULL if it cannot be told. */
const struct region *engine_place(struct engine *engine, const struct frame *frame,
				  struct disjunct *d, const struct ir_place *place,
				  const struct linear **offset);
/* Is there in its place what LOADED is, or zero since? */
bool engine_is_content(const struct disjunct *d, const struct symbol *loaded);
const struct linear *engine_load(struct engine *engine, struct disjunct *d,
				 const struct region *region, const struct linear *offset,
				 struct ir_type type, const char *text,
				 ir_location location);
/*
 * An element of REGION, at OFFSET, is stored to by an index that varies: what an earlier round
 * has put at others is followed no longer element by element, or no round is like the last.
 */
void engine_lose_elements(struct engine *engine, struct disjunct *d, const struct region *region,
			  const struct linear *offset);
void engine_store(struct engine *engine, const struct frame *frame, struct disjunct *d,
		  const struct region *region, const struct linear *offset,
		  const struct linear *value, uint32_t writer, ir_location location,
		  const char *text);
void engine_zero(struct engine *engine, struct disjunct *d, const struct region *region,
		 const struct linear *offset, uint32_t writer);
/* What was stored inside REGION is not known any more. */
void engine_havoc(struct engine *engine, struct disjunct *d, const struct region *region,
		  uint32_t writer);
/* Is REGION memory that the root function's caller may see? */
bool engine_is_outside(const struct engine *engine, const struct disjunct *d,
		       const struct region *region);
/* REGION is gone: a variable out of scope. */
void engine_forget(struct engine *engine, struct disjunct *d, const struct region *region);
/* A call that nothing is known about got POINTER. */
void engine_escape(struct engine *engine, const struct frame *frame, struct disjunct *d,
		   const struct linear *pointer, uint32_t writer, bool may_release);
/* The region that holds the pointer to BASE, if BASE was found by loading one; or NULL. */
const struct region *engine_loaded_from(const struct engine *engine, const struct region *base);
/* Which parameters of the root function is VALUE made of? */
uint64_t engine_parameters_of(const struct engine *engine, const struct linear *value);
/* Everything that whoever has one of the ROOTS can get at, as a set of base regions. */
struct region_set {
	unsigned count, room;
	const struct region **items;
};
bool region_set_has(const struct region_set *set, const struct region *region);
void region_set_add(struct region_set *set, struct arena *arena, const struct region *region);
/* What POINTER points to. */
void engine_add_pointee(struct engine *engine, struct region_set *set, symbol_id pointer);
/* Close SET over what the memory of D stores inside its members. */
void engine_reachable(struct engine *engine, const struct disjunct *d, struct region_set *set);
bool engine_is_global_root(const struct engine *engine, const struct disjunct *d,
			   const struct region *base);

/* ------------------------------------------------------------- reference.c */

#define ERRNO_LIMIT	4095

/* The least of the numbers that are error pointers. */
static inline ir_integer error_floor(void)
{
	return ((ir_integer)1 << 64) - ERRNO_LIMIT;
}

#define POINTER_SIZE	8	/* bytes of an array element; see analysis_run() */
#define POINTER_BITS	(8 * POINTER_SIZE)
#define NUMBER_DEPTH	6	/* steps from a page to a number that was computed from it */

/* Pages somewhere: elements [low .. high) of a region, the page `page' if single. */
struct reference {
	const struct region *region;
	const struct linear *low, *high;
	const struct linear *page;	/* NULL: elements of an array */
	const struct linear *element;	/* that PAGE was found in, or made from */
};

/* What is known of the kind of a page or of the pages of an array. */
struct kind_knowledge {
	uint8_t kinds;			/* bit set of contract_kind */
	bool is_foreign;		/* others are possible */
	bool is_shared;			/* there may be more references than one */
	bool is_held;			/* ... and those are to be given back */
	bool is_declared;		/* only by where the page was found, and nothing else */
	bool is_told;			/* by a contract: what puts pages there does nothing else */
	const struct event *provenance[CONTRACT_KIND_LIMIT];
};

/*
 * Is PAGE that of an object of the kernel's image, as ZERO_PAGE(0) is?  Nobody has pinned
 * it by this name.
 */
bool is_image_page(const struct engine *engine, const struct linear *page);
/* Has the path shown that VALUE is NULL, or an error pointer? */
bool is_no_page(const struct engine *engine, const struct disjunct *d,
		const struct linear *value);
/* Elements [LOW .. HIGH) of the array at POINTER.  False: cannot be told. */
bool reference_of_array(struct engine *engine, struct disjunct *d,
			const struct linear *pointer, const struct linear *low,
			const struct linear *high, struct reference *reference);
/* The page that PAGE is a pointer to, or a number of. */
bool reference_of_page(struct engine *engine, const struct disjunct *d,
		       const struct linear *page, struct reference *reference);
void reference_kinds(struct engine *engine, const struct disjunct *d,
		     const struct reference *reference, struct kind_knowledge *knowledge);
/*
 * May VALUE, put among pages, be one?  Zero is none, nor is a number that a call returns, a
 * DMA address.
 */
bool engine_may_be_page(struct engine *engine, const struct disjunct *d,
			const struct linear *value);
void page_kinds(struct engine *engine, const struct disjunct *d, const struct linear *page,
		struct kind_knowledge *knowledge);

/* --------------------------------------------------------------- acquire.c */

struct acquisition {
	contract_kind kind;
	enum holding_extent extent;
	bool has_obligation;		/* acquires; false: gives */
	bool is_added;			/* adds */
	bool is_taken;			/* takes: of an array, elements that are filled stay */
	bool is_doubtful;		/* only if a predicate holds that nobody has tested */
	const struct event *event;
	uint32_t writer;
	ir_location location;
	const char *text;		/* of the argument, or NULL */
};
/* There is something in REGION, pages perhaps: neither NULL leads there nor an error. */
void engine_note_there(struct engine *engine, struct disjunct *d, const struct region *region);
void engine_acquire(struct engine *engine, const struct frame *frame, struct disjunct *d,
		    const struct reference *reference, const struct acquisition *how);

/* --------------------------------------------------------------- release.c */

struct release {
	contract_kind kind;
	ir_location location;
	const char *function;		/* "put_page" */
	const char *text;		/* of the argument, or NULL */
	bool is_transfer;
	bool skips_null;
	bool is_tested;			/* the path has found that the page is not NULL */
	bool is_run;			/* consecutive pages or several counts: `times' */
	const struct linear *times;	/* NULL: not known, or not a run */
	ir_value call;
};
void engine_release(struct engine *engine, const struct frame *frame, struct disjunct *d,
		    const struct reference *reference, const struct release *how);
/* REFERENCE is given back now, as HOW says: it cannot be a second time. */
void engine_note_released(struct engine *engine, const struct frame *frame,
			  struct disjunct *d, const struct reference *reference,
			  const struct release *how);

/* Release what is held in the region of REFERENCE. */
void engine_release_held(struct engine *engine, const struct frame *frame, struct disjunct *d,
			 const struct reference *reference, const struct release *how);

/* -------------------------------------------------------- release-stored.c */

/* Release pages that are held by themselves, and were stored into the array of REFERENCE. */
void engine_release_stored(struct engine *engine, const struct frame *frame, struct disjunct *d,
			   const struct reference *reference, const struct release *how);

/* ----------------------------------------------------- release-inherited.c */

/* Release pages of which nothing is known but where they were found. */
void engine_release_inherited(struct engine *engine, const struct frame *frame,
			      struct disjunct *d, const struct reference *reference,
			      const struct release *how);
/* Other pages may be in REGION (NULL: anywhere) than those that were given back. */
void engine_forget_inherited(struct engine *engine, struct disjunct *d,
			     const struct region *region);
/* ... for all that is known of a call with ARGUMENTS. */
void engine_forget_inherited_in_call(struct engine *engine, struct disjunct *d,
				     const struct linear **arguments, unsigned count);
/* The memory REGION, which releases were made out of, is freed. */
void engine_note_array_gone(struct engine *engine, struct disjunct *d,
			    const struct region *region);

/* --------------------------------------------------------------- missing.c */

enum page_use {
	PAGE_KEPT,	/* kept, or passed on: a NULL may be */
	PAGE_NEEDED,	/* released, or used as a page */
};

/* The acquire FUNCTION has failed: what REGION was asked for is not there. */
void engine_note_missing(struct engine *engine, const struct frame *frame, struct disjunct *d,
			 const struct region *region, ir_location location,
			 const char *function);
/* The program branches on CONDITION: has it looked at the error of an acquire that has failed? */
void engine_look_at(struct engine *engine, struct disjunct *d, const struct linear *condition);
/* VALUE was loaded from REGION at OFFSET: perhaps it names no page. */
void engine_load_missing(struct engine *engine, struct disjunct *d, const struct region *region,
			 const struct linear *offset, const struct linear *value);
/*
 * OPERAND is used as a page, by FUNCTION (NULL: none).  True if that was reported,
 * because it is none.
 */
bool engine_use_page(struct engine *engine, const struct frame *frame, struct disjunct *d,
		     ir_value operand, enum page_use use, ir_location location,
		     const char *function);

/* ----------------------------------------------------------------- apply.c */

/*
 * The call VALUE has CONTRACT: do its effects to D (taken over), add what comes
 * of it to OUT with the result set.
 */
void engine_apply(struct engine *engine, const struct frame *frame, struct disjunct *d,
		  ir_value value, const struct contract *contract,
		  const struct linear **arguments, unsigned argument_count,
		  struct disjunct_list *out);

/* ----------------------------------------------------------------- merge.c */

#define ENGINE_FORCED_ROUND	40	/* from here on whatever differs is blurred */

/*
 * Make A cover B as well.  AT: the block where they meet.  IS_LOOP: widen, the more
 * so the higher the ROUND, which counts what has come to A before.  Returns false if A
 * covered B already.  B stays the caller's.
 */
bool engine_merge(struct engine *engine, const struct frame *frame, struct disjunct *a,
		  struct disjunct *b, ir_block_id at, bool is_loop, unsigned round);

/* ------------------------------------------------------------------- age.c */

/* A back edge to HEAD is taken: what the loop computes is from the round before. */
void engine_age(struct engine *engine, const struct frame *frame, struct disjunct *d,
		ir_block_id head);
/* Does the loop of HEAD make A, or part of it, anew in each round? */
bool engine_is_made_in_loop(struct engine *engine, const struct frame *frame,
			    const struct linear *a, ir_block_id head);
/* D has come back to HEAD and is like nothing that went through it before. */
void engine_settle(struct engine *engine, const struct frame *frame, struct disjunct *d,
		   ir_block_id head);

/* ----------------------------------------------------------------- sweep.c */

/* Mark what D, which waits at AT, can still be asked about; there until the next time. */
void engine_mark(struct engine *engine, const struct frame *frame, const struct disjunct *d,
		 ir_block_id at);
/* Is anything in A marked, or can it come again by its old name? */
bool engine_is_marked(const struct engine *engine, const struct linear *a);
/* Will anything be asked about the region of STATE? */
bool engine_can_be_named(const struct engine *engine, const struct region_state *state);
/* D waits at AT: if it has grown large, drop what no live value, memory or holding mentions. */
void engine_sweep(struct engine *engine, const struct frame *frame, struct disjunct *d,
		  ir_block_id at);

/* --------------------------------------------------------------- verdict.c */

const struct event *engine_event(struct engine *engine, const struct frame *frame,
				 const struct event *previous, enum event_kind kind,
				 ir_location location, const char *text);
void verdict_mismatch(struct engine *engine, const struct frame *frame,
		      const struct disjunct *d, const struct reference *reference,
		      const struct kind_knowledge *knowledge, const struct release *how);
void verdict_over_release(struct engine *engine, const struct frame *frame,
			  const struct disjunct *d, const struct region_state *state,
			  const struct linear *low, const struct linear *high,
			  const struct release *how);
/* The count of the release is certainly an error, a negative number. */
void verdict_error_as_count(struct engine *engine, const struct frame *frame,
			    const struct disjunct *d, const struct reference *reference,
			    const struct release *how);
/* The count of the release falls as that of what HOLDING, of STATE, holds grows. */
void verdict_rest_as_count(struct engine *engine, const struct frame *frame,
			   const struct disjunct *d, const struct region_state *state,
			   const struct holding *holding, const struct release *how);
/* FUNCTION (NULL: none) uses TEXT, a page that STATE was asked for in vain. */
void verdict_missing(struct engine *engine, const struct frame *frame,
		     const struct disjunct *d, const struct region_state *state,
		     ir_location location, const char *function, const char *text);
/* STATE may be NULL if HOW has a text. */
void verdict_double_release(struct engine *engine, const struct frame *frame,
			    const struct event *trail, const struct region_state *state,
			    const struct released *before, const struct release *how);
/* Does LOW depend on how often a loop has gone round? */
bool verdict_starts_in_a_loop(const struct engine *engine, const struct linear *low);
enum leak_reason { LEAK_RETURN, LEAK_FREED, LEAK_OVERWRITTEN, LEAK_ROUND, LEAK_UNCOUNTED };
/* INSTEAD: another path that ends the same way releases it here; or NULL. */
void verdict_leak(struct engine *engine, const struct frame *frame,
		  const struct disjunct *d, const struct region_state *state,
		  const struct holding *holding, enum leak_reason reason,
		  ir_location location, const struct event *instead);
void verdict_bad_use(struct engine *engine, const struct frame *frame,
		     const struct reference *reference, const struct kind_knowledge *knowledge,
		     contract_kind required, ir_location location, const char *function,
		     const char *text);
void verdict_use_after_release(struct engine *engine, const struct frame *frame,
			       const struct region_state *state, const struct released *before,
			       ir_location location, const char *user, const char *text);
/* Does its caller get back a pointer that it passed, perhaps, under another name? */
bool engine_returns_parameter(const struct ir_function *function);
/* D ends here, with RESULT returned from the root function. */
void engine_check_return(struct engine *engine, const struct frame *frame,
			 struct disjunct *d, const struct linear *result,
			 ir_location location);

/* "a user-pinned page", "an ordinary page reference" */
const char *with_article(const struct engine *engine, const char *what);

/* Elements of LOW..HIGH as text: `pages[0 .. ret)'. */
const char *interval_text(struct engine *engine, const struct region_state *state,
			  const struct linear *low, const struct linear *high);

#endif /* PINCHECK_ENGINE_H */
