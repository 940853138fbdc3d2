// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Which functions are bystanders; see bystander.h.
 *
 * Flow-insensitive: each value gets the parameters, and the pointers loaded through them,
 * that it may be made of, until nothing is added any more.
 */
#include <stdlib.h>
#include <string.h>

#include <libiberty/libiberty.h>

#include "bystander.h"

#define SMALL_BLOCKS	6

/* What a value may be made of. */
struct origin {
	uint64_t parameters;
	uint8_t paths;			/* bit set of effect.paths */
	bool is_deep;			/* loaded through one of the paths */
};

struct looking {
	const struct ir_unit *unit;
	const struct ir_function *function;
	const struct bystander *const *bystanders;
	struct bystander effect;
	struct origin *origins;		/* by value */
	uint64_t passed;		/* parameters that escape otherwise than by a store */
	bool is_other;			/* no bystander */
	bool more;
};

static bool is_pointer(const struct ir_type *type)
{
	return type->type_class == IR_TYPE_POINTER ||
		(type->type_class == IR_TYPE_INTEGER && type->bits == 64);
}

/* Does it do more than to say what it returns? */
static bool says_more(const struct contract *contract)
{
	unsigned i;

	for (i = 0; i < contract->effect_count; i++)
		if (!contract_verb_is_result(contract->effects[i].verb))
			return true;
	return false;
}

static void add_origin(struct looking *l, ir_value to, const struct origin *from)
{
	struct origin *o = &l->origins[to];
	struct origin before = *o;

	o->parameters |= from->parameters;
	o->paths |= from->paths;
	o->is_deep |= from->is_deep;
	l->more |= o->parameters != before.parameters || o->paths != before.paths ||
		   o->is_deep != before.is_deep;
}

static bool is_same_place(const struct ir_place *a, const struct ir_place *b)
{
	unsigned i;

	if (a == b || !a || !b)
		return a == b;
	if (a->step_count != b->step_count)
		return false;
	for (i = 0; i < a->step_count; i++)
		if (a->steps[i].record != b->steps[i].record ||
		    a->steps[i].field != b->steps[i].field)
			return false;
	return true;
}

/* The bit of the path from PARAMETER through PLACE. */
static uint8_t path_bit(struct looking *l, unsigned parameter, const struct ir_place *place)
{
	struct bystander *effect = &l->effect;
	unsigned i;

	for (i = 0; i < effect->path_count; i++)
		if (effect->paths[i].parameter == parameter &&
		    is_same_place(effect->paths[i].place, place))
			return (uint8_t)(1u << i);
	if (effect->path_count == BYSTANDER_PATH_LIMIT) {
		l->is_other = true;
		return 0;
	}
	effect->paths[i].parameter = parameter;
	effect->paths[i].place = place;
	effect->path_count++;
	return (uint8_t)(1u << i);
}

/* Something loaded through each of PARAMETERS, it cannot be said from where. */
static uint8_t vague_paths(struct looking *l, uint64_t parameters)
{
	uint8_t paths = 0;
	unsigned i;

	for (i = 0; parameters; i++, parameters >>= 1)
		if (parameters & 1)
			paths |= path_bit(l, i, NULL);
	return paths;
}

static bool has_fields_only(const struct ir_place *place)
{
	unsigned i;

	for (i = 0; i < place->step_count; i++)
		if (place->steps[i].kind != IR_STEP_FIELD)
			return false;
	return true;
}

/* What is loaded from PLACE, the parameter that ROOT is, perhaps, being its root. */
static struct origin loaded(struct looking *l, ir_value root, const struct ir_place *place)
{
	const struct ir_instruction *r = &l->function->instructions[root];
	const struct origin *o = &l->origins[root];
	struct origin origin = { .paths = o->paths, .is_deep = o->paths != 0 };

	if (r->op == IR_PARAMETER && place && has_fields_only(place))
		origin.paths |= path_bit(l, r->u.parameter, place);
	else
		origin.paths |= vague_paths(l, o->parameters);
	return origin;
}

static void mark_stored(struct looking *l, const struct origin *o)
{
	unsigned i;

	l->effect.escaping |= o->parameters;
	for (i = 0; i < l->effect.path_count; i++)
		l->effect.paths[i].escapes |= o->paths >> i & 1;
}

static void mark_escape(struct looking *l, const struct origin *o)
{
	l->passed |= o->parameters;
	mark_stored(l, o);
}

/* What it points to is written. */
static void mark_written(struct looking *l, const struct origin *o)
{
	unsigned i;

	l->effect.written |= o->parameters;
	for (i = 0; i < l->effect.path_count; i++) {
		struct bystander_path *path = &l->effect.paths[i];

		if (!(o->paths >> i & 1))
			continue;
		path->written = true;
		/* Not what it points to, but something behind that. */
		path->escapes |= o->is_deep || !path->place;
	}
}

/* The steps of PLACE to the smallest object that is told by fields: no member of a union. */
static const struct ir_place *written_fields(struct looking *l, const struct ir_place *place)
{
	struct ir_place *fields;
	unsigned count = 0;

	while (count < place->step_count && place->steps[count].kind == IR_STEP_FIELD &&
	       !place->steps[count].in_union)
		count++;
	if (count == place->step_count)
		return place;
	fields = ARENA_NEW(l->unit->arena, struct ir_place);
	*fields = *place;
	fields->step_count = count;
	return fields;
}

static void add_field(struct looking *l, unsigned parameter, const struct ir_place *place)
{
	struct bystander *effect = &l->effect;
	unsigned i;

	for (i = 0; i < effect->field_count; i++)
		if (effect->fields[i].parameter == parameter &&
		    is_same_place(effect->fields[i].place, place))
			return;
	if (i == BYSTANDER_FIELD_LIMIT) {
		effect->written |= bystander_bit(parameter);
		return;
	}
	effect->fields[i].parameter = parameter;
	effect->fields[i].place = place;
	effect->field_count++;
}

/* PLACE in what POINTER points to is written. */
static void mark_place_written(struct looking *l, ir_value pointer, const struct ir_place *place)
{
	const struct ir_instruction *p = &l->function->instructions[pointer];

	if (p->op == IR_PARAMETER)
		place = written_fields(l, place);
	if (p->op == IR_PARAMETER && place->step_count)
		add_field(l, p->u.parameter, place);
	else
		mark_written(l, &l->origins[pointer]);
}

static void look_at_write(struct looking *l, const struct ir_instruction *i)
{
	const struct ir_type *type;

	if (i->u.place->root == IR_ROOT_POINTER)
		mark_place_written(l, i->u.place->pointer, i->u.place);
	if (i->op == IR_STORE) {
		type = &l->function->instructions[i->operands[0]].type;
		l->is_other |= ir_type_is_of_pages(type);
		if (is_pointer(type))
			mark_stored(l, &l->origins[i->operands[0]]);
	} else if (i->op == IR_COPY_MEMORY && i->source->root == IR_ROOT_POINTER) {
		/* The pointers in it are in two places now. */
		mark_escape(l, &l->origins[i->source->pointer]);
	}
}

/* The callee does with its parameters what EFFECT says. */
static void look_at_bystander(struct looking *l, const struct ir_instruction *call,
			      const struct bystander *effect)
{
	unsigned a, p;

	for (a = 0; a < call->operand_count; a++) {
		if (effect->escaping & bystander_bit(a))
			mark_escape(l, &l->origins[call->operands[a]]);
		if (effect->written & bystander_bit(a))
			mark_written(l, &l->origins[call->operands[a]]);
	}
	for (p = 0; p < effect->field_count; p++)
		if (effect->fields[p].parameter < call->operand_count)
			mark_place_written(l, call->operands[effect->fields[p].parameter],
					   effect->fields[p].place);
	for (p = 0; p < effect->path_count; p++) {
		const struct bystander_path *path = &effect->paths[p];
		struct origin origin;

		if (path->parameter >= call->operand_count || (!path->escapes && !path->written))
			continue;
		origin = loaded(l, call->operands[path->parameter], path->place);
		if (path->escapes)
			mark_escape(l, &origin);
		if (path->written)
			mark_written(l, &origin);
	}
}

static void look_at_call(struct looking *l, ir_value value)
{
	const struct ir_instruction *call = &l->function->instructions[value];
	const struct ir_callee *callee = call->u.callee;
	const struct bystander *effect = NULL;
	bool is_known = callee->contract && !(callee->contract->flags & CONTRACT_UNKNOWN);
	unsigned a;

	if (callee->contract && says_more(callee->contract)) {
		l->is_other = true;
		return;
	}
	if (!callee->contract && callee->function) {
		effect = l->bystanders[callee->function - 1];
		if (!effect && l->unit->functions[callee->function - 1]) {
			l->is_other = true;
			return;
		}
	}
	if (effect)
		look_at_bystander(l, call, effect);
	for (a = 0; a < call->operand_count; a++) {
		const struct origin *o = &l->origins[call->operands[a]];
		struct origin result = { .paths = o->paths, .is_deep = o->paths != 0 };

		if (!effect && !is_known)
			mark_escape(l, o);
		/* What is in a page itself leads to no other. */
		if (is_known && callee->contract->flags & CONTRACT_NEUTRAL &&
		    l->function->instructions[call->operands[a]].type.pointee != IR_POINTEE_PAGE)
			mark_written(l, o);
		if (!is_pointer(&call->type))
			continue;
		/* It may be anything that its arguments lead to. */
		result.parameters = o->parameters;
		result.paths |= vague_paths(l, o->parameters);
		add_origin(l, value, &result);
	}
}

static void look_at(struct looking *l, ir_value value)
{
	const struct ir_instruction *i = &l->function->instructions[value];
	struct origin origin = { 0 };
	unsigned o;

	switch (i->op) {
	case IR_PARAMETER:
		origin.parameters = bystander_bit(i->u.parameter);
		add_origin(l, value, &origin);
		break;
	case IR_ADDRESS:
		if (i->u.place->root == IR_ROOT_POINTER)
			add_origin(l, value, &l->origins[i->u.place->pointer]);
		break;
	case IR_LOAD:
		if (i->type.type_class != IR_TYPE_POINTER ||
		    i->u.place->root != IR_ROOT_POINTER)
			break;
		origin = loaded(l, i->u.place->pointer, i->u.place);
		add_origin(l, value, &origin);
		break;
	case IR_STORE:
	case IR_ZERO:
	case IR_HAVOC:
	case IR_COPY_MEMORY:
		look_at_write(l, i);
		break;
	case IR_CALL:
		look_at_call(l, value);
		break;
	case IR_RETURN:
		if (i->operand_count && is_pointer(&l->function->return_type))
			l->is_other |= l->origins[i->operands[0]].parameters != 0;
		break;
	default:
		for (o = 0; is_pointer(&i->type) && o < i->operand_count; o++)
			add_origin(l, value, &l->origins[i->operands[o]]);
		break;
	}
}

/* The path by which I, a store, is done; the limit of paths: none that is known. */
static unsigned path_of_store(const struct looking *l, const struct ir_instruction *i)
{
	const struct origin *o;
	unsigned p;

	if (i->u.place->root != IR_ROOT_POINTER)
		return BYSTANDER_PATH_LIMIT;
	o = &l->origins[i->u.place->pointer];
	for (p = 0; p < l->effect.path_count; p++)
		if (o->paths == 1u << p && !o->parameters && !o->is_deep && l->effect.paths[p].place)
			return p;
	return BYSTANDER_PATH_LIMIT;
}

/* All origins are known: which parameters are stored, and where? */
static void find_stored(struct looking *l)
{
	struct bystander *effect = &l->effect;
	bool is_first = true;
	ir_value v;

	effect->stored = effect->escaping & ~l->passed;
	for (v = 1; v < l->function->value_count; v++) {
		const struct ir_instruction *i = &l->function->instructions[v];
		unsigned path;

		if (i->op != IR_STORE || !(l->origins[i->operands[0]].parameters & effect->stored))
			continue;
		path = path_of_store(l, i);
		effect->stored_by = is_first || path == effect->stored_by ? path :
								BYSTANDER_PATH_LIMIT;
		is_first = false;
	}
}

static bool is_small(const struct ir_function *function)
{
	unsigned b;

	for (b = 0; b < function->block_count; b++)
		if (function->blocks[b].is_loop_head)
			return false;
	return function->block_count <= SMALL_BLOCKS;
}

const struct bystander *bystander_new(const struct ir_unit *unit,
				      const struct ir_function *function,
				      const struct bystander *const *bystanders)
{
	struct looking l = {
		.unit = unit, .function = function, .bystanders = bystanders, .more = true,
	};
	struct bystander *bystander = NULL;
	ir_value v;

	if (ir_type_is_of_pages(&function->return_type))
		return NULL;
	l.origins = XCNEWVEC(struct origin, function->value_count + 1);
	while (l.more && !l.is_other) {
		l.more = false;
		for (v = 1; v < function->value_count && !l.is_other; v++)
			look_at(&l, v);
	}
	find_stored(&l);
	free(l.origins);
	if (!l.is_other) {
		bystander = ARENA_NEW(unit->arena, struct bystander);
		*bystander = l.effect;
		bystander->is_small = is_small(function);
	}
	return bystander;
}
