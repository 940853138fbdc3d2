/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Disjunct: one case of the abstract state on a path.
 *
 * After
 *
 *	pinned = pin_user_pages_fast(addr, n, 0, pages);
 *
 * there are three: pinned < 0 and nothing is held; 0 < pinned < n and
 * pages[0 .. pinned) is held; pinned == n and pages[0 .. n) is held.  Branches
 * thin them out, and where paths meet again those that hold the same are
 * merged (property simulation: Das, Lerner, Seigle, "ESP", PLDI 2002).
 *
 * A disjunct has
 *  - the constraints that the path has established,
 *  - a term for each value of the function at hand (NULL: not computed yet),
 *  - memory: terms stored at places, the most recent store only,
 *  - for each array of pages, and each page held by itself, its holdings,
 *  - the trail: the decisions that led here, for the report.
 *
 * Holdings are intervals of elements, [low .. high), known exactly.  Where the
 * analysis loses track of a region's holdings the region is `blurred': nothing
 * is said about what it holds any more, only about its kind.
 *
 * Ownership: a disjunct is on the heap and has one owner; the region states,
 * events and terms that it refers to are immutable and in the engine's arena.
 */
#ifndef PINCHECK_DISJUNCT_H
#define PINCHECK_DISJUNCT_H

#include "constraint.h"
#include "contract.h"

#define HOLDING_LIMIT	4
#define RELEASED_LIMIT	6

/* One step of a story; chained from the last to the first. */
enum event_kind {
	EVENT_ACQUIRE, EVENT_STORE, EVENT_BRANCH, EVENT_RELEASE, EVENT_CALL,
	EVENT_FAILURE,			/* of an acquire; not told, see departure.c */
};

struct event {
	const struct event *previous;
	enum event_kind kind;
	unsigned serial;		/* order in which they happened on the path */
	ir_location location;
	uint32_t function;		/* unit->functions index */
	unsigned depth;
	const char *text;		/* NULL: made from the branch when it is told */
	const struct ir_function *inside;
	ir_value condition;
	bool truth;
	bool is_choice;			/* BRANCH: the other side was possible as well */
	bool is_borrowed;		/* BRANCH: what one call tells by a result, another has returned */
	bool is_by_call;		/* BRANCH: decided by how a call that is over has ended */
};

/* How much of what was asked for a holding is: decides which cases may merge. */
enum holding_extent {
	EXTENT_PARTIAL,		/* fewer than requested */
	EXTENT_FULL,		/* all that was requested */
	EXTENT_GROWN,		/* put together of several */
};

struct holding {
	contract_kind kind;
	enum holding_extent extent;
	/* Losing it is nobody's fault here: one reference more, on top of others. */
	bool is_added;
	/* Taken in passing (`takes'): not what the function is looked at for. */
	bool is_taken;
	/* The path skipped a loop that was to deal with it, or is none but several. */
	bool is_doubtful;
	/* Its pages were stored elsewhere: others may give them back. */
	bool is_scattered;
	/* ... who have to get at this object for it, where they all are; NULL: anywhere. */
	const struct region *container;
	/* A call has put them there: one stands for all, of whatever kind they are; see fill.c. */
	bool is_filled;
	/* ... or somebody unknown got them: whose they are then, nobody can tell. */
	bool is_handed_on;
	/* A page that was stored once, and is in no other place; see rest.c. */
	bool is_in_place;
	/* A loop has dealt with those before one by one; an error has ended it before these. */
	bool is_rest, is_left;
	const struct linear *low, *high;	/* elements */
	const struct event *acquired;
};

struct released {
	contract_kind kind;
	bool is_transfer;
	bool is_gone;		/* ... and the array freed: no other pages can be put there */
	const struct linear *low, *high;
	const struct event *event;
};

struct region_state {
	const struct region *region;
	/* Tells the contents before and after a write apart: the writer. */
	uint32_t version;
	/* What is not among the holdings is certainly not held here. */
	bool is_known;
	/*
	 * Elements that an acquire was asked for last: others than the holdings are not
	 * held there, or would have been overwritten.  NULL: not known.
	 */
	const struct linear *asked_low, *asked_high;
	/*
	 * Pages [handed_low .. handed_high) were held when somebody got at them of whom
	 * nothing is known: he may have given them back, but put none behind them.  NULL:
	 * not so.
	 */
	const struct linear *handed_low, *handed_high;
	contract_kind handed_kind;
	/* On some path to here they were all that had been asked for, up to handed_asked. */
	bool is_handed_whole;
	const struct linear *handed_asked;
	/* An acquire has failed, here; NULL: not, or something was put there since. */
	const struct event *failed;
	/* What leads here was found where an acquire has failed, then: it is no page. */
	const struct event *missing;
	/* Allocated in this function: nobody else knows it unless told. */
	bool is_allocated;
	/* Elements that were never stored to are zero. */
	bool is_zeroed;
	/* Elements were stored to by an index that is not known, by some way, or all at once. */
	bool is_filled;
	/* ... by what may be pages. */
	bool is_mixed;
	bool is_blurred;
	/* Pages of it were stored elsewhere, be they held still or not. */
	bool is_scattered;
	/* References were added to pages of it: what is found here may have several. */
	bool is_shared;
	/* About the page itself that the region is, not about pages stored in it. */
	bool is_page;
	/* Kinds of the pages in it; is_foreign: others may be among them. */
	uint8_t kinds;
	bool is_foreign;
	/* Those of them that nothing but an extra reference tells of. */
	uint8_t extra;
	const struct event *provenance[CONTRACT_KIND_LIMIT];
	unsigned holding_count;
	struct holding holdings[HOLDING_LIMIT];
	unsigned released_count;
	struct released released[RELEASED_LIMIT];
	/* A path to here has given back pages that it had taken; the last such release. */
	const struct event *given_back;
	const char *text;		/* as the user calls it; NULL: by its region */
};

struct memory_entry {
	const struct region *region;
	const struct linear *offset;
	const struct linear *value;
};

struct disjunct {
	struct constraint_set constraints;
	unsigned region_count, region_room;
	const struct region_state **regions;	/* by ascending region id */
	unsigned memory_count, memory_room;
	struct memory_entry *memory;		/* in order of the stores */
	unsigned value_count;
	const struct linear **values;
	const struct event *trail;
	ir_block_id entered;		/* 1 + the loop head that was just entered */
	unsigned kept_since;		/* of what a loop head keeps: the step when it got there */
	unsigned swept_constraints, swept_regions;	/* as many were left by a sweep */
};

struct disjunct *disjunct_new(unsigned value_count);
struct disjunct *disjunct_clone(const struct disjunct *disjunct);
void disjunct_free(struct disjunct *disjunct);

/* Give DISJUNCT other values, as for a call; returns the old ones, now the caller's. */
const struct linear **disjunct_swap_values(struct disjunct *disjunct,
					   const struct linear **values,
					   unsigned *count);

/* The state of REGION, or NULL. */
const struct region_state *disjunct_region(const struct disjunct *disjunct,
					   const struct region *region);
/* A copy of the state of REGION that may be changed, now part of DISJUNCT. */
struct region_state *disjunct_change(struct disjunct *disjunct, struct arena *arena,
				     const struct region *region);
/* Take STATE as it is, for a region that has none yet. */
void disjunct_put(struct disjunct *disjunct, const struct region_state *state);
void disjunct_drop_region(struct disjunct *disjunct, unsigned index);
/* Is STATE that of a page by itself, with more than extra references to it? */
bool region_state_holds_page(const struct region_state *state);
/* Does STATE say nothing but what was given back of pages that others have taken? */
bool region_state_is_inherited(const struct region_state *state);

/* Were pages of A and of B, if of one kind, taken by the same call?  NULL: of no event. */
bool events_share_origin(const struct event *a, const struct event *b);
bool region_states_share_origin(const struct region_state *a, const struct region_state *b);

const struct memory_entry *disjunct_memory(const struct disjunct *disjunct,
					   const struct region *region,
					   const struct linear *offset);
void disjunct_set_memory(struct disjunct *disjunct, const struct region *region,
			 const struct linear *offset, const struct linear *value);
void disjunct_drop_memory(struct disjunct *disjunct, unsigned index);

/*
 * Do A and B hold the same, so that they may be merged where their paths meet?
 * Compares the holdings of every region to the letter.
 */
bool disjunct_holds_same(const struct disjunct *a, const struct disjunct *b);
/* The weaker question for loop heads: the same regions hold, whatever the bounds. */
bool disjunct_holds_alike(const struct disjunct *a, const struct disjunct *b);

#endif /* PINCHECK_DISJUNCT_H */
