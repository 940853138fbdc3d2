/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Report: findings as GCC diagnostics.
 *
 *	driver.c:45:3: warning: 'put_page' drops ... [pincheck:put-pinned]
 *	  events 1-3
 *
 * The story goes along as a diagnostic path, which GCC renders as it is told to
 * (-fdiagnostics-path-format=), also into JSON and SARIF.
 *
 * A plugin cannot add an option to GCC.  The diagnostics have none, so -w and
 * system headers silence them, -Werror turns them into errors, but
 * `#pragma GCC diagnostic' cannot name them; -fplugin-arg-pincheck-no-ID can.
 */
#ifndef PINCHECK_REPORT_H
#define PINCHECK_REPORT_H

#include "gcc-compat.h"

#include "finding.h"
#include "location-table.h"
#include "options.h"

/* BODIES are the functions of the unit, by index. */
void report_findings(const struct finding_list *findings, const struct options *options,
		     const struct location_table *locations, const vec<cgraph_node *> &bodies);

#endif /* PINCHECK_REPORT_H */
