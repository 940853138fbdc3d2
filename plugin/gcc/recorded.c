// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * With -g (DW_AT_producer), -flto and -frecord-gcc-switches the object has the
 * command line in it.  A plugin that does not touch the code has no place there:
 * the object would depend on whether, and from where, it was loaded.
 */
#include "recorded.h"

static bool is_named(const char *file, const char *name)
{
	const char *base = lbasename(file);
	size_t length = strlen(name);

	return !strncmp(base, name, length) && (!base[length] || !strcmp(base + length, ".so"));
}

static bool is_ours(const struct cl_decoded_option *option, const char *name)
{
	size_t length = strlen(name);

	if (option->opt_index == OPT_fplugin_)
		return is_named(option->arg, name);
	return option->opt_index == OPT_fplugin_arg_ && !strncmp(option->arg, name, length) &&
	       option->arg[length] == '-';
}

/* The driver says where plugins are as soon as there is one. */
static bool are_others_loaded(const char *name)
{
	for (unsigned i = 0; i < save_decoded_options_count; i++)
		if (save_decoded_options[i].opt_index == OPT_fplugin_ &&
		    !is_ours(&save_decoded_options[i], name))
			return true;
	return false;
}

void recorded_leave_out(const struct plugin_name_args *arguments)
{
	const char *name = arguments->base_name;
	bool keeps_directory = are_others_loaded(name);
	unsigned kept = 0;

	for (unsigned i = 0; i < save_decoded_options_count; i++) {
		const struct cl_decoded_option *option = &save_decoded_options[i];

		if (is_ours(option, name) ||
		    (option->opt_index == OPT_iplugindir_ && !keeps_directory))
			continue;
		save_decoded_options[kept++] = *option;
	}
	save_decoded_options_count = kept;
}
