// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * From the analysis' names to the caller's: symbols to places, linear terms to
 * expressions.
 *
 *	what the parameter obj points to, field nr, as at the start	obj->nr
 *	the result of a call, stored to *count				*count
 */
#include <string.h>

#include "summary-draft.h"

#define NAMING_DEPTH	4

static bool name_symbol(struct naming *n, symbol_id symbol, unsigned depth,
			struct contract_place *place);

static bool add_step(struct naming *n, struct contract_place *place,
		     enum contract_step_kind kind, const char *field)
{
	struct contract_step *steps;

	if (place->step_count == SUMMARY_STEP_LIMIT)
		return false;
	steps = ARENA_ARRAY(n->engine->unit->arena, struct contract_step,
			    place->step_count + 1);
	if (place->step_count)
		memcpy(steps, place->steps, place->step_count * sizeof(*steps));
	steps[place->step_count].kind = kind;
	steps[place->step_count++].field = field;
	place->steps = steps;
	return true;
}

static bool is_zero(const struct linear *offset)
{
	return linear_is_constant(offset) && !offset->constant;
}

static bool name_memory(struct naming *n, const struct region *region,
			const struct linear *offset, unsigned depth,
			struct contract_place *place)
{
	const struct linear *start = linear_constant(n->engine->terms, 0);
	const struct ir_variable *variable;

	switch (region->kind) {
	case REGION_POINTEE:
		if (!name_symbol(n, region->symbol, depth, place))
			return false;
		if (is_zero(offset))
			return add_step(n, place, CONTRACT_DEREFERENCE, NULL);
		n->is_inexact = true;
		return add_step(n, place, CONTRACT_ELEMENTS, NULL);
	case REGION_FIELD:
		if (!name_memory(n, region->parent, start, depth, place) ||
		    !add_step(n, place, CONTRACT_FIELD, region->field))
			return false;
		break;
	case REGION_PIECE:
		return name_memory(n, region->parent, region->offset, depth, place);
	default:
		variable = &n->engine->unit->variables[region->variable];
		if (!variable->is_global)
			return false;
		memset(place, 0, sizeof(*place));
		place->root = CONTRACT_GLOBAL;
		place->name = variable->name;
		break;
	}
	if (is_zero(offset))
		return true;
	n->is_inexact = true;
	return add_step(n, place, CONTRACT_ELEMENTS, NULL);
}

/* A place that SYMBOL was stored to on this path. */
static bool name_by_store(struct naming *n, symbol_id symbol, unsigned depth,
			  struct contract_place *place)
{
	const struct linear *value = linear_symbol(n->engine->terms, symbol);
	bool was_inexact = n->is_inexact;
	unsigned i;

	for (i = 0; i < n->d->memory_count; i++) {
		const struct memory_entry *e = &n->d->memory[i];

		if (e->value != value)
			continue;
		n->is_inexact = false;
		if (name_memory(n, e->region, e->offset, depth, place) && !n->is_inexact) {
			n->is_inexact = was_inexact;
			return true;
		}
	}
	n->is_inexact = was_inexact;
	return false;
}

static bool name_symbol(struct naming *n, symbol_id symbol, unsigned depth,
			struct contract_place *place)
{
	const struct symbol *s = symbol_get(n->engine->terms, symbol);

	memset(place, 0, sizeof(*place));
	if (s->kind == SYMBOL_PARAMETER) {
		place->root = CONTRACT_PARAMETER;
		place->parameter = (uint8_t)s->instruction;
		return s->instruction < n->engine->root->parameter_count;
	}
	if (n->result && linear_as_symbol(n->result) == symbol) {
		place->root = CONTRACT_RETURN;
		return true;
	}
	if (!depth)
		return false;
	if (s->kind == SYMBOL_LOADED && !s->extra &&
	    name_memory(n, s->region, s->offset, depth - 1, place))
		return true;
	return name_by_store(n, symbol, depth - 1, place);
}

bool naming_symbol(struct naming *n, symbol_id symbol, struct contract_place *place)
{
	return name_symbol(n, symbol, NAMING_DEPTH, place);
}

bool naming_memory(struct naming *n, const struct region *region,
		   const struct linear *offset, struct contract_place *place)
{
	return name_memory(n, region, offset, NAMING_DEPTH, place);
}

/* --------------------------------------------------------------- expressions */

const struct contract_expression *contract_expression_number(struct arena *arena,
							     int64_t number)
{
	struct contract_expression *e = ARENA_NEW(arena, struct contract_expression);

	e->op = CONTRACT_NUMBER;
	e->number = number;
	return e;
}

const struct contract_expression *contract_expression_place(struct arena *arena,
							    const struct contract_place *place)
{
	struct contract_expression *e = ARENA_NEW(arena, struct contract_expression);

	e->op = CONTRACT_PLACE;
	e->place = *place;
	return e;
}

static const struct contract_expression *combine(struct naming *n, enum contract_operator op,
						 const struct contract_expression *left,
						 const struct contract_expression *right)
{
	struct contract_expression *e;

	if (!left || (!right && op != CONTRACT_PAGES))
		return NULL;
	e = ARENA_NEW(n->engine->unit->arena, struct contract_expression);
	e->op = (uint8_t)op;
	e->left = left;
	e->right = right;
	return e;
}

/* The value that was at the start is not there any more. */
static bool is_overwritten(const struct naming *n, const struct symbol *s)
{
	const struct memory_entry *e;

	if (s->kind != SYMBOL_LOADED)
		return false;
	e = disjunct_memory(n->d, s->region, s->offset);
	return e && linear_as_symbol(e->value) != s->id;
}

static const struct contract_expression *sum(struct naming *n, const struct linear *term,
					     bool is_entry);

static const struct contract_expression *name_number(struct naming *n, symbol_id symbol,
						     bool is_entry)
{
	const struct symbol *s = symbol_get(n->engine->terms, symbol);
	ir_integer page_size = n->engine->unit->page_size;
	bool was_inexact = n->is_inexact, is_named;
	struct contract_place place;

	if (s->kind == SYMBOL_OPERATION && s->operation == IR_DIVIDE &&
	    linear_is_constant(s->right) && s->right->constant == page_size)
		return combine(n, CONTRACT_PAGES,
			       sum(n, linear_add_constant(n->engine->terms, s->left,
							  1 - page_size), is_entry), NULL);
	n->is_inexact = false;
	is_named = naming_symbol(n, symbol, &place) && !n->is_inexact &&
		(is_entry || !is_overwritten(n, s) ||
		 name_by_store(n, symbol, NAMING_DEPTH, &place));
	n->is_inexact = was_inexact;
	if (!is_named || (is_entry && place.root == CONTRACT_RETURN))
		return NULL;
	return contract_expression_place(n->engine->unit->arena, &place);
}

static const struct contract_expression *sum(struct naming *n, const struct linear *term,
					     bool is_entry)
{
	struct arena *arena = n->engine->unit->arena;
	const struct contract_expression *all = NULL;
	unsigned round, i;

	if (!term || term->constant > INT64_MAX || term->constant < INT64_MIN)
		return NULL;
	/* What is added first, so that no expression starts with a minus. */
	for (round = 0; round < 2; round++) {
		for (i = 0; i < term->count; i++) {
			ir_integer factor = term->terms[i].coefficient;
			bool is_minus = factor < 0;
			const struct contract_expression *e;

			if (is_minus != (round == 1))
				continue;
			if (is_minus)
				factor = -factor;
			e = name_number(n, term->terms[i].symbol, is_entry);
			if (factor != 1)
				e = combine(n, CONTRACT_MULTIPLY, e,
					    contract_expression_number(arena, (int64_t)factor));
			if (!e || (is_minus && !all))
				return NULL;
			all = all ? combine(n, is_minus ? CONTRACT_SUBTRACT : CONTRACT_ADD,
					    all, e) : e;
		}
	}
	if (!all)
		return contract_expression_number(arena, (int64_t)term->constant);
	if (term->constant)
		all = combine(n, term->constant < 0 ? CONTRACT_SUBTRACT : CONTRACT_ADD, all,
			      contract_expression_number(arena, (int64_t)(term->constant < 0 ?
					-term->constant : term->constant)));
	return all;
}

/* A number that the caller sees and that equals TERM on this path. */
static const struct contract_expression *equal_number(struct naming *n,
						      const struct linear *term)
{
	const struct ir_function *root = n->engine->root;
	struct contract_place place;
	unsigned i, v;

	for (v = 1; v < root->value_count; v++) {
		const struct ir_instruction *p = &root->instructions[v];
		const struct linear *value;
		struct symbol key = { .kind = SYMBOL_PARAMETER };

		if (p->op != IR_PARAMETER || p->type.type_class != IR_TYPE_INTEGER)
			continue;
		key.instruction = p->u.parameter;
		key.type = p->type;
		value = linear_symbol(n->engine->terms, symbol_intern(n->engine->terms, &key));
		if (constraint_set_is_equal(n->engine->solver, &n->d->constraints, value, term))
			return sum(n, value, false);
	}
	for (i = 0; i < n->d->memory_count; i++) {
		const struct memory_entry *e = &n->d->memory[i];
		bool was_inexact = n->is_inexact, is_named;

		if (e->value != term && (!e->value->count ||
		    !constraint_set_is_equal(n->engine->solver, &n->d->constraints, e->value,
					     term)))
			continue;
		n->is_inexact = false;
		is_named = naming_memory(n, e->region, e->offset, &place) && !n->is_inexact;
		n->is_inexact = was_inexact;
		if (is_named)
			return contract_expression_place(n->engine->unit->arena, &place);
	}
	return NULL;
}

/* What TERM was found to be equal to. */
static const struct contract_expression *equal_term(struct naming *n, const struct linear *term,
						    bool is_entry)
{
	struct term_table *terms = n->engine->terms;
	unsigned i;

	for (i = 0; i < n->d->constraints.count; i++) {
		const struct constraint *c = &n->d->constraints.items[i];
		const struct linear *with = linear_add(terms, term, c->linear);
		const struct linear *without = linear_subtract(terms, term, c->linear);
		const struct contract_expression *e = NULL;

		if (c->relation != CONSTRAINT_ZERO)
			continue;
		if (with && with->count <= term->count)
			e = sum(n, with, is_entry);
		if (!e && without && without->count <= term->count)
			e = sum(n, without, is_entry);
		if (e)
			return e;
	}
	return NULL;
}

const struct contract_expression *naming_term(struct naming *n, const struct linear *term,
					      bool is_entry)
{
	struct contract_place result = { .root = CONTRACT_RETURN };
	const struct contract_expression *e;

	if (!is_entry && n->result && !linear_is_constant(n->result) &&
	    !linear_is_constant(term) &&
	    constraint_set_is_equal(n->engine->solver, &n->d->constraints, n->result, term))
		return contract_expression_place(n->engine->unit->arena, &result);
	if (constraint_set_test(n->engine->solver, &n->d->constraints, term,
				CONSTRAINT_ZERO) == TRUTH_YES)
		return contract_expression_number(n->engine->unit->arena, 0);
	e = sum(n, term, is_entry);
	if (!e)
		e = equal_number(n, term);
	if (!e)
		e = equal_term(n, term, is_entry);
	if (!e) {
		struct contract_expression *some = ARENA_NEW(n->engine->unit->arena,
							     struct contract_expression);

		some->op = CONTRACT_SOME;
		n->is_inexact = true;
		e = some;
	}
	return e;
}

/* ------------------------------------------------------------------ equality */

bool contract_place_equal(const struct contract_place *a, const struct contract_place *b)
{
	unsigned i;

	if (a->root != b->root || a->step_count != b->step_count ||
	    (a->root == CONTRACT_PARAMETER && a->parameter != b->parameter) ||
	    (a->root == CONTRACT_GLOBAL && strcmp(a->name, b->name)))
		return false;
	for (i = 0; i < a->step_count; i++)
		if (a->steps[i].kind != b->steps[i].kind ||
		    (a->steps[i].kind == CONTRACT_FIELD &&
		     strcmp(a->steps[i].field, b->steps[i].field)))
			return false;
	return true;
}

bool contract_expression_equal(const struct contract_expression *a,
			       const struct contract_expression *b)
{
	if (!a || !b)
		return a == b;
	if (a->op != b->op || a->number != b->number)
		return false;
	if (a->op == CONTRACT_PLACE)
		return contract_place_equal(&a->place, &b->place);
	return contract_expression_equal(a->left, b->left) &&
	       contract_expression_equal(a->right, b->right);
}
