/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What contracts say of pages wherever they are found: by the fields that are declared
 *
 *	field pipe_buffer.page holds one ordinary
 *
 * and by the contract that the root function has itself, which is a promise to its callers.
 */
#ifndef PINCHECK_DECLARED_H
#define PINCHECK_DECLARED_H

#include "engine.h"

/* -------------------------------------------------------------- declared.c */

/* The kinds, as a bit set, that contracts say are in REGION, whoever put them there. */
uint8_t declared_kinds(const struct engine *engine, const struct region *region);
/* Those of them of which a page found in REGION stands for one reference, and no more. */
uint8_t declared_ones(const struct engine *engine, const struct region *region);

/* --------------------------------------------------------------- promise.c */

/* The kinds that the root gives back, by its own contract, of pages in REGION; 0: not said. */
uint8_t promised_release(struct engine *engine, const struct frame *frame,
			 const struct disjunct *d, const struct region *region);
/* Does the root give back one reference of KIND to each page in REGION, by its own contract? */
bool promised_one(const struct engine *engine, const struct region *region, contract_kind kind);
/* The root function returns RESULT: are the pages that it has taken what its contract says? */
void promise_check_acquired(struct engine *engine, const struct frame *frame,
			    const struct disjunct *d, const struct linear *result);

/* Are the pages that EFFECT of the root's contract is about in REGION?  RESULT: or NULL. */
bool promise_is_about(const struct engine *engine, const struct contract_effect *effect,
		      const struct region *region, const struct linear *result);

/* ---------------------------------------------------------- promise-kept.c */

struct release;

/*
 * HOW gives back pages [0 .. HIGH) of REGION: more than the contract of the root function
 * says?  Then that is reported.
 */
bool promise_exceeded(struct engine *engine, const struct frame *frame,
		      const struct disjunct *d, const struct region *region,
		      const struct linear *high, const struct release *how);
/* Report the functions that give back nothing, though their contracts say so. */
void promise_check_kept(struct ir_unit *unit, const struct plan *plan,
			const struct contract_set *contracts,
			const struct analysis_options *options, struct finding_list *findings);

#endif /* PINCHECK_DECLARED_H */
