/*
 * Waiting for a run without missing what ends it: SIGINT, SIGTERM, SIGHUP and
 * SIGCHLD arrive only inside compare_wait().
 */
#ifndef CMD_COMPARE_SIGNALS_H
#define CMD_COMPARE_SIGNALS_H

#include <signal.h>

#include "base/clock.h"

/* Once per program. */
void compare_signals_open(void);
void compare_signals_close(void);

/* The one that asked for the end; 0: none. */
int compare_end_signal(void);

/* What was let in before: for a child, before it becomes another program. */
const sigset_t *compare_signals_saved(void);

/* Waits until the time is over, any signal came, or fd can be read (-1: not
 * waited for). */
void compare_wait(int fd, msec time);

#endif
