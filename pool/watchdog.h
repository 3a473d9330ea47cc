/*
 * Stops work that takes too long: a thread calls stop() at the time limit.
 *
 * For work on the loop's thread that can be stopped, as jq filters can. If the
 * work still does not end within a grace period, the program exits.
 */
#ifndef POOL_WATCHDOG_H
#define POOL_WATCHDOG_H

#include <stdbool.h>

#include "base/clock.h"

struct watchdog;

/* limit: for each piece of work; 0 or MSEC_NEVER: none, and no thread is
 * started. */
struct watchdog *watchdog_open(msec limit);
void watchdog_close(struct watchdog *w);	/* NULL is fine */

/* Call when work begins. stop(ctx) must end it; it is called in another thread,
 * at most once, before watchdog_end() returns. */
void watchdog_begin(struct watchdog *w, void (*stop)(void *ctx), void *ctx);

/* Call when the work has ended. Returns true if stop() was called, however
 * late. */
bool watchdog_end(struct watchdog *w);

#endif
