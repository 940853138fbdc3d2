// SPDX-License-Identifier: GPL-2.0-or-later
/* Disjuncts as text, for those who debug the analysis. */
#include "engine.h"

static void print_constraint(FILE *out, struct term_table *terms, const struct constraint *c)
{
	static const char *const relations[] = { ">= 0", "== 0", "!= 0" };

	fprintf(out, "    %s %s\n", linear_text(terms, c->linear), relations[c->relation]);
}

static void print_region(FILE *out, struct engine *engine, const struct region_state *state)
{
	unsigned i;

	fprintf(out, "  region %u %s:%s%s%s%s%s%s%s%s kinds %x version %x\n", state->region->id,
		region_text(engine->terms, state->region),
		state->is_known ? " known" : "", state->is_allocated ? " allocated" : "",
		state->is_zeroed ? " zeroed" : "", state->is_mixed ? " mixed" : "",
		state->is_blurred ? " blurred" : "",
		state->is_scattered ? " scattered" : "", state->is_page ? " page" : "",
		state->is_foreign ? " foreign" : "", state->kinds, state->version);
	if (state->asked_low)
		fprintf(out, "    asked for [%s .. %s)%s\n",
			linear_text(engine->terms, state->asked_low),
			linear_text(engine->terms, state->asked_high),
			state->failed ? " in vain" : "");
	if (state->handed_high)
		fprintf(out, "    handed over [%s .. %s)%s\n",
			linear_text(engine->terms, state->handed_low),
			linear_text(engine->terms, state->handed_high),
			state->is_handed_whole ? " whole" : "");
	for (i = 0; i < state->holding_count; i++)
		fprintf(out, "    holds %u [%s .. %s) extent %d%s%s%s\n", state->holdings[i].kind,
			linear_text(engine->terms, state->holdings[i].low),
			linear_text(engine->terms, state->holdings[i].high),
			(int)state->holdings[i].extent,
			state->holdings[i].is_added ? " added" : "",
			state->holdings[i].is_doubtful ? " doubtful" : "",
			state->holdings[i].is_scattered ? " scattered" : "");
	for (i = 0; i < state->released_count; i++)
		fprintf(out, "    released [%s .. %s)\n",
			linear_text(engine->terms, state->released[i].low),
			linear_text(engine->terms, state->released[i].high));
}

void disjunct_print(FILE *out, struct engine *engine, const struct frame *frame,
		    ir_block_id block, const struct disjunct *d)
{
	unsigned i;

	fprintf(out, "%s block %u\n", frame->function->name, block);
	for (i = 1; i < d->value_count; i++)
		if (d->values[i] && !linear_is_constant(d->values[i]))
			fprintf(out, "  %%%u = %s\n", i, linear_text(engine->terms, d->values[i]));
	for (i = 0; i < d->memory_count; i++)
		fprintf(out, "  memory %s + %s = %s\n",
			region_text(engine->terms, d->memory[i].region),
			linear_text(engine->terms, d->memory[i].offset),
			linear_text(engine->terms, d->memory[i].value));
	for (i = 0; i < d->region_count; i++)
		print_region(out, engine, d->regions[i]);
	for (i = 0; i < d->constraints.count; i++)
		print_constraint(out, engine->terms, &d->constraints.items[i]);
}
