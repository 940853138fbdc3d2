// SPDX-License-Identifier: GPL-2.0-or-later
/* One execution after the other; see interpret.h. */
#include <stdlib.h>
#include <string.h>

#include <libiberty/libiberty.h>

#include "machine.h"

#define STEP_LIMIT	600

/* What ends an execution before its time. */
static bool is_stopped(const struct machine *m)
{
	return m->is_stopped || m->steps >= STEP_LIMIT;
}

static ir_integer wrap(ir_integer number, struct ir_type type)
{
	ir_integer modulus = (ir_integer)1 << type.bits;

	number %= modulus;
	if (number < 0)
		number += modulus;
	if (type.is_signed && number >= modulus / 2)
		number -= modulus;
	return number;
}

static struct value operand(const struct frame *f, const struct ir_instruction *i, unsigned n)
{
	return f->values[i->operands[n]];
}

/* Address of PLACE. */
static struct value place_address(struct machine *m, struct frame *f,
				  const struct ir_place *place)
{
	struct value address = { 0 };
	unsigned n;

	if (place->root == IR_ROOT_VARIABLE)
		address.number = machine_local(m, place->variable);
	else
		address = f->values[place->pointer];
	for (n = 0; n < place->step_count; n++) {
		const struct ir_step *step = &place->steps[n];

		if (step->kind == IR_STEP_FIELD) {
			address.number += strcmp(step->field, "page") ? 8 : 0;
		} else {
			address.number += step->constant * (ir_integer)step->size;
			if (step->index) {
				address.number += f->values[step->index].number *
						  (ir_integer)step->size;
				address.is_undefined |= f->values[step->index].is_undefined;
			}
		}
	}
	return address;
}

static struct value compare(struct machine *m, enum ir_op op, struct value a, struct value b)
{
	struct value result = { 0 };

	if (a.is_undefined || b.is_undefined) {
		result.number = machine_choose(m, 2);
		return result;
	}
	switch (op) {
	case IR_EQUAL:
		result.number = a.number == b.number;
		break;
	case IR_NOT_EQUAL:
		result.number = a.number != b.number;
		break;
	case IR_LESS:
		result.number = a.number < b.number;
		break;
	case IR_LESS_EQUAL:
		result.number = a.number <= b.number;
		break;
	case IR_GREATER:
		result.number = a.number > b.number;
		break;
	default:
		result.number = a.number >= b.number;
		break;
	}
	return result;
}

static struct value arithmetic(const struct ir_instruction *i, struct value a, struct value b)
{
	struct value result = { .is_undefined = a.is_undefined || b.is_undefined };

	result.number = i->op == IR_ADD ? a.number + b.number : a.number - b.number;
	result.number = wrap(result.number, i->type);
	return result;
}

static struct value call(struct machine *m, struct frame *f, const struct ir_instruction *i)
{
	struct value arguments[PARAMETER_COUNT];
	unsigned n;

	for (n = 0; n < i->operand_count; n++)
		arguments[n] = operand(f, i, n);
	if (i->u.callee->function)
		return machine_run(m, m->unit->functions[i->u.callee->function - 1], arguments);
	return machine_call(m, i, arguments);
}

static struct value evaluate(struct machine *m, struct frame *f, const struct ir_instruction *i)
{
	struct value result = { 0 };

	switch (i->op) {
	case IR_UNKNOWN:
		result.number = machine_choose(m, 2);
		break;
	case IR_CONSTANT:
		result.number = i->u.constant;
		break;
	case IR_PARAMETER:
		return f->arguments[i->u.parameter];
	case IR_ADDRESS:
		return place_address(m, f, i->u.place);
	case IR_CONVERT:
		result = operand(f, i, 0);
		result.number = wrap(result.number, i->type);
		break;
	case IR_ADD:
	case IR_SUBTRACT:
		return arithmetic(i, operand(f, i, 0), operand(f, i, 1));
	case IR_LOAD:
		return machine_load(m, place_address(m, f, i->u.place));
	case IR_STORE:
		machine_store(m, place_address(m, f, i->u.place), operand(f, i, 0));
		break;
	case IR_CLOBBER:
		machine_end_local(m, i->u.place->variable);
		break;
	case IR_CALL:
		return call(m, f, i);
	default:
		return compare(m, i->op, operand(f, i, 0), operand(f, i, 1));
	}
	return result;
}

/* The phis of BLOCK, all at once, coming from FROM; how many there are. */
static unsigned enter_block(struct frame *f, const struct ir_block *block, ir_block_id from)
{
	struct value chosen[VAR_COUNT + 1];
	unsigned count, edge = 0;

	while (edge < block->predecessor_count && block->predecessors[edge] != from)
		edge++;
	for (count = 0; f->function->instructions[block->instructions[count]].op == IR_PHI;
	     count++)
		chosen[count] = operand(f, &f->function->instructions[block->instructions[count]],
					edge);
	for (unsigned n = 0; n < count; n++)
		f->values[block->instructions[n]] = chosen[n];
	return count;
}

/* Execute BLOCK; the next one, or true in *IS_RETURN with the result. */
static ir_block_id run_block(struct machine *m, struct frame *f, const struct ir_block *block,
			     ir_block_id from, bool *is_return, struct value *result)
{
	unsigned n;

	for (n = enter_block(f, block, from); n < block->count && !is_stopped(m); n++) {
		const struct ir_instruction *i =
			&f->function->instructions[block->instructions[n]];

		m->steps++;
		if (i->location)
			m->is_visited[i->location] = true;
		switch (i->op) {
		case IR_JUMP:
			return i->u.targets[0];
		case IR_BRANCH:
			return i->u.targets[operand(f, i, 0).number ? 0 : 1];
		case IR_RETURN:
			m->is_visited[f->function->end_location] = true;
			*is_return = true;
			*result = operand(f, i, 0);
			return 0;
		default:
			f->values[block->instructions[n]] = evaluate(m, f, i);
			break;
		}
	}
	return 0;
}

struct value machine_run(struct machine *m, const struct ir_function *function,
			 const struct value *arguments)
{
	struct frame f = { .function = function, .arguments = arguments };
	struct value result = { 0 };
	ir_block_id block = 0, from = 0, next;
	bool is_return = false;

	f.values = XCNEWVEC(struct value, function->value_count);
	while (!is_return && !is_stopped(m)) {
		next = run_block(m, &f, &function->blocks[block], from, &is_return, &result);
		from = block;
		block = next;
	}
	if (!is_return) {
		m->is_stopped = true;
		for (ir_value v = 1; v < function->value_count; v++)
			machine_reach(m, f.values[v]);
	}
	free(f.values);
	return result;
}

/* ---------------------------------------------------------------- executions */

static bool uses_parameter(const struct ir_function *function, unsigned parameter)
{
	ir_value v, u;
	unsigned n;

	for (v = 1; v < function->value_count; v++)
		if (function->instructions[v].op == IR_PARAMETER &&
		    function->instructions[v].u.parameter == parameter)
			break;
	for (u = 1; u < function->value_count; u++)
		for (n = 0; function->instructions[u].op && n < function->instructions[u].operand_count;
		     n++)
			if (function->instructions[u].operands[n] == v)
				return true;
	return false;
}

static void choose_arguments(struct machine *m, const struct ir_function *function,
			     struct value *arguments)
{
	/* More than any constant of a program, and less than an array has elements. */
	static const int numbers[] = { 2, 3, 1, 5, 0, -1 };
	struct ir_type type = function->parameter_types[VAR_N - 1];

	memset(arguments, 0, PARAMETER_COUNT * sizeof(*arguments));
	arguments[VAR_OBJ - 1].number = machine_new_object(m, OBJECT_OUTSIDE);
	arguments[VAR_PAGES - 1].number = machine_new_object(m, OBJECT_OUTSIDE);
	arguments[VAR_PAGE - 1].number = machine_new_foreign_page(m);
	if (uses_parameter(function, VAR_PAGE - 1) && machine_choose(m, 2))
		arguments[VAR_PAGE - 1].number = 0;
	if (uses_parameter(function, VAR_N - 1))
		arguments[VAR_N - 1].number =
			wrap(numbers[machine_choose(m, type.is_signed ? 6 : 5)], type);
	if (uses_parameter(function, VAR_FLAG - 1))
		arguments[VAR_FLAG - 1].number = machine_choose(m, 2);
}

static bool is_story_visited(const struct machine *m, const struct finding *finding)
{
	unsigned e;

	for (e = 0; e < finding->event_count; e++)
		if (!m->is_visited[finding->events[e].location])
			return false;
	return true;
}

static void judge_findings(const struct machine *m, const struct finding_list *findings,
			   struct observation *o)
{
	unsigned n;

	for (n = 0; n < findings->count; n++) {
		const struct finding *finding = findings->items[n];
		unsigned site = finding->id == FINDING_LEAK ? finding->origin
							    : finding->location;

		if (o->is_told[n] || !m->may_be[finding->id][site] ||
		    !m->is_visited[finding->location])
			continue;
		o->is_shown[n] = true;
		o->is_told[n] = is_story_visited(m, finding);
	}
}

static void count_sites(const struct machine *m, struct observation *o)
{
	unsigned n;

	for (n = 1; n < LOCATION_LIMIT; n++) {
		o->sites[n].releases += m->sites[n].releases != 0;
		o->sites[n].wrong_releases += m->sites[n].wrong_releases != 0;
		o->sites[n].acquires += m->sites[n].acquires != 0;
		o->sites[n].leaks += m->sites[n].leaks != 0;
	}
}

static void execute_once(struct machine *m, const struct ir_function *function,
			 const struct finding_list *findings, struct observation *o)
{
	struct value arguments[PARAMETER_COUNT], result;

	machine_reset(m);
	choose_arguments(m, function, arguments);
	result = machine_run(m, function, arguments);
	machine_reach(m, result);
	machine_find_leaks(m);
	judge_findings(m, findings, o);
	o->executions++;
	if (m->is_stopped || function->index)
		return;
	o->ended++;
	count_sites(m, o);
}

void unit_execute(const struct ir_unit *unit, const struct finding_list *findings,
		  unsigned limit, struct observation *o)
{
	struct machine *m = XCNEW(struct machine);
	unsigned n, count;

	memset(o->sites, 0, sizeof(o->sites));
	o->is_exhaustive = true;
	m->unit = unit;
	for (n = 0; n < unit->function_count; n++) {
		m->choice_count = 0;
		count = 0;
		do {
			execute_once(m, unit->functions[n], findings, o);
		} while (machine_next_choices(m) && ++count < limit);
		o->is_exhaustive &= count < limit;
	}
	free(m);
}
