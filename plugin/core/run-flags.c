// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Flags in a local variable that tell what has been taken:
 *
 *	if (pin_user_pages_fast(a, 1, 0, &p) == 1)
 *		got |= GOT_P;
 *	if (pin_user_pages_fast(b, 1, 0, &q) == 1)
 *		got |= GOT_Q;
 *	...
 *	if (got & GOT_P)
 *		unpin_user_page(p);
 *	if (got & GOT_Q)
 *
 * Once P is given back, nothing but GOT is left to tell the cases apart, and values have no
 * bits in the analysis: a merge of 0 and GOT_P is any number.  So where paths meet, other
 * than round a loop, they are kept apart as long as the flags are constants that differ.
 */
#include "run.h"

#define FLAG_DEPTH	8

/* V is tested bit by bit, and what it is made of. */
static void add_flags(struct run *run, ir_value v, unsigned depth)
{
	const struct ir_instruction *i = &run->function->instructions[v];
	unsigned k;

	for (k = 0; k < run->flag_count; k++)
		if (run->flags[k] == v)
			return;
	if (!depth || (i->op != IR_PHI && i->op != IR_OR && i->op != IR_CONVERT))
		return;
	if (run->flag_count == FLAG_LIMIT)
		return;
	run->flags[run->flag_count++] = v;
	for (k = 0; k < i->operand_count; k++)
		add_flags(run, i->operands[k], depth - 1);
}

static bool is_constant(const struct ir_function *f, ir_value v)
{
	return f->instructions[v].op == IR_CONSTANT;
}

void run_find_flags(struct run *run)
{
	const struct ir_function *f = run->function;
	ir_value v;

	for (v = 1; v < f->value_count; v++)
		if (f->instructions[v].op == IR_AND &&
		    is_constant(f, f->instructions[v].operands[1]))
			add_flags(run, f->instructions[v].operands[0], FLAG_DEPTH);
}

bool run_flags_alike(const struct run *run, const struct disjunct *a, const struct disjunct *b)
{
	unsigned i;

	for (i = 0; i < run->flag_count; i++) {
		const struct linear *x = a->values[run->flags[i]];
		const struct linear *y = b->values[run->flags[i]];

		if (x && y && x != y && linear_is_constant(x) && linear_is_constant(y))
			return false;
	}
	return true;
}
