// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What elimination leaves open, asked of isl: is there an integer point?
 *
 * isl is exact, but slow and without bound; its context carries the budget, and
 * an answer that would exceed it is POLYHEDRON_TOO_LARGE.
 */
#include <gmp.h>
#include <isl/constraint.h>
#include <isl/ctx.h>
#include <isl/set.h>
#include <isl/space.h>
#include <isl/val.h>
#include <isl/val_gmp.h>

#include "polyhedron-row.h"

/* isl takes integers of any size through GMP. */
static isl_val *to_isl(isl_ctx *context, ir_integer value)
{
	uint64_t limbs[2];
	isl_val *result;
	mpz_t z;

	limbs[0] = (uint64_t)absolute(value);
	limbs[1] = (uint64_t)(absolute(value) >> 64);
	mpz_init(z);
	mpz_import(z, 2, -1, sizeof(limbs[0]), 0, 0, limbs);
	if (value < 0)
		mpz_neg(z, z);
	result = isl_val_int_from_gmp(context, z);
	mpz_clear(z);
	return result;
}

static isl_constraint *row_to_isl(isl_local_space *local, const struct polyhedron_row *row)
{
	isl_ctx *context = isl_local_space_get_ctx(local);
	isl_constraint *c = row->is_equality ?
		isl_constraint_alloc_equality(isl_local_space_copy(local)) :
		isl_constraint_alloc_inequality(isl_local_space_copy(local));
	unsigned rest;

	c = isl_constraint_set_constant_val(c, to_isl(context, row->constant));
	for (rest = row_variables(row); rest; rest &= rest - 1) {
		unsigned v = first_variable(rest);

		c = isl_constraint_set_coefficient_val(c, isl_dim_set, (int)v,
						       to_isl(context, row->coefficient[v]));
	}
	return c;
}

/* The bounds of V become constraints. */
static isl_basic_set *bounds_to_isl(isl_basic_set *set, const struct polyhedron *p, unsigned v)
{
	isl_ctx *context = isl_basic_set_get_ctx(set);
	const struct polyhedron_bounds *bounds = &p->bounds[v];

	if (bounds->low != -POLYHEDRON_MAGNITUDE)
		set = isl_basic_set_lower_bound_val(set, isl_dim_set, v,
						    to_isl(context, bounds->low));
	if (bounds->high != POLYHEDRON_MAGNITUDE)
		set = isl_basic_set_upper_bound_val(set, isl_dim_set, v,
						    to_isl(context, bounds->high));
	return set;
}

enum polyhedron_answer polyhedron_ask_isl(isl_ctx *context, const struct polyhedron *p)
{
	isl_space *space = isl_space_set_alloc(context, 0, p->variable_count);
	isl_local_space *local = isl_local_space_from_space(isl_space_copy(space));
	isl_basic_set *set = isl_basic_set_universe(space);
	isl_bool is_empty;
	unsigned r, v;

	for (r = 0; r < p->row_count; r++)
		set = isl_basic_set_add_constraint(set, row_to_isl(local, &p->rows[r]));
	for (v = 0; v < p->variable_count; v++)
		set = bounds_to_isl(set, p, v);
	isl_local_space_free(local);
	is_empty = isl_basic_set_is_empty(set);
	isl_basic_set_free(set);
	isl_ctx_reset_error(context);
	if (is_empty == isl_bool_error)
		return POLYHEDRON_TOO_LARGE;
	return is_empty ? POLYHEDRON_EMPTY : POLYHEDRON_SOLVABLE;
}
