// SPDX-License-Identifier: GPL-2.0-or-later
/* Liveness and loops; see flow.h. */
#include <stdlib.h>
#include <string.h>

#include <libiberty/libiberty.h>

#include "flow.h"

#define COMPARED_LIMIT	16	/* some errnos; where there are more, numbers are no cases */

struct flow {
	const struct ir_function *function;
	unsigned value_words, block_words;
	uint64_t *live;			/* [block][value] */
	uint64_t *loops;		/* [block][block]: rows of loop heads only */
	unsigned compared_count;
	ir_integer compared[COMPARED_LIMIT];
};

static bool bit_test(const uint64_t *bits, unsigned n)
{
	return bits[n / 64] >> (n % 64) & 1;
}

static void bit_set(uint64_t *bits, unsigned n)
{
	bits[n / 64] |= (uint64_t)1 << (n % 64);
}

static void bit_clear(uint64_t *bits, unsigned n)
{
	bits[n / 64] &= ~((uint64_t)1 << (n % 64));
}

static uint64_t *live_row(const struct flow *flow, ir_block_id block)
{
	return flow->live + (size_t)block * flow->value_words;
}

static void use_place(uint64_t *live, const struct ir_place *place)
{
	unsigned i;

	if (!place)
		return;
	if (place->root == IR_ROOT_POINTER)
		bit_set(live, place->pointer);
	for (i = 0; i < place->step_count; i++)
		if (place->steps[i].kind == IR_STEP_INDEX && place->steps[i].index)
			bit_set(live, place->steps[i].index);
}

static void use_instruction(uint64_t *live, const struct ir_instruction *i)
{
	unsigned k;

	if (i->op == IR_PHI)
		return;		/* used at the end of the predecessors */
	for (k = 0; k < i->operand_count; k++)
		if (i->operands[k])
			bit_set(live, i->operands[k]);
	switch (i->op) {
	case IR_ADDRESS:
	case IR_LOAD:
	case IR_STORE:
	case IR_ZERO:
	case IR_CLOBBER:
	case IR_UNINITIALIZED:
	case IR_HAVOC:
	case IR_COPY_MEMORY:
		use_place(live, i->u.place);
		use_place(live, i->source);
		break;
	case IR_CALL:
		if (i->u.callee->pointer)
			bit_set(live, i->u.callee->pointer);
		break;
	default:
		break;
	}
}

static bool uses_any(uint64_t *scratch, const struct flow *flow, const struct ir_instruction *i,
		     const uint64_t *values)
{
	unsigned w, k;

	memset(scratch, 0, flow->value_words * sizeof(*scratch));
	use_instruction(scratch, i);
	for (k = 0; i->op == IR_PHI && k < i->operand_count; k++)
		bit_set(scratch, i->operands[k]);
	for (w = 0; w < flow->value_words; w++)
		if (scratch[w] & values[w])
			return true;
	return false;
}

/* What the phis of the successors of BLOCK take from it. */
static void use_phis(const struct flow *flow, uint64_t *live, const struct ir_block *block)
{
	const struct ir_function *f = flow->function;
	unsigned s, p, i;

	for (s = 0; s < block->successor_count; s++) {
		const struct ir_block *to = &f->blocks[block->successors[s]];

		for (p = 0; p < to->predecessor_count; p++) {
			if (to->predecessors[p] != block->id)
				continue;
			for (i = 0; i < to->count; i++) {
				const struct ir_instruction *phi =
					&f->instructions[to->instructions[i]];

				if (phi->op != IR_PHI)
					break;
				if (phi->operands[p])
					bit_set(live, phi->operands[p]);
			}
		}
	}
}

static bool update_live(const struct flow *flow, const struct ir_block *block, uint64_t *live)
{
	const struct ir_function *f = flow->function;
	uint64_t *row = live_row(flow, block->id);
	bool changed = false;
	unsigned s, i, w;

	memset(live, 0, flow->value_words * sizeof(*live));
	for (s = 0; s < block->successor_count; s++) {
		const struct ir_block *to = &f->blocks[block->successors[s]];
		const uint64_t *after = live_row(flow, to->id);

		for (w = 0; w < flow->value_words; w++)
			live[w] |= after[w];
		for (i = 0; i < to->count; i++)
			if (f->instructions[to->instructions[i]].op == IR_PHI)
				bit_clear(live, to->instructions[i]);
	}
	use_phis(flow, live, block);
	for (i = block->count; i-- > 0;) {
		const struct ir_instruction *in = &f->instructions[block->instructions[i]];

		if (in->op != IR_PHI)
			bit_clear(live, block->instructions[i]);
		else
			bit_set(live, block->instructions[i]);
		use_instruction(live, in);
	}
	for (w = 0; w < flow->value_words; w++) {
		changed |= (row[w] | live[w]) != row[w];
		row[w] |= live[w];
	}
	return changed;
}

static void compute_live(struct flow *flow, struct arena *arena)
{
	const struct ir_function *f = flow->function;
	uint64_t *live = ARENA_ARRAY(arena, uint64_t, flow->value_words);
	bool changed = true;
	unsigned i;

	while (changed) {
		changed = false;
		for (i = f->block_count; i-- > 0;)
			changed |= update_live(flow, &f->blocks[f->reverse_postorder[i]], live);
	}
}

bool flow_is_back_edge(const struct flow *flow, ir_block_id from, ir_block_id to)
{
	return flow->function->blocks[to].order <= flow->function->blocks[from].order;
}

/* All that reaches the tail of a back edge without passing HEAD. */
static void compute_loop(struct flow *flow, const struct ir_block *head, ir_block_id *stack)
{
	uint64_t *row = flow->loops + (size_t)head->id * flow->block_words;
	unsigned depth = 0, p;

	bit_set(row, head->id);
	for (p = 0; p < head->predecessor_count; p++)
		if (flow_is_back_edge(flow, head->predecessors[p], head->id) &&
		    !bit_test(row, head->predecessors[p])) {
			bit_set(row, head->predecessors[p]);
			stack[depth++] = head->predecessors[p];
		}
	while (depth) {
		const struct ir_block *block = &flow->function->blocks[stack[--depth]];

		for (p = 0; p < block->predecessor_count; p++)
			if (!bit_test(row, block->predecessors[p])) {
				bit_set(row, block->predecessors[p]);
				stack[depth++] = block->predecessors[p];
			}
	}
}

static void add_compared(struct flow *flow, ir_integer number)
{
	unsigned i = flow->compared_count;

	while (i && flow->compared[i - 1] > number)
		i--;
	if (flow->compared_count == COMPARED_LIMIT || (i && flow->compared[i - 1] == number))
		return;
	memmove(flow->compared + i + 1, flow->compared + i,
		(flow->compared_count++ - i) * sizeof(flow->compared[0]));
	flow->compared[i] = number;
}

/* `case -ENOMEM: case -EAGAIN:' is one range. */
static void add_case(struct flow *flow, const struct ir_case *range)
{
	ir_integer number;

	if (range->high - range->low >= COMPARED_LIMIT)
		return;
	for (number = range->low; number <= range->high; number++)
		add_compared(flow, number);
}

static void find_compared(struct flow *flow)
{
	const struct ir_function *f = flow->function;
	ir_value v;
	unsigned o;

	for (v = 1; v < f->value_count; v++) {
		const struct ir_instruction *i = &f->instructions[v];

		for (o = 0; (i->op == IR_EQUAL || i->op == IR_NOT_EQUAL) && o < i->operand_count; o++)
			if (f->instructions[i->operands[o]].op == IR_CONSTANT)
				add_compared(flow, f->instructions[i->operands[o]].u.constant);
		for (o = 0; i->op == IR_SWITCH && o < i->u.select.count; o++)
			add_case(flow, &i->u.select.cases[o]);
	}
}

unsigned flow_compared(const struct flow *flow, const ir_integer **numbers)
{
	*numbers = flow->compared;
	return flow->compared_count;
}

struct flow *flow_new(struct arena *arena, const struct ir_function *function)
{
	struct flow *flow = ARENA_NEW(arena, struct flow);
	ir_block_id *stack = ARENA_ARRAY(arena, ir_block_id, function->block_count + 1);
	unsigned b;

	flow->function = function;
	flow->value_words = (function->value_count + 63) / 64;
	flow->block_words = (function->block_count + 63) / 64;
	flow->live = ARENA_ARRAY(arena, uint64_t,
				 (size_t)flow->value_words * function->block_count);
	flow->loops = ARENA_ARRAY(arena, uint64_t,
				  (size_t)flow->block_words * function->block_count);
	compute_live(flow, arena);
	find_compared(flow);
	for (b = 0; b < function->block_count; b++)
		if (function->blocks[b].is_loop_head)
			compute_loop(flow, &function->blocks[b], stack);
	return flow;
}

bool flow_is_live(const struct flow *flow, ir_block_id block, ir_value value)
{
	return bit_test(live_row(flow, block), value);
}

ir_value flow_next_live(const struct flow *flow, ir_block_id block, ir_value value)
{
	const uint64_t *row = live_row(flow, block);
	unsigned w = (value + 1) / 64;
	uint64_t rest;

	if (w >= flow->value_words)
		return IR_NO_VALUE;
	rest = row[w] & ~(uint64_t)0 << (value + 1) % 64;
	while (!rest) {
		if (++w == flow->value_words)
			return IR_NO_VALUE;
		rest = row[w];
	}
	return w * 64 + (unsigned)__builtin_ctzll(rest);
}

void flow_drop_dead(const struct flow *flow, ir_block_id from, ir_block_id to,
		    const struct linear **terms)
{
	const uint64_t *before = live_row(flow, from), *after = live_row(flow, to);
	const struct ir_block *block = &flow->function->blocks[from];
	uint64_t rest;
	unsigned w, i;

	for (w = 0; w < flow->value_words; w++)
		for (rest = before[w] & ~after[w]; rest; rest &= rest - 1)
			terms[64 * w + __builtin_ctzll(rest)] = NULL;
	for (i = 0; i < block->count; i++)
		if (!bit_test(after, block->instructions[i]))
			terms[block->instructions[i]] = NULL;
}

bool flow_is_in_loop(const struct flow *flow, ir_block_id head, ir_block_id block)
{
	return bit_test(flow->loops + (size_t)head * flow->block_words, block);
}

bool flow_loop_uses(const struct flow *flow, ir_block_id head, uint64_t *used)
{
	const struct ir_function *f = flow->function;
	bool acts = false;
	unsigned b, i;

	for (b = 0; b < f->block_count; b++) {
		if (!flow_is_in_loop(flow, head, b))
			continue;
		for (i = 0; i < f->blocks[b].count; i++) {
			const struct ir_instruction *in =
				&f->instructions[f->blocks[b].instructions[i]];

			use_instruction(used, in);
			acts |= in->op == IR_CALL || in->op == IR_STORE;
		}
	}
	return acts;
}

bool flow_innermost_loop(const struct flow *flow, ir_block_id block, ir_block_id *head)
{
	const struct ir_function *f = flow->function;
	bool found = false;
	unsigned b;

	for (b = 0; b < f->block_count; b++)
		if (f->blocks[b].is_loop_head && flow_is_in_loop(flow, b, block) &&
		    (!found || f->blocks[b].order > f->blocks[*head].order)) {
			*head = b;
			found = true;
		}
	return found;
}

static const struct ir_instruction *terminator(const struct ir_function *f, ir_block_id block)
{
	return &f->instructions[f->blocks[block].instructions[f->blocks[block].count - 1]];
}

ir_value flow_only_exit(const struct flow *flow, ir_block_id head)
{
	const struct ir_function *f = flow->function;
	ir_value exit = IR_NO_VALUE;
	unsigned b, s;

	for (b = 0; b < f->block_count; b++) {
		const struct ir_block *block = &f->blocks[b];

		if (!flow_is_in_loop(flow, head, b))
			continue;
		for (s = 0; s < block->successor_count; s++) {
			if (flow_is_in_loop(flow, head, block->successors[s]) ||
			    terminator(f, block->successors[s])->op == IR_UNREACHABLE)
				continue;
			if (exit || terminator(f, b)->op != IR_BRANCH)
				return IR_NO_VALUE;
			exit = block->instructions[block->count - 1];
		}
	}
	return exit;
}

bool flow_is_in_every_round(const struct flow *flow, ir_block_id head, ir_block_id block)
{
	const struct ir_function *f = flow->function;
	uint64_t *seen = XCNEWVEC(uint64_t, flow->block_words);
	ir_block_id *stack = XNEWVEC(ir_block_id, f->block_count + 1);
	unsigned depth = 0, s;
	bool is_round = true;

	/* Is there a way back to HEAD that does not pass BLOCK? */
	if (head != block)
		stack[depth++] = head;
	bit_set(seen, block);
	bit_set(seen, head);
	while (depth && is_round) {
		const struct ir_block *from = &f->blocks[stack[--depth]];

		for (s = 0; s < from->successor_count; s++) {
			ir_block_id to = from->successors[s];

			is_round &= to != head;
			if (bit_test(seen, to) || !flow_is_in_loop(flow, head, to))
				continue;
			bit_set(seen, to);
			stack[depth++] = to;
		}
	}
	free(seen);
	free(stack);
	return is_round;
}

ir_value flow_counter(const struct flow *flow, ir_block_id head, ir_value value)
{
	const struct ir_function *f = flow->function;

	for (;;) {
		const struct ir_instruction *i = &f->instructions[value];

		if (!value)
			return IR_NO_VALUE;
		if (i->op == IR_PHI)
			return i->block == head ? value : IR_NO_VALUE;
		if (i->op != IR_CONVERT &&
		    !(i->op == IR_ADD && f->instructions[i->operands[1]].op == IR_CONSTANT))
			return IR_NO_VALUE;
		value = i->operands[0];
	}
}

/* Is I the same number as its operand, or a fixed one more or less, or one of several such? */
static bool only_adds(const struct ir_function *f, const struct ir_instruction *i)
{
	return i->op == IR_CONVERT || i->op == IR_PHI ||
	       ((i->op == IR_ADD || i->op == IR_SUBTRACT) &&
		f->instructions[i->operands[1]].op == IR_CONSTANT);
}

bool flow_only_counts(const struct flow *flow, ir_block_id head, ir_value phi)
{
	const struct ir_function *f = flow->function;
	uint64_t *made = XCNEWVEC(uint64_t, 2 * flow->value_words), *scratch = made + flow->value_words;
	bool more = true, counts = true;
	ir_value v;

	bit_set(made, phi);
	while (more && counts) {
		more = false;
		for (v = 1; v < f->value_count && counts; v++) {
			const struct ir_instruction *i = &f->instructions[v];

			if (i->op == IR_NONE || bit_test(made, v) ||
			    !flow_is_in_loop(flow, head, i->block) || !uses_any(scratch, flow, i, made))
				continue;
			counts = only_adds(f, i);
			bit_set(made, v);
			more = true;
		}
	}
	free(made);
	return counts;
}
