// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * pincheck contracts [FILE...]: check contract files and print them in the
 * canonical form.  They are read on top of the embedded contracts, as the plugin
 * reads them, so they can use the kinds and eras declared there.
 */
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "contract.h"

static void print_usage(FILE *out)
{
	fputs("usage: pincheck contracts [FILE...]\n"
	      "\n"
	      "Check contract files and print what they say in the canonical form.\n"
	      "Without a FILE, print the contracts that are built in.\n"
	      "\n"
	      "Exit status: 0, or 2 if a file is wrong or cannot be read.\n", out);
}

static int read_file(struct contract_set *set, const char *path)
{
	struct contract_error error;

	if (contract_set_read(set, path, &error) == 0)
		return EXIT_CLEAN;
	if (error.line)
		fprintf(stderr, "%s:%u:%u: error: %s\n", error.file, error.line,
			error.column, error.message);
	else
		fprintf(stderr, "pincheck: %s: %s\n", error.file, error.message);
	return EXIT_MISTAKE;
}

static int check_files(int count, char **paths)
{
	struct arena *arena = arena_new();
	struct contract_set *set = contract_set_embedded(arena);
	int i, status = EXIT_CLEAN;

	/* a mistake in one file does not hide those in the next */
	for (i = 0; i < count; i++) {
		if (read_file(set, paths[i]))
			status = EXIT_MISTAKE;
	}
	if (status == EXIT_CLEAN) {
		if (count)
			contract_set_print_read(stdout, set);
		else
			contract_set_print(stdout, set);
		status = finish_output(status);
	}
	arena_free(arena);
	return status;
}

int command_contracts(int argc, char **argv)
{
	int first = 1;

	for (; first < argc && argv[first][0] == '-' && argv[first][1]; first++) {
		if (strcmp(argv[first], "--") == 0) {
			first++;
			break;
		}
		if (strcmp(argv[first], "--help") == 0) {
			print_usage(stdout);
			return finish_output(EXIT_CLEAN);
		}
		fprintf(stderr, "pincheck contracts: unknown option '%s'\n", argv[first]);
		print_usage(stderr);
		return EXIT_MISTAKE;
	}
	return check_files(argc - first, argv + first);
}
