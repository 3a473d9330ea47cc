/*
 * The arguments of the command line. Every user of the machine can read a
 * process's arguments (ps, /proc/PID/cmdline). So the program works with a
 * copy, and secrets are blanked in the original as soon as they are known, as
 * curl does.
 *
 * One per process. For the main thread, before there are other threads.
 */
#ifndef CMD_OPTIONS_ARGUMENTS_H
#define CMD_OPTIONS_ARGUMENTS_H

#include <stddef.h>

#include "base/buf.h"

/* Copies main's arguments and returns the copy, ended by NULL. */
char **arguments_take(int argc, char **argv);

/* Blanks len bytes of an argument in the original. at points into the copy; a
 * pointer to anything else (a value from a file) is ignored. */
void arguments_hide(const char *at, size_t len);

/* Appends the command line as a line for a shell, with the words after the
 * program's name; secrets are "*"s. */
void arguments_show(struct buf *out);

/* Wipes and frees the copy. */
void arguments_release(void);

#endif
