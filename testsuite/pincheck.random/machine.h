/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Machine: the state of one execution, and what the called functions do to it.
 *
 * Pointers are numbers: page P is at PAGE_BASE + 64 * P, object O, an array or
 * a structure, begins at OBJECT_BASE + O * OBJECT_STRIDE.
 */
#ifndef MACHINE_H
#define MACHINE_H

#include "interpret.h"

#define PAGE_LIMIT	160
#define OBJECT_LIMIT	12
#define CELL_LIMIT	64
#define CHOICE_LIMIT	64

struct value {
	ir_integer number;
	bool is_undefined;
	/* Undefined, in an array in which other elements are not. */
	bool has_neighbours;
};

struct frame {
	const struct ir_function *function;
	const struct value *arguments;
	struct value *values;
};

struct page {
	/* Others hold references, or may have taken over ours: nothing is ever wrong. */
	bool is_foreign, is_taken;
	/* Foreign: found in memory; given back before, as which kind. */
	bool is_found, was_given[KIND_COUNT];
	/* Something was wrong with it before. */
	bool is_tainted;
	bool has_obligation, is_added;
	bool had[KIND_COUNT];
	unsigned count[KIND_COUNT];
	enum kind kind;			/* it was acquired as */
	unsigned origin;		/* location */
	bool is_reachable;
};

enum object_kind { OBJECT_LOCAL, OBJECT_HEAP, OBJECT_OUTSIDE };

struct object {
	enum object_kind kind;
	bool is_zeroed, is_reachable;
	unsigned count;
	struct cell {
		ir_integer offset;
		struct value value;
	} cells[CELL_LIMIT];
};

struct machine {
	const struct ir_unit *unit;
	/* The choices of this execution: which of how many. */
	unsigned choice_count, choice_next;
	struct choice {
		unsigned taken, of;
	} choices[CHOICE_LIMIT];
	/* All up to `pages' is cleared before each execution. */
	unsigned steps, calls;
	bool is_stopped;
	bool is_visited[LOCATION_LIMIT];
	bool may_be[FINDING_COUNT][LOCATION_LIMIT];
	struct site sites[LOCATION_LIMIT];
	unsigned locals[FUNCTION_LIMIT];	/* object + 1 of each local array */
	unsigned page_count, object_count;
	/* These when they are taken into use. */
	struct page pages[PAGE_LIMIT];
	struct object objects[OBJECT_LIMIT];
};

void machine_reset(struct machine *m);
/* One of 0 .. OF - 1. */
unsigned machine_choose(struct machine *m, unsigned of);
/* Go on to the next combination of choices.  False: there is none. */
bool machine_next_choices(struct machine *m);

/* Addresses. */
ir_integer machine_new_object(struct machine *m, enum object_kind kind);
ir_integer machine_new_foreign_page(struct machine *m);
ir_integer machine_local(struct machine *m, uint32_t variable);
void machine_end_local(struct machine *m, uint32_t variable);

struct value machine_load(struct machine *m, struct value address);
void machine_store(struct machine *m, struct value address, struct value value);

struct value machine_run(struct machine *m, const struct ir_function *function,
			 const struct value *arguments);
/* CALL of a function that has no body. */
struct value machine_call(struct machine *m, const struct ir_instruction *call,
			  const struct value *arguments);
/* Whoever has VALUE can get at what it points to. */
void machine_reach(struct machine *m, struct value value);
/* At the end: what is held and in nobody's reach? */
void machine_find_leaks(struct machine *m);

#endif /* MACHINE_H */
