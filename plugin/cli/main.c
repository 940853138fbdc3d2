// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "command.h"

#ifndef PINCHECK_VERSION
#define PINCHECK_VERSION	"0.1"
#endif

static const struct command {
	const char *name;
	const char *summary;
	int (*run)(int argc, char **argv);
} commands[] = {
	{ "cc", "compile with the plugin, report, and leave no object behind", command_cc },
	{ "contracts", "check contract files, or print those that are built in",
	  command_contracts },
};

#define COMMAND_COUNT	(sizeof(commands) / sizeof(commands[0]))

static void print_usage(FILE *out)
{
	size_t i;

	fputs("usage: pincheck COMMAND [ARGUMENT...]\n"
	      "\n"
	      "Checks references to user-pinned and ordinary pages in Linux kernel code.\n"
	      "\n"
	      "Commands:\n", out);
	for (i = 0; i < COMMAND_COUNT; i++)
		fprintf(out, "  %-11s %s\n", commands[i].name, commands[i].summary);
	fputs("\n"
	      "'pincheck COMMAND --help' tells more about one of them.\n"
	      "Options: --help, --version\n", out);
}

int finish_output(int status)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return status;
	fprintf(stderr, "pincheck: cannot write the output: %s\n", strerror(errno));
	return EXIT_MISTAKE;
}

int main(int argc, char **argv)
{
	size_t i;

	if (argc < 2) {
		print_usage(stderr);
		return EXIT_MISTAKE;
	}
	if (strcmp(argv[1], "--help") == 0) {
		print_usage(stdout);
		return finish_output(EXIT_CLEAN);
	}
	if (strcmp(argv[1], "--version") == 0) {
		puts("pincheck " PINCHECK_VERSION);
		return finish_output(EXIT_CLEAN);
	}
	for (i = 0; i < COMMAND_COUNT; i++) {
		if (strcmp(argv[1], commands[i].name) == 0)
			return commands[i].run(argc - 1, argv + 1);
	}
	fprintf(stderr, "pincheck: unknown %s '%s'\n",
		argv[1][0] == '-' ? "option" : "command", argv[1]);
	print_usage(stderr);
	return EXIT_MISTAKE;
}
