/*
 * The words of the command line. Everybody on the machine can read those of a
 * process (ps, /proc/PID/cmdline); so the program works with a copy, and what is
 * secret in the original is blanked when it is known, as curl does it. There is
 * one in a process. On the main thread, before there are others.
 */
#ifndef CMD_OPTIONS_ARGUMENTS_H
#define CMD_OPTIONS_ARGUMENTS_H

#include <stddef.h>

/* A copy of main's words, ended by NULL. */
char **arguments_take(int argc, char **argv);

/* Blanks len bytes of a word, in the original. at is in the copy; what is not,
 * because it came from a file, is left alone. */
void arguments_hide(const char *at, size_t len);

/* The copy is freed, and wiped. */
void arguments_release(void);

#endif
