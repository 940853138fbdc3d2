// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The rows and bounds of a polyhedron; see polyhedron.h and constraint.h.
 *
 * A row of one variable becomes a bound.  The others are kept without a common
 * factor, and of two with the same coefficients only the stronger one:
 *
 *	4x + 6y - 3 >= 0	2x + 3y - 2 >= 0
 *	2x + 3y - 1 >= 0	follows from that
 */
#include <string.h>

#include "polyhedron-row.h"

void polyhedron_init(struct polyhedron *p, unsigned variable_count)
{
	unsigned v;

	p->variable_count = variable_count;
	p->row_count = 0;
	p->is_incomplete = false;
	for (v = 0; v < variable_count; v++) {
		p->bounds[v].low = -POLYHEDRON_MAGNITUDE;
		p->bounds[v].high = POLYHEDRON_MAGNITUDE;
	}
}

struct polyhedron_row *polyhedron_row_new(struct polyhedron *p)
{
	struct polyhedron_row *row;

	if (p->row_count == POLYHEDRON_ROWS) {
		p->is_incomplete = true;
		return NULL;
	}
	row = &p->rows[p->row_count++];
	memset(row, 0, offsetof(struct polyhedron_row, coefficient));
	return row;
}

void polyhedron_row_add(struct polyhedron_row *row, unsigned v, ir_integer coefficient)
{
	if (row_variables(row) >> v & 1)
		coefficient += row->coefficient[v];
	row->positive &= (uint16_t)~(1u << v);
	row->negative &= (uint16_t)~(1u << v);
	row_set(row, v, coefficient);
}

static void set_low(struct polyhedron_bounds *bounds, ir_integer low,
		    struct polyhedron_origins origins)
{
	if (low <= bounds->low)
		return;
	bounds->low = low;
	bounds->low_origins = origins;
}

static void set_high(struct polyhedron_bounds *bounds, ir_integer high,
		     struct polyhedron_origins origins)
{
	if (high >= bounds->high)
		return;
	bounds->high = high;
	bounds->high_origins = origins;
}

static void set_bound(struct polyhedron *p, unsigned v, ir_integer coefficient,
		      ir_integer constant, bool is_equality,
		      struct polyhedron_origins origins)
{
	struct polyhedron_bounds *bounds = &p->bounds[v];

	if (coefficient < 0 && is_equality) {
		coefficient = -coefficient;
		constant = -constant;
	}
	if (coefficient > 0)
		set_low(bounds, -floor_divide(constant, coefficient), origins);
	if (coefficient < 0)
		set_high(bounds, floor_divide(constant, -coefficient), origins);
	else if (is_equality)
		set_high(bounds, floor_divide(-constant, coefficient), origins);
}

void polyhedron_bound(struct polyhedron *p, unsigned v, ir_integer coefficient,
		      ir_integer constant, bool is_equality)
{
	static const struct polyhedron_origins none;

	set_bound(p, v, coefficient, constant, is_equality, none);
}

ir_integer row_factor(const struct polyhedron_row *row)
{
	ir_integer factor = 0;
	unsigned rest;

	for (rest = row_variables(row); rest && factor != 1; rest &= rest - 1)
		factor = gcd(absolute(row->coefficient[first_variable(rest)]), factor);
	return factor;
}

/*
 * Equal coefficients: one of the two rows says more than the other, or both the
 * same.  CONTRADICTS is set if they cannot both hold.
 */
static bool add_to_equal(struct polyhedron_row *old, const struct polyhedron_row *row,
			 bool *contradicts)
{
	unsigned rest;

	if (old->positive != row->positive || old->negative != row->negative ||
	    old->is_equality != row->is_equality)
		return false;
	for (rest = row_variables(row); rest; rest &= rest - 1)
		if (old->coefficient[first_variable(rest)] !=
		    row->coefficient[first_variable(rest)])
			return false;
	if (row->is_equality) {
		*contradicts |= old->constant != row->constant;
	} else if (row->constant < old->constant) {
		old->constant = row->constant;
		old->origins = row->origins;
	}
	return true;
}

/* A row without variables, or with one.  False: nothing is left. */
static bool add_small(struct polyhedron *p, const struct polyhedron_row *row)
{
	unsigned variables = row_variables(row), v;

	if (!variables)
		return row->is_equality ? row->constant == 0 : row->constant >= 0;
	v = first_variable(variables);
	set_bound(p, v, row->coefficient[v], row->constant, row->is_equality, row->origins);
	return p->bounds[v].low <= p->bounds[v].high;
}

bool polyhedron_add_row(struct polyhedron *p, struct polyhedron_row *row)
{
	unsigned rest = row_variables(row), r;
	bool contradicts = false;
	ir_integer factor;

	if (!(rest & (rest - 1)))
		return add_small(p, row);
	factor = row_factor(row);
	if (factor > 1) {
		contradicts = row->is_equality && row->constant % factor;
		for (; rest; rest &= rest - 1)
			row->coefficient[first_variable(rest)] /= factor;
		row->constant = floor_divide(row->constant, factor);
	}
	for (r = 0; r < p->row_count; r++)
		if (add_to_equal(&p->rows[r], row, &contradicts))
			return !contradicts;
	if (p->row_count == POLYHEDRON_ROWS)
		p->is_incomplete = true;
	else
		row_copy(&p->rows[p->row_count++], row);
	return !contradicts;
}

/* fa * a + fb * b */
static bool add_products(ir_integer fa, ir_integer a, ir_integer fb, ir_integer b,
			 ir_integer *sum)
{
	if (fa != 1 && __builtin_mul_overflow(fa, a, &a))
		return false;
	if (fb != 1 && __builtin_mul_overflow(fb, b, &b))
		return false;
	return !__builtin_add_overflow(a, b, sum) && !is_too_large(*sum);
}

bool row_combine(struct polyhedron_row *sum, const struct polyhedron_row *a, ir_integer fa,
		 const struct polyhedron_row *b, ir_integer fb)
{
	unsigned in_a = row_variables(a), in_b = row_variables(b), rest;
	ir_integer c;

	sum->positive = sum->negative = 0;
	if (!add_products(fa, a->constant, fb, b->constant, &sum->constant))
		return false;
	for (rest = in_a | in_b; rest; rest &= rest - 1) {
		unsigned v = first_variable(rest);

		if (!add_products(fa, in_a >> v & 1 ? a->coefficient[v] : 0,
				  fb, in_b >> v & 1 ? b->coefficient[v] : 0, &c))
			return false;
		if (c)
			row_set(sum, v, c);
	}
	return true;
}
