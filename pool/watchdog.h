/*
 * Stops work that takes too long: a thread calls stop() at the time limit.
 *
 * It is for work on the loop's thread that can be stopped, such as jq filters.
 * If the work still does not end within a grace period, the program exits.
 */
#ifndef POOL_WATCHDOG_H
#define POOL_WATCHDOG_H

#include <stdbool.h>

#include "base/clock.h"

struct watchdog;

/* Starts a watchdog. limit: time limit of each piece of work; 0 or MSEC_NEVER:
 * no limit, and no thread is started. */
struct watchdog *watchdog_open(msec limit);
void watchdog_close(struct watchdog *w);	/* NULL is fine */

/* Call when a piece of work begins. stop(ctx) must end the work; it is called
 * in another thread, at most once, before watchdog_end() returns. */
void watchdog_begin(struct watchdog *w, void (*stop)(void *ctx), void *ctx);

/* Call when the piece of work has ended. Returns true if stop() was called,
 * even if the work ended by itself. */
bool watchdog_end(struct watchdog *w);

#endif
