/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Location table: the locations the IR refers to, by number.  GCC's own number
 * is 32 or 64 bits wide by release and means nothing outside of the compiler.
 */
#ifndef PINCHECK_LOCATION_TABLE_H
#define PINCHECK_LOCATION_TABLE_H

#include "gcc-compat.h"

#include "ir.h"

struct location_table {
	auto_vec<location_t> locations;
};

/* The number of LOCATION, 0 for an unknown one. */
static inline ir_location location_table_add(struct location_table *table, location_t location)
{
	if (LOCATION_LOCUS(location) == UNKNOWN_LOCATION)
		return 0;
	/* Statements of one line follow each other. */
	if (table->locations.is_empty() || table->locations.last() != location)
		table->locations.safe_push(location);
	return table->locations.length();
}

/* Resolved to the point where the outermost macro is used. */
static inline location_t location_table_get(const struct location_table *table,
					    ir_location location)
{
	if (!location || location > table->locations.length())
		return UNKNOWN_LOCATION;
	return gcc_report_location(table->locations[location - 1]);
}

#endif /* PINCHECK_LOCATION_TABLE_H */
