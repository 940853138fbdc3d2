/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The parts of the command `pincheck'.
 *
 * Each is a main() of its own, with argv[0] its name; what it returns is the exit
 * status: 0 clean, 1 something was found, 2 it could not be done.
 */
#ifndef PINCHECK_COMMAND_H
#define PINCHECK_COMMAND_H

#define EXIT_CLEAN	0
#define EXIT_FINDINGS	1
#define EXIT_MISTAKE	2

/* Compile a unit with the plugin, in the place of sparse. */
int command_cc(int argc, char **argv);

/* Check contract files, or print the embedded contracts. */
int command_contracts(int argc, char **argv);

/* Flush stdout; EXIT_MISTAKE and a message if something did not get out. */
int finish_output(int status);

#endif /* PINCHECK_COMMAND_H */
