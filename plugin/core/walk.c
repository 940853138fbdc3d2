// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Walks; see walk.h.
 *
 * Of the address that a page is loaded from, its growth from round to round is told by the
 * text of the loop: the factor of the counter in it, times what the counter grows by.  What
 * the loop loads, like the start of the array, is taken to stay.
 */
#include "flow.h"
#include "walk.h"

#define WALK_DEPTH	8
#define STEP_LIMIT	64	/* bytes of an element */

/* The address, as far as it goes with the counter PHI of the loop of HEAD: FACTOR times it. */
struct walk {
	const struct ir_function *function;
	const struct flow *flow;
	ir_block_id head;
	ir_value phi;
	int64_t factor;
};

static bool add_place(struct walk *walk, const struct ir_place *place, unsigned depth);

/* Add FACTOR times VALUE to WALK.  False: it cannot be told. */
static bool add_value(struct walk *walk, ir_value value, int64_t factor, unsigned depth)
{
	const struct ir_instruction *i = &walk->function->instructions[value], *by;

	if (!value || !depth)
		return !value;
	if (i->op == IR_PHI && i->block == walk->head) {
		if (walk->phi && walk->phi != value)
			return false;
		walk->phi = value;
		walk->factor += factor;
		return true;
	}
	if (!flow_is_in_loop(walk->flow, walk->head, i->block))
		return true;
	switch (i->op) {
	case IR_LOAD:
	case IR_CONSTANT:
		return true;
	case IR_ADDRESS:
		return factor == 1 && add_place(walk, i->u.place, depth - 1);
	case IR_CONVERT:
		return add_value(walk, i->operands[0], factor, depth - 1);
	case IR_ADD:
		return add_value(walk, i->operands[0], factor, depth - 1) &&
			add_value(walk, i->operands[1], factor, depth - 1);
	case IR_MULTIPLY:
		by = &walk->function->instructions[i->operands[1]];
		return by->op == IR_CONSTANT && by->u.constant > 0 &&
			by->u.constant <= STEP_LIMIT &&
			add_value(walk, i->operands[0], factor * (int64_t)by->u.constant,
				  depth - 1);
	default:
		return false;
	}
}

static bool add_place(struct walk *walk, const struct ir_place *place, unsigned depth)
{
	unsigned s;

	for (s = 0; s < place->step_count; s++) {
		const struct ir_step *step = &place->steps[s];

		if (step->kind == IR_STEP_UNKNOWN)
			return false;
		if (step->kind != IR_STEP_INDEX || !step->index)
			continue;
		if (step->size > STEP_LIMIT ||
		    !add_value(walk, step->index, (int64_t)step->size, depth))
			return false;
	}
	if (place->root == IR_ROOT_VARIABLE)
		return true;
	return add_value(walk, place->pointer, 1, depth);
}

/* By how much does the counter grow if it is NEXT in the next round?  0: not known. */
static int64_t growth_from(const struct walk *walk, ir_value next)
{
	const struct ir_instruction *i, *by;
	int64_t growth = 0;

	while (next != walk->phi) {
		i = &walk->function->instructions[next];
		by = i->op == IR_ADD ? &walk->function->instructions[i->operands[1]] : NULL;
		if (by && by->op == IR_CONSTANT)
			growth += (int64_t)by->u.constant;
		else if (i->op != IR_CONVERT)
			return 0;
		next = i->operands[0];
	}
	return growth;
}

/* Does PLACE, in the loop of HEAD, go up by one pointer in each round? */
static bool goes_up(const struct frame *frame, ir_block_id head, const struct ir_place *place)
{
	struct walk walk = { .function = frame->function, .flow = frame->flow, .head = head };
	const struct ir_block *block = &frame->function->blocks[head];
	unsigned p;

	if (!add_place(&walk, place, WALK_DEPTH) || !walk.phi)
		return false;
	for (p = 0; p < block->predecessor_count; p++)
		if (flow_is_in_loop(walk.flow, head, block->predecessors[p]) &&
		    walk.factor * growth_from(&walk, walk.function->instructions[walk.phi].
							operands[p]) != POINTER_SIZE)
			return false;
	return true;
}

/* The load in FRAME, whose values are VALUES, that has given PAGE; or NULL. */
static const struct ir_instruction *load_of(const struct frame *frame,
					    const struct linear *const *values,
					    const struct linear *page)
{
	ir_value v;

	for (v = 1; v < frame->function->value_count; v++)
		if (values[v] == page && frame->function->instructions[v].op == IR_LOAD)
			return &frame->function->instructions[v];
	return NULL;
}

bool walk_is_one_by_one(const struct engine *engine, const struct frame *frame,
			const struct disjunct *d, const struct linear *page, uint32_t writer)
{
	const struct linear *const *values = d->values;
	const struct ir_instruction *load;
	ir_value call = writer % (1u << WRITER_BITS);
	symbol_id id = linear_as_symbol(page);
	ir_block_id block, head, other;

	if (!id || symbol_get(engine->terms, id)->kind != SYMBOL_LOADED)
		return false;
	while (!(load = load_of(frame, values, page))) {
		/* In the function that was called it is done in any case. */
		if (frame->function->instructions[call].block || !frame->caller)
			return false;
		call = frame->call;
		values = frame->saved;
		frame = frame->caller;
	}
	block = frame->function->instructions[call].block;
	return flow_innermost_loop(frame->flow, load->block, &head) &&
		flow_innermost_loop(frame->flow, block, &other) && other == head &&
		flow_is_in_every_round(frame->flow, head, block) &&
		goes_up(frame, head, load->u.place);
}

/* A page divided by its size, or what a contract or a function makes of such; no cast. */
bool walk_stores_number(const struct frame *frame, uint32_t writer)
{
	const struct ir_instruction *instructions = frame->function->instructions;
	const struct ir_instruction *i = &instructions[writer % (1u << WRITER_BITS)];

	if (i->op != IR_STORE)
		return false;
	for (i = &instructions[i->operands[0]]; i->type.type_class == IR_TYPE_INTEGER;
	     i = &instructions[i->operands[0]]) {
		if (i->op == IR_DIVIDE || i->op == IR_SHIFT_RIGHT ||
		    (i->op == IR_CALL && i->u.callee->contract))
			return true;
		if (!i->operand_count || i->op == IR_LOAD || i->op == IR_PHI)
			return false;
	}
	return false;
}
