/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One or the other.
 *
 *	if (ctl->user && ctl->write)
 *		pin_user_pages_fast(...);
 *	else
 *		get_user_pages_fast(...);	<- two ways lead here
 *
 * Where the two ways meet, neither `user == 0' nor `write == 0' is true of both, but one
 * of them is true: the next `ctl->user && ctl->write' must not find an ordinary page.  It
 * is kept as a constraint on a truth value, the symbol of `(user == 0) | (write == 0)',
 * and comes into its own as soon as one side of it is known to be false.
 *
 * The same keeps what a switch has told, `type == 1 || type == 4', and what a variable is
 * that was set on both ways, `user == 0 || dir == 2'.
 */
#ifndef PINCHECK_ALTERNATIVE_H
#define PINCHECK_ALTERNATIVE_H

#include "engine.h"

#define ALTERNATIVE_CONSTANTS	8

/* C the other way round; linear is NULL where that cannot be said. */
struct constraint constraint_opposite(struct engine *engine, const struct constraint *c);

/* The truth value of C; NULL where that cannot be said. */
const struct linear *constraint_truth(struct engine *engine, const struct constraint *c);

/* That C or D holds, as a constraint; linear is NULL where that cannot be said. */
struct constraint alternative_of(struct engine *engine, const struct constraint *c,
				 const struct constraint *d);

/*
 * The number that C says is a constant, or one of several, ALTERNATIVE_CONSTANTS at most;
 * 0: it says no such thing.
 */
symbol_id alternative_constants(struct engine *engine, const struct constraint *c);

/* As engine_assume(), but for what alternatives say then. */
bool engine_assume_only(struct engine *engine, struct disjunct *d,
			const struct linear *condition, bool truth);

/*
 * What D's truth values of `|' and `&' say, now that more is known about their sides, by the
 * constraints from number SINCE on: each is looked at once, and what follows from that is not
 * followed up.  False: it contradicts that.
 */
bool alternatives_follow(struct engine *engine, struct disjunct *d, unsigned since);

#endif
