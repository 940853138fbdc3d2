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
		/* Place 0 of the polyhedron is the direction's. */
		if (c->symbol_count == POLYHEDRON_VARIABLES - 1) {
			c->is_complete = false;
			return;
		}
		c->marks[symbol].round = c->round;
		c->symbols[c->symbol_count++] = symbol;
		c->marks[symbol].place = c->symbol_count;
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
	uint8_t left[CONSTRAINT_LIMIT];
	uint64_t taken = 0;
	unsigned left_count = set->count, defined = 0, kept, i;
	bool more = true;

	begin(c);
	add_symbols(c, a);
	for (i = 0; i < left_count; i++)
		left[i] = (uint8_t)i;
	while (more) {
		for (; defined < c->symbol_count; defined++) {
			const struct symbol *s = definition_of(c, c->symbols[defined]);

			if (s) {
				add_symbols(c, s->left);
				add_symbols(c, s->right);
			}
		}
		more = false;
		for (kept = i = 0; i < left_count; i++) {
			const struct linear *linear = set->items[left[i]].linear;

			if (!is_connected(c, linear)) {
				left[kept++] = left[i];
				continue;
			}
			taken |= (uint64_t)1 << left[i];
			more |= linear->count > 1;
			add_symbols(c, linear);
		}
		left_count = kept;
		more &= kept != 0;
		more |= defined < c->symbol_count;
	}
	for (; taken; taken &= taken - 1)
		c->items[c->item_count++] = (uint8_t)__builtin_ctzll(taken);
}

/* Row: factor * a + constant >= 0, or == 0. */
static struct polyhedron_row *put_row(const struct component *c, struct polyhedron *p,
				      const struct linear *a, int factor,
				      ir_integer constant)
{
	struct polyhedron_row *row;
	unsigned i;

	for (i = 0; i < a->count; i++)
		if (!has_symbol(c, a->terms[i].symbol))
			return NULL;
	row = polyhedron_row_new(p);
	if (!row)
		return NULL;
	row->constant = factor * a->constant + constant;
	for (i = 0; i < a->count; i++)
		row->coefficient[c->marks[a->terms[i].symbol].place] =
			factor * a->terms[i].coefficient;
	return row;
}

/* As put_row(), of factor * a - symbol. */
static void put_difference(const struct component *c, struct polyhedron *p,
			   const struct linear *a, symbol_id symbol, int factor,
			   ir_integer multiple, ir_integer constant)
{
	struct polyhedron_row *row = put_row(c, p, a, factor, constant);

	if (row)
		row->coefficient[c->marks[symbol].place] -= factor * multiple;
}

/* What the operation that made SYMBOL says about its value. */
static void put_definition(const struct component *c, struct polyhedron *p, symbol_id symbol)
{
	const struct symbol *s = definition_of(c, symbol);
	ir_integer divisor;
	int sign;

	if (!s)
		return;
	if (s->operation == IR_DIVIDE) {
		/* floor division by a constant: 0 <= left - k * self <= k - 1 */
		divisor = s->right->constant;
		put_difference(c, p, s->left, symbol, 1, divisor, 0);
		put_difference(c, p, s->left, symbol, -1, divisor, divisor - 1);
		return;
	}
	sign = s->operation == IR_MINIMUM ? 1 : -1;
	put_difference(c, p, s->left, symbol, sign, 1, 0);
	put_difference(c, p, s->right, symbol, sign, 1, 0);
}

static void put_bounds(const struct component *c, struct polyhedron *p, unsigned place)
{
	const struct symbol *s = symbol_get(c->table, c->symbols[place]);
	struct polyhedron_row *row;
	ir_integer low, high;

	symbol_bounds(c->table, s->id, &low, &high);
	if (s->kind == SYMBOL_OPERATION && s->operation == IR_AND &&
	    linear_is_constant(s->right) && s->right->constant >= 0) {
		low = 0;
		if (s->right->constant < high)
			high = s->right->constant;
	}
	row = polyhedron_row_new(p);
	if (row) {
		row->constant = -low;
		row->coefficient[place + 1] = 1;
	}
	row = polyhedron_row_new(p);
	if (row) {
		row->constant = high;
		row->coefficient[place + 1] = -1;
	}
}

static void put_direction(const struct component *c, struct polyhedron *p,
			  const struct direction *direction)
{
	struct polyhedron_row *row = polyhedron_row_new(p);
	unsigned i;

	row->is_equality = true;
	row->coefficient[0] = -1;
	for (i = 0; i < direction->count; i++)
		row->coefficient[c->marks[direction->terms[i].symbol].place] =
			direction->terms[i].coefficient;
}

/* Is ROW factor * a + constant >= 0? */
static bool is_row_of(const struct component *c, const struct polyhedron *p,
		      const struct polyhedron_row *row, const struct linear *a, int factor)
{
	unsigned i, v, rest = a->count;

	if (row->is_equality || row->constant != factor * a->constant)
		return false;
	for (i = 0; i < a->count; i++)
		if (!has_symbol(c, a->terms[i].symbol) ||
		    row->coefficient[c->marks[a->terms[i].symbol].place] !=
		    factor * a->terms[i].coefficient)
			return false;
	for (v = 0; v < p->variable_count; v++)
		rest -= row->coefficient[v] != 0;
	return rest == 0;
}

/* a != 0 and a >= 0 is a >= 1. */
static bool sharpen(const struct component *c, struct polyhedron *p, const struct linear *a)
{
	bool is_sharper = false;
	unsigned r;
	int factor;

	for (factor = -1; factor <= 1; factor += 2) {
		for (r = 0; r < p->row_count; r++) {
			if (!is_row_of(c, p, &p->rows[r], a, factor))
				continue;
			p->rows[r].constant--;
			is_sharper = true;
		}
	}
	return is_sharper;
}

static void sharpen_all(const struct component *c, const struct constraint_set *set,
			struct polyhedron *p)
{
	bool again = true;
	unsigned i;

	while (again) {
		again = false;
		for (i = 0; i < c->item_count; i++)
			if (set->items[c->items[i]].relation == CONSTRAINT_NOT_ZERO)
				again |= sharpen(c, p, set->items[c->items[i]].linear);
	}
}

void component_build(const struct component *c, const struct constraint_set *set,
		     const struct direction *direction, struct polyhedron *p)
{
	struct polyhedron_row *row;
	unsigned i;

	p->variable_count = c->symbol_count + 1;
	p->row_count = 0;
	p->is_incomplete = !c->is_complete;
	put_direction(c, p, direction);
	for (i = 0; i < c->item_count; i++) {
		const struct constraint *item = &set->items[c->items[i]];

		if (item->relation == CONSTRAINT_NOT_ZERO)
			continue;
		row = put_row(c, p, item->linear, 1, 0);
		if (row)
			row->is_equality = item->relation == CONSTRAINT_ZERO;
	}
	for (i = 0; i < c->symbol_count; i++) {
		put_definition(c, p, c->symbols[i]);
		put_bounds(c, p, i);
	}
	sharpen_all(c, set, p);
}
