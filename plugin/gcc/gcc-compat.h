/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every difference between GCC 11 and GCC 16 that this plugin has to know about,
 * and the GCC headers in the order they demand.
 *
 * This is the only file that tests BUILDING_GCC_VERSION.  GCC_MAJOR is derived
 * from the headers, not from the compiler that builds the plugin: a plugin for
 * gcc-11 may well be built by g++-12.
 */
#ifndef PINCHECK_GCC_COMPAT_H
#define PINCHECK_GCC_COMPAT_H

/* GCC >= 13 headers hold std::unique_ptr; system.h poisons a late <memory>. */
#define INCLUDE_MEMORY
#define INCLUDE_STRING
#define INCLUDE_VECTOR

/* GCC has an enum of that name, which nobody asks a plugin for; ir.h has a struct. */
#define ir_type gcc_ir_type

#include "gcc-plugin.h"
#include "bversion.h"
#include "plugin-version.h"
#include "tree.h"
#include "stringpool.h"
#include "attribs.h"
#include "basic-block.h"
#include "cfganal.h"
#include "tree-ssa-alias.h"
#include "internal-fn.h"
#include "gimple-expr.h"
#include "gimple.h"
#include "gimple-iterator.h"
#include "gimple-ssa.h"
#include "ssa.h"
#include "tree-cfg.h"
#include "tree-dfa.h"
#include "tree-pass.h"
#include "context.h"
#include "cgraph.h"
#include "function.h"
#include "builtins.h"
#include "diagnostic.h"
#include "gcc-rich-location.h"
#include "langhooks.h"
#include "cpplib.h"
#include "opts.h"
#include "toplev.h"

#undef ir_type

#define GCC_MAJOR	(BUILDING_GCC_VERSION / 1000)

/*
 * Of the C front end and of libcpp, where no header of theirs can be included;
 * absent from compilers for other languages.
 */
extern cpp_reader *parse_in __attribute__((weak));
extern cpp_hashnode *cpp_lookup(cpp_reader *, const unsigned char *, unsigned int)
	__attribute__((weak));
extern const unsigned char *cpp_macro_definition(cpp_reader *, cpp_hashnode *)
	__attribute__((weak));
extern class mkdeps *cpp_get_deps(cpp_reader *) __attribute__((weak));
extern void deps_add_dep(class mkdeps *, const char *) __attribute__((weak));

/*
 * Ask for the header, not for GCC_MAJOR >= 15: a snapshot of 15.0 from before
 * the split calls itself 15 and has the API of 14.
 */
#if __has_include("simple-diagnostic-path.h")
#define GCC_SPLIT_DIAGNOSTIC_PATH	1
#include "simple-diagnostic-path.h"
#else
#define GCC_SPLIT_DIAGNOSTIC_PATH	0
#include "diagnostic-path.h"
#endif

/* The printer that formats the event texts of a path. */
static inline pretty_printer *gcc_event_printer(void)
{
#if GCC_SPLIT_DIAGNOSTIC_PATH
	return global_dc->get_reference_printer();
#else
	return global_dc->printer;
#endif
}

/*
 * A diagnostic path whose constructor takes no argument.  add_event() has kept
 * its signature since GCC 10.
 */
class event_path : public simple_diagnostic_path {
public:
#if GCC_MAJOR >= 16
	event_path() : simple_diagnostic_path(locations(), gcc_event_printer())
	{
	}

private:
	static const tree_logical_location_manager &locations()
	{
		static const tree_logical_location_manager manager;
		return manager;
	}
#else
	event_path() : simple_diagnostic_path(gcc_event_printer())
	{
	}
#endif
};

/* The text of line LINE of FILE as GCC's cache of sources has it. */
static inline char_span gcc_source_line(const char *file, int line)
{
#if GCC_SPLIT_DIAGNOSTIC_PATH
	return global_dc->get_file_cache().get_source_line(file, line);
#else
	return location_get_source_line(file, line);
#endif
}

/*
 * Where to report something about LOCATION.  Inside a macro GCC would report at
 * the definition of the macro; the place where it is used says more.  Elsewhere
 * LOCATION is better as it is, because it knows the range to underline.
 */
static inline location_t gcc_report_location(location_t location)
{
	if (!linemap_location_from_macro_expansion_p(line_table, LOCATION_LOCUS(location)))
		return location;
	return linemap_resolve_location(line_table, LOCATION_LOCUS(location),
					LRK_MACRO_EXPANSION_POINT, NULL);
}

/* Internal functions that not every GCC has; IFN_LAST is none. */
static inline bool gcc_is_deferred_init(internal_fn fn)
{
#if GCC_MAJOR >= 12
	return fn == IFN_DEFERRED_INIT;
#else
	(void)fn;
	return false;
#endif
}

/* May the array of REFERENCE, at the end of its record, go on behind it? */
static inline bool gcc_is_open_array(tree reference)
{
#if GCC_MAJOR >= 13
	return array_ref_flexible_size_p(reference);
#else
	return array_at_struct_end_p(reference);
#endif
}

#endif /* PINCHECK_GCC_COMPAT_H */
