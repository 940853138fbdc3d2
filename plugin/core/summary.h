/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Summary: the contract of a function as its body shows it.
 *
 *	static int pin_all(unsigned long addr, int n, struct page **pages)
 *	{
 *		int ret = pin_user_pages_fast(addr, n, 0, pages);
 *
 *		if (ret == n)
 *			return 0;
 *		if (ret > 0)
 *			unpin_user_pages(pages, ret);
 *		return ret < 0 ? ret : -EFAULT;
 *	}
 *
 * gives
 *
 *	function pin_all(addr, n, pages)
 *		returns -errno .. 0
 *		acquires pinned pages[0 .. n) when return == 0
 *
 * At every exit, what each disjunct has done that the caller can see is put in
 * the caller's words: parameters, the returned value, globals, and what they
 * lead to (summary-place.c, summary-exit.c).  An effect that some exits have and
 * others have not gets the condition that tells them apart, first on the result,
 * then on the parameters (summary-condition.c).
 *
 * References that a function gives back for its caller are in no region's
 * holdings, as it never took them.  They are noted as holdings of a shadow of
 * the region, so that they meet and grow with the paths as all holdings do.
 *
 * Invariant: a summary says all that the body does to references, or it is
 * `unknown'.  Parameters that reach a call nothing is known about are not part
 * of it: they are in the function_effect of the plan, and printed as `unknown'.
 *
 * Ownership: contracts and table are in the unit's arena.
 */
#ifndef PINCHECK_SUMMARY_H
#define PINCHECK_SUMMARY_H

#include "engine.h"

struct summary_table;

struct summary_table *summary_table_new(const struct ir_unit *unit);

/*
 * The contract of FUNCTION (unit->functions index), to be applied to a call that
 * is not followed; NULL if there is none that says all.
 */
const struct contract *summary_contract(const struct summary_table *table, uint32_t function);

/* Print what was inferred, in the order of the unit. */
void summary_table_print(FILE *out, const struct summary_table *table,
			 const struct contract_set *contracts);

/* -------------------------------------------------- while a root is followed */

/* One draft for each root; in the engine's arena. */
struct summary_draft;

struct summary_draft *summary_draft_new(struct arena *arena);

/* D gives back, or frees, what it may have from its caller. */
void summary_note_release(struct engine *engine, struct disjunct *d,
			  const struct reference *reference, const struct release *how);
void summary_note_free(struct engine *engine, struct disjunct *d, const struct region *region);

/* D ends with RESULT (NULL: void). */
void summary_add_exit(struct engine *engine, struct disjunct *d, const struct linear *result);

/* The root is done: make its contract, unless it was given up. */
void summary_table_take(struct summary_table *table, struct engine *engine);

#endif /* PINCHECK_SUMMARY_H */
