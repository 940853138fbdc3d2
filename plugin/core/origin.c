// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Origin: a page that can only come out of one array.
 *
 *	page_list = __get_free_page()
 *	while (n) {
 *		pin_user_pages(addr, n, flags, page_list)
 *		first = page_to_pfn(page_list[0]) ... last = page_to_pfn(page_list[i])
 *	}
 *	put_page(pfn_to_page(first))
 *
 * Which round has set `first', and on which path, is soon lost.  But all that is ever put
 * into the variable are elements of an array of the function's own, into which nobody puts
 * a page but calls that take them, and no other reference is added to one: then it is of
 * their kind on any path, or not set at all.
 */
#include <stdlib.h>

#include <libiberty/libiberty.h>

#include "origin.h"

#define PAGE_DEPTH	40	/* operations between the array and the page */

struct search {
	const struct ir_unit *unit;
	const struct ir_function *function;
	bool *is_seen;			/* by value: on the way from the page to the array */
	bool *is_array;			/* by value: leads to the array */
	const struct ir_place *array;	/* where all pages were loaded from so far */
	bool is_loaded;			/* ... one has been */
};

static const struct ir_instruction *made(const struct search *s, ir_value v)
{
	return &s->function->instructions[v];
}

/* What V was before it was given another type. */
static ir_value unconverted(const struct search *s, ir_value v)
{
	while (made(s, v)->op == IR_CONVERT)
		v = made(s, v)->operands[0];
	return v;
}

static bool is_element(const struct ir_place *place)
{
	unsigned k;

	for (k = 0; k < place->step_count; k++)
		if (place->steps[k].kind != IR_STEP_INDEX)
			return false;
	return true;
}

/* The start of the array that V points into. */
static ir_value start_of(const struct search *s, ir_value v)
{
	const struct ir_instruction *i;

	for (;;) {
		v = unconverted(s, v);
		i = made(s, v);
		if (i->op != IR_ADDRESS || i->u.place->root != IR_ROOT_POINTER ||
		    !is_element(i->u.place))
			return v;
		v = i->u.place->pointer;
	}
}

static bool is_global(const struct search *s, const struct ir_place *place)
{
	return place->root == IR_ROOT_VARIABLE && s->unit->variables[place->variable].is_global;
}

/* Has V nothing to do with which page it is: a number, or a global variable as `vmemmap'? */
static bool is_neutral(const struct search *s, ir_value v)
{
	const struct ir_instruction *i = made(s, unconverted(s, v));

	return i->op == IR_CONSTANT ||
	       (i->op == IR_LOAD && is_global(s, i->u.place) && !i->u.place->step_count);
}

/* `pfn + 1', for the next round of a loop that has begun with the page itself. */
static bool is_next(const struct search *s, const struct ir_instruction *i)
{
	return i->op == IR_ADD && made(s, i->operands[0])->op == IR_PHI &&
	       s->is_seen[i->operands[0]] && made(s, i->operands[1])->op == IR_CONSTANT;
}

static bool is_same_array(const struct search *s, const struct ir_place *a,
			  const struct ir_place *b)
{
	if (a->root != b->root)
		return false;
	return a->root == IR_ROOT_VARIABLE ? a->variable == b->variable :
		start_of(s, a->pointer) == start_of(s, b->pointer);
}

static bool is_loaded_page(struct search *s, const struct ir_instruction *i)
{
	if (i->type.pointee != IR_POINTEE_PAGE || !is_element(i->u.place))
		return false;
	if (s->is_loaded && !is_same_array(s, s->array, i->u.place))
		return false;
	s->array = i->u.place;
	s->is_loaded = true;
	return true;
}

static bool comes_from_array(struct search *s, ir_value v, unsigned depth);

/* Frame numbers and back: one operand is of the page, the other one is not. */
static bool is_frame_number(struct search *s, const struct ir_instruction *i, unsigned depth)
{
	ir_value page = i->operands[0];

	if (i->operand_count != 2)
		return false;
	if (is_next(s, i))
		return true;
	if (is_neutral(s, page))
		page = i->operands[1];
	else if (!is_neutral(s, i->operands[1]))
		return false;
	/* A page beside the one that was there is another matter. */
	if ((i->op == IR_ADD || i->op == IR_SUBTRACT) &&
	    (made(s, i->operands[0])->op == IR_CONSTANT || made(s, i->operands[1])->op == IR_CONSTANT))
		return false;
	return comes_from_array(s, page, depth);
}

/* `mem_map + pfn' */
static bool is_in_table(struct search *s, const struct ir_place *place, unsigned depth)
{
	return place->root == IR_ROOT_POINTER && is_neutral(s, place->pointer) &&
		place->step_count == 1 && place->steps[0].kind == IR_STEP_INDEX &&
		place->steps[0].index && !place->steps[0].constant &&
		comes_from_array(s, place->steps[0].index, depth);
}

/* Is V always out of the array, or nothing that a program could make use of? */
static bool comes_from_array(struct search *s, ir_value v, unsigned depth)
{
	const struct ir_instruction *i = made(s, v);
	unsigned o;

	if (s->is_seen[v])
		return true;
	if (!depth)
		return false;
	s->is_seen[v] = true;
	switch (i->op) {
	case IR_CONSTANT:
		return !i->u.constant;
	case IR_UNDEFINED:
		return true;
	case IR_LOAD:
		return is_loaded_page(s, i);
	case IR_ADDRESS:
		return is_in_table(s, i->u.place, depth - 1);
	case IR_PHI:
	case IR_CONVERT:
		for (o = 0; o < i->operand_count; o++)
			if (!comes_from_array(s, i->operands[o], depth - 1))
				return false;
		return true;
	case IR_ADD:
	case IR_SUBTRACT:
	case IR_MULTIPLY:
	case IR_DIVIDE:
		return is_frame_number(s, i, depth - 1);
	default:
		return false;
	}
}

/* What a call with CONTRACT puts into an array that it is passed is of one of *KINDS. */
static bool puts_pages(const struct contract *contract, uint8_t *kinds)
{
	unsigned e;

	if (!contract || contract->flags & CONTRACT_UNKNOWN)
		return false;
	for (e = 0; e < contract->effect_count; e++) {
		const struct contract_effect *effect = &contract->effects[e];

		switch (effect->verb) {
		case CONTRACT_ACQUIRES:
		case CONTRACT_TAKES:
			if (effect->test_count)
				return false;
			*kinds |= (uint8_t)(1u << effect->kind);
			break;
		case CONTRACT_RELEASES:
		case CONTRACT_TRANSFERS:
		case CONTRACT_RETURNS_RANGE:
		case CONTRACT_USES:
		case CONTRACT_FREES:
		case CONTRACT_DIRTIES:
		case CONTRACT_WRITES:
		case CONTRACT_BRIEF:
		case CONTRACT_UNWRITABLE:
			break;
		default:
			return false;
		}
	}
	return true;
}

/* Is PLACE in the array, of which all names that were found so far are known? */
static bool is_inside(const struct search *s, const struct ir_place *place)
{
	if (!place)
		return false;
	if (place->root == IR_ROOT_POINTER && s->is_array[place->pointer])
		return true;
	return place->root == IR_ROOT_VARIABLE && s->array->root == IR_ROOT_VARIABLE &&
	       place->variable == s->array->variable;
}

static bool has_place(const struct ir_instruction *i)
{
	return i->op == IR_ADDRESS || i->op == IR_LOAD || i->op == IR_STORE || i->op == IR_ZERO ||
	       i->op == IR_CLOBBER || i->op == IR_UNINITIALIZED || i->op == IR_HAVOC ||
	       i->op == IR_COPY_MEMORY;
}

static bool is_passed(const struct search *s, const struct ir_instruction *i)
{
	unsigned o;

	for (o = 0; o < i->operand_count; o++)
		if (s->is_array[i->operands[o]])
			return true;
	return false;
}

/* May CALL add a reference to a page?  By contract it is of one of *KINDS. */
static bool may_add(const struct search *s, const struct ir_instruction *call, uint8_t *kinds)
{
	const struct contract *contract = call->u.callee->contract;
	unsigned k;

	for (k = 0; contract && k < contract->effect_count; k++)
		if (contract->effects[k].verb == CONTRACT_ADDS)
			*kinds |= (uint8_t)(1u << contract->effects[k].kind);
	for (k = 0; !contract && k < call->operand_count; k++)
		if (made(s, call->operands[k])->type.pointee == IR_POINTEE_PAGE)
			return true;
	return false;
}

/* Does instruction V do no more with the array than to look at it, or to take pages? */
static bool is_harmless(struct search *s, ir_value v, uint8_t *kinds, bool *has_more)
{
	const struct ir_instruction *i = made(s, v);
	bool is_there = has_place(i) && is_inside(s, i->u.place);

	if (i->op == IR_CALL && may_add(s, i, kinds))
		return false;
	if (i->op == IR_STORE || i->op == IR_HAVOC || i->op == IR_COPY_MEMORY) {
		if (is_there || is_inside(s, i->source) || is_passed(s, i))
			return false;
	} else if ((i->op == IR_ADDRESS && is_there) || (i->op == IR_CONVERT && is_passed(s, i))) {
		*has_more |= !s->is_array[v];
		s->is_array[v] = true;
	} else if (is_passed(s, i)) {
		switch (i->op) {
		case IR_CALL:
			return puts_pages(i->u.callee->contract, kinds);
		case IR_EQUAL:
		case IR_NOT_EQUAL:
		case IR_BRANCH:
			return true;
		default:
			return false;
		}
	}
	return true;
}

/* Is it new memory, and nothing copied there? */
static bool allocates(const struct search *s, const struct ir_instruction *call)
{
	unsigned o;

	if (call->op != IR_CALL || !call->u.callee->contract ||
	    !contract_allocates_result(call->u.callee->contract))
		return false;
	for (o = 0; o < call->operand_count; o++)
		if (made(s, call->operands[o])->type.type_class != IR_TYPE_INTEGER)
			return false;
	return true;
}

/* Is the array a variable, or memory that this function has allocated? */
static bool is_own(struct search *s)
{
	ir_value base;

	if (s->array->root == IR_ROOT_VARIABLE)
		return !is_global(s, s->array);
	base = start_of(s, s->array->pointer);
	s->is_array[base] = true;
	return allocates(s, made(s, base));
}

static uint8_t kinds_put(struct search *s)
{
	bool has_more = true;
	uint8_t kinds = 0;
	ir_value v;

	while (has_more) {
		has_more = false;
		for (v = 1; v < s->function->value_count; v++)
			if (!is_harmless(s, v, &kinds, &has_more))
				return 0;
	}
	return kinds;
}

uint8_t origin_kinds(const struct ir_unit *unit, const struct ir_function *function,
		     ir_value page)
{
	struct search s = { .unit = unit, .function = function };
	uint8_t kinds = 0;

	s.is_seen = XCNEWVEC(bool, function->value_count);
	s.is_array = XCNEWVEC(bool, function->value_count);
	if (comes_from_array(&s, page, PAGE_DEPTH) && s.is_loaded && is_own(&s))
		kinds = kinds_put(&s);
	free(s.is_seen);
	free(s.is_array);
	return kinds;
}
