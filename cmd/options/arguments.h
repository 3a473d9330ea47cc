/*
 * The arguments of the command line. Every user of the machine can read a
 * process's arguments (ps, /proc/PID/cmdline). So the program works with a
 * copy, and secrets are blanked in the original as soon as they are known, as
 * curl does.
 *
 * There is one command line per process. Only for the main thread, before other
 * threads are started.
 */
#ifndef CMD_OPTIONS_ARGUMENTS_H
#define CMD_OPTIONS_ARGUMENTS_H

#include <stddef.h>

#include "base/buf.h"

/* Copies main's arguments and returns the copy, ended by NULL. */
char **arguments_take(int argc, char **argv);

/* Blanks len bytes of an argument in the original. `at` points into the copy;
 * any other pointer (to a value from a file) is ignored. */
void arguments_hide(const char *at, size_t len);

/* Appends the words after the program's name as a command line for a shell;
 * each byte of a secret is a "*". */
void arguments_show(struct buf *out);

/* Wipes and frees the copy of the arguments. */
void arguments_release(void);

#endif
