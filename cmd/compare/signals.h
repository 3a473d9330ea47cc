/*
 * Waits for a run without missing a signal: SIGINT, SIGTERM, SIGHUP and SIGCHLD
 * are delivered only inside compare_wait().
 */
#ifndef CMD_COMPARE_SIGNALS_H
#define CMD_COMPARE_SIGNALS_H

#include <signal.h>

#include "base/clock.h"

/* Installs the handlers. Called once per program. */
void compare_signals_open(void);
void compare_signals_close(void);

/* Returns the signal that asked the program to end (SIGINT, SIGTERM, SIGHUP);
 * 0: none. */
int compare_end_signal(void);

/* Returns the signal mask that the program had before compare_signals_open(); a
 * child restores this mask before its exec. */
const sigset_t *compare_signals_saved(void);

/* Waits until the time (msec) has passed (MSEC_NEVER: no limit), a signal has
 * been delivered, or fd is readable (-1: no descriptor). */
void compare_wait(int fd, msec time);

#endif
