/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Interpreter: page IR executed, with the pages that are really held.
 *
 * A program has few choices: what its parameters are (small numbers), how many
 * pages an acquire got, whether an allocation failed, which way an unknown
 * condition goes.  All of them are tried, one execution for each combination.
 * Every page that an acquire returns is a new one, with a count for each kind.
 *
 * What is wrong in an execution is kept from two sides.  A violation is certain
 * when there is no other name for it; a finding must then be there.  It may be
 * called so when a finding of that id at that place is not false: a pinned page
 * that is put is a page whose pin is lost as well.
 *
 * After something wrong the execution goes on as if the call had done nothing.
 */
#ifndef INTERPRET_H
#define INTERPRET_H

#include "finding.h"
#include "program.h"

/* A location, over all executions that reach the end of the program proper. */
struct site {
	unsigned releases, wrong_releases;	/* executions in which ... */
	unsigned acquires, leaks;
};

struct observation {
	unsigned executions, ended;
	bool is_exhaustive;
	/* For each finding: some execution shows it; one that takes the path of its story. */
	bool *is_shown, *is_told;
	struct site sites[LOCATION_LIMIT];
};

/* Execute the functions of UNIT, each as the outermost; LIMIT executions of each. */
void unit_execute(const struct ir_unit *unit, const struct finding_list *findings,
		  unsigned limit, struct observation *observation);

#endif /* INTERPRET_H */
