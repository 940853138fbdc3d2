// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * pincheck: tells pinned page references from ordinary ones, at compile time.
 *
 *	gcc -fplugin=pincheck.so [-fplugin-arg-pincheck-KEY[=VALUE] ...] -c driver.c
 *
 * The arguments are described in options.h.  One pass over the unit, after every
 * function is in SSA form and before anything is inlined; it changes nothing.
 *
 * Debugging: -fplugin-arg-pincheck-dump=ir,summary,states shows what the unit
 * was lowered to and what was found out about it.
 */
#include "gcc-compat.h"

#include "analysis.h"
#include "attributes.h"
#include "binding.h"
#include "constants.h"
#include "lower.h"
#include "options.h"
#include "recorded.h"
#include "report.h"
#include "select.h"
#include "static-callees.h"
#include "user-contracts.h"

__attribute__((visibility("default"))) int plugin_is_GPL_compatible;

/* Lives as long as the compiler. */
static struct {
	struct arena *arena;		/* of the contracts */
	struct contract_set *contracts;
	struct options options;
} pincheck;

/* A unit on its way through the pipeline. */
struct unit {
	struct arena *arena;
	struct binding binding;
	struct location_table locations;
	struct lower_unit lower;
	auto_vec<cgraph_node *> bodies;	/* by index of the IR function */
	struct analysis *analysis;
};

static void lower(struct unit *unit)
{
	unit->lower.ir = ir_unit_new(unit->arena);
	unit->lower.ir->pointer_bits = POINTER_SIZE;
	unit->lower.ir->page_size = constants_page_size();
	unit->lower.binding = &unit->binding;
	unit->lower.locations = &unit->locations;
	for (unsigned i = 0; i < unit->bodies.length(); i++) {
		tree decl = unit->bodies[i]->decl;
		uint32_t index = ir_unit_reserve_function(unit->lower.ir,
							  IDENTIFIER_POINTER(DECL_NAME(decl)));

		unit->lower.functions.put(decl, index + 1);
	}
	lower_functions(&unit->lower, unit->bodies);
	static_callees_collect(&unit->lower, unit->bodies);
}

static void check(const struct unit *unit)
{
	const struct ir_unit *ir = unit->lower.ir;

	for (unsigned i = 0; i < ir->function_count; i++) {
		const char *fault = ir_check(ir, ir->functions[i], unit->arena);

		if (fault)
			error("pincheck: page IR is broken: %s", fault);
	}
}

static void analyse(struct unit *unit)
{
	static const struct analysis_host host = { NULL, constants_find };

	if (pincheck.options.dump_states)
		pincheck.options.analysis.trace = stderr;
	unit->analysis = analysis_new(unit->lower.ir, pincheck.contracts, &host,
				      &pincheck.options.analysis);
	analysis_run(unit->analysis);
}

static void dump(const struct unit *unit)
{
	const struct options *options = &pincheck.options;

	if (options->dump_ir)
		ir_print_unit(stderr, unit->lower.ir);
	if (options->dump_summary)
		analysis_print_summaries(stderr, unit->analysis);
	if (options->dump_states)
		analysis_print_states(stderr, unit->analysis);
}

static void tell(const struct unit *unit)
{
	const struct analysis_statistics *counts = analysis_statistics(unit->analysis);

	for (unsigned i = 0; i < counts->given_up; i++) {
		const char *why, *name = analysis_given_up(unit->analysis, i, &why);

		inform(UNKNOWN_LOCATION, "pincheck: gave up %qs: %s", name, why);
	}
	inform(UNKNOWN_LOCATION,
	       "pincheck: era %s, %u functions, %u given up, %lu steps, %lu bytes",
	       contract_set_era(pincheck.contracts, unit->binding.era)->name,
	       counts->functions, counts->given_up, counts->steps,
	       (unsigned long)arena_used(unit->arena));
}

/* Called with the era chosen and the unit known to concern us. */
static void run_unit(struct unit *unit)
{
	const struct options *options = &pincheck.options;

	unit->arena = arena_new();
	select_functions(&unit->binding, &unit->bodies);
	lower(unit);
	if (options->check_ir)
		check(unit);
	analyse(unit);
	dump(unit);
	if (options->verbose)
		tell(unit);
	report_findings(analysis_findings(unit->analysis), options, &unit->locations,
			unit->bodies);
	analysis_free(unit->analysis);
	arena_free(unit->arena);
}

static void run(void)
{
	struct unit unit;

	unit.binding.contracts = pincheck.contracts;
	unit.binding.era = binding_choose_era(pincheck.contracts, pincheck.options.era,
					      pincheck.options.gup);
	if (pincheck.options.dump_contracts)
		contract_set_print(stderr, pincheck.contracts);
	if (select_concerns_unit(&unit.binding))
		run_unit(&unit);
	else if (pincheck.options.verbose)
		inform(UNKNOWN_LOCATION, "pincheck: no page references in this unit");
	attributes_remove();
}

/* What is to come is of no interest: nobody wants the object. */
static void stop(void)
{
	int status = seen_error() ? FATAL_EXIT_CODE : SUCCESS_EXIT_CODE;

	diagnostic_finish(global_dc);
	exit(status);
}

static const pass_data pincheck_pass_data = {
	SIMPLE_IPA_PASS, "pincheck", OPTGROUP_NONE, TV_NONE, PROP_ssa, 0, 0, 0, 0,
};

class pincheck_pass : public simple_ipa_opt_pass {
public:
	pincheck_pass(gcc::context *context)
		: simple_ipa_opt_pass(pincheck_pass_data, context)
	{
	}

	/* GCC clones a pass for each place where it is registered. */
	opt_pass *clone() final override
	{
		return new pincheck_pass(m_ctxt);
	}

	bool gate(function *) final override
	{
		return !seen_error() && !in_lto_p;
	}

	unsigned int execute(function *) final override
	{
		run();
		if (pincheck.options.stop)
			stop();
		return 0;
	}
};

static void on_start_unit(void *, void *)
{
	user_contracts_add_dependencies();
}

static void register_pass(const char *name)
{
	struct register_pass_info info;

	info.pass = new pincheck_pass(g);
	info.reference_pass_name = "build_ssa_passes";
	info.ref_pass_instance_number = 1;
	info.pos_op = PASS_POS_INSERT_AFTER;
	register_callback(name, PLUGIN_PASS_MANAGER_SETUP, NULL, &info);
}

__attribute__((visibility("default")))
int plugin_init(struct plugin_name_args *arguments, struct plugin_gcc_version *version)
{
	static struct plugin_info info = {
		"0.1", "page reference checker for the Linux kernel",
	};

	/* Whoever updates the compiler wants a kernel, not an error. */
	if (!plugin_default_version_check(version, &gcc_version)) {
		inform(UNKNOWN_LOCATION,
		       "%s is for GCC %s (%s) and does nothing in GCC %s (%s)",
		       arguments->base_name, gcc_version.basever, gcc_version.datestamp,
		       version->basever, version->datestamp);
		return 0;
	}
	pincheck.arena = arena_new();
	pincheck.contracts = contract_set_embedded(pincheck.arena);
	options_parse(&pincheck.options, arguments, pincheck.contracts);

	register_callback(arguments->base_name, PLUGIN_INFO, NULL, &info);
	register_callback(arguments->base_name, PLUGIN_START_UNIT, on_start_unit, NULL);
	attributes_register(pincheck.contracts);
	recorded_leave_out(arguments);
	register_pass(arguments->base_name);
	return 0;
}
