// SPDX-License-Identifier: GPL-2.0-or-later
/* Which constraints matter to a question, and what they say; see component.h. */
#include <stdlib.h>
#include <string.h>

#include <libiberty/libiberty.h>

#include "component.h"

void component_release(struct component *component)
{
	free(component->marks);
}

static bool has_symbol(const struct component *c, symbol_id symbol)
{
	return c->marks[symbol].round == c->round;
}

static void add_symbols(struct component *c, const struct linear *a)
{
	unsigned i;

	for (i = 0; i < a->count; i++) {
		symbol_id symbol = a->terms[i].symbol;

		if (has_symbol(c, symbol))
			continue;
		/* One variable may be needed for the direction. */
		if (c->symbol_count == POLYHEDRON_VARIABLES - 1) {
			c->is_complete = false;
			return;
		}
		c->marks[symbol].round = c->round;
		c->marks[symbol].place = c->symbol_count;
		c->symbols[c->symbol_count++] = symbol;
		c->signature |= symbol_signature(symbol);
	}
}

static bool is_connected(const struct component *c, const struct linear *a)
{
	unsigned i;

	if (!(a->signature & c->signature))
		return false;
	for (i = 0; i < a->count; i++)
		if (has_symbol(c, a->terms[i].symbol))
			return true;
	return false;
}

/* The symbol whose value is said by its operands; NULL if it is not such a one. */
static const struct symbol *definition_of(const struct component *c, symbol_id symbol)
{
	const struct symbol *s = symbol_get(c->table, symbol);

	if (s->kind != SYMBOL_OPERATION)
		return NULL;
	switch (s->operation) {
	case IR_DIVIDE:
		return linear_is_constant(s->right) && s->right->constant > 0 ? s : NULL;
	case IR_MINIMUM:
	case IR_MAXIMUM:
		return s;
	default:
		return NULL;
	}
}

static void begin(struct component *c)
{
	if (symbol_count(c->table) > c->mark_room) {
		uint32_t room = 2 * symbol_count(c->table);

		c->marks = XRESIZEVEC(struct component_mark, c->marks, room);
		memset(c->marks + c->mark_room, 0,
		       (room - c->mark_room) * sizeof(c->marks[0]));
		c->mark_room = room;
	}
	c->round++;
	c->symbol_count = c->item_count = 0;
	c->signature = 0;
	c->is_complete = true;
}

void component_gather(struct component *c, const struct constraint_set *set,
		      const struct linear *a)
{
	const uint64_t all = ((uint64_t)1 << set->count) - 1;
	uint64_t left = all, rest;
	unsigned defined = 0;
	bool more = true;

	begin(c);
	add_symbols(c, a);
	while (more) {
		for (; defined < c->symbol_count; defined++) {
			const struct symbol *s = definition_of(c, c->symbols[defined]);

			if (s) {
				add_symbols(c, s->left);
				add_symbols(c, s->right);
			}
		}
		more = false;
		for (rest = left; rest; rest &= rest - 1) {
			const struct linear *linear = set->items[__builtin_ctzll(rest)].linear;

			if (!is_connected(c, linear))
				continue;
			left &= ~(rest & -rest);
			more |= linear->count > 1;
			add_symbols(c, linear);
		}
		more &= left != 0;
		more |= defined < c->symbol_count;
	}
	for (rest = all & ~left; rest; rest &= rest - 1)
		c->items[c->item_count++] = (uint8_t)__builtin_ctzll(rest);
}

bool component_has(const struct component *c, const struct linear *a)
{
	unsigned i;

	for (i = 0; a && i < a->count; i++) {
		const struct symbol *s = symbol_get(c->table, a->terms[i].symbol);

		if (has_symbol(c, a->terms[i].symbol) || component_has(c, s->left) ||
		    component_has(c, s->right))
			return true;
	}
	return false;
}

/* A polyhedron under construction. */
struct building {
	const struct component *component;
	const struct constraint_set *set;
	struct polyhedron *p;
	unsigned first;			/* variable of the first symbol */
};

/* A direction of one symbol is the first that was gathered: variable 0. */
static unsigned variable_of(const struct building *b, symbol_id symbol)
{
	return b->first + b->component->marks[symbol].place;
}

static bool has_symbols(const struct building *b, const struct linear *a)
{
	unsigned i;

	for (i = 0; i < a->count; i++)
		if (!has_symbol(b->component, a->terms[i].symbol))
			return false;
	return true;
}

/* Row: factor * a + constant >= 0, or == 0; of more than one symbol. */
static struct polyhedron_row *put_row(const struct building *b, const struct linear *a,
				      int factor, ir_integer constant)
{
	struct polyhedron_row *row;
	unsigned i;

	row = has_symbols(b, a) ? polyhedron_row_new(b->p) : NULL;
	if (!row)
		return NULL;
	row->constant = factor * a->constant + constant;
	for (i = 0; i < a->count; i++)
		polyhedron_row_add(row, variable_of(b, a->terms[i].symbol),
				   factor * a->terms[i].coefficient);
	return row;
}

static void put_constraint(const struct building *b, const struct constraint *item)
{
	const struct linear *a = item->linear;
	struct polyhedron_row *row;

	if (item->relation == CONSTRAINT_NOT_ZERO)
		return;
	if (a->count == 1) {
		if (has_symbols(b, a))
			polyhedron_bound(b->p, variable_of(b, a->terms[0].symbol),
					 a->terms[0].coefficient, a->constant,
					 item->relation == CONSTRAINT_ZERO);
		return;
	}
	row = put_row(b, a, 1, 0);
	if (row)
		row->is_equality = item->relation == CONSTRAINT_ZERO;
}

/* Row: factor * (a - multiple * symbol) + constant >= 0. */
static void put_difference(const struct building *b, const struct linear *a, int factor,
			   ir_integer multiple, symbol_id symbol, ir_integer constant)
{
	struct polyhedron_row *row = put_row(b, a, factor, constant);

	if (row)
		polyhedron_row_add(row, variable_of(b, symbol), -factor * multiple);
}

/* What the operation that made SYMBOL says about its value. */
static void put_definition(const struct building *b, symbol_id symbol)
{
	const struct symbol *s = definition_of(b->component, symbol);
	int sign;

	if (!s)
		return;
	if (s->operation == IR_DIVIDE) {
		/* floor division by a constant: 0 <= left - k * self <= k - 1 */
		ir_integer divisor = s->right->constant;

		put_difference(b, s->left, 1, divisor, symbol, 0);
		put_difference(b, s->left, -1, divisor, symbol, divisor - 1);
		return;
	}
	sign = s->operation == IR_MINIMUM ? 1 : -1;
	put_difference(b, s->left, sign, 1, symbol, 0);
	put_difference(b, s->right, sign, 1, symbol, 0);
}

static void put_bounds(const struct building *b, symbol_id symbol)
{
	const struct symbol *s = symbol_get(b->component->table, symbol);
	unsigned v = variable_of(b, symbol);
	ir_integer low, high;

	symbol_bounds(b->component->table, symbol, &low, &high);
	polyhedron_bound(b->p, v, 1, -low, false);
	polyhedron_bound(b->p, v, -1, high, false);
	if (s->kind == SYMBOL_OPERATION && s->operation == IR_AND &&
	    linear_is_constant(s->right) && s->right->constant >= 0) {
		polyhedron_bound(b->p, v, 1, 0, false);
		polyhedron_bound(b->p, v, -1, s->right->constant, false);
	}
}

static void put_direction(const struct building *b, const struct direction *direction)
{
	struct polyhedron_row *row;
	unsigned i;

	if (direction->count == 1)
		return;
	row = polyhedron_row_new(b->p);
	row->is_equality = true;
	polyhedron_row_add(row, 0, -1);
	for (i = 0; i < direction->count; i++)
		polyhedron_row_add(row, variable_of(b, direction->terms[i].symbol),
				   direction->terms[i].coefficient);
}

/* ------------------------------------ a != 0 and a >= 0 is a >= 1 */

/* Is ROW factor * a >= 0? */
static bool is_row_of(const struct building *b, const struct polyhedron_row *row,
		      const struct linear *a, int factor)
{
	unsigned i, variables = row->positive | row->negative;

	if (row->is_equality || row->constant != factor * a->constant)
		return false;
	for (i = 0; i < a->count; i++) {
		unsigned v = variable_of(b, a->terms[i].symbol);

		if (!(variables >> v & 1) ||
		    row->coefficient[v] != factor * a->terms[i].coefficient)
			return false;
		variables &= ~(1u << v);
	}
	return variables == 0;
}

static bool sharpen_bounds(const struct building *b, const struct linear *a)
{
	struct polyhedron_bounds *bounds = &b->p->bounds[variable_of(b, a->terms[0].symbol)];
	ir_integer hole;

	if (a->constant % a->terms[0].coefficient || bounds->low > bounds->high)
		return false;
	hole = -(a->constant / a->terms[0].coefficient);
	if (bounds->low == hole)
		bounds->low++;
	else if (bounds->high == hole)
		bounds->high--;
	else
		return false;
	return true;
}

static bool sharpen(const struct building *b, const struct linear *a)
{
	bool is_sharper = false;
	unsigned r;

	if (!has_symbols(b, a))
		return false;
	if (a->count == 1)
		return sharpen_bounds(b, a);
	for (r = 0; r < b->p->row_count; r++) {
		if (!is_row_of(b, &b->p->rows[r], a, 1) &&
		    !is_row_of(b, &b->p->rows[r], a, -1))
			continue;
		b->p->rows[r].constant--;
		is_sharper = true;
	}
	return is_sharper;
}

static void sharpen_all(const struct building *b)
{
	const struct component *c = b->component;
	bool again = true;
	unsigned i;

	while (again) {
		again = false;
		for (i = 0; i < c->item_count; i++)
			if (b->set->items[c->items[i]].relation == CONSTRAINT_NOT_ZERO)
				again |= sharpen(b, b->set->items[c->items[i]].linear);
	}
}

void component_build(const struct component *c, const struct constraint_set *set,
		     const struct direction *direction, struct polyhedron *p)
{
	struct building b = { c, set, p, direction->count > 1 };
	unsigned i;

	polyhedron_init(p, c->symbol_count + b.first);
	p->is_incomplete = !c->is_complete;
	put_direction(&b, direction);
	for (i = 0; i < c->item_count; i++)
		put_constraint(&b, &set->items[c->items[i]]);
	for (i = 0; i < c->symbol_count; i++) {
		put_definition(&b, c->symbols[i]);
		put_bounds(&b, c->symbols[i]);
	}
	sharpen_all(&b);
}
