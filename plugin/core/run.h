/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A function being followed: for engine-run.c and run-*.c.
 *
 * Disjuncts arrive at blocks along edges and wait there (run-edge.c), are merged
 * with those that hold the same when the block's turn comes (run-meet.c), and go
 * through its instructions (engine-run.c, and run-memory.c), of which calls
 * (run-call.c) and branches (run-branch.c) make several of one.
 *
 * Ownership: what waits at a block, and what a loop head keeps, belongs to the
 * run; each function here takes over the disjunct D that it is given.
 */
#ifndef PINCHECK_RUN_H
#define PINCHECK_RUN_H

#include "engine.h"
#include "flow.h"

#define HEAD_LIMIT	10	/* disjuncts that a loop head keeps */
#define ROOT_VALUES	(1u << 16)	/* of a function: they share a word with a context */

struct head {
	struct disjunct *disjunct;
	unsigned round, changes;	/* arrivals, and those that it did not cover */
};

struct arrival {
	struct disjunct *disjunct;
	bool is_back_edge;
};

/* What has come of a call: the disjuncts at its returns. */
struct exit_list {
	unsigned count, room;
	struct exit_state {
		struct disjunct *disjunct;
		const struct linear *result;	/* NULL: void */
	} *items;
};

/* What has reached a block; at the head of a loop, what went through it before, too. */
struct waiting {
	unsigned count, room;
	struct arrival *items;
	unsigned head_count;
	struct head *heads;		/* room for HEAD_LIMIT; NULL until there is one */
};

#define COUNT_LIMIT	8
#define FLAG_LIMIT	8

/* One function being followed. */
struct run {
	struct engine *engine;
	const struct frame *frame;
	const struct ir_function *function;
	struct waiting *blocks;
	unsigned first;			/* nothing waits at blocks before it in reverse postorder */
	struct exit_list *exits;	/* NULL: the root function */
	/* What calls return that acquire pages, a number or an error, and sums of it. */
	unsigned count_count;
	ir_value counts[COUNT_LIMIT];
	/* What is tested bit by bit. */
	unsigned flag_count;
	ir_value flags[FLAG_LIMIT];
};

/* ------------------------------------------------------------ engine-run.c */

/* Follow RUN's function from its entry, where D is, until no block has work left. */
void run_function(struct run *run, struct disjunct *d);

/* -------------------------------------------------------------- run-edge.c */

/* D waits at the block AT.  IS_BACK_EDGE: it has been round the loop of that block. */
void run_arrive(struct run *run, struct disjunct *d, ir_block_id at, bool is_back_edge);
/* D goes along FROM -> TO, and waits at TO. */
void run_pass_edge(struct run *run, struct disjunct *d, ir_block_id from, ir_block_id to);

/* ------------------------------------------------------------- run-round.c */

/* D is on its way back from FROM to HEAD: pages of this round that nothing leads to are lost. */
void run_end_round(struct run *run, struct disjunct *d, ir_block_id from, ir_block_id head);

/* ------------------------------------------------------------- run-frame.c */

/* The variables of the finished call CONTEXT, which has returned RESULT, are gone from D. */
void run_leave_frame(struct engine *engine, struct disjunct *d, const struct linear *result,
		     uint32_t context);

/* ------------------------------------------------------------- run-flags.c */

/* Fill in RUN's flags. */
void run_find_flags(struct run *run);
/* Are A's flags, where they are known, B's? */
bool run_flags_alike(const struct run *run, const struct disjunct *a, const struct disjunct *b);

/* -------------------------------------------------------------- run-meet.c */

/*
 * Empty W, which waits at AT: what is to go on from there is added to OUT.  At a
 * plain block that is all there is, merged; at the head of a loop it is a copy of
 * what the head keeps and what has changed by the arrivals.
 */
void run_meet(struct run *run, struct waiting *w, ir_block_id at, struct disjunct_list *out);

/* ------------------------------------------------------------ run-memory.c */

/* The instruction VALUE, which loads, stores, copies or forgets, does its work on D, which stays the caller's. */
void run_memory(struct run *run, struct disjunct *d, ir_value value);

/* ------------------------------------------------------------ run-branch.c */

/* D takes each edge that the condition, value or address at the end leaves open. */
void run_branch(struct run *run, struct disjunct *d, const struct ir_instruction *i);
void run_switch(struct run *run, struct disjunct *d, const struct ir_instruction *i);
void run_goto_any(struct run *run, struct disjunct *d, const struct ir_block *block);

/* --------------------------------------------------------- run-bystander.c */

/* How CALL may be done without following its callee; NULL: that has to be followed. */
const struct bystander *run_bystander(const struct run *run, const struct ir_instruction *call,
				      const struct linear **arguments, unsigned count);
/* The call VALUE in D of a function that takes, gives back and hands on no pages: EFFECT. */
void run_bystander_call(struct run *run, struct disjunct *d, ir_value value,
			const struct bystander *effect,
			const struct linear **arguments, unsigned count);
/* Does CALL give arrays of pages to parameters of ESCAPING, of a leaf that shows where they go? */
bool run_gives_pages_away(const struct run *run, const struct ir_instruction *call,
			  uint64_t escaping);

/* -------------------------------------------------------------- run-call.c */

/* The call VALUE in D: what comes of it is added to OUT, with the result set. */
void run_call(struct run *run, struct disjunct *d, ir_value value, struct disjunct_list *out);
/* D is at a return of a function that was called, with RESULT (NULL: void). */
void exit_list_add(struct exit_list *list, struct disjunct *d, const struct linear *result);
/* Does FUNCTION call no function that would be followed in turn? */
bool run_is_leaf(const struct ir_function *function);
/* Liveness and loops of FUNCTION; computed once in a unit. */
const struct flow *flow_of(struct engine *engine, const struct ir_function *function);

#endif /* PINCHECK_RUN_H */
