// SPDX-License-Identifier: GPL-2.0-or-later
/* The pipeline of one unit; see analysis.h. */
#include <stdlib.h>
#include <string.h>

#include <libiberty/libiberty.h>

#include "cell.h"
#include "declared.h"
#include "engine.h"
#include "guard-pair.h"
#include "summary.h"

struct given_up {
	const char *function, *why;
};

struct analysis {
	struct ir_unit *unit;
	const struct contract_set *contracts;
	const struct analysis_host *host;
	struct analysis_options options;
	struct finding_list findings;
	struct analysis_statistics statistics;
	struct given_up *given_up;
	struct cell_table *cells;
	struct flow **flows;
	struct plan *plan;
	struct summary_table *summaries;	/* NULL: not wanted */
};

void analysis_options_init(struct analysis_options *options)
{
	unsigned id;

	memset(options, 0, sizeof(*options));
	for (id = 0; id < FINDING_COUNT; id++)
		options->enabled[id] = finding_id_is_default((enum finding_id)id);
	options->disjunct_limit = 24;
	options->step_limit = 2000;
	options->memory_limit = 32u << 20;
	options->isl_operations = 200000;
}

bool analysis_follows_writes(const struct analysis_options *options)
{
	return options->enabled[FINDING_NOT_DIRTIED] || options->enabled[FINDING_MISSING_LONGTERM];
}

struct analysis *analysis_new(struct ir_unit *unit, const struct contract_set *contracts,
			      const struct analysis_host *host,
			      const struct analysis_options *options)
{
	struct analysis *analysis = XCNEW(struct analysis);

	analysis->unit = unit;
	analysis->contracts = contracts;
	analysis->host = host;
	analysis->options = *options;
	analysis->given_up = XCNEWVEC(struct given_up, unit->function_count + 1);
	analysis->cells = cell_table_new(unit, contracts, analysis_follows_writes(options));
	analysis->flows = ARENA_ARRAY(unit->arena, struct flow *, unit->function_count + 1);
	return analysis;
}

/* A function that was given up keeps what does not depend on the count of paths. */
static bool is_certain_anyway(const struct finding *finding)
{
	return finding->id == FINDING_PUT_PINNED || finding->id == FINDING_UNPIN_ORDINARY ||
	       finding->is_of_path;
}

static void take_findings(struct analysis *analysis, const struct engine *engine,
			  unsigned before)
{
	struct finding_list *list = &analysis->findings;
	unsigned i, kept = before;

	for (i = before; i < list->count; i++)
		if (!(engine->given_up || engine->is_forced) || is_certain_anyway(list->items[i]))
			list->items[kept++] = list->items[i];
	list->count = kept;
}

static void analyse_function(struct analysis *analysis, const struct ir_function *function)
{
	struct engine engine = {
		.unit = analysis->unit, .contracts = analysis->contracts,
		.host = analysis->host, .options = &analysis->options,
		.cells = analysis->cells, .flows = analysis->flows, .plan = analysis->plan,
		.findings = &analysis->findings,
	};
	unsigned before = analysis->findings.count;

	engine.arena = arena_new();
	engine.terms = term_table_new(engine.arena, analysis->unit);
	engine.solver = solver_new(engine.terms, analysis->options.isl_operations);
	if (analysis->summaries)
		engine.summary = summary_draft_new(engine.arena);
	/* Where nothing is owed, only kinds can be wrong, and those show early. */
	engine.step_limit = analysis->options.step_limit /
		(analysis->plan->acquires[function->index] ? 1 : 2);
	engine_run_root(&engine, function);
	if (analysis->summaries)
		summary_table_take(analysis->summaries, &engine);
	take_findings(analysis, &engine, before);
	if (engine.given_up || engine.is_forced) {
		struct given_up *g = &analysis->given_up[analysis->statistics.given_up++];

		g->function = function->name;
		g->why = engine.given_up ? engine.given_up : "a loop was forced to an end";
	}
	engine.effect.is_given_up = engine.given_up || engine.is_forced;
	engine.effect.is_known = !engine.effect.is_given_up;
	engine.effect.is_nearly = engine.steps > engine.step_limit / 4 * 3;
	/* What is followed for its summary alone leaves no other trace. */
	if (analysis->plan->matters[function->index])
		analysis->plan->effects[function->index] = engine.effect;
	else
		analysis->findings.count = before;
	analysis->statistics.functions++;
	analysis->statistics.steps += engine.steps;
	analysis->statistics.disjuncts += engine.disjuncts;
	analysis->statistics.isl_calls += solver_isl_calls(engine.solver);
	solver_free(engine.solver);
	free(engine.contexts);
	free(engine.used.marks);
	free(engine.spoken_of[0].marks);
	free(engine.spoken_of[1].marks);
	free(engine.asked.when);
	arena_free(engine.arena);
}

static int compare_findings(const void *x, const void *y)
{
	const struct finding *a = *(struct finding *const *)x;
	const struct finding *b = *(struct finding *const *)y;

	if (a->function != b->function)
		return a->function < b->function ? -1 : 1;
	if (a->location != b->location)
		return a->location < b->location ? -1 : 1;
	return (int)a->id - (int)b->id;
}

void analysis_run(struct analysis *analysis)
{
	struct ir_unit *unit = analysis->unit;
	unsigned i;

	/* Offsets, error pointers and elements are those of 64-bit kernels. */
	if (unit->pointer_bits != 64)
		return;
	for (i = 0; i < unit->function_count; i++)
		if (unit->functions[i] && unit->functions[i]->block_count &&
		    !unit->functions[i]->reverse_postorder)
			ir_function_order(unit, unit->functions[i]);
	if (analysis->options.summaries)
		analysis->summaries = summary_table_new(unit);
	analysis->plan = plan_new(unit, analysis->options.summaries,
				  analysis_follows_writes(&analysis->options));
	plan_find_made_kinds(analysis->plan, unit, analysis->contracts);
	for (i = 0; i < analysis->plan->count; i++) {
		uint32_t index = analysis->plan->order[i];

		if (!unit->functions[index]->block_count)
			continue;
		if (!analysis->summaries &&
		    ((plan_is_far(analysis->plan, index) && !analysis->plan->sees_own[index]) ||
		     plan_is_forwarder(analysis->plan, unit->functions[index])))
			analysis->plan->effects[index] = (struct function_effect) {
				.is_known = true, .is_open = true,
			};
		else
			analyse_function(analysis, unit->functions[index]);
	}
	cell_table_solve(analysis->cells, analysis->plan, &analysis->options,
			 &analysis->findings);
	promise_check_kept(unit, analysis->plan, analysis->contracts, &analysis->options,
			   &analysis->findings);
	if (analysis->findings.count)
		qsort(analysis->findings.items, analysis->findings.count,
		      sizeof(analysis->findings.items[0]), compare_findings);
	guard_drop_untold(unit, analysis->cells, &analysis->findings);
	guard_find_pairs(unit, &analysis->options, &analysis->findings);
}

const struct finding_list *analysis_findings(const struct analysis *analysis)
{
	return &analysis->findings;
}

const struct analysis_statistics *analysis_statistics(const struct analysis *analysis)
{
	return &analysis->statistics;
}

const char *analysis_given_up(const struct analysis *analysis, unsigned n, const char **why)
{
	if (n >= analysis->statistics.given_up)
		return NULL;
	*why = analysis->given_up[n].why;
	return analysis->given_up[n].function;
}

void analysis_print_summaries(FILE *out, const struct analysis *analysis)
{
	if (analysis->summaries)
		summary_table_print(out, analysis->summaries, analysis->contracts);
}

void analysis_print_states(FILE *out, const struct analysis *analysis)
{
	cell_table_print(out, analysis->cells);
}

void analysis_free(struct analysis *analysis)
{
	free(analysis->given_up);
	free(analysis);
}
