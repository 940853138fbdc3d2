/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The analysis of one translation unit: page IR and contracts in, findings out.
 *
 *	struct analysis_options options;
 *	struct analysis *analysis;
 *
 *	analysis_options_init(&options);
 *	analysis = analysis_new(unit, contracts, &host, &options);
 *	analysis_run(analysis);
 *	... analysis_findings(analysis) ...
 *	analysis_free(analysis);
 *
 * The findings live in the unit's arena and outlive the analysis.
 */
#ifndef PINCHECK_ANALYSIS_H
#define PINCHECK_ANALYSIS_H

#include <stdbool.h>
#include <stdio.h>

#include "contract.h"
#include "finding.h"
#include "ir.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What the core asks of its host. */
struct analysis_host {
	void *host;
	/*
	 * The value of the kernel's constant NAME (enumerator) in this unit.
	 * False if the unit has none.
	 */
	bool (*constant)(void *host, const char *name, int64_t *value);
};

struct analysis_options {
	bool enabled[FINDING_COUNT];
	bool summaries;			/* infer them for all functions */
	/* Limits; beyond them the function is given up in silence. */
	unsigned disjunct_limit;	/* per block */
	unsigned step_limit;		/* block visits per function */
	size_t memory_limit;		/* bytes per function */
	unsigned long isl_operations;	/* per function */
	FILE *trace;			/* every disjunct at every block goes there; NULL: not */
};

void analysis_options_init(struct analysis_options *options);
/* Is a finding asked for that is about the contents of pages? */
bool analysis_follows_writes(const struct analysis_options *options);

struct analysis;

/* Keeps UNIT, CONTRACTS, HOST (may be NULL); copies OPTIONS. */
struct analysis *analysis_new(struct ir_unit *unit, const struct contract_set *contracts,
			      const struct analysis_host *host,
			      const struct analysis_options *options);
void analysis_run(struct analysis *analysis);
/* Ordered by location of the function in the unit, then by order of the code. */
const struct finding_list *analysis_findings(const struct analysis *analysis);

/* Counts for verbose output and the measuring instruments. */
struct analysis_statistics {
	unsigned functions, given_up;
	unsigned long steps, disjuncts, isl_calls;
};
const struct analysis_statistics *analysis_statistics(const struct analysis *analysis);
/* Name of the N-th function that was given up, and why. */
const char *analysis_given_up(const struct analysis *analysis, unsigned n, const char **why);

/* The inferred contract of each function, as contract text. */
void analysis_print_summaries(FILE *out, const struct analysis *analysis);
/* The cells, what is in them and what comes out, for those who debug the analysis. */
void analysis_print_states(FILE *out, const struct analysis *analysis);

void analysis_free(struct analysis *analysis);

#ifdef __cplusplus
}
#endif

#endif /* PINCHECK_ANALYSIS_H */
