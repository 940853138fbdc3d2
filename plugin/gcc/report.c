// SPDX-License-Identifier: GPL-2.0-or-later
#include "report.h"

struct reporter {
	const struct options *options;
	const struct location_table *locations;
	const vec<cgraph_node *> &bodies;
};

static tree declaration(const struct reporter *reporter, uint32_t function)
{
	return function < reporter->bodies.length() ? reporter->bodies[function]->decl : NULL_TREE;
}

static void add_events(event_path *path, const struct reporter *reporter,
		       const struct finding *finding)
{
	/* The printer still has the prefix of the diagnostic before. */
	char *prefix = pp_take_prefix(gcc_event_printer());

	for (unsigned i = 0; i < finding->event_count; i++) {
		const struct finding_event *event = &finding->events[i];
		tree decl = declaration(reporter, event->function);

		path->add_event(location_table_get(reporter->locations, event->location), decl,
				event->depth, "%s", event->text);
	}
	pp_set_prefix(gcc_event_printer(), prefix);
}

/*
 * Where NAME stands in the source from LOCATION on: GCC puts a call at its
 * opening or at its name.  Not in macros, where the text is somebody else's.
 */
static bool find_name(location_t location, const char *name, source_range *range)
{
	expanded_location at = expand_location(location);
	size_t length = strlen(name);

	if (!at.file || !at.column || linemap_location_from_macro_expansion_p(line_table, location))
		return false;
	char_span line = gcc_source_line(at.file, at.line);
	size_t start = at.column - 1;

	if (!line || start + length > line.length() ||
	    strncmp(line.get_buffer() + start, name, length) ||
	    (start + length < line.length() && ISIDNUM(line.get_buffer()[start + length])))
		return false;
	range->m_start = location;
	range->m_finish = linemap_position_for_loc_and_offset(line_table, location, length - 1);
	return true;
}

static void add_fixit(rich_location *where, const struct reporter *reporter,
		      const struct finding *finding)
{
	source_range range;
	location_t location;

	if (!finding->replaced || !finding->replacement || !finding->location)
		return;
	/* Unresolved: whether it is in a macro has to be seen. */
	location = LOCATION_LOCUS(reporter->locations->locations[finding->location - 1]);
	if (linemap_location_from_macro_expansion_p(line_table, location))
		return;
	location = get_start(location);
	if (find_name(location, finding->replaced, &range))
		where->add_fixit_replace(range, finding->replacement);
}

static void report(const struct reporter *reporter, const struct finding *finding)
{
	location_t location = location_table_get(reporter->locations, finding->location);
	gcc_rich_location where(location);
	event_path path;
	const char *id = finding_id_text(finding->id);

	add_events(&path, reporter, finding);
	if (finding->event_count)
		where.set_path(&path);
	add_fixit(&where, reporter, finding);

	switch (reporter->options->report) {
	case REPORT_WARNING:
		warning_at(&where, 0, "%s [pincheck:%s]", finding->message, id);
		break;
	case REPORT_NOTE:
		inform(&where, "%s [pincheck:%s]", finding->message, id);
		break;
	case REPORT_ERROR:
		error_at(&where, "%s [pincheck:%s]", finding->message, id);
		break;
	case REPORT_NONE:
		break;
	}
}

void report_findings(const struct finding_list *findings, const struct options *options,
		     const struct location_table *locations, const vec<cgraph_node *> &bodies)
{
	struct reporter reporter = { options, locations, bodies };

	for (unsigned i = 0; i < findings->count; i++) {
		const struct finding *finding = findings->items[i];

		/* For "In function 'f':"; a pass over the unit has no current function. */
		push_cfun(finding->function < bodies.length() ?
			  bodies[finding->function]->get_fun() : NULL);
		report(&reporter, finding);
		pop_cfun();
	}
}
