// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A point that is easily found: where one number after the other is as small, or as large,
 * as the rows leave it.
 *
 *	1024x - 1023y >= 2^32 + 2, x - y >= 1		x as large as it can be, y as well
 *
 * Most systems that are left to isl have such a point, which costs a hundredth to find.
 */
#include "polyhedron-row.h"

#define NARROWINGS	4	/* of one box */
#define BOXES		16	/* that are looked into */
#define COEFFICIENT_LIMIT ((ir_integer)1 << 16)
#define FAR		((ir_integer)1 << 104)

struct box {
	ir_integer low[POLYHEDRON_VARIABLES], high[POLYHEDRON_VARIABLES];
};

/* The most that SIGN * (ROW without V) can be in BOX. */
static ir_integer most_without(const struct polyhedron_row *row, int sign, unsigned v,
			       const struct box *box)
{
	ir_integer most = sign * row->constant;
	unsigned rest;

	for (rest = row_variables(row) & ~(1u << v); rest; rest &= rest - 1) {
		unsigned w = first_variable(rest);
		ir_integer c = sign * row->coefficient[w];

		most += c * (c > 0 ? box->high[w] : box->low[w]);
	}
	return most;
}

/* What SIGN * ROW >= 0 leaves of BOX.  False: nothing. */
static bool narrow_by(const struct polyhedron_row *row, int sign, struct box *box, bool *more)
{
	unsigned rest = row_variables(row);

	if (!rest)
		return sign * row->constant >= 0;
	for (; rest; rest &= rest - 1) {
		unsigned v = first_variable(rest);
		ir_integer c = sign * row->coefficient[v];
		ir_integer most = most_without(row, sign, v, box), end;

		if (c > 0) {
			end = -floor_divide(most, c);
			if (end <= box->low[v])
				continue;
			box->low[v] = end;
		} else {
			end = floor_divide(most, -c);
			if (end >= box->high[v])
				continue;
			box->high[v] = end;
		}
		if (box->low[v] > box->high[v])
			return false;
		*more = true;
	}
	return true;
}

/* *IS_DONE: no row leaves less of BOX; a box of one point is a solution then.  False: it is empty. */
static bool narrow(const struct polyhedron *p, struct box *box, bool *is_done)
{
	bool more = true;
	unsigned n, r;

	for (n = 0; more && n < NARROWINGS; n++) {
		more = false;
		for (r = 0; r < p->row_count; r++)
			if (!narrow_by(&p->rows[r], 1, box, &more) ||
			    (p->rows[r].is_equality && !narrow_by(&p->rows[r], -1, box, &more)))
				return false;
	}
	*is_done = !more;
	return true;
}

/* The next number of BOX that is not settled, variable 0 the last; their count: none. */
static unsigned open_variable(const struct polyhedron *p, const struct box *box)
{
	unsigned v;

	for (v = 1; v < p->variable_count; v++)
		if (box->low[v] < box->high[v])
			return v;
	return box->low[0] < box->high[0] ? 0 : p->variable_count;
}

static bool has_point_in(const struct polyhedron *p, struct box box, unsigned *left)
{
	bool is_done = false;
	struct box half;
	unsigned v;

	if (!*left || !narrow(p, &box, &is_done))
		return false;
	--*left;
	v = open_variable(p, &box);
	if (v == p->variable_count)
		return is_done;
	half = box;
	half.high[v] = half.low[v];
	if (has_point_in(p, half, left))
		return true;
	half = box;
	half.low[v] = half.high[v];
	return has_point_in(p, half, left);
}

bool polyhedron_has_easy_point(const struct polyhedron *p)
{
	unsigned left = BOXES, r, v, rest;
	struct box box;

	/* So that no sum is too large. */
	for (r = 0; r < p->row_count; r++)
		for (rest = row_variables(&p->rows[r]); rest; rest &= rest - 1)
			if (absolute(p->rows[r].coefficient[first_variable(rest)]) >
			    COEFFICIENT_LIMIT)
				return false;
	for (v = 0; v < p->variable_count; v++) {
		box.low[v] = p->bounds[v].low < -FAR ? -FAR : p->bounds[v].low;
		box.high[v] = p->bounds[v].high > FAR ? FAR : p->bounds[v].high;
		if (box.low[v] > box.high[v])
			return false;
	}
	return has_point_in(p, box, &left);
}
