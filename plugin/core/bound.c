// SPDX-License-Identifier: GPL-2.0-or-later
/* Loops that go on behind the end of an array; see bound.h. */
#include "bound.h"
#include "flow.h"
#include "story.h"

#define VALUE_DEPTH	6	/* operations between an element and the page that it tells */

/* A loop that counts COUNTER up by one, in its head, from no less than 0, to LIMIT. */
struct counted_loop {
	ir_block_id head;
	ir_value counter;
	ir_integer limit;	/* the first number that it does not come to */
	bool ends_early;	/* what an element is may end it before that */
};

static ir_value without_conversion(const struct ir_function *f, ir_value value)
{
	while (value && f->instructions[value].op == IR_CONVERT)
		value = f->instructions[value].operands[0];
	return value;
}

/* `i - 1' of an unsigned number is `i + 0xffffffff'. */
static bool constant_of(const struct ir_function *f, ir_value value, ir_integer *constant)
{
	const struct ir_instruction *i;

	value = without_conversion(f, value);
	i = &f->instructions[value];
	if (!value || i->op != IR_CONSTANT)
		return false;
	*constant = i->u.constant;
	if (i->type.bits && *constant >> (i->type.bits - 1) == 1)
		*constant -= (ir_integer)1 << i->type.bits;
	return true;
}

/* Is the phi COUNTER a constant from 0 on at first, and one more in each round? */
static bool counts_up(const struct ir_function *f, ir_value counter)
{
	const struct ir_instruction *phi = &f->instructions[counter];
	unsigned o, starts = 0;
	ir_integer constant;

	for (o = 0; o < phi->operand_count; o++) {
		ir_value value = without_conversion(f, phi->operands[o]);
		const struct ir_instruction *i = &f->instructions[value];

		if (constant_of(f, value, &constant)) {
			if (constant < 0)
				return false;
			starts++;
		} else if (!value || i->op != IR_ADD ||
			   without_conversion(f, i->operands[0]) != counter ||
			   !constant_of(f, i->operands[1], &constant) || constant != 1) {
			return false;
		}
	}
	return starts == 1;
}

/* The loop goes on as long as TEST, which is TRUTH then, holds for the counter. */
static bool find_limit(const struct ir_function *f, const struct ir_instruction *test, bool truth,
		       struct counted_loop *loop)
{
	bool is_below = test->op == (truth ? IR_LESS : IR_GREATER_EQUAL);
	bool is_up_to = test->op == (truth ? IR_LESS_EQUAL : IR_GREATER);

	if ((!is_below && !is_up_to) || !constant_of(f, test->operands[1], &loop->limit))
		return false;
	loop->limit += is_up_to;
	loop->counter = without_conversion(f, test->operands[0]);
	return loop->counter && f->instructions[loop->counter].op == IR_PHI &&
	       f->instructions[loop->counter].block == loop->head &&
	       counts_up(f, loop->counter);
}

/* Is I a load of an element of LOOP's, of an array of *COUNT?  *LIMIT: the first that is not. */
static bool is_element(const struct ir_function *f, const struct ir_instruction *i,
		       const struct counted_loop *loop, uint64_t *count, ir_integer *limit)
{
	const struct ir_step *last = i->op == IR_LOAD && i->u.place->step_count ?
		&i->u.place->steps[i->u.place->step_count - 1] : NULL;
	const struct ir_instruction *index;
	ir_integer plus = 0;
	ir_value value;

	if (!last || last->kind != IR_STEP_INDEX || !last->count || !last->index)
		return false;
	value = without_conversion(f, last->index);
	index = &f->instructions[value];
	if (index->op == IR_ADD && constant_of(f, index->operands[1], &plus))
		value = without_conversion(f, index->operands[0]);
	*count = last->count;
	*limit = loop->limit + plus + last->constant;
	return value == loop->counter;
}

/* The load of an element of LOOP that VALUE is computed from; 0: there is none. */
static ir_value loaded_element(const struct ir_function *f, ir_value value,
			       const struct counted_loop *loop, unsigned depth)
{
	const struct ir_instruction *i = &f->instructions[value];
	ir_value found = IR_NO_VALUE;
	ir_integer limit;
	uint64_t count;
	unsigned o;

	if (!value || !depth || i->op == IR_PHI)
		return IR_NO_VALUE;
	if (is_element(f, i, loop, &count, &limit))
		return value;
	for (o = 0; !found && o < i->operand_count; o++)
		found = loaded_element(f, i->operands[o], loop, depth - 1);
	/* &table[element] */
	for (o = 0; !found && i->op == IR_ADDRESS && o < i->u.place->step_count; o++)
		if (i->u.place->steps[o].kind == IR_STEP_INDEX)
			found = loaded_element(f, i->u.place->steps[o].index, loop, depth - 1);
	return found;
}

/* Is the loop left, elsewhere than at its head, only by what an element of an array is? */
static bool ends_by_elements(const struct ir_function *f, const struct flow *flow,
			     struct counted_loop *loop)
{
	unsigned b, s;

	loop->ends_early = false;

	for (b = 0; b < f->block_count; b++) {
		const struct ir_block *block = &f->blocks[b];
		const struct ir_instruction *end = &f->instructions[block->instructions[block->count - 1]];

		if (block->id == loop->head || !flow_is_in_loop(flow, loop->head, block->id))
			continue;
		for (s = 0; s < block->successor_count; s++) {
			if (flow_is_in_loop(flow, loop->head, block->successors[s]))
				continue;
			if (end->op != IR_BRANCH ||
			    !loaded_element(f, end->operands[0], loop, VALUE_DEPTH))
				return false;
			loop->ends_early = true;
		}
	}
	return true;
}

/* The innermost loop around BLOCK, if it is left at its head by its counter, or by an element. */
static bool find_loop(const struct ir_function *f, const struct flow *flow, ir_block_id block,
		      struct counted_loop *loop)
{
	const struct ir_instruction *exit;
	const struct ir_block *head;
	ir_value test;

	if (!flow_innermost_loop(flow, block, &loop->head))
		return false;
	head = &f->blocks[loop->head];
	exit = &f->instructions[head->instructions[head->count - 1]];
	test = exit->op == IR_BRANCH ? without_conversion(f, exit->operands[0]) : 0;
	return test && flow_is_in_loop(flow, loop->head, exit->u.targets[0]) !=
			flow_is_in_loop(flow, loop->head, exit->u.targets[1]) &&
	       find_limit(f, &f->instructions[test],
			  flow_is_in_loop(flow, loop->head, exit->u.targets[0]), loop) &&
	       ends_by_elements(f, flow, loop);
}

/* Do A and B name the same field of the same record, and an element in it? */
static bool is_same_array(const struct ir_place *a, const struct ir_place *b)
{
	const struct ir_step *x, *y;

	if (a->step_count != b->step_count || a->root != b->root ||
	    a->variable != b->variable || a->pointer != b->pointer)
		return false;
	if (a->step_count < 2)
		return true;
	x = &a->steps[a->step_count - 2];
	y = &b->steps[b->step_count - 2];
	return x->kind == y->kind && x->field == y->field && x->record == y->record;
}

/*
 * Does LOOP come to LIMIT, beyond COUNT elements?  One that is ended by an element that is always
 * there may have any limit, but not one that is wrong by one.
 */
static bool is_beyond(const struct counted_loop *loop, ir_integer limit, uint64_t count)
{
	return loop->ends_early ? limit == (ir_integer)count + 1 : limit > (ir_integer)count;
}

/* Is an element of the array of LOAD looked at in every round? */
static bool is_read_in_every_round(const struct ir_function *f, const struct flow *flow,
				   const struct ir_instruction *load,
				   const struct counted_loop *loop)
{
	ir_integer limit;
	uint64_t count;
	ir_value v;

	for (v = 1; v < f->value_count; v++) {
		const struct ir_instruction *i = &f->instructions[v];

		if (flow_is_in_loop(flow, loop->head, i->block) &&
		    is_element(f, i, loop, &count, &limit) && is_beyond(loop, limit, count) &&
		    is_same_array(i->u.place, load->u.place) &&
		    flow_is_in_every_round(flow, loop->head, i->block))
			return true;
	}
	return false;
}

static bool releases(const struct ir_instruction *i)
{
	return i->op == IR_CALL &&
	       contract_has_verb(i->u.callee->contract, CONTRACT_RELEASES);
}

/* How the user may call what LOAD loads. */
static const char *name_of(struct arena *arena, const struct ir_instruction *load)
{
	const struct ir_place *place = load->u.place;
	const struct ir_step *array = place->step_count > 1 ?
		&place->steps[place->step_count - 2] : NULL;

	if (load->text)
		return load->text;
	return array && array->kind == IR_STEP_FIELD ?
		arena_printf(arena, "%s[..]", array->field) : "[..]";
}

static void report(struct engine *engine, const struct frame *frame,
		   const struct ir_instruction *call, const struct ir_instruction *load,
		   uint64_t count)
{
	struct arena *arena = engine->unit->arena;
	struct story story;

	story_begin(&story, engine);
	story_end(&story, frame, call->location,
		  arena_printf(arena, "the loop goes on when all %llu of them are dealt with",
			       (unsigned long long)count));
	story_report(&story, FINDING_OVER_RELEASE, frame, call->location, 0,
		     arena_printf(arena, "'%s' gives back what is behind the end of an array: "
				  "'%s' has %llu elements", call->u.callee->name,
				  name_of(arena, load), (unsigned long long)count),
		     NULL, NULL);
}

void bound_judge(struct engine *engine, const struct frame *frame)
{
	const struct ir_function *f = frame->function;
	struct counted_loop loop;
	ir_value v, element;
	ir_integer limit;
	uint64_t count;

	for (v = 1; v < f->value_count; v++) {
		const struct ir_instruction *call = &f->instructions[v], *load;

		if (!releases(call) || !call->operand_count ||
		    !find_loop(f, frame->flow, call->block, &loop))
			continue;
		element = loaded_element(f, call->operands[0], &loop, VALUE_DEPTH);
		load = &f->instructions[element];
		if (element && is_element(f, load, &loop, &count, &limit) &&
		    is_beyond(&loop, limit, count) &&
		    is_read_in_every_round(f, frame->flow, load, &loop))
			report(engine, frame, call, load, count);
	}
}
