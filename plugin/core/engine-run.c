// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The worklist: disjuncts wait at the blocks they have reached, and the first
 * waiting block in reverse postorder goes next, so that paths meet before they
 * go on.  Here, too: an instruction's effect on a disjunct, but for memory, calls
 * and branches, and the start of a root.
 */
#include <stdlib.h>
#include <string.h>

#include <libiberty/libiberty.h>

#include "bound.h"
#include "failure.h"
#include "run.h"

#define ROOT_BLOCKS	4000

void disjunct_list_add(struct disjunct_list *list, struct disjunct *d)
{
	if (list->count == list->room) {
		list->room = 2 * list->room + 4;
		list->items = XRESIZEVEC(struct disjunct *, list->items, list->room);
	}
	list->items[list->count++] = d;
}

void disjunct_list_release(struct disjunct_list *list)
{
	free(list->items);
	memset(list, 0, sizeof(*list));
}

void engine_give_up(struct engine *engine, const char *why)
{
	if (!engine->given_up)
		engine->given_up = why;
}

unsigned engine_pressure(const struct engine *engine)
{
	return engine->steps > engine->step_limit / 4 * 3 ? 2 :
	       engine->steps > engine->step_limit / 2;
}

/* ------------------------------------------------------------- instructions */

static void do_return(struct run *run, struct disjunct *d, const struct ir_instruction *i)
{
	const struct linear *result = i->operand_count ?
		engine_value(run->engine, run->frame, d, i->operands[0]) : NULL;

	if (run->exits) {
		exit_list_add(run->exits, d, result);
		return;
	}
	engine_check_return(run->engine, run->frame, d, result, i->location);
	disjunct_free(d);
}

/* An instruction that D goes through: memory, or a value. */
static void do_plain(struct run *run, struct disjunct *d, ir_value value)
{
	switch (run->function->instructions[value].op) {
	case IR_NONE:
	case IR_PHI:
		break;
	case IR_LOAD:
	case IR_STORE:
	case IR_ZERO:
	case IR_CLOBBER:
	case IR_UNINITIALIZED:
	case IR_HAVOC:
	case IR_COPY_MEMORY:
		run_memory(run, d, value);
		break;
	case IR_PARAMETER:
		if (!d->values[value])
			engine_evaluate(run->engine, run->frame, d, value);
		break;
	default:
		engine_evaluate(run->engine, run->frame, d, value);
		break;
	}
}

/*
 * Does the store VALUE go beyond its variable?  No path comes to that: a loop that has been
 * followed for so many rounds has a limit that is not seen.
 */
static bool stores_beyond(struct run *run, struct disjunct *d, ir_value value)
{
	const struct ir_place *place = run->function->instructions[value].u.place;
	const struct region *region;
	const struct linear *offset;
	unsigned length;

	if (place->root != IR_ROOT_VARIABLE || !ir_place_varies(run->function, place))
		return false;
	length = run->engine->unit->variables[place->variable].pointers;
	region = length ? engine_place(run->engine, run->frame, d, place, &offset) : NULL;
	return region && region->kind == REGION_VARIABLE && linear_is_constant(offset) &&
	       offset->constant >= (ir_integer)length * POINTER_SIZE;
}

/* VALUE is the end of BLOCK: D leaves it, or ends.  False: it is not the end. */
static bool leaves_block(struct run *run, struct disjunct *d, const struct ir_block *block,
			 ir_value value)
{
	const struct ir_instruction *i = &run->function->instructions[value];

	switch (i->op) {
	case IR_JUMP:
		run_pass_edge(run, d, block->id, i->u.targets[0]);
		return true;
	case IR_BRANCH:
		run_branch(run, d, i);
		return true;
	case IR_SWITCH:
		run_switch(run, d, i);
		return true;
	case IR_GOTO_ANY:
		run_goto_any(run, d, block);
		return true;
	case IR_RETURN:
		do_return(run, d, i);
		return true;
	case IR_UNREACHABLE:
		disjunct_free(d);
		return true;
	case IR_STORE:
		if (!stores_beyond(run, d, value))
			return false;
		disjunct_free(d);
		return true;
	default:
		return false;
	}
}

static void do_block(struct run *run, struct disjunct *d, const struct ir_block *block,
		     unsigned from);

/* The call at instruction N of BLOCK; each of its cases goes on by itself. */
static void do_call(struct run *run, struct disjunct *d, const struct ir_block *block,
		    unsigned n)
{
	struct disjunct_list after = { 0 };
	unsigned k;

	run_call(run, d, block->instructions[n], &after);
	/* Each case is a step. */
	run->engine->steps += after.count - (after.count > 0);
	if (run->engine->steps > run->engine->step_limit)
		engine_give_up(run->engine, "too many steps");
	for (k = 0; k < after.count; k++)
		do_block(run, after.items[k], block, n + 1);
	disjunct_list_release(&after);
}

/* D at instruction FROM of BLOCK; taken over.  Calls may make several of it. */
static void do_block(struct run *run, struct disjunct *d, const struct ir_block *block,
		     unsigned from)
{
	unsigned n;

	for (n = from; n < block->count && !run->engine->given_up; n++) {
		ir_value value = block->instructions[n];

		if (run->function->instructions[value].op == IR_CALL) {
			do_call(run, d, block, n);
			return;
		}
		if (leaves_block(run, d, block, value))
			return;
		do_plain(run, d, value);
	}
	disjunct_free(d);
}

/* ----------------------------------------------------------------- functions */

static bool run_one_block(struct run *run)
{
	const struct ir_function *f = run->function;
	struct disjunct_list now = { 0 };
	unsigned o, i;

	for (o = run->first; o < f->block_count; o++) {
		const struct ir_block *block = &f->blocks[f->reverse_postorder[o]];
		struct waiting *w = &run->blocks[block->id];

		if (!w->count)
			continue;
		run->first = o;
		run_meet(run, w, block->id, &now);
		for (i = 0; i < now.count; i++) {
			if (++run->engine->steps > run->engine->step_limit)
				engine_give_up(run->engine, "too many steps");
			if (arena_used(run->engine->arena) > run->engine->options->memory_limit)
				engine_give_up(run->engine, "too much memory");
			run->engine->disjuncts++;
			if (run->engine->given_up) {
				disjunct_free(now.items[i]);
				continue;
			}
			engine_sweep(run->engine, run->frame, now.items[i], block->id);
			if (run->engine->options->trace)
				disjunct_print(run->engine->options->trace, run->engine,
					       run->frame, block->id, now.items[i]);
			do_block(run, now.items[i], block, 0);
		}
		disjunct_list_release(&now);
		return true;
	}
	return false;
}

static bool acquires_or_fails(const struct run *run, const struct ir_instruction *i)
{
	const struct contract *contract = i->op == IR_CALL ? i->u.callee->contract : NULL;
	bool acquires = false, fails = false;
	unsigned e;

	for (e = 0; contract && e < contract->effect_count; e++) {
		const struct contract_effect *effect = &contract->effects[e];

		acquires |= plan_is_acquire(run->engine->plan, effect);
		fails |= effect->verb == CONTRACT_RETURNS_RANGE &&
			 effect->low->op == CONTRACT_ERRNO;
	}
	return acquires && fails;
}

/* An array of pages from a function of the unit, or the error for which there is none. */
static bool is_array_or_error(const struct ir_instruction *i)
{
	return i->op == IR_CALL && i->u.callee->function && !i->u.callee->contract &&
	       i->type.pointee == IR_POINTEE_PAGES;
}

static bool is_count(const struct run *run, ir_value value)
{
	unsigned i;

	while (run->function->instructions[value].op == IR_CONVERT)
		value = run->function->instructions[value].operands[0];
	for (i = 0; i < run->count_count; i++)
		if (run->counts[i] == value)
			return true;
	return false;
}

/* pinned += ret, in a loop */
static bool adds_up_counts(const struct run *run, ir_value phi)
{
	const struct ir_instruction *i = &run->function->instructions[phi];
	unsigned o;

	for (o = 0; i->op == IR_PHI && o < i->operand_count; o++) {
		const struct ir_instruction *sum = &run->function->instructions[i->operands[o]];

		if (i->operands[o] && sum->op == IR_ADD &&
		    ((sum->operands[0] == phi && is_count(run, sum->operands[1])) ||
		     (sum->operands[1] == phi && is_count(run, sum->operands[0]))))
			return true;
	}
	return false;
}

/* nr_pages = ret, of which it is lost that it may be an error */
static bool becomes_count(const struct run *run, ir_value phi)
{
	const struct ir_instruction *i = &run->function->instructions[phi];
	unsigned o;

	if (i->op != IR_PHI || i->type.type_class != IR_TYPE_INTEGER || i->type.is_signed)
		return false;
	for (o = 0; o < i->operand_count; o++)
		if (i->operands[o] && is_count(run, i->operands[o]))
			return true;
	return false;
}

static void find_counts(struct run *run)
{
	const struct ir_function *f = run->function;
	ir_value v;

	for (v = 1; v < f->value_count && run->count_count < COUNT_LIMIT; v++)
		if (acquires_or_fails(run, &f->instructions[v]) ||
		    is_array_or_error(&f->instructions[v]))
			run->counts[run->count_count++] = v;
	for (v = 1; v < f->value_count && run->count_count &&
	     run->count_count < COUNT_LIMIT; v++)
		if (adds_up_counts(run, v) || becomes_count(run, v))
			run->counts[run->count_count++] = v;
}

void run_function(struct run *run, struct disjunct *d)
{
	unsigned b, i;

	find_counts(run);
	if (run->count_count)
		run_find_flags(run);
	run->blocks = XCNEWVEC(struct waiting, run->function->block_count);
	run_arrive(run, d, 0, false);
	while (!run->engine->given_up && run_one_block(run))
		;
	for (b = 0; b < run->function->block_count; b++) {
		struct waiting *w = &run->blocks[b];

		for (i = 0; i < w->count; i++)
			disjunct_free(w->items[i].disjunct);
		for (i = 0; i < w->head_count; i++)
			disjunct_free(w->heads[i].disjunct);
		free(w->items);
		free(w->heads);
	}
	free(run->blocks);
}

const struct linear *engine_parameter(struct engine *engine, unsigned n)
{
	const struct symbol key = {
		.kind = SYMBOL_PARAMETER, .instruction = n,
		.type = engine->root->parameter_types[n], .text = engine->root->parameters[n],
	};

	return linear_symbol(engine->terms, symbol_intern(engine->terms, &key));
}

void engine_run_root(struct engine *engine, const struct ir_function *function)
{
	struct frame frame = { .function = function };
	struct run run = { .engine = engine, .frame = &frame, .function = function };
	struct disjunct *d = disjunct_new(function->value_count);
	unsigned v;

	if (!function->block_count || function->block_count > ROOT_BLOCKS ||
	    function->value_count > ROOT_VALUES) {
		if (function->block_count)
			engine_give_up(engine, "too large");
		disjunct_free(d);
		return;
	}
	frame.flow = flow_of(engine, function);
	if (engine->options->trace)
		fprintf(engine->options->trace, "root %s\n", function->name);
	engine->root = function;
	engine->context_count = 1;
	for (v = 1; v < function->value_count; v++) {
		const struct ir_instruction *p = &function->instructions[v];

		if (p->op == IR_PARAMETER)
			d->values[v] = engine_parameter(engine, p->u.parameter);
	}
	run_function(&run, d);
	if (!engine->given_up && !engine->is_forced)
		failure_judge(engine, &frame);
	bound_judge(engine, &frame);
	failure_release(engine);
}
