/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Polyhedron: a conjunction of linear inequalities over numbered variables, as
 * the solver builds it for one question.  Rows are
 *
 *	constant + sum coefficient[v] * v >= 0
 */
#ifndef PINCHECK_POLYHEDRON_H
#define PINCHECK_POLYHEDRON_H

#include <stdbool.h>

#include "ir.h"

#define POLYHEDRON_VARIABLES	16
#define POLYHEDRON_ROWS		96

struct polyhedron_row {
	ir_integer constant;
	ir_integer coefficient[POLYHEDRON_VARIABLES];
};

struct polyhedron {
	unsigned variable_count, row_count;
	struct polyhedron_row rows[POLYHEDRON_ROWS];
};

enum polyhedron_answer {
	POLYHEDRON_EMPTY,	/* no integer point */
	POLYHEDRON_SOLVABLE,	/* there are rational points; perhaps no integer one */
	POLYHEDRON_TOO_LARGE,	/* gave up */
};

/* Fourier-Motzkin elimination; P is used up. */
enum polyhedron_answer polyhedron_eliminate(struct polyhedron *p);

struct isl_ctx;
/* Exact, by isl; POLYHEDRON_TOO_LARGE when the context's budget is spent. */
enum polyhedron_answer polyhedron_ask_isl(struct isl_ctx *context,
					  const struct polyhedron *p);

#endif /* PINCHECK_POLYHEDRON_H */
