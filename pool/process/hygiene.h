/* Set-up of child processes: die with the parent, close inherited descriptors,
 * ignore terminal signals, wipe arguments and environment. */
#ifndef POOL_PROCESS_HYGIENE_H
#define POOL_PROCESS_HYGIENE_H

#include <sys/types.h>

/* Has the kernel kill this process when its parent ends. Exits at once if the
 * parent has ended already. */
void process_die_with(pid_t parent);

/* Ignores SIGTERM and the signals of Ctrl-C, a closed terminal and a closed
 * pipe, because the program itself handles them. Afterwards, no signal is
 * blocked. */
void process_ignore_signals(void);

/* Closes all descriptors from first on. */
void process_close_from(int first);

/* Writes to list the environment variables that a child may have: those of the
 * loader, the allocator, the sanitizers and the time zone. list must have room
 * for the whole environment and a NULL. */
void process_filter_environment(char **list);

/* Overwrites the arguments after the program's name, and all environment
 * variables except those of process_filter_environment(). argv is main's. Must
 * be called before the process reads arguments or environment, because copies
 * are not wiped. */
void process_wipe_secrets(char **argv);

#endif
