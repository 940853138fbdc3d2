/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Plan: which functions of a unit are worth following, and in what order.
 *
 * Callees go before their callers, so that it is known of a callee whether
 * what it does to references can be noticed from outside.  One that cannot be
 * noticed is closed:
 *
 *	static int peek(struct obj *obj)
 *	{
 *		... get_user_pages_fast(..., &page) ... put_page(page) ...
 *	}
 *
 * and a call to it need not be followed.
 */
#ifndef PINCHECK_PLAN_H
#define PINCHECK_PLAN_H

#include "bystander.h"
#include "contract.h"
#include "ir.h"

/* What following a function as a root has shown. */
struct function_effect {
	bool is_known;		/* was followed to its end */
	bool is_given_up;	/* not to be followed from its callers either */
	bool is_nearly;		/* ... as in their case it would be */
	bool is_open;		/* takes, gives or moves references of its caller's */
	uint64_t escaping;	/* parameters that a call nothing is known about got */
	uint64_t stored;	/* parameters that were put where others may find them */
};

struct plan {
	unsigned count;
	uint32_t *order;		/* functions to follow, callees first */
	struct function_effect *effects;	/* by function */
	const struct bystander **bystanders;	/* by function; NULL: it is none */
	bool *acquires;			/* by function: takes references that it owes, or calls such */
	uint8_t added_kinds;		/* bit set: a page may get more references of these */
	uint8_t taken_kinds;		/* bit set: the unit gets references of these */
	uint8_t returned_kinds;		/* bit set: it gives back such, whatever the case */
	uint8_t made_kinds;		/* bit set: the unit defines what gives these back */
	bool has_two_kinds;		/* it takes or gives back, in some case, more than one */
	/*
	 * `takes' is `acquires' here: the unit acquires by other calls, or gives back
	 * references of the first kind.
	 */
	bool takes_count;
	bool *matters;			/* by function: not only followed for its summary */
	bool *sees_own;			/* by function: pages in the unit's records, or frees such */
	bool *is_far;			/* by function: no page is in reach; see plan-far.c */
	bool has_own_records;		/* plan_is_own_record() is true for some */
};

/*
 * A unit that defines the function by which references of a kind are given back makes them
 * itself, by other means than contracts tell of: any page may have one there.
 */
void plan_find_made_kinds(struct plan *plan, const struct ir_unit *unit,
			  const struct contract_set *contracts);

/*
 * In UNIT's arena.  FOLLOWS_ALL: each function, whether it matters or not.  MINDS_DIRT: what
 * marks pages dirty matters.
 */
struct plan *plan_new(const struct ir_unit *unit, bool follows_all, bool minds_dirt);

/*
 * Is the record NAME one that the unit's pages are looked for in?  All who see into it are in
 * the unit, or beside it: that counts for pages of the first kind, which nobody puts there
 * but who has taken them.
 */
bool plan_is_own_record(const struct plan *plan, const struct ir_unit *unit, const char *name);

#define FOLLOW_DEPTH	3	/* of calls that are followed in one another */

/* Which functions are far; PLAN knows which see own records. */
void plan_find_far(struct plan *plan, const struct ir_unit *unit);

/*
 * Is FUNCTION far?  If it frees records of the unit's own it is followed all the same, but no
 * call in it that would be in vain.
 */
static inline bool plan_is_far(const struct plan *plan, uint32_t function)
{
	return plan->is_far[function];
}

/*
 * Does FUNCTION do nothing about references but to call one other that does, with what it
 * got?  The functions that it calls have been followed; see plan-forward.c.
 */
bool plan_is_forwarder(const struct plan *plan, const struct ir_function *function);

/* Does the unit get references of several kinds?  Otherwise there is nothing to mix up. */
bool plan_takes_several_kinds(const struct plan *plan);

/* Does EFFECT leave references that have to be given back? */
static inline bool plan_is_acquire(const struct plan *plan, const struct contract_effect *effect)
{
	return effect->verb == CONTRACT_ACQUIRES ||
	       (effect->verb == CONTRACT_TAKES && plan->takes_count);
}

/* Could a call to FUNCTION matter to its caller? */
bool plan_is_closed(const struct plan *plan, uint32_t function);

#endif /* PINCHECK_PLAN_H */
