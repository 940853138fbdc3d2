// SPDX-License-Identifier: GPL-2.0-or-later
#include "options.h"

#include "user-contracts.h"

static const char accepted[] =
	"contracts=FILE, dump=ir|contracts|summary|states, verbose, no-ID, ID, only=ID,..., "
	"report=warning|note|error|none, era=NAME, gup=pinned|ordinary, check-ir, stop";

/* The name of the plugin as the user's command line has it. */
static const char *plugin_name;

static void complain(const struct plugin_argument *argument, const char *expected)
{
	if (argument->value)
		error("%<-fplugin-arg-%s-%s=%s%>: expected %s", plugin_name, argument->key,
		      argument->value, expected);
	else
		error("%<-fplugin-arg-%s-%s%>: expected %s", plugin_name, argument->key,
		      expected);
}

/* Index of VALUE among the COUNT NAMES, or -1 after a complaint. */
static int parse_choice(const struct plugin_argument *argument, const char *value,
			const char *const *names, unsigned count)
{
	std::string expected = "one of ";

	for (unsigned i = 0; i < count; i++) {
		if (!strcmp(value, names[i]))
			return i;
		expected += i ? ", " : "";
		expected += names[i];
	}
	complain(argument, expected.c_str());
	return -1;
}

/* Call DO_WORD for the words of the comma separated value. */
static void for_each_word(struct options *options, const struct plugin_argument *argument,
			  void (*do_word)(struct options *, const struct plugin_argument *,
					  const char *))
{
	std::string list = argument->value ? argument->value : "";
	size_t start = 0, comma;

	do {
		comma = list.find(',', start);
		do_word(options, argument, list.substr(start, comma - start).c_str());
		start = comma + 1;
	} while (comma != std::string::npos);
}

static void parse_dump(struct options *options, const struct plugin_argument *argument,
		       const char *word)
{
	static const char *const names[] = { "ir", "contracts", "summary", "states" };
	bool *const dumps[] = { &options->dump_ir, &options->dump_contracts,
				&options->dump_summary, &options->dump_states };
	int choice = parse_choice(argument, word, names, ARRAY_SIZE(names));

	if (choice >= 0)
		*dumps[choice] = true;
	options->analysis.summaries = options->dump_summary;
}

static void parse_only(struct options *options, const struct plugin_argument *argument,
		       const char *word)
{
	int id = finding_id_parse(word);

	if (id < 0)
		complain(argument, "the ids of findings");
	else
		options->analysis.enabled[id] = true;
}

static void parse_report(struct options *options, const struct plugin_argument *argument)
{
	static const char *const levels[] = { "warning", "note", "error", "none" };
	int level = parse_choice(argument, argument->value ? argument->value : "", levels,
				 ARRAY_SIZE(levels));

	if (level >= 0)
		options->report = (enum report_level)level;
}

static void parse_gup(struct options *options, const struct plugin_argument *argument)
{
	static const char *const kinds[] = { "pinned", "ordinary" };
	int kind = parse_choice(argument, argument->value ? argument->value : "", kinds,
				ARRAY_SIZE(kinds));

	if (kind >= 0)
		options->gup = kinds[kind];
}

/* ID, no-ID, and what stands alone. */
static bool parse_flag(struct options *options, const char *key)
{
	bool is_on = strncmp(key, "no-", 3) != 0;
	int id = finding_id_parse(is_on ? key : key + 3);

	if (id >= 0)
		options->analysis.enabled[id] = is_on;
	else if (!strcmp(key, "verbose"))
		options->verbose = true;
	else if (!strcmp(key, "check-ir"))
		options->check_ir = true;
	else if (!strcmp(key, "stop"))
		options->stop = true;
	else
		return false;
	return true;
}

static bool parse_value(struct options *options, const struct plugin_argument *argument,
			struct contract_set *contracts)
{
	const char *key = argument->key;

	if (!strcmp(key, "dump")) {
		for_each_word(options, argument, parse_dump);
	} else if (!strcmp(key, "only")) {
		memset(options->analysis.enabled, 0, sizeof(options->analysis.enabled));
		for_each_word(options, argument, parse_only);
	} else if (!strcmp(key, "report")) {
		parse_report(options, argument);
	} else if (!strcmp(key, "gup")) {
		parse_gup(options, argument);
	} else if (!strcmp(key, "era") && argument->value) {
		options->era = argument->value;
	} else if (!strcmp(key, "contracts") && argument->value) {
		user_contracts_read(contracts, argument->value);
	} else {
		return false;
	}
	return true;
}

/* When all files are read: they may bring eras. */
static void check_era(const struct options *options, const struct contract_set *contracts)
{
	std::string expected;

	if (!options->era)
		return;
	for (unsigned i = 0; i < contract_set_era_count(contracts); i++) {
		const char *name = contract_set_era(contracts, i)->name;

		if (!strcmp(name, options->era))
			return;
		expected += i ? ", " : "";
		expected += name;
	}
	error("%<-fplugin-arg-%s-era=%s%>: expected one of %s", plugin_name, options->era,
	      expected.c_str());
}

void options_parse(struct options *options, const struct plugin_name_args *arguments,
		   struct contract_set *contracts)
{
	plugin_name = arguments->base_name;
	memset(options, 0, sizeof(*options));
	analysis_options_init(&options->analysis);
	for (int i = 0; i < arguments->argc; i++) {
		const struct plugin_argument *argument = &arguments->argv[i];
		bool is_known = argument->value ? parse_value(options, argument, contracts)
						: parse_flag(options, argument->key) ||
						  parse_value(options, argument, contracts);

		if (!is_known)
			complain(argument, accepted);
	}
	check_era(options, contracts);
}
