// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * pincheck cc: compile a unit with the plugin, and throw the object away.
 *
 *	make C=1 CHECK="/path/to/pincheck cc" drivers/misc/
 *
 * It takes the place of sparse in a kernel build, which calls
 *
 *	$(CHECK) $(CHECKFLAGS) $(c_flags) file.c
 *
 * so the words that only sparse knows have to go, and the options that make the
 * compiler write anything besides the object, which the true compilation of the
 * same file needs for itself.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <libiberty/libiberty.h>

#include "command.h"

/* How much of a word tells that it goes. */
enum match {
	MATCH_WORD,
	MATCH_PREFIX,
	MATCH_WITH_OPERAND,	/* the word, and the next one */
};

struct dropped {
	const char *text;
	enum match match;
};

static const struct dropped dropped_words[] = {
	/* sparse's own */
	{ "-Wbitwise", MATCH_WORD },
	{ "-Wno-bitwise", MATCH_WORD },
	{ "-Wcontext", MATCH_WORD },
	{ "-Wno-context", MATCH_WORD },
	{ "-Wsparse-", MATCH_PREFIX },
	{ "-Wno-return-void", MATCH_WORD },
	{ "-Wno-unknown-attribute", MATCH_WORD },
	{ "--arch=", MATCH_PREFIX },
	{ "-D__STDC__", MATCH_WORD },
	/* dependency files belong to the true compilation */
	{ "-Wp,-MD,", MATCH_PREFIX },
	{ "-Wp,-MMD,", MATCH_PREFIX },
	{ "-Wp,-MT,", MATCH_PREFIX },
	{ "-MD", MATCH_WORD },
	{ "-MMD", MATCH_WORD },
	{ "-MP", MATCH_WORD },
	{ "-MF", MATCH_WITH_OPERAND },
	{ "-MT", MATCH_WITH_OPERAND },
	{ "-MQ", MATCH_WITH_OPERAND },
	/* so does everything else that is written */
	{ "-c", MATCH_WORD },
	{ "-o", MATCH_WITH_OPERAND },
	{ "-gsplit-dwarf", MATCH_WORD },
	{ "-ftest-coverage", MATCH_WORD },
	{ "--coverage", MATCH_WORD },
	{ "-fstack-usage", MATCH_WORD },
	{ "-save-temps", MATCH_PREFIX },
	{ "-fdump-", MATCH_PREFIX },
};

/*
 * The byte order is sparse's business up to where the compiler's flags start,
 * and the compiler's from there on, where x86 GCC would not even know the words.
 */
static bool is_byte_order(const char *word)
{
	return !strcmp(word, "-mlittle-endian") || !strcmp(word, "-mbig-endian");
}

static bool is_start_of_compiler_flags(const char *word)
{
	return !strncmp(word, "-Wp,-M", strlen("-Wp,-M"));
}

static const struct dropped *find_dropped(const char *word)
{
	for (size_t i = 0; i < sizeof(dropped_words) / sizeof(dropped_words[0]); i++) {
		const struct dropped *dropped = &dropped_words[i];
		bool fits = dropped->match == MATCH_PREFIX ?
			    !strncmp(word, dropped->text, strlen(dropped->text)) :
			    !strcmp(word, dropped->text);

		if (fits)
			return dropped;
	}
	return NULL;
}

/* Is WORD the plugin, chosen by the caller? */
static bool is_our_plugin(const char *word)
{
	static const char option[] = "-fplugin=", name[] = "pincheck.so";
	size_t length = strlen(word);

	return !strncmp(word, option, strlen(option)) && length >= strlen(name) &&
	       !strcmp(word + length - strlen(name), name);
}

/* The compiler and its first words: CC may be "ccache gcc-12 -m64". */
static char **compiler_words(int *count)
{
	const char *cc = getenv("PINCHECK_CC");
	char **words;

	if (!cc || !*cc)
		cc = getenv("CC");
	if (!cc || !*cc)
		cc = "gcc";
	words = buildargv(cc);
	*count = countargv(words);
	return words;
}

/* Major version of the compiler, or -1. */
static int compiler_major(char **words, int count)
{
	char **command = XNEWVEC(char *, count + 2);
	char text[64] = "";
	int ends[2], status;
	ssize_t length;
	pid_t child;

	memcpy(command, words, count * sizeof(*command));
	command[count] = (char *)"-dumpversion";
	command[count + 1] = NULL;
	if (pipe(ends) < 0)
		return -1;
	child = fork();
	if (child == 0) {
		dup2(ends[1], STDOUT_FILENO);
		close(ends[0]);
		close(ends[1]);
		execvp(command[0], command);
		_exit(127);
	}
	close(ends[1]);
	length = child < 0 ? -1 : read(ends[0], text, sizeof(text) - 1);
	close(ends[0]);
	free(command);
	if (child < 0 || waitpid(child, &status, 0) != child || status || length <= 0)
		return -1;
	return atoi(text);
}

/*
 * The plugin for GCC MAJOR: beside the command as it is built, in ../lib as it is
 * installed.  NULL if there is none.
 */
static char *find_plugin(int major)
{
	static const char *const places[] = { "%s/%d/pincheck.so",
					      "%s/../lib/pincheck/%d/pincheck.so" };
	char self[4096];
	ssize_t length = readlink("/proc/self/exe", self, sizeof(self) - 1);
	char *slash;

	if (length < 0)
		return NULL;
	self[length] = '\0';
	slash = strrchr(self, '/');
	if (slash)
		*slash = '\0';
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		char *path = XNEWVEC(char, strlen(self) + strlen(places[i]) + 16);

		sprintf(path, places[i], self, major);
		if (!access(path, R_OK))
			return path;
		free(path);
	}
	return NULL;
}

/* Append to COMMAND what the compiler is to see of ARGV.  Returns the new end. */
static char **add_arguments(char **command, int argc, char **argv)
{
	bool in_compiler_flags = false;

	for (int i = 0; i < argc; i++) {
		const struct dropped *dropped;

		if (is_start_of_compiler_flags(argv[i]))
			in_compiler_flags = true;
		if (!in_compiler_flags && is_byte_order(argv[i]))
			continue;
		dropped = find_dropped(argv[i]);
		if (!dropped)
			*command++ = argv[i];
		else if (dropped->match == MATCH_WITH_OPERAND)
			i++;
	}
	return command;
}

static void print_usage(FILE *out)
{
	fputs("usage: make C=1 CHECK=\"/path/to/pincheck cc\" ...\n"
	      "       pincheck cc [COMPILER OPTION...] FILE.c\n"
	      "\n"
	      "Compiles FILE.c with the plugin and leaves nothing behind.  What only sparse\n"
	      "knows is dropped from the options.  The compiler is $PINCHECK_CC, $CC or gcc.\n",
	      out);
}

/* "-fplugin=..." for the compiler, or NULL after a complaint. */
static char *plugin_option(char **cc, int cc_count)
{
	int major = compiler_major(cc, cc_count);
	char *plugin, *option;

	if (major < 0) {
		fprintf(stderr, "pincheck: cannot run the compiler '%s'\n", cc[0]);
		return NULL;
	}
	plugin = find_plugin(major);
	if (!plugin) {
		fprintf(stderr, "pincheck: there is no plugin for GCC %d ('%s')\n", major, cc[0]);
		return NULL;
	}
	option = concat("-fplugin=", plugin, NULL);
	free(plugin);
	return option;
}

int command_cc(int argc, char **argv)
{
	char **command, **end, **cc;
	bool has_plugin = false;
	int cc_count;

	if (argc < 2) {
		print_usage(stderr);
		return EXIT_MISTAKE;
	}
	if (argc == 2 && !strcmp(argv[1], "--help")) {
		print_usage(stdout);
		return finish_output(EXIT_CLEAN);
	}
	cc = compiler_words(&cc_count);
	command = XNEWVEC(char *, cc_count + argc + 8);
	memcpy(command, cc, cc_count * sizeof(*command));
	end = command + cc_count;
	for (int i = 1; i < argc; i++)
		has_plugin |= is_our_plugin(argv[i]);
	/* GCC wants it before its arguments, which may come with CF=. */
	if (!has_plugin) {
		*end = plugin_option(cc, cc_count);
		if (!*end++)
			return EXIT_MISTAKE;
	}
	end = add_arguments(end, argc - 1, argv + 1);
	/* A finding is news, not a reason to stop the build. */
	*end++ = (char *)"-Wno-error";
	*end++ = (char *)"-S";
	*end++ = (char *)"-o";
	*end++ = (char *)"/dev/null";
	*end = NULL;
	execvp(command[0], command);
	fprintf(stderr, "pincheck: cannot run the compiler '%s': %s\n", command[0],
		strerror(errno));
	return EXIT_MISTAKE;
}
