/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Bystander: a function of the unit that takes, gives back and hands on no pages.
 *
 *	static int lock_request(struct fuse_req *req)
 *	{
 *		...
 *			set_bit(FR_LOCKED, &req->flags);
 *	}
 *
 * To follow it anew in each situation in which it is called would cost more than all
 * the rest, and shows nothing.  What a call may do to the memory of its caller is told
 * from its text alone instead, once, callees first: which fields it may write of what its
 * parameters point to, and which pointers it passes to what nobody knows, be it a parameter
 * itself or what was loaded through one.  A flag in the next field is what it was before.
 * Small functions are followed all the same: what they compute is often a number of pages.
 * A page that is held, whose number is stored, is not given away: where it is put is where it
 * can be found.  Where pages that it gets escape it is followed, to see where they go.
 *
 * Ownership: everything is in the unit's arena.
 */
#ifndef PINCHECK_BYSTANDER_H
#define PINCHECK_BYSTANDER_H

#include "contract.h"
#include "ir.h"

#define BYSTANDER_PATH_LIMIT	8
#define BYSTANDER_FIELD_LIMIT	8

/* The pointer that is loaded from `place', whose root is the parameter. */
struct bystander_path {
	unsigned parameter;
	const struct ir_place *place;	/* NULL: somewhere through the parameter */
	bool escapes, written;
};

/* What is written of the object that the parameter points to: all in `place', fields only. */
struct bystander_field {
	unsigned parameter;
	const struct ir_place *place;
};

struct bystander {
	bool is_small;			/* to be followed all the same */
	/* By parameter, the last bit for all from 63 on. */
	uint64_t escaping, written;	/* written: it cannot be said which fields, or too many */
	/*
	 * Of those that escape: they are stored, and nothing else.  All by the path
	 * `stored_by', if it is below `path_count'; otherwise anywhere.
	 */
	uint64_t stored;
	unsigned stored_by;
	unsigned field_count;		/* of others */
	struct bystander_field fields[BYSTANDER_FIELD_LIMIT];
	unsigned path_count;
	struct bystander_path paths[BYSTANDER_PATH_LIMIT];
};

static inline uint64_t bystander_bit(unsigned parameter)
{
	return (uint64_t)1 << (parameter < 63 ? parameter : 63);
}

/*
 * FUNCTION as a bystander, or NULL if it is none.  BYSTANDERS: those of the functions that
 * it calls, by function; NULL also for those not looked at yet (recursion).
 */
const struct bystander *bystander_new(const struct ir_unit *unit,
				      const struct ir_function *function,
				      const struct bystander *const *bystanders);

#endif /* PINCHECK_BYSTANDER_H */
