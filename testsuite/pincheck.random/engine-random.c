// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The engine against an interpreter, on programs made up at random.
 *
 *	engine-random [COUNT [FIRST-SEED [FAILURES-PRINTED]]]
 *
 * A finding that no execution of the program shows is a failure: the program is
 * made as small as it goes, and printed with its IR.  What every execution shows
 * and no finding says is counted, since a limit of the engine means silence, and
 * may only be a share of all.
 */
#include <stdlib.h>
#include <string.h>

#include "analysis.h"
#include "interpret.h"

#define EXECUTION_LIMIT		4000
/* Shares of the certain violations that must be found, in percent. */
#define RELEASES_WANTED		60
#define LEAKS_WANTED		65

struct tally {
	unsigned long programs, given_up, findings, untold, undecided, other;
	unsigned long false_findings;
	/* Violations that every execution shows that gets there, and those found. */
	unsigned long releases, releases_found, leaks, leaks_found;
	unsigned long executions;
	unsigned to_print;		/* of the false findings */
};

/* One program, analysed and executed. */
struct trial {
	struct arena *arena;
	struct ir_unit *unit;
	const struct finding_list *findings;
	struct finding_list list;
	unsigned given_up;
	struct observation observation;
};

static struct contract_set *contracts;

static void trial_begin(struct trial *trial, const struct program *program)
{
	struct analysis_options options;
	struct analysis *analysis;

	trial->arena = arena_new();
	trial->unit = program_lower(trial->arena, program, contracts);
	analysis_options_init(&options);
	analysis = analysis_new(trial->unit, contracts, NULL, &options);
	analysis_run(analysis);
	trial->list = *analysis_findings(analysis);
	trial->findings = &trial->list;
	trial->given_up = analysis_statistics(analysis)->given_up;
	trial->observation.is_shown = ARENA_ARRAY(trial->arena, bool, trial->list.count + 1);
	trial->observation.is_told = ARENA_ARRAY(trial->arena, bool, trial->list.count + 1);
	trial->observation.executions = trial->observation.ended = 0;
	unit_execute(trial->unit, trial->findings, EXECUTION_LIMIT, &trial->observation);
	analysis_free(analysis);
}

static void trial_end(struct trial *trial)
{
	arena_free(trial->arena);
}

/* Findings that are about more than one execution. */
static bool is_judged(const struct finding *finding)
{
	switch (finding->id) {
	case FINDING_PUT_PINNED:
	case FINDING_UNPIN_ORDINARY:
	case FINDING_LEAK:
	case FINDING_OVER_RELEASE:
	case FINDING_DOUBLE_RELEASE:
	case FINDING_USE_AFTER_RELEASE:
		return true;
	default:
		return false;
	}
}

/* The first false finding of id ID, or any (FINDING_COUNT). */
static const struct finding *false_finding(const struct trial *trial, unsigned id)
{
	unsigned n;

	if (!trial->observation.is_exhaustive)
		return NULL;
	for (n = 0; n < trial->findings->count; n++) {
		const struct finding *finding = trial->findings->items[n];

		if (is_judged(finding) && !trial->observation.is_shown[n] &&
		    (id == FINDING_COUNT || finding->id == id))
			return finding;
	}
	return NULL;
}

/* --------------------------------------------------------------------- shrinking */

static bool is_still_false(const struct program *program, unsigned id)
{
	struct trial trial;
	bool result;

	trial_begin(&trial, program);
	result = false_finding(&trial, id) != NULL;
	trial_end(&trial);
	return result;
}

static bool shrink_list(const struct program *program, struct statement *s, unsigned id)
{
	bool changed = false;

	for (; s; s = s->next) {
		if (s->is_removed)
			continue;
		s->is_removed = true;
		if (is_still_false(program, id)) {
			changed = true;
			continue;
		}
		s->is_removed = false;
		if (s->kind == STATEMENT_IF && !s->is_flat && !s->otherwise) {
			s->is_flat = true;
			if (is_still_false(program, id))
				changed = true;
			else
				s->is_flat = false;
		}
		changed |= shrink_list(program, s->body, id);
		changed |= shrink_list(program, s->otherwise, id);
	}
	return changed;
}

/* Plain int for the variables that can do with it. */
static void shrink_types(struct program *program, struct function *function, unsigned id)
{
	unsigned variable;

	for (variable = VAR_N; variable < VAR_COUNT; variable++) {
		struct ir_type type = function->types[variable];

		if (type.type_class != IR_TYPE_INTEGER)
			continue;
		function->types[variable] = type_int;
		if (!is_still_false(program, id))
			function->types[variable] = type;
	}
}

static void shrink(struct program *program, unsigned id)
{
	bool changed = true;
	unsigned n;

	for (n = 0; n < program->function_count; n++)
		shrink_types(program, &program->functions[n], id);
	while (changed) {
		changed = false;
		for (n = 0; n < program->function_count; n++)
			changed |= shrink_list(program, program->functions[n].body, id);
	}
}

static void print_finding(const struct finding *finding)
{
	unsigned e;

	printf("%u: %s [%s]", finding->location, finding->message,
	       finding_id_text(finding->id));
	if (finding->origin)
		printf(" from %u", finding->origin);
	putchar('\n');
	for (e = 0; e < finding->event_count; e++)
		printf("   %u: (%u) %s\n", finding->events[e].location, e + 1,
		       finding->events[e].text);
}

static void print_failure(struct program *program, unsigned id)
{
	const struct finding *finding;
	struct trial trial;
	unsigned n;

	shrink(program, id);
	trial_begin(&trial, program);
	finding = false_finding(&trial, id);
	printf("---- seed %lu: no execution shows this\n", program->seed);
	if (finding)
		print_finding(finding);
	program_print(stdout, program);
	for (n = 0; n < trial.unit->function_count; n++)
		ir_print_function(stdout, trial.unit, trial.unit->functions[n]);
	trial_end(&trial);
}

/* --------------------------------------------------------------------- counting */

static bool is_found(const struct trial *trial, unsigned location, bool is_leak)
{
	unsigned n;

	for (n = 0; n < trial->findings->count; n++) {
		const struct finding *finding = trial->findings->items[n];

		if (is_leak ? finding->id == FINDING_LEAK && finding->origin == location
			    : finding->id != FINDING_LEAK && finding->location == location)
			return true;
	}
	return false;
}

static void count_violations(struct tally *tally, const struct trial *trial)
{
	unsigned n;

	for (n = 1; n < LOCATION_LIMIT; n++) {
		const struct site *site = &trial->observation.sites[n];

		if (site->releases && site->releases == site->wrong_releases) {
			tally->releases++;
			tally->releases_found += is_found(trial, n, false);
		}
		if (site->acquires && site->acquires == site->leaks) {
			tally->leaks++;
			tally->leaks_found += is_found(trial, n, true);
		}
	}
}

static void count_findings(struct tally *tally, const struct trial *trial)
{
	unsigned n;

	for (n = 0; n < trial->findings->count; n++) {
		tally->findings++;
		if (!is_judged(trial->findings->items[n]))
			tally->other++;
		else if (trial->observation.is_shown[n])
			tally->untold += !trial->observation.is_told[n];
		else if (trial->observation.is_exhaustive)
			tally->false_findings++;
		else
			tally->undecided++;
	}
}

static void try_program(struct tally *tally, unsigned long seed)
{
	struct arena *arena = arena_new();
	struct program *program = program_generate(arena, seed);
	const struct finding *finding;
	struct trial trial;
	unsigned id;

	if (program->location_count + FUNCTION_LIMIT > LOCATION_LIMIT) {
		arena_free(arena);
		return;
	}
	trial_begin(&trial, program);
	tally->programs++;
	tally->given_up += trial.given_up != 0;
	tally->executions += trial.observation.executions;
	count_findings(tally, &trial);
	if (!trial.given_up)
		count_violations(tally, &trial);
	finding = false_finding(&trial, FINDING_COUNT);
	id = finding ? finding->id : FINDING_COUNT;
	trial_end(&trial);
	if (id != FINDING_COUNT && tally->to_print) {
		tally->to_print--;
		print_failure(program, id);
	}
	arena_free(arena);
}

static double percent(unsigned long part, unsigned long all)
{
	return all ? 100.0 * part / all : 100.0;
}

int main(int argc, char **argv)
{
	unsigned long count = argc > 1 ? strtoul(argv[1], NULL, 10) : 2000;
	unsigned long first = argc > 2 ? strtoul(argv[2], NULL, 10) : 1;
	struct arena *arena = arena_new();
	struct contract_error error;
	struct tally tally = { .to_print = argc > 3 ? strtoul(argv[3], NULL, 10) : 5 };
	unsigned long n;

	contracts = contract_set_new(arena);
	if (contract_set_parse(contracts, "engine-random", program_contracts,
			       strlen(program_contracts), &error)) {
		fprintf(stderr, "%s:%u:%u: %s\n", error.file, error.line, error.column,
			error.message);
		return 2;
	}
	for (n = 0; n < count; n++)
		try_program(&tally, first + n);
	printf("programs %lu, given up %lu, executions %lu\n", tally.programs, tally.given_up,
	       tally.executions);
	printf("findings %lu, false %lu, undecided %lu, by another path %lu, not judged %lu\n",
	       tally.findings, tally.false_findings, tally.undecided, tally.untold, tally.other);
	printf("certain violations found: releases %lu of %lu (%.1f %%, at least %d %%), "
	       "leaks %lu of %lu (%.1f %%, at least %d %%)\n",
	       tally.releases_found, tally.releases,
	       percent(tally.releases_found, tally.releases), RELEASES_WANTED,
	       tally.leaks_found, tally.leaks, percent(tally.leaks_found, tally.leaks),
	       LEAKS_WANTED);
	arena_free(arena);
	return tally.false_findings != 0;
}
