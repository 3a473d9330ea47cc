/* What a process of ours does first: it must not outlive the program, hold its
 * descriptors, or end by what the terminal sends to all. */
#ifndef POOL_PROCESS_HYGIENE_H
#define POOL_PROCESS_HYGIENE_H

#include <sys/types.h>

/* Is killed when parent ends; if that has ended, ends now. */
void process_die_with(pid_t parent);

/* Ctrl-C, a closed terminal and a closed pipe are for the program to see to.
 * Nothing is blocked afterwards. */
void process_ignore_signals(void);

/* Closes all descriptors from first on. */
void process_close_from(int first);

/* Writes to list what a child may have of the environment: what its loader,
 * its libraries' own settings and its clock need, and no more. list has room
 * for the whole of it, and a NULL. */
void process_filter_environment(char **list);

/* Overwrites the arguments behind the program's name, and the environment but
 * for that. argv is main's. Once they are read they are strings like others:
 * for a process that has not looked at them yet. */
void process_wipe_secrets(char **argv);

#endif
