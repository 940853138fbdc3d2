/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The arguments of the plugin, -fplugin-arg-pincheck-KEY[=VALUE]:
 *
 *	contracts=FILE		contracts to add to the embedded ones; repeatable
 *	dump=WHAT,...		to stderr: ir, contracts, summary, states
 *	verbose			functions given up, and what it cost
 *	no-ID			do not report the finding ID
 *	ID			report the finding ID, of those that are off by default
 *	only=ID,...		report these alone
 *	report=LEVEL		warning, note, error or none
 *	era=NAME		instead of the one that the headers tell
 *	gup=KIND		get_user_pages() takes pinned or ordinary references
 *	check-ir		verify the page IR (for tests of pincheck)
 *	stop			end the compilation, successfully, when all is reported
 */
#ifndef PINCHECK_OPTIONS_H
#define PINCHECK_OPTIONS_H

#include "gcc-compat.h"

#include "analysis.h"

enum report_level {
	REPORT_WARNING,
	REPORT_NOTE,
	REPORT_ERROR,
	REPORT_NONE,
};

struct options {
	enum report_level report;
	bool dump_ir, dump_contracts, dump_summary, dump_states;
	bool verbose;
	bool check_ir;
	bool stop;
	const char *era;		/* NULL: told from the headers */
	const char *gup;		/* "pinned", "ordinary", NULL: as the era says */
	struct analysis_options analysis;
};

/*
 * Read ARGUMENTS, and the contract files that they name into CONTRACTS.  A
 * mistake is reported as an error, and the compilation ends with that.
 */
void options_parse(struct options *options, const struct plugin_name_args *arguments,
		   struct contract_set *contracts);

#endif /* PINCHECK_OPTIONS_H */
